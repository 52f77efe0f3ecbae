"""The eleven tables of a budget: lines with their printed amounts, in printed order.  The truth is read off here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tools.documents.model import (  # fmt: skip
    CAPITAL,
    ECONOMIC_COLUMNS,
    FEN,
    FUND,
    GENERAL,
    KINDS,
    SOURCES,
    Budget,
    printed_fen,
)
from tools.documents.names import CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tools.documents.files.layout import Layout

APPROPRIATIONS = (*GENERAL, *FUND, *CAPITAL)
BASIC = ("personnel", "operating")
FUNDS = {"general_public_budget": GENERAL, "government_fund": FUND, "state_capital": CAPITAL}
THREE_PUBLIC = {
    "因公出国（境）费": ("travel",),
    "公务接待费": ("reception",),
    "公务用车购置及运行费（小计）": ("vehicle_purchase", "vehicle_running"),
    "其中：公务用车购置费": ("vehicle_purchase",),
    "公务用车运行费": ("vehicle_running",),
}


class Truth(NamedTuple):
    """One printed amount: what a loader must get out of the text."""

    statement: str
    code: str
    name: str
    project: str
    measure: str
    fen: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table (or one side of it): its label and its amounts, None where the cell is blank."""

    code: str
    label: str  # as printed, with enumerators
    project: str
    level: int
    amounts: tuple[Truth | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table; two-sided lines are (left, right), the others (entry, None)."""

    statement: str
    number: int
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Entry | None, Entry | None], ...]
    note: str = ""


class _Maker:
    """Makes entries: prints exact amounts, leaves blanks where there is nothing."""

    def __init__(self, budget: Budget, layout: Layout, statement: str) -> None:
        self.budget, self.layout, self.statement = budget, layout, statement
        unit, decimals = budget.units(10 if statement == "three_public_expenses" else 0, odd=layout.odd_unit)
        self.quantum = FEN[unit] // 10**decimals

    def entry(
        self, code: str, label: str, amounts: Iterable[tuple[str, int]], *, name: str | None = None,
        project: str = "", level: int = 0,
    ) -> Entry:  # fmt: skip
        """An entry with these (measure, exact fen)."""
        known = label if name is None else name
        cells = tuple(
            Truth(self.statement, code, known, project, measure, printed_fen(exact, self.quantum))
            if exact or self.layout.zeros == "printed"
            else None
            for measure, exact in amounts
        )
        return Entry(code, label, project, level, cells)

    def tree(
        self, sources: tuple[str, ...], measures: Callable[[str], list[tuple[str, int]]]
    ) -> list[tuple[Entry | None, Entry | None]]:
        """Total, classes, sections and items with money from these sources."""
        rows: list[tuple[Entry | None, Entry | None]] = [
            (self.entry(code, self.budget.name(code), measures(code), level=(len(code) - 1) // 2), None)
            for code in self.budget.codes(sources)
        ]
        return self.with_total(rows, measures("")) if rows else []

    def with_total(
        self, rows: list[tuple[Entry | None, Entry | None]], amounts: list[tuple[str, int]]
    ) -> list[tuple[Entry | None, Entry | None]]:
        """The rows with their grand total before or after them."""
        total = (self.entry("", self.layout.total_word, amounts, name="总计"), None)
        return [total, *rows] if self.layout.total_place == "first" else [*rows, total]


def tables(budget: Budget, layout: Layout) -> list[Table]:
    """The eleven tables, in order."""
    makers = (_t1, _t2, _t3, _t4, _t5, _t6, _t7, _t8, _t9, _t10, _t11)
    omitted = {"none": 0, "project": 7, "state capital": 9, "carry-over": 11}[layout.omitted]
    return [made for made in (maker(budget, layout) for maker in makers) if made.number != omitted]


def truth(made: Iterable[Table]) -> list[Truth]:
    """Every printed amount of these tables."""
    return [cell for table in made for row in table.rows for entry in row if entry for cell in entry.amounts if cell]


def _three(budget: Budget, sources: tuple[str, ...], code: str) -> list[tuple[str, int]]:
    return [
        ("total", budget.total(code, sources)),
        ("basic", budget.total(code, sources, BASIC)),
        ("project", budget.total(code, sources, ("project",))),
    ]


def _class_codes(budget: Budget, layout: Layout, sources: tuple[str, ...]) -> list[str]:
    active = [code for code in budget.codes(sources) if len(code) == 3]
    if layout.classes == "active":
        return active
    return [code for code in CLASSES if code in active or layout.classes == "all" or code != "234"]


def _pair(
    left: list[Entry], right: list[Entry], totals: tuple[Entry, Entry]
) -> tuple[tuple[Entry | None, Entry | None], ...]:
    height = max(len(left), len(right))
    rows: list[tuple[Entry | None, Entry | None]] = [
        (left[i] if i < len(left) else None, right[i] if i < len(right) else None) for i in range(height)
    ]
    return (*rows, totals)


def _t1(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "revenue_expenditure_summary")
    mark, short = layout.enumerator[-1], layout.label_variant == "short"
    fund_label = "基金预算拨款" if short else "政府性基金预算拨款"
    other_label = "非财政拨款结余" if short else "非财政拨款结转结余"
    own, carried, other = budget.own_funds_split, budget.carryover_split, budget.other_carryover_split
    now, before = SOURCES[:8], SOURCES[8:]
    sum_of = budget.total
    lines: list[tuple[str, str, int, int]] = [
        ("一、", "本年收入", sum_of(sources=now), 0),
        (f"1{mark}", "一般公共预算拨款", sum_of(sources=GENERAL), 0),
        ("其中：", "一般财力", sum_of(sources=GENERAL[:1]), 0),
        ("", "上级一般公共预算安排转移支付", sum_of(sources=GENERAL[1:]), 3),
        (f"2{mark}", fund_label, sum_of(sources=FUND), 0),
        ("其中：", "政府性基金收入", sum_of(sources=FUND[:1]), 0),
        ("", "上级政府性基金安排转移支付", sum_of(sources=FUND[1:]), 3),
        (f"3{mark}", "国有资本经营预算拨款", sum_of(sources=CAPITAL), 0),
        ("其中：", "国有资本经营收入", sum_of(sources=CAPITAL[:1]), 0),
        ("", "上级国有资本经营预算安排转移支付", sum_of(sources=CAPITAL[1:]), 3),
        (f"4{mark}", "财政专户核拨", sum_of(sources=("special_account",)), 0),
        (f"5{mark}", "单位资金", sum(own), 0),
        ("其中：", "事业收入", own[0], 0),
        ("", "上级补助收入", own[1], 3),
        ("", "附属单位上缴收入", own[2], 3),
        ("", "事业单位经营收入", own[3], 3),
        ("", "其他收入", own[4], 3),
        ("二、", "上年结转结余", sum_of(sources=before), 0),
        (f"1{mark}", "财政拨款结转", sum(carried), 0),
        ("其中：", "一般公共预算拨款", carried[0], 0),
        ("", fund_label, carried[1], 3),
        ("", "国有资本经营预算拨款", carried[2], 3),
        (f"2{mark}", other_label, sum(other), 0),
        ("其中：", "财政专户核拨", other[0], 0),
        ("", "单位资金", other[1], 3),
    ]
    left = [
        maker.entry("", mark_ + label, [("total", fen)], name=label, level=level) for mark_, label, fen, level in lines
    ]
    right = [
        maker.entry(code, CLASSES[code], [("total", budget.total(code))])
        for code in _class_codes(budget, layout, SOURCES)
    ]
    totals = (
        maker.entry("", layout.side_total_word, [("total", budget.total())], name="收入总计"),
        maker.entry("", layout.side_total_word.replace("收", "支").replace("入", "出"), [("total", budget.total())],
                    name="支出总计"),
    )  # fmt: skip
    return Table(maker.statement, 1, "收支总体情况表", ("total",), _pair(left, right, totals))


def _t2(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "revenue_detail")
    columns = ("total", "fiscal_appropriation", *SOURCES)

    def measures(code: str) -> list[tuple[str, int]]:
        parts = [(source, budget.total(code, (source,))) for source in SOURCES]
        appropriated = sum(fen for source, fen in parts if source in APPROPRIATIONS)
        return [("total", budget.total(code)), ("fiscal_appropriation", appropriated), *parts]

    return Table(maker.statement, 2, "收入总体情况表", columns, tuple(maker.tree(SOURCES, measures)))


def _t3(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "expenditure_detail")
    rows = maker.tree(SOURCES, lambda code: _three(budget, SOURCES, code))
    return Table(maker.statement, 3, "支出总体情况表", ("total", "basic", "project"), tuple(rows))


def _t4(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "appropriation_summary")

    def measures(code: str) -> list[tuple[str, int]]:
        funds = [(fund, budget.total(code, sources)) for fund, sources in FUNDS.items()]
        return [("total", sum(fen for _, fen in funds)), *funds]

    everything = budget.total(sources=APPROPRIATIONS)
    left = [maker.entry("", "一、财政拨款（补助）", [("total", everything)], name="财政拨款（补助）")]
    left += [
        maker.entry("", label, [("total", budget.total(sources=sources))], level=1)
        for label, sources in (("一般公共预算", GENERAL), ("政府性基金预算", FUND), ("国有资本经营预算", CAPITAL))
    ]
    class_names = CLASSES | ({"234": "抗疫特别国债还本支出"} if layout.class_234 == "two names" else {})
    right = [
        maker.entry(code, class_names[code], measures(code)) for code in _class_codes(budget, layout, APPROPRIATIONS)
    ]
    totals = (
        maker.entry("", "收入总计", [("total", everything)]),
        maker.entry("", "支出总计", measures("")),
    )
    return Table(
        maker.statement, 4, "财政拨款收支预算总体情况表", ("total", *FUNDS), _pair(left, right, totals)
    )  # fmt: skip


def _t5(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "general_public_expenditure")
    rows = maker.tree(GENERAL, lambda code: _three(budget, GENERAL, code))
    columns = ("total", "basic", "project")
    return _or_empty(maker, Table(maker.statement, 5, "一般公共预算支出情况表", columns, tuple(rows)), "一般公共预算")


def _t6(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "basic_expenditure")

    def measures(code: str) -> list[tuple[str, int]]:
        found = {part: fen for part, fen in budget.economic.items() if part.startswith(code)}
        staff = sum(fen for part, fen in found.items() if part[:3] in {"301", "303"})
        return [("total", sum(found.values())), ("personnel", staff), ("operating", sum(found.values()) - staff)]

    codes = sorted({part[:length] for part in budget.economic for length in (3, 5)})
    rows: list[tuple[Entry | None, Entry | None]] = [
        (maker.entry(code, budget.economic_names[code], measures(code), level=(len(code) - 1) // 2), None)
        for code in codes
    ]
    if rows:
        rows = maker.with_total(rows, measures(""))
    columns = ("total", "personnel", "operating")
    return _or_empty(
        maker, Table(maker.statement, 6, "一般公共预算基本支出情况表", columns, tuple(rows)), "一般公共预算"
    )  # fmt: skip


def _t7(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "project_expenditure")

    def measures(code: str, name: str | None = None) -> list[tuple[str, int]]:
        chosen = [p for p in budget.projects if p.code.startswith(code) and name in {None, p.name}]
        parts = [(column, sum(p.columns.get(column, 0) for p in chosen)) for column in ECONOMIC_COLUMNS]
        return [("total", sum(fen for _, fen in parts)), *parts]

    rows: list[tuple[Entry | None, Entry | None]] = []
    seen: set[str] = set()
    for project in budget.projects:
        for code in (project.code[:3], project.code[:5]):
            if code not in seen:
                seen.add(code)
                rows.append((maker.entry(code, budget.name(code), measures(code), level=(len(code) - 1) // 2), None))
        amounts = measures(project.code, project.name)
        rows.append(
            (maker.entry(project.code, budget.name(project.code), amounts, project=project.name, level=3), None)
        )
    if rows:
        if layout.body_row:
            rows.insert(0, (maker.entry("", budget.full_name, measures("")), None))
        rows = maker.with_total(rows, measures(""))
    columns = ("total", *ECONOMIC_COLUMNS)
    return _or_empty(
        maker, Table(maker.statement, 7, "一般公共预算项目支出情况表", columns, tuple(rows)), "一般公共预算"
    )  # fmt: skip


def _fund_table(budget: Budget, layout: Layout, number: int, fund: str, chinese: str) -> Table:
    maker = _Maker(budget, layout, f"{fund}_expenditure")
    sources = FUNDS[fund]
    kinds: list[tuple[str, tuple[str, ...]]] = [("total", KINDS)]
    kinds += [("basic", BASIC)] if layout.fund_columns == "basic" else [(kind, (kind,)) for kind in BASIC]
    kinds += [("project", ("project",))]
    rows = maker.tree(sources, lambda code: [(measure, budget.total(code, sources, of)) for measure, of in kinds])
    columns = tuple(measure for measure, _ in kinds)
    return _or_empty(maker, Table(maker.statement, number, f"{chinese}支出情况表", columns, tuple(rows)), chinese)


def _t8(budget: Budget, layout: Layout) -> Table:
    return _fund_table(budget, layout, 8, "government_fund", "政府性基金预算")


def _t9(budget: Budget, layout: Layout) -> Table:
    return _fund_table(budget, layout, 9, "state_capital", "国有资本经营预算")


def _t10(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "three_public_expenses")

    def measures(ids: tuple[str, ...]) -> list[tuple[str, int]]:
        funds = [(fund, sum(budget.three_public.get((id_, fund), 0) for id_ in ids)) for fund in FUNDS]
        return [("total", sum(fen for _, fen in funds)), *funds]

    rows: list[tuple[Entry | None, Entry | None]] = [
        (maker.entry("", label, measures(ids), name=label.removeprefix("其中：").removesuffix("（小计）"),
                     level=3 if label == "公务用车运行费" else 0), None)
        for label, ids in THREE_PUBLIC.items()
    ]  # fmt: skip
    everything = ("travel", "reception", "vehicle_purchase", "vehicle_running")
    rows = maker.with_total(rows, measures(everything))
    return Table(maker.statement, 10, "财政拨款“三公”经费支出情况表", ("total", *FUNDS), tuple(rows))


def _t11(budget: Budget, layout: Layout) -> Table:
    maker = _Maker(budget, layout, "carryover_detail")
    sides = ("appropriation", "non_appropriation")

    def measures(names: set[str]) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for side in sides:
            parts = [
                (kind, sum(c.amounts.get((side, kind), 0) for c in budget.carryovers if c.name in names))
                for kind in KINDS
            ]
            found.append((f"{side}_total", sum(fen for _, fen in parts)))
            found += [(f"{side}_{kind}", fen) for kind, fen in parts]
        return [("total", sum(fen for measure, fen in found if measure.endswith("_total"))), *found]

    everything = {carry.name for carry in budget.carryovers}
    rows: list[tuple[Entry | None, Entry | None]] = [
        (maker.entry("", "", measures({c.name}), project=c.name, level=1), None) for c in budget.carryovers
    ]
    if rows:
        if layout.body_row:
            rows.insert(0, (maker.entry("", budget.full_name, measures(everything)), None))
        rows = maker.with_total(rows, measures(everything))
    columns = tuple(measure for measure, _ in measures(set()))
    return _or_empty(maker, Table(maker.statement, 11, "上年结转结余情况明细表", columns, tuple(rows)), "上年结转结余")


def _or_empty(maker: _Maker, table: Table, what: str) -> Table:
    """A table without lines as the layout prints empty tables; one with figures, perhaps with a note under it."""
    budget, layout = maker.budget, maker.layout
    claim = f"{budget.body}{budget.year}年没有使用{what}拨款安排的支出，{table.title}为空表。"
    if table.rows:
        notes = {"remark": "备注：本表按预算批复口径填列。", "empty claim": claim}
        under = table.number in {8, 9, 11} and layout.note_under_figures
        return Table(table.statement, table.number, table.title, table.columns, table.rows, notes.get(str(under), ""))
    if layout.empty_table == "note":
        return Table(table.statement, table.number, table.title, table.columns, (), claim)
    rows = maker.with_total([], [(measure, 0) for measure in table.columns])
    note = {"blank total and remark": "备注：" + claim, "blank rows": "注：本表无数据。"}.get(layout.empty_table, "")
    return Table(table.statement, table.number, table.title, table.columns, tuple(rows), note)
