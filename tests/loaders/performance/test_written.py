"""Performance targets of written tables: as cells, with tabs, broken to pieces, in every file format."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import performance
from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.load import document as load_document
from tests.loaders.performance import performance_writer as writer
from tests.support.tiers import EACH, tiered
from tools.documents.files import ofd, office, pdf
from tools.documents.files.sheet import About, Frame, GridLayout, Made
from tools.documents.strategies import share

if TYPE_CHECKING:
    from budget.model.records import Indicator

FIELDS = dict(
    zip(
        writer.HEADS,
        ("level1", "level2", "level3", "target", "basis", "prior_value", "weight", "scoring_rule", "evidence"),
        strict=True,
    )
)


def row(indicator: Indicator, heads: tuple[str, ...] = writer.HEADS) -> tuple[str, ...]:
    return tuple(str(getattr(indicator, FIELDS[head])) for head in heads)


def check_head(document: Document, written: writer.Written) -> list[Indicator]:
    """Check the one plan of a document; its indicators."""
    (plan,), found, _ = performance.read(document)
    assert (plan.project, plan.unit, plan.scope) == (written.project, "青溪县河道管护中心", "project")
    assert (plan.total_fen, plan.appropriation_fen, plan.other_fen) == (12_000_000, 10_500_000, 1_500_000)
    assert (plan.upper_level_fen, plan.own_level_fen, plan.half_unit) == (None, None, 5_000)
    assert plan.goal.startswith("全年完成管护任务")
    assert "甲乙" not in str(plan)
    return found


class Score(NamedTuple):
    """Rows of broken tables, those read right, those marked uncertain, those wrong and not marked."""

    rows: int
    right: int
    doubtful: int
    wrong: int


def score(
    heads: tuple[str, ...] = writer.HEADS, *, beside: str = "", spaced: bool = True, between: tuple[str, ...] = ()
) -> Score:
    """Write forty documents of two tables (fewer say little of a rate), read them; `between` goes between two rows."""
    total = Score(0, 0, 0, 0)
    for seed in range(40):
        rng = random.Random(seed)
        tables = [writer.table(rng, number, heads) for number in (1, 2)]
        where = beside or rng.choice(("last", "first"))
        lines = []
        for table in tables:
            whole = writer.broken(table, rng, beside=where, spaced=spaced)
            ends = [place for place, line in enumerate(whole) if line.endswith(writer.EVIDENCES)][:-1]
            place = rng.choice(ends) + 1 if ends and between else len(whole)
            lines += [*whole[:place], *between, *whole[place:]]
        plans, found, _ = performance.read(writer.text(lines))
        assert [plan.project for plan in plans] == [table.project for table in tables]
        assert all(plan.total_fen == 12_000_000 and plan.other_fen == 1_500_000 for plan in plans)
        known = {texts for table in tables for texts in table.rows}
        right = [row(indicator, heads) in known for indicator in found]
        sure = [indicator.status != "uncertain" for indicator in found]
        rows = sum(len(table.rows) for table in tables)
        wrong = sum(a and not b for a, b in zip(sure, right, strict=True))
        total = Score(*map(sum, zip(total, (rows, sum(right), len(sure) - sum(sure), wrong), strict=True)))
    print(f"{len(heads)} columns, {beside or 'first or last'}, {between}: {total}")
    return total


@pytest.mark.long
@pytest.mark.parametrize(
    ("heads", "spaced"),
    tiered([writer.HEADS, writer.SHORT_HEADS, writer.SHORTEST_HEADS], [True, False], together=EACH),
)
def test_broken_text_is_rejoined_or_marked(heads: tuple[str, ...], spaced: bool) -> None:
    found = score(heads, spaced=spaced)
    assert found.right >= 0.98 * found.rows
    assert found.wrong <= 0.002 * found.rows


def test_labels_beside_the_middle_of_their_block_are_given_or_marked() -> None:
    found = score(beside="middle")
    assert found.right >= 0.9 * found.rows
    assert found.wrong <= 0.005 * found.rows


@pytest.mark.long
@pytest.mark.parametrize("between", [("23",), ("- 23 -",), ("23", "", " ".join(writer.HEADS))])
def test_page_numbers_and_heads_on_the_next_page_are_left_out(between: tuple[str, ...]) -> None:
    found = score(between=between)
    assert found.right >= 0.98 * found.rows
    assert found.wrong <= 0.002 * found.rows


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RULES", ("完成得满分，未完成不得分", "按比例得分", "按照完成比例赋分")),
        ("EVIDENCES", ("签到表", "现场照片", "银行回单", "合同及发票")),
        ("BASES", ("计划标准", "依据县林草局年度部署", "青政办〔2031〕12号", "参照往年")),
    ],
)
def test_words_that_no_list_knows_are_learnt_from_the_document(
    name: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, name, words)
    found = score()
    assert found.right >= 0.97 * found.rows
    assert found.wrong <= 0.005 * found.rows


@given(st.integers(0, 10_000))
@settings(max_examples=share(40), deadline=None)
def test_lines_with_tabs_are_read_exactly(seed: int) -> None:
    written = writer.table(random.Random(seed))
    found = check_head(writer.text(writer.tabbed(written)), written)
    assert [row(indicator) for indicator in found] == written.rows
    assert {indicator.status for indicator in found} == {"printed"}


@given(st.integers(0, 10_000), st.data())
@settings(max_examples=share(60), deadline=None)
def test_cells_are_read_exactly_wherever_a_page_ends(seed: int, data: st.DataObject) -> None:
    written = writer.table(random.Random(seed))
    cut = data.draw(st.none() | st.integers(1, max(1, len(written.rows) - 1)))
    titled, again = data.draw(st.booleans()), data.draw(st.booleans())
    grids = writer.grids(written, cut=cut, titled=titled, heads_again=again)
    found = check_head(writer.document(grids, title=not titled), written)
    assert [row(indicator) for indicator in found] == written.rows
    assert {indicator.page for indicator in found} <= {1, 2}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("format_", ["docx", "html", "xlsx", "xls", "pdf", "ofd"])
def test_every_file_format_gives_the_same(format_: str, seed: int) -> None:
    rng = random.Random(seed)
    written = writer.table(rng)
    cut = rng.choice((None, 1, len(written.rows) - 1))
    document = writer.document(writer.grids(written, cut=cut, titled=seed % 2 == 1, heads_again=seed > 1))
    frames = {
        number: Frame("targets", tuple(range(block.columns + 1)))
        for number, block in enumerate(document.blocks)
        if isinstance(block, Grid)
    }
    made = Made(document, (), About("青溪县河道管护中心", 2031, "部门", "budget"), {}, frames, GridLayout())
    if format_ == "pdf":
        data = pdf.write(made, pdf.Look())[0]
    elif format_ == "ofd":
        data = ofd.write(made, ofd.Look())[0]
    else:
        data = getattr(office, format_)(made, office.Look())
    found = check_head(load_document(data, f"targets.{format_}"), written)
    assert [row(indicator) for indicator in found] == written.rows


def page(rows: list[tuple[str, ...]], number: int) -> Grid:
    """A grid whose rows are texts; None is no cell (the one above reaches down)."""
    cells = []
    for place, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == "^":
                continue
            reach = 1
            while place + reach < len(rows) and rows[place + reach][column] == "^":
                reach += 1
            cells.append(GridCell(place, column, reach, 1, text))
    return Grid(tuple(cells), len(rows), len(rows[0]), page=number)


def over_pages(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> list[Indicator]:
    """The indicators of a table over two pages, with six columns."""
    blocks: list[Paragraph | Grid] = [Paragraph("项目支出绩效目标表", 1), Paragraph("项目名称 苗木补种", 1)]
    blocks += [page([writer.SHORT_HEADS, *first], 1), Paragraph("1", 1), page(second, 2)]
    return performance.read(Document("pdf", tuple(blocks)))[1]


def test_a_label_cut_by_a_page_break_is_one_label() -> None:
    found = over_pages(
        [
            ("产出指标", "数量指标", "补种面积", "=5亩", "计划标准", "50"),
            ("满意\n度指", "满意\n度指", "村民满意度", "≥90%", "计划标准", "20"),
        ],
        [("标", "标", "游客满意度", "≥80%", "计划标准", "20")],
    )  # fmt: skip
    assert [(indicator.level1, indicator.level2) for indicator in found] == [
        ("产出指标", "数量指标"), ("满意度指标", "满意度指标"), ("满意度指标", "满意度指标"),
    ]  # fmt: skip


def test_a_label_printed_below_a_page_break_reaches_above_it() -> None:
    found = over_pages(
        [
            ("产出指标", "数量指标", "补种面积", "=5亩", "计划标准", "30"),
            ("", "", "浇灌费用", "≤3万元", "计划标准", "20"),
        ],
        [
            ("成本指标", "经济成本指标", "运输费用", "≤1万元", "计划标准", "20"),
            ("^", "^", "苗木费用", "≤9万元", "计划标准", "20"),
        ],
    )  # fmt: skip
    assert [indicator.level1 for indicator in found] == ["产出指标", *["成本指标"] * 3]


def test_a_row_cut_by_a_page_break_is_one_row() -> None:
    found = over_pages(
        [("产出指标", "数量指标", "补种后成活", "≥95", "年度", "40")],
        [("", "", "的苗木比例", "%", "计划", ""), ("", "质量指标", "验收合格率", "=100%", "计划标准", "50")],
    )
    assert [(indicator.level3, indicator.target, indicator.basis, indicator.weight) for indicator in found] == [
        ("补种后成活的苗木比例", "≥95%", "年度计划", "40"), ("验收合格率", "=100%", "计划标准", "50"),
    ]  # fmt: skip
    assert [indicator.status for indicator in found] == ["rejoined", "printed"]
    assert [indicator.level1 for indicator in found] == ["产出指标", "产出指标"]


def test_a_row_whose_tabs_are_shifted_is_read_in_order() -> None:
    written = writer.table(random.Random(5))
    lines = writer.tabbed(written)
    start = lines.index("\t".join(writer.HEADS)) + 1
    shifted = [
        *lines[:start],
        *("\t".join(line.split("\t")[1:]) if not line.split("\t")[0] else line for line in lines[start:]),
    ]
    found = check_head(writer.text(shifted), written)
    assert [row(indicator) for indicator in found if indicator.status == "printed"] == [
        texts for place, texts in enumerate(written.rows) if not place or written.rows[place - 1][0] != texts[0]
    ]
    for indicator, texts in zip(found, written.rows, strict=True):
        assert row(indicator) == texts or indicator.status == "uncertain"


def test_text_extracted_line_by_line_across_cells_is_marked() -> None:
    rows = certain = 0
    for seed in range(20):
        written = writer.table(random.Random(seed))
        lines = writer.interleaved(written)
        _, found, _ = performance.read(writer.text(lines))
        rows += len(written.rows)
        certain += sum(indicator.status != "uncertain" and row(indicator) not in written.rows for indicator in found)
    assert certain <= 0.005 * rows


@pytest.mark.parametrize("title", ["2031年项目支出绩效目标", ""])
def test_a_table_without_a_known_title_is_found_by_its_heads(title: str) -> None:
    written = writer.table(random.Random(3))
    (grid,) = writer.grids(written)
    whole = Document("docx", (Paragraph("四、预算绩效情况"), Paragraph(title), grid, Paragraph("五、其他")))
    assert [row(indicator) for indicator in check_head(whole, written)] == written.rows
    bare = Document("text", tuple(Paragraph(line) for line in writer.tabbed(written)[8:]))
    (plan,), found, _ = performance.read(bare)
    assert (plan.project, plan.total_fen) == ("", None)
    assert [row(indicator) for indicator in found] == written.rows


def test_a_table_repeated_on_the_next_page_with_title_and_heads_is_one_plan() -> None:
    written = writer.table(random.Random(4))
    lines = writer.tabbed(written)
    heads = lines.index("\t".join(writer.HEADS))
    again = [*lines[: heads + 4], "", "23", "项目支出绩效目标表（续）", lines[heads], *lines[heads + 4 :]]
    found = check_head(writer.text(again), written)
    assert [row(indicator) for indicator in found] == written.rows
    assert {indicator.plan for indicator in found} == {1}
    assert [indicator.number for indicator in found] == list(range(1, len(written.rows) + 1))


@pytest.mark.long
@pytest.mark.parametrize("heads", [writer.HEADS, writer.SHORT_HEADS, writer.SHORTEST_HEADS])
@pytest.mark.parametrize("words", [("有效保障", "长期持续"), ("全面覆盖", "应保尽保", "落实到位")])
def test_targets_in_words_that_come_again_are_targets(
    words: tuple[str, ...], heads: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = writer.figure

    def worded(rng: random.Random, *, words: bool = True) -> str:
        return rng.choice(writer.WORDS) if words and rng.random() < 0.4 else figure(rng, words=words)

    monkeypatch.setattr(writer, "WORDS", words)
    monkeypatch.setattr(writer, "figure", worded)
    found = score(heads)
    few = heads == writer.SHORTEST_HEADS  # nothing stands behind the target
    assert found.right >= (0.93 if few else 0.99) * found.rows
    assert found.wrong <= (0.04 if few else 0.005) * found.rows


@pytest.mark.parametrize("in_lines", [False, True])
def test_an_indicator_named_as_the_level_above_it_is_read_or_marked(in_lines: bool) -> None:
    rows = right = wrong = 0
    for seed in range(40):
        rng = random.Random(seed)
        written = writer.table(rng)
        written.rows = [
            (*texts[:2], texts[1], *texts[3:])
            if rng.random() < 0.5 and (not place or written.rows[place - 1][1] != texts[1])
            else texts
            for place, texts in enumerate(written.rows)
        ]
        beside = rng.choice(("last", "first"))
        lines = writer.interleaved(written) if in_lines else writer.broken(written, rng, beside=beside)
        _, found, _ = performance.read(writer.text(lines))
        known = set(written.rows)
        rows += len(written.rows)
        right += sum(row(indicator) in known for indicator in found)
        wrong += sum(indicator.status != "uncertain" and row(indicator) not in known for indicator in found)
    assert wrong <= 0.005 * rows
    assert in_lines or right >= 0.97 * rows


FORM = (
    "2031年河道管护项目支出绩效目标审批表",
    "(2031年度)",
    "预算单位:青溪县河道管护中心",
    "金额单位:万元",
    "项目名称 | 河道管护 |  |  | 项目分类 | 运行类 |",
    "建设周期 | 2031年4月-2032年2月 |  |  | 业务主管部门 | 县水务局 |",
    "实施单位 | 管护站 | 项目负责人 |  | 联系电话 |  |",
    "年度主要目标和成果 | 管护河道三条。 |  |  |  |  |",
    "项目资金 预算执行 10分 | 项目总预算 | 65 | 财政资金预算分类 | 一般公共预算 |  |",
    " | 当年年度预算 | 65 |  |  |  |",
    " | 其中:财政资金 | 65 | 财政资金科目代码 | 21305 |  |",
    " | 其中:其它资金 | 0 |  |  |  |",
    "年度绩效目标(90分) | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 | 指标解释",
    " | 产出指标(0-50)分 | 数量指标 | 管护河道 | ≥3(条) | 50 | 按季检查",
    " |  | 质量指标 | 水质 | 有效保障 | 30 |",
    " | 成本指标(0-20)分 | 经济成本指标 | 管护费 | ≤65万元 | 10 |",
)


def _as_copied(line: str) -> str:
    """As a browser copies a table: what a merged cell covers is not there."""
    cells = [cell.strip() for cell in line.split("|")]
    while len(cells) > 1 and not cells[0]:
        cells.pop(0)
    return "\t".join(cells)


@pytest.mark.parametrize("style", ["bars", "outer bars", "Markdown", "copied"])
def test_a_form_for_approval_is_read_in_every_form_of_text(style: str) -> None:
    lines = list(FORM)
    if style == "copied":
        lines = [_as_copied(line) if "|" in line else line for line in lines]
    elif style != "bars":
        lines = [f"| {line} |" if "|" in line else line for line in lines]
        lines[5:5] = ["| --- | --- | --- | --- | --- | --- | --- |"] * (style == "Markdown")
    (plan,), found, _ = performance.read(writer.text(lines))
    assert (plan.project, plan.unit, plan.scope) == ("河道管护", "青溪县河道管护中心", "project")
    assert (plan.total_fen, plan.appropriation_fen, plan.other_fen) == (65_000_000, 65_000_000, 0)
    assert (plan.goal, plan.flags) == ("管护河道三条。", ())
    assert [(one.level1, one.level2, one.level3, one.target, one.weight) for one in found] == [
        ("产出指标", "数量指标", "管护河道", "≥3(条)", "50"),
        ("产出指标", "质量指标", "水质", "有效保障", "30"),
        ("成本指标", "经济成本指标", "管护费", "≤65万元", "10"),
    ]
    assert (found[0].operator, found[0].target_value, found[0].target_unit) == (">=", "3", "条")


@pytest.mark.parametrize(
    "texts",
    [
        ("财政项目支出绩效目标填报表",),
        ("2031年某某项目支出绩效目标审批表",),
        ("部门整体支出绩效自评表",),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "年度(/项目)指标值"),
        ("", "指标名称", "目标值", "备注"),
    ],
)
def test_forms_of_targets_are_known_by_title_or_heads(texts: tuple[str, ...]) -> None:
    assert performance.is_target_form(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("项目支出预算表", "项目名称", "合计", "财政拨款"),
        ("部门收支总表", "项目", "预算数"),
        ("一般公共预算基本支出情况表（按经济分类）", "科目编码", "单位", "指标值"),
        ("绩效奖金支出表", "三级科目", "备注"),
        (),
    ],
)
def test_tables_of_money_are_no_forms_of_targets(texts: tuple[str, ...]) -> None:
    assert not performance.is_target_form(texts)
