"""Projects of both forms and their parts, in the wordings that bodies use."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document, Paragraph
from loaders.load import document
from loaders.narrative import projects
from loaders.narrative.projects_allocations import distribution
from loaders.narrative.projects_fields import period
from tests.support.limits import processor_seconds
from tests.support.originals import NAMES, shared

if TYPE_CHECKING:
    from budget.model.records import Allocation, Project

UNIT_PRICE = "每人"
"""The reference lists a price for one person too; it is no part of an amount."""


def text(*lines: str) -> Document:
    return Document("text", tuple(map(Paragraph, lines)))


def split(sentence: str, amount: str = "10") -> list[tuple[str, str]]:
    found = distribution(sentence, int(Decimal(amount) * 1_000_000))
    return [(part.item, part.figure.printed) for part in found.amounts]


@pytest.mark.parametrize("name", NAMES)
def test_originals(name: str) -> None:
    folder = shared()
    path = folder / "disclosures" / f"{name}.txt"
    source = document(path.read_bytes(), path.name)
    found, allocations, _ = projects.read(source)
    with (folder / "reference" / f"{name}.allocations.csv").open(newline="", encoding="utf-8-sig") as file:
        known = [
            (
                row["project"],
                row["item"],
                int(Decimal(row["amount_yuan"]) * 100),
                int(Decimal(row["project_amount_yuan"])),
            )
            for row in csv.DictReader(file)
            if UNIT_PRICE not in row["item"]
        ]
    assert [_key(part) for part in allocations] == known
    described = json.loads((folder / "reference" / f"{name}.rest.json").read_text(encoding="utf-8"))["projects"]
    assert [_known(project) for project in found] == [
        (entry["name"], Decimal(entry["amount"]), entry["executing_unit"], entry["period_start"], entry["period_end"])
        for entry in described
    ]
    for part in allocations:
        around = "".join(source.lines[part.line - 1 : part.line + 3])
        assert part.printed in "".join(around.split())


def _key(part: Allocation) -> tuple[str, str, int | None, int]:
    return part.project, part.item, part.amount_fen, (part.project_amount_fen or 0) // 100


def _known(project: Project) -> tuple[str, Decimal, str, str, str]:
    amount = Decimal(project.amount_fen or 0) / 1_000_000
    return project.name, amount, project.executing_unit, project.period_start, project.period_end


@pytest.mark.parametrize(("name", "each"), [("wanli-2024.pdf", "158.05万元"), ("wanli-2025.pdf", "15万元")])
def test_original_pages(name: str, each: str) -> None:
    path = shared() / "disclosures" / name
    found, allocations, notices = projects.read(document(path.read_bytes(), name))
    assert not notices
    assert [(project.name[-6:], project.amount_fen, project.flags) for project in found] == [
        ("中心新建工程", None, ("no_amount", "name_derived"))
    ]  # fmt: skip
    project = found[0]
    assert all((project.overview, project.policy_basis, project.executing_unit, project.method, project.benefits))
    assert project.page == allocations[0].page
    assert [part.printed for part in allocations] == [each] * 4


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("差旅费4万元，培训费6万元。", [("差旅费", "4万元"), ("培训费", "6万元")]),
        ("用于差旅费4万元、培训费3.5万元及办公费2.5万元。",
         [("差旅费", "4万元"), ("培训费", "3.5万元"), ("办公费", "2.5万元")]),
        ("工作经费共10万元，其中差旅费4万元，培训费6万元。", [("差旅费", "4万元"), ("培训费", "6万元")]),
        ("共计10万元，其中：1.差旅费4万元；2.培训费6万元。", [("差旅费", "4万元"), ("培训费", "6万元")]),
        ("一是差旅费4万元；二是网站、平台维护费6万元。", [("差旅费", "4万元"), ("网站、平台维护费", "6万元")]),
        ("差旅费（含市内，市外）4万元，培训费（6万元）。", [("差旅费（含市内，市外）", "4万元"), ("培训费", "6万元")]),
        ("差旅费：4万元；培训费：6万元", [("差旅费", "4万元"), ("培训费", "6万元")]),
        ("和田地区4万元、和平区6万元", [("和田地区", "4万元"), ("和平区", "6万元")]),
        ("北区4万元和南区6万元", [("北区", "4万元"), ("南区", "6万元")]),
        ("计划生育奖励4万元，残疾人就业补助6万元", [("计划生育奖励", "4万元"), ("残疾人就业补助", "6万元")]),
        ("差旅费4万元用于调研、检查，培训费6万元用于授课。", [("差旅费", "4万元"), ("培训费", "6万元")]),
        ("本地现有老人52人，预计2024年体检费10万元。", [("体检费", "10万元")]),
        ("维护费7万元，其中：软件4万元、硬件3万元；培训费3万元。",
         [("软件", "4万元"), ("硬件", "3万元"), ("培训费", "3万元")]),
        ("维护费7万元，其中：软件4万元；培训费3万元。", [("维护费", "7万元"), ("培训费", "3万元")]),
        ("维护费4万元，其中软件2万元，培训费6万元。", [("维护费", "4万元"), ("培训费", "6万元")]),
        ("按每人每年8500元拨付。", []),
        ("20人，标准为5000元，人均300元，每场2万元。", []),
        ("讲课费按500元/人支付，培训费10万元。", [("培训费", "10万元")]),
        ("上年已支付30万元，本年尾款10万元。", [("本年尾款", "10万元")]),
        ("根据结算情况分配。", []),
        ("10万元", []),
        ("差旅费1，200万元，培训费1,300.50万元", [("差旅费", "1，200万元"), ("培训费", "1,300.50万元")]),
        ("审计费4万元，设计费6万元", [("审计费", "4万元"), ("设计费", "6万元")]),
        ("审计4万元、印刷6万元", [("审计", "4万元"), ("印刷", "6万元")]),
        ("1.差旅费4万元；\n2.培训费6万元。", [("差旅费", "4万元"), ("培训费", "6万元")]),
        ("生活补助：6人×50元×360天=4万元，设备20台×0.3万元/台=6万元。", [("生活补助", "4万元"), ("设备", "6万元")]),
        ("生活补助4万元（6人×50元），交通费6万元", [("生活补助", "4万元"), ("交通费", "6万元")]),
        ("1.商品服务支出4万元，用于差旅、印刷；2.培训费6万元，用于授课。",
         [("商品服务支出", "4万元"), ("培训费", "6万元")]),
        ("2024年预算安排10万元，全部用于修缮。", []),
        ("（1）培训费：4万元（讲课费1万元，资料费3万元）（2）印刷费：6万元",
         [("培训费", "4万元"), ("印刷费", "6万元")]),
        ("第一季度5万元，第二季度5万元", [("第一季度", "5万元"), ("第二季度", "5万元")]),
    ],
)  # fmt: skip
def test_parts(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert split(sentence) == expected


@pytest.mark.parametrize("words", ["预算为", "共计", "安排 ", "（", "经费为", "大约"])
def test_many_words_before_an_amount_take_no_time(words: str) -> None:
    with processor_seconds(2):
        assert split(f"差旅费{words * 20_000}4万元，培训费6万元") == [("差旅费", "4万元"), ("培训费", "6万元")]


def test_savings_are_no_word_before_an_amount() -> None:
    assert split("厉行节约4万元，培训费约6万元") == [("厉行节约", "4万元"), ("培训费", "6万元")]


def test_a_unit_price_becomes_the_standard() -> None:
    assert distribution("9位专家按每人每年8500元拨付。", None).standard == "每人每年8500元"
    assert distribution("讲课费按500元/人支付。", None).standard == "500元/人"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2024年1月1日-2024年12月31日", ("2024-01-01", "2024-12-31")),
        ("2024年1月1日至12月31日。", ("2024-01-01", "2024-12-31")),
        ("2024年1—12月", ("2024-01-01", "2024-12-31")),
        ("2024年2月至2024年2月底", ("2024-02-01", "2024-02-29")),
        ("2024.1.1-2024.12.31", ("2024-01-01", "2024-12-31")),
        ("2024-01-01至2024-06-30", ("2024-01-01", "2024-06-30")),
        ("2024年度", ("2024-01-01", "2024-12-31")),
        ("2024-2026年", ("2024-01-01", "2026-12-31")),
        ("2024年12月底前", ("", "2024-12-31")),
        ("第一至四季度支付尾款。", ("", "")),
        ("2024年5月至2024年3月", ("", "")),
        ("2024年2月31日至2024年3月1日", ("", "2024-03-01")),
        ("长期", ("", "")),
        ("", ("", "")),
    ],
)
def test_period(printed: str, expected: tuple[str, str]) -> None:
    assert period(printed) == expected


@given(st.text("0123456789年月日-至.底前 ", max_size=40))
def test_any_period(printed: str) -> None:
    first, last = period(printed)
    assert not first or not last or first <= last


def test_headings_and_several_projects() -> None:
    lines = ["五、部门预算表", "项目经费情况说明"]
    for name in ("老旧小区改造项目", "社区食堂运营经费"):
        lines += [
            name, "一、项目概况", "本项目面向辖区居民，分三期实施。", "二、立项依据", "根据有关文件。",
            "三、实施主体", "某某街道办事处。", "四、实施方案", "公开招标。", "五、实施周期", "2024年1月至2024年12月",
            "六、年度预算安排",
            "2024年预算安排300.5万元，其中：设计费100.5万元，施工费200万元。资金来源为区级财政拨款。",
            "七、绩效目标", "居民满意。",
        ]  # fmt: skip
    found, allocations, notices = projects.read(text(*lines))
    assert not notices
    assert [(project.name, project.line) for project in found] == [("老旧小区改造项目", 3), ("社区食堂运营经费", 18)]
    for project in found:
        assert (project.printed, project.amount_fen, project.half_unit) == ("300.5万元", 300_500_000, 50_000)
        assert project.executing_unit == "某某街道办事处。"
        assert (project.period_start, project.period_end) == ("2024-01-01", "2024-12-31")
        assert project.funding_source == "区级财政拨款"
        assert project.benefits == "居民满意。"
        assert project.flags == ()
    assert [(part.project_number, part.item, part.printed, part.line) for part in allocations] == [
        (1, "设计费", "100.5万元", 15), (1, "施工费", "200万元", 15),
        (2, "设计费", "100.5万元", 30), (2, "施工费", "200万元", 30),
    ]  # fmt: skip


def test_numbered_titles_over_numbered_headings() -> None:
    lines = ["第七部分 项目经费情况说明"]
    for numeral, name in (("一", "绿化养护项目"), ("二", "防汛物资经费")):
        lines += [
            f"{numeral}、{name}", "（一）项目概况", "为居民服务。", "（二）立项依据", "有关文件。",
            "（三）年度预算安排", "80万元。",
        ]  # fmt: skip
    found, allocations, _ = projects.read(text(*lines))
    assert [(project.name, project.printed) for project in found] == [
        ("绿化养护项目", "80万元"),
        ("防汛物资经费", "80万元"),
    ]
    assert allocations == []


def test_names_in_titles_and_amounts_of_other_years() -> None:
    lines = ["某某区2026年区级部门预算", "2026年部门预算编制说明"]
    for name, budget in (
        ("体育馆改建工程", "本项目批复总投资为900.06万元，其中设备费600.06万元，预备费300万元。2025年安排资金50万元。"),
        ("绿道工程", "项目总投资900万元，2026年度安排300万元，其中：设计费100万元、施工费200万元。"),
        ("拆违", "2025年安排80万元，2026年安排90万元。"),
    ):
        lines += [
            f"{name}项目经费情况说明", "一、项目概述", "详见文件。", "三、实施主体", "某某中心。",
            "六、年度预算安排", budget, "财政项目支出绩效目标申报表",
            "项目名称", name, "实施单位", "某某中心", "项目资金总额", "1.00",
        ]  # fmt: skip
    found, allocations, _ = projects.read(text(*lines))
    assert [(project.name, project.printed, project.flags) for project in found] == [
        ("体育馆改建工程", "", ("no_amount",)), ("绿道工程", "300万元", ()), ("拆违", "90万元", ()),
    ]  # fmt: skip
    assert [(part.project_number, part.item, part.printed) for part in allocations] == [
        (2, "设计费", "100万元"), (2, "施工费", "200万元"),
    ]  # fmt: skip


def test_a_form_without_projects() -> None:
    headings = [
        "一、项目概述",
        "二、立项依据",
        "三、实施主体",
        "四、实施方案",
        "五、实施周期",
        "六、年度预算安排",
        "七、绩效目标",
    ]
    lines = [line for heading in headings for line in (heading, "无")]
    assert projects.read(text("七、项目经费情况说明", *lines)) == ([], [], [])


def test_labels_whose_line_ends_were_lost() -> None:
    found, _, _ = projects.read(
        text(
            "七、关于某某局2024年一般公共预算项目支出情况说明", "（一）项目名称：助学补助",
            "设立的政策依据：有关通知。", "预算安排规模：20万元",
            "项目承担单位：某某局资金分配情况：北区12万元、南区8万元。",
            "资金来源：本级财政补贴人数：1,000人", "补贴标准：200元/人", "补贴范围：在校学生",
            "八、关于某某局2024年政府性基金预算拨款情况说明", "没有安排5万元以上的支出。",
        )
    )  # fmt: skip
    project = found[0]
    assert (project.executing_unit, project.funding_source) == ("某某局", "本级财政")
    assert (project.recipients, project.standard) == ("1,000人；在校学生", "200元/人")


def test_a_list_within_a_field_and_the_section_behind() -> None:
    found, allocations, _ = projects.read(
        text(
            "二、2024年项目支出情况说明", "（1）项目名称：助学补助", "设立的政策依据：",
            "一、助学办法（某政发〔2020〕1号）",
            "二、助学细则", "预算安排规模：１２．５０万元", "资金执行时间：2024年1月1日-2024年12月31日",
            "三、2024年上年结转结余情况说明", "1.办公经费46.99万元，用于上年未完成的工作。",
        )
    )  # fmt: skip
    project = found[0]
    assert project.policy_basis == "一、助学办法（某政发〔2020〕1号）\n二、助学细则"
    assert (project.printed, project.amount_fen) == ("１２．５０万元", 12_500_000)
    assert project.period == "2024年1月1日-2024年12月31日"
    assert allocations == []


def test_odd_figures_are_flagged_and_named() -> None:
    head = ["七、项目支出情况说明", "（一）项目名称：助学补助", "设立的政策依据：有关通知。", "预算安排规模：7.65万元"]
    found, allocations, notices = projects.read(text(*head, "资金分配情况：补助7.65元，宣传费1..75万元，会议费9万元。"))
    assert [(part.item, part.printed, part.amount_fen, part.flags) for part in allocations] == [
        ("补助", "7.65元", 765, ("unit_doubtful",)), ("宣传费", "1..75万元", None, ("number_broken",)),
        ("会议费", "9万元", 9_000_000, ("exceeds_project",)),
    ]  # fmt: skip
    assert len(notices) == 3
    assert found[0].flags == ()
    head[3] = "预算安排规模：另行通知"
    found, _, notices = projects.read(text(*head))
    assert (found[0].flags, [notice.sentence for notice in notices]) == (
        ("no_amount",), ["项目“助学补助”的预算金额没有读出。"],
    )  # fmt: skip
    head[3] = "预算安排规模：7.65"
    found, _, _ = projects.read(text(*head))
    assert (found[0].amount_fen, found[0].flags) == (7_650_000, ("no_unit",))


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        ("补助7万元，宣传费1..75万元，会议费1.25万元。", (1_750_000, ("number_mended",))),
        ("补助7万元，宣传费1..75万元，会议费1万元。", (None, ("number_broken",))),  # leaves another figure
        ("补助7万元，宣传费1..75万元，会议费1..25万元。", (None, ("number_broken",))),  # two unknowns
    ],
)
def test_a_broken_figure_is_mended_where_the_other_parts_solve_it(
    parts: str, known: tuple[int | None, tuple[str, ...]]
) -> None:
    head = ["七、项目支出情况说明", "（一）项目名称：助学补助", "预算安排规模：10万元"]
    _, allocations, notices = projects.read(text(*head, f"资金分配情况：{parts}"))
    part = allocations[1]
    assert (part.item, part.printed) == ("宣传费", "1..75万元")
    assert (part.amount_fen, part.flags) == known
    assert notices[0].line == part.line


def test_amounts_without_a_name_are_said() -> None:
    _, allocations, notices = projects.read(
        text(
            "七、项目支出情况说明", "项目名称：甲", "预算安排规模：10万元", "资金分配情况：差旅费4万元，3万元，3万元。"
        )
    )
    assert [part.item for part in allocations] == ["差旅费"]
    assert [notice.sentence for notice in notices] == ["项目“甲”的资金分配里没有名目：3万元、3万元。"]


def test_a_total_without_an_amount_elsewhere() -> None:
    found, allocations, notices = projects.read(
        text("七、项目支出情况说明", "项目名称：甲", "资金分配情况：共10万元，差旅费4万元，培训费6万元。")
    )
    assert (found[0].printed, [part.item for part in allocations], notices) == ("10万元", ["差旅费", "培训费"], [])


def test_tables_of_targets_are_no_projects() -> None:
    assert projects.read(
        text("项目支出绩效目标表", "预算单位：某某局", "项目名称：助学补助", "年度预算总额 5.00", "一级指标")
    ) == ([], [], [])  # fmt: skip


def test_a_section_that_cannot_be_read_is_named() -> None:
    _, _, notices = projects.read(text("七、2024年项目支出情况说明", "本年安排助学补助20万元。"))
    assert [(notice.sentence, notice.line) for notice in notices] == [("项目说明一节没有读出项目。", 2)]
    assert projects.read(text("七、2024年项目支出情况说明", "本年没有项目支出。")) == ([], [], [])


ITEMS = st.lists(
    st.sampled_from(["差旅费", "培训费", "和田地区", "《年鉴》出版费", "档案、网站建设费", "律师费"]),
    min_size=2,
    max_size=6,
)


@given(
    ITEMS, st.data(), st.sampled_from(["、", "，", "；"]),
    st.sampled_from(["", "用于", "经费共{}万元，其中：", "共{}万元，其中"]), st.sampled_from([0, 30, 38]),
)  # fmt: skip
def test_parts_in_any_layout(items: list[str], data: st.DataObject, mark: str, opening: str, width: int) -> None:
    fen = data.draw(st.lists(st.integers(100, 10**6), min_size=len(items), max_size=len(items)))
    printed = [f"{Decimal(value) / 100:,.2f}万元" for value in fen]
    total = f"{Decimal(sum(fen)) / 100:.2f}"
    sentence = "资金分配情况：" + opening.format(total) + mark.join(map(str.__add__, items, printed)) + "。"
    wrapped = [sentence[i : i + width] for i in range(0, len(sentence), width)] if width else [sentence]
    _, allocations, _ = projects.read(
        text(
            "七、项目支出情况说明",
            "（一）项目名称：甲",
            "设立的政策依据：有关通知。",
            f"预算安排规模：{total}万元",
            *wrapped,
        )
    )
    assert [(part.item, part.printed) for part in allocations] == list(zip(items, printed, strict=True))


@given(
    st.lists(st.text("项目名称预算安排规模资金分配情况：:（一）、，。；其中10.5万元每人概况", max_size=60), max_size=8)
)
def test_hostile(lines: list[str]) -> None:
    head = ["七、项目支出情况说明", "项目名称：甲", "预算安排规模：1万元", "资金分配情况：差旅费1万元"]
    found, allocations, _ = projects.read(text(*head, *lines))
    assert found
    assert all(part.item and part.line <= len(lines) + 4 for part in allocations)


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "1万元，",
        "其中1万元",
        "项目名称：",
        "（",
        "每",
        "1,",
        "资金来源：",
        "A（1万元",
        "、",
        "1..",
        "项目概况",
        "的工程",
    ],
)
def test_long_lines_are_read_quickly(piece: str) -> None:
    line = (piece * 20_000)[:20_000]
    with processor_seconds(2):
        projects.read(
            text(
                "七、项目支出情况说明",
                "项目名称：甲",
                "预算安排规模：1万元",
                line,
                f"资金分配情况：{line}",
                f"项目概况：{line}",
                line,
            )
        )
