"""The eleven-table form as grids: from random budgets, and from a disclosure that was read from text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from random import Random
from typing import TYPE_CHECKING, Any

from budget.model.disclosure import Phase, Side, StatementId
from tools.documents.files.layout import Layout
from tools.documents.files.paper import amount_text
from tools.documents.files.sheet import About, Head, Row, Sheet, Slot
from tools.documents.known_forms.grids import compose
from tools.documents.known_forms.tables import Entry, Table, Truth, tables

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure, Line
    from tools.documents.files.sheet import GridLayout, Made
    from tools.documents.model import Budget

MEASURES = {
    "total": "合计", "basic": "基本支出", "project": "项目支出", "personnel": "人员经费", "operating": "公用经费",
    "general_public_budget": "一般公共预算", "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算", "wages_and_welfare": "工资福利支出", "goods_and_services": "商品和服务支出",
    "individuals_and_families": "对个人和家庭的补助", "debt_interest": "债务利息及费用支出",
    "capital_construction": "资本性支出（基本建设）", "capital_other": "资本性支出",
    "enterprise_construction": "对企业补助（基本建设）", "enterprise_subsidies": "对企业补助",
    "social_security_funds": "对社会保障基金补助", "other_expenditure": "其他支出",
    "special_account": "财政专户（教育收费）", "own_funds": "单位资金", "appropriation_carryover": "财政拨款结转",
    "non_appropriation_carryover": "非财政拨款结转结余",
    "general_public_transfer": "上级一般公共预算安排的转移支付",
    "government_fund_transfer": "上级政府性基金安排的转移支付",
    "state_capital_transfer": "上级国有资本经营预算安排的转移支付",
}  # fmt: skip
"""Header texts of the measures."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of the form are written; the first option of each field is its default."""

    codes: str = "one"
    number: str = "表 1"
    spread_total: bool = False
    indent: bool = False
    unit_word: str = "单位：万元"
    titles: str = "full"


STYLE_OPTIONS: dict[str, tuple[object, ...]] = {
    "codes": ("one", "spaced", "split", "two", "glued"),
    "number": ("表 1", "表1", "none", "same line", "附表1"),
    "spread_total": (False, True),  # the word of the total covers the label columns
    "indent": (False, True),
    "titles": ("full", "short"),  # 收支总表, 一般公共预算支出表
    "unit_word": ("单位：万元", "单位:万元", "（单位：万元）", "金额单位：万元"),
}
"""The options of each field."""


def random_style(seed: int) -> Style:
    """A style with every option drawn evenly."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in STYLE_OPTIONS.items()}
    return Style(**chosen)


def drawn(style: Style) -> list[str]:
    """What differs from the default, as `field=value`."""
    return [
        f"{item.name}={getattr(style, item.name)!r}"
        for item in fields(style)
        if getattr(style, item.name) != item.default
    ]


def from_budget(budget: Budget, layout: Layout, grids: GridLayout, style: Style) -> Made:
    """A random budget as a document; of `layout` count only the fields that say what the tables hold."""
    about = About(budget.body, budget.year, budget.edition, Phase.BUDGET)
    sheets = [
        _sheet(table, style, about, *budget.units(table.number, odd=layout.odd_unit), layout)
        for table in tables(budget, layout)
    ]
    return compose(sheets, about, grids, _prose(about))


def from_disclosure(disclosure: Disclosure, grids: GridLayout, style: Style) -> Made:
    """A disclosure that was read from text as a document."""
    head = disclosure.head
    about = About(head.body, head.fiscal_year or 0, "部门" if head.edition == "department" else "单位", head.phase)
    sheets = []
    for table, unit, decimals in _read_tables(disclosure):
        sheets.append(_sheet(table, style, about, unit, decimals, Layout(commas="half")))
    return compose(sheets, about, grids, _prose(about))


def _prose(about: About) -> list[str]:
    return [
        f"第三部分 {about.year}年{about.edition}预算情况说明",
        f"一、关于{about.body}{about.year}年收支预算情况的总体说明",
        "收支总预算及其构成见部门收支总体情况表、一般公共预算支出情况表，共计12项。",
    ]


def _sheet(table: Table, style: Style, about: About, unit: str, decimals: int, layout: Layout) -> Sheet:
    number = {
        "表 1": (f"表 {table.number}",), "表1": (f"表{table.number}",), "none": (), "same line": (),
        "附表1": (f"附表{table.number}",),
    }[style.number]  # fmt: skip
    short = table.title.replace("总体情况表", "总表").replace("情况", "")
    title = (about.edition if table.number <= 3 else "") + (short if style.titles == "short" else table.title)
    if style.number == "same line":
        title = f"表{table.number} {title}"
    printer = _Printer(table, style, unit, decimals, layout)
    two_sided = table.number in {1, 4}
    rows = [printer.pair(*row) if two_sided else printer.row(row[0]) for row in table.rows]
    return Sheet(
        table.statement, (*number, title), f"编制{about.edition}：{about.body}",
        style.unit_word.replace("万元", unit), printer.label_headers(), printer.measure_headers(), tuple(rows),
        unit, decimals, table.note, fixed=two_sided,
    )  # fmt: skip


class _Printer:
    """Prints the lines of one table as rows of cells."""

    def __init__(self, table: Table, style: Style, unit: str, decimals: int, layout: Layout) -> None:
        self.table, self.style, self.layout = table, style, layout
        self.quantum = {"元": 100, "千元": 100_000, "万元": 1_000_000}[unit] // 10**decimals
        self.decimals = decimals
        codes = style.codes
        levels = 2 if table.number == 6 else 3
        self.levels = {"one": 1, "spaced": 1, "glued": 0, "two": 2, "split": levels}[codes]

    def label_headers(self) -> tuple[Head, ...]:
        """The heads of the label columns."""
        number = self.table.number
        if number in {1, 4}:
            return ()
        if number == 10:
            return (Head("“三公”经费支出内容"),)
        if number == 11:
            return (Head("项目名称"),)
        kind = "经济" if number == 6 else "功能"
        parts = ("类", "款", "项")[: self.levels] if self.levels > 1 else ()
        if self.levels == 2 and number != 6:
            parts = ("类", "款项")
        code = (Head(f"{kind}分类科目编码", tuple(Head(part) for part in parts)),) if self.levels else ()
        projects = (Head("项目名称"),) if number == 7 else ()
        return (*code, Head(f"{kind}分类科目名称" if self.levels else f"{kind}分类科目"), *projects)

    def measure_headers(self) -> tuple[Head, ...]:  # noqa: PLR0911 - one a table
        """The heads of the amounts; in two-sided tables of all columns."""
        number, columns = self.table.number, self.table.columns
        leaf = {measure: Head(MEASURES.get(measure, measure)) for measure in columns}
        if number == 1:
            return (Head("收入", (Head("项目"), Head("预算数"))), Head("支出", (Head("支出功能分类"), Head("预算数"))))
        if number == 4:
            return (
                Head("财政拨款收入", (Head("项目"), Head("合计"))),
                Head("财政拨款支出", (Head("支出功能分类"), *(leaf[column] for column in columns))),
            )
        if number == 2:
            funds = (Head("小计"), *(leaf[column] for column in columns[2:8]))
            return (Head("总计"), Head("财政拨款（补助）", funds), *(leaf[column] for column in columns[8:]))
        if number == 10:
            return (Head("合计"), Head("资金来源", tuple(leaf[column] for column in columns[1:])))
        if number == 11:
            return (Head("总计"), *(Head(side, _carried()) for side in ("财政拨款", "非财政拨款")))
        if number == 7:
            return (Head("项目支出合计"), *(leaf[column] for column in columns[1:]))
        if "personnel" in columns and number in {8, 9}:
            return (Head("合计"), Head("基本支出", (Head("人员经费"), Head("公用经费"))), Head("项目支出"))
        return tuple(leaf[column] for column in columns)

    def pair(self, left: Entry | None, right: Entry | None) -> Row:
        """A row of a two-sided table."""
        slots = [Slot(left.label), self.amount(left.amounts[0])] if left else [Slot(), Slot()]
        if right:
            glue = "" if self.style.codes == "glued" else " "
            slots += [Slot(f"{right.code}{glue}{right.label}" if right.code else right.label)]
            slots += [self.amount(truth) for truth in right.amounts]
        else:
            slots += [Slot()] * (1 + len(self.table.columns))
        return Row((), tuple(slots), total=bool(left and "总" in left.label))

    def row(self, entry: Entry | None) -> Row:
        """A row of a one-sided table."""
        assert entry
        is_total = not entry.code and not entry.project and "".join(entry.label.split()) in {"合计", "总计"}
        amounts = tuple(self.amount(truth) for truth in entry.amounts)
        return Row(tuple(self._labels(entry, is_total=is_total)), amounts, total=is_total)

    def amount(self, truth: Truth | None) -> Slot:
        """The cell of an amount."""
        if truth is None:
            return Slot("-" if self.layout.zeros == "dash" else "")
        return Slot(amount_text(truth.fen, self.layout, self.quantum, self.decimals), truth=truth)

    def _labels(self, entry: Entry, *, is_total: bool) -> list[Slot]:
        number = self.table.number
        if number in {10, 11}:
            return [Slot(self._indent(entry) + (entry.label or entry.project))]
        tail = [entry.label, entry.project] if number == 7 else [entry.label]
        if is_total and self.style.spread_total:
            return [Slot(entry.label, self.levels + len(tail))]
        if not self.levels:
            return [Slot(self._indent(entry) + entry.code + tail[0]), *(Slot(text) for text in tail[1:])]
        code = entry.code
        parts = [code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))] if code else []
        if self.style.codes == "one":
            parts = [code]
        elif self.style.codes == "spaced":
            parts = [" ".join(parts)]
        elif self.levels == 2 and number != 6:
            parts = [code[:3], code[3:]]
        parts += [""] * (self.levels - len(parts))
        tail[0] = self._indent(entry) + tail[0]
        return [Slot(text) for text in (*parts, *tail)]

    def _indent(self, entry: Entry) -> str:
        return "\u3000" * max(0, entry.level - 1) if self.style.indent else ""


def _carried() -> tuple[Head, ...]:
    return (Head("合计"), Head("基本支出", (Head("人员经费"), Head("公用经费"))), Head("项目支出"))


def _read_tables(disclosure: Disclosure) -> list[tuple[Table, str, int]]:
    """The tables of a disclosure: (table, money unit, decimals)."""
    cells: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for cell in disclosure.cells:
        cells[cell.statement, cell.row_no][cell.measure] = cell
    found = []
    order = list(StatementId)
    for head in disclosure.report.statements:
        lines = [line for line in disclosure.lines if line.statement == head.statement]
        figures = [cell for line in lines for cell in cells[line.statement, line.row_no].values()]
        texts = [cell.printed.partition(".")[2] for cell in figures]
        decimals = max((len(text) for text in texts), default=2)

        def entry(line: Line, measures: tuple[str, ...]) -> Entry:
            row = cells[line.statement, line.row_no]
            truths = tuple(
                Truth(line.statement, line.code, line.name, line.project, measure, row[measure].amount_fen)
                if measure in row
                else None
                for measure in measures
            )
            label = line.label
            return Entry(line.code, label, line.project, max(0, line.level - 1), truths)

        if any(line.side for line in lines):
            left = [entry(line, ("total",)) for line in lines if line.side == Side.REVENUE]
            right = [entry(line, head.measures) for line in lines if line.side == Side.EXPENDITURE]
            height = max(len(left), len(right)) - 1
            pairs = [
                (left[i] if i < len(left) - 1 else None, right[i] if i < len(right) - 1 else None)
                for i in range(height)
            ]
            rows: tuple[Any, ...] = (*pairs, (left[-1], right[-1]))
        else:
            rows = tuple((entry(line, head.measures), None) for line in lines)
        title = head.printed_title.removeprefix("部门").removeprefix("单位")
        table = Table(
            head.statement, order.index(StatementId(head.statement)) + 1, title, head.measures, rows, head.note
        )
        found.append((table, str(head.money_unit), decimals))
    return found
