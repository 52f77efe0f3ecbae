"""Performance targets of hostile, damaged and odd text: no exception, no hang, nothing invented."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.model.disclosure import Severity
from loaders import performance
from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.performance import head
from loaders.performance.reading import split
from tests.loaders.performance import performance_writer as writer
from tests.support.limits import processor_seconds
from tests.support.tiers import turns
from tools.documents.strategies import share

WORDS = (
    "项目支出绩效目标表", "预算单位", "项目名称", "项目资金(万元)", "年度预算总额", "一级指标", "二级指标", "三级指标",
    "指标值", "指标值设置依据", "分值权重", "产出", "指标", "满意", "度指", "标", "数量指标", "＞", "=95%", "10",
    "工作资料", "按照完成比例赋", "分", "[/项]", "\x1b[2J", "", "\t", "（五）其他", "第四部分", "1,000.00", "0.00",
    "计划标准", "—", "\u202e", "|", "2031年",
)  # fmt: skip
LONG = 20_000


@given(st.lists(st.sampled_from(WORDS), max_size=200), st.lists(st.sampled_from(("\n", " ", "\t", "\n\n")), min_size=1))
@settings(max_examples=share(150), deadline=None)
def test_any_order_of_the_words_of_a_table_is_read_without_an_exception(words: list[str], gaps: list[str]) -> None:
    text = "".join(word + gaps[place % len(gaps)] for place, word in enumerate(words))
    document = writer.text(text.split("\n"))
    plans, found, _ = performance.read(document)
    flat = re.sub(r"\s", "", "".join(document.lines))
    for indicator in found:
        assert indicator.level3.replace(" ", "") in flat  # rejoined from what stands together, labels apart
        assert indicator.plan in {plan.number for plan in plans}


@given(st.integers(0, 500), st.data())
@settings(max_examples=share(80), deadline=None)
def test_a_damaged_table_invents_no_text(seed: int, data: st.DataObject) -> None:
    rng = random.Random(seed)
    lines = writer.broken(writer.table(rng), rng)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            del lines[place]
        else:
            lines.insert(place, data.draw(st.sampled_from(WORDS)))
    _, found, _ = performance.read(writer.text(lines))
    characters = set("".join(lines))
    for indicator in found:
        texts = (
            indicator.level1,
            indicator.level2,
            indicator.level3,
            indicator.target,
            indicator.basis,
            indicator.weight,
        )
        assert set("".join(texts)) <= characters
        assert indicator.status in {"rejoined", "uncertain"}


@pytest.mark.parametrize(
    "body",
    [
        ["一" * LONG],
        ["＞=" * (LONG // 2)],
        ["1" * LONG],
        ["标 " * (LONG // 2)],
        ["满意 度指 " * (LONG // 6), "标 " * 200],
        ["一级指标二级指标三级指标 " * (LONG // 12)],
        ["（" * LONG],
        ["项目名称 " * (LONG // 5)],
        ["分" * LONG, "10"] * 5,
        [f"{number}" for number in range(3000)],
        ["产出指标 数量指标 巡查次数 ≥9次 计划标准 10 直接赋分 工作资料"] * 700,
    ][:: turns(4)],
    ids=lambda body: body[0][:6],
)
def test_long_lines_and_many_pieces_take_no_long_time(body: list[str]) -> None:
    lines = [
        "项目支出绩效目标表",
        "项目名称 河道巡查",
        "项目资金（万元） 年度预算总额 1.00",
        " ".join(writer.HEADS),
        *body,
    ]
    with processor_seconds(3):
        performance.read(writer.text(lines))
        performance.read(writer.text([*lines[:2], *body, *lines[2:]]))


def test_a_grid_with_many_columns_takes_no_long_time() -> None:
    heads = [GridCell(0, column, 1, 1, "三级指标" if column else "一级指标") for column in range(2000)]
    cells = [GridCell(row, column, 1, 1, "1") for row in range(1, 60) for column in range(2000)]
    grid = Grid((*heads, *cells), 60, 2000)
    with processor_seconds(3):
        performance.read(Document("html", (Paragraph("项目支出绩效目标表"), grid)))


def test_a_title_in_a_list_of_contents_is_no_table() -> None:
    lines = ["目录", "项目支出绩效目标表", "第三部分 说明", "具体情况见下表：", "部门整体绩效目标表。"]
    assert performance.read(writer.text(lines)) == ([], [], [])


def test_a_table_whose_column_heads_are_unknown_is_said_to_be_lost() -> None:
    lines = ["项目支出绩效目标表", "预算单位 青溪县河道管护中心", "项目名称 河道巡查", "目标甲 目标乙", "巡查次数 ≥9次"]
    plans, found, (notice,) = performance.read(writer.text(lines))
    assert not plans
    assert not found
    assert (notice.severity, notice.line) == (Severity.LOST, 1)


def head_of(*lines: str) -> tuple[object, ...]:
    (plan,), _, _ = performance.read(writer.text(["项目支出绩效目标表", *lines, " ".join(writer.HEADS)]))
    return plan.total_fen, plan.appropriation_fen, plan.other_fen, plan.flags


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        (["项目资金（元） 年度预算总额：1,234.5 其中：财政拨款：1,234.5 其他资金：0"], (123_450, 123_450, 0, ())),
        (["项目名称 甲 年度资金总额 5.00 万元"], (5_000_000, None, None, ())),
        (["项目名称 甲 年度资金总额 5.00"], (None, None, None, ("amount_unread",))),
        (["项目资金（万元） 年度预算总额 180,25", "8.00 其他资金 1.00"], (None, None, 1_000_000, ("amount_unread",))),
        (["项目资金（万元） 年度预算总额 10.00 6.00 4.00"], (None, None, None, ("amount_unread",))),
        (["项目资金（万元） 年度预算总额 1,23.00"], (None, None, None, ("amount_unread",))),
        (["项目资金（万元） 实施期资金总额 90.00 年度资金总额 30.00"], (30_000_000, None, None, ())),
        (["项目资金（万元） 财政拨款 8.00 财政拨款 3.00"], (None, None, None, ("amount_unread",))),
        (["项目资金（万元） 财政拨款 8.00 一般公共预算拨款 3.00"], (None, 8_000_000, None, ())),
        (["项目资金（万元） 年度预算总额 9.00 其中：财政拨款 5.00 其他资金 3.00"],
         (9_000_000, 5_000_000, 3_000_000, ("amounts_sum",))),
    ],
)  # fmt: skip
def test_amounts_are_read_as_printed_or_not_at_all(lines: list[str], known: tuple[object, ...]) -> None:
    assert head_of(*lines) == known


def test_the_whole_body_has_levels_of_funds() -> None:
    lines = [
        "部门整体绩效目标表", "部门名称（盖章） 青溪县林草局", "部门联系人 甲乙 联系电话 000", "年度绩效目标", "护好",
        "林草。", "资金来源 资金总额（万元）", "上级安排 3.00", "财政资金（万元）", "本级安排 4.50", "年度预算(万元)",
        "其他资金（万元） 其他 0.25", " ".join(writer.SHORT_HEADS), "数量指标 巡查次数 ≥9次 年度工作计划 45",
        "履职效能", "数量指标 补种面积 ＞=2 亩 年度工作计划 45",
    ]  # fmt: skip
    (plan,), found, notices = performance.read(writer.text(lines))
    assert (plan.scope, plan.project, plan.unit, plan.goal) == ("entity", "", "青溪县林草局", "护好林草。")
    assert (plan.total_fen, plan.appropriation_fen, plan.other_fen) == (None, None, 250_000)
    assert (plan.upper_level_fen, plan.own_level_fen) == (3_000_000, 4_500_000)
    assert [(one.level1, one.level2, one.level3, one.target) for one in found] == [
        ("履职效能", "数量指标", "巡查次数", "≥9次"), ("履职效能", "数量指标", "补种面积", "＞=2亩"),
    ]  # fmt: skip
    assert not notices


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("＞=180人", (">=", "180", "人")),
        ("<=20元/(天·人)", ("<=", "20", "元/(天·人)")),
        ("≥95%", (">=", "95", "%")),
        ("=1,294", ("=", "1,294", "")),
        ("=2031年7月31日", ("=", "2031年7月31日", "")),
        ("2031年12月10日前", ("", "2031年12月10日前", "")),
        ("3-5次", ("", "3-5次", "")),
        ("≥80%至90%", (">=", "80%至90%", "")),
        ("每季度结束后15日内", ("", "每季度结束后15日内", "")),
        ("不低于90%", (">=", "90", "%")),
        ("有效提升", ("", "有效提升", "")),
        ("5.00万元", ("", "5.00", "万元")),
        ("", ("", "", "")),
    ],
)
def test_a_target_is_operator_value_and_unit(printed: str, parts: tuple[str, str, str]) -> None:
    assert tuple(split(printed)) == parts


def test_a_label_far_from_the_next_one_gives_no_name() -> None:
    far = head.read("部门名称（单位：万元）" + "甲" * 210 + "项目名称：桥梁维修项目负责人")
    assert (far.unit, far.project) == ("", "桥梁维修")
