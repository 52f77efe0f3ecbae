"""Departmental final accounts as grids: line numbers, year-end rows, column groups, budget beside final figures."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from tools.documents.files.sheet import About, Head, Row, Sheet, Slot
from tools.documents.known_forms import three_public
from tools.documents.known_forms.grids import compose
from tools.documents.known_forms.shanghai import APPROPRIATION, BASIC, FUNDS, NUMERALS
from tools.documents.known_forms.tables import Truth
from tools.documents.model import CAPITAL, FUND, GENERAL, KINDS, printed_fen
from tools.documents.names import CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tools.documents.files.sheet import GridLayout, Made
    from tools.documents.model import Budget

INCOME = {
    "fiscal_appropriation": ("财政拨款收入", APPROPRIATION),
    "superior_subsidies": ("上级补助收入", ()),
    "service_income": ("事业收入", ("special_account",)),
    "business_income": ("经营收入", ()),
    "affiliated_remittances": ("附属单位上缴收入", ()),
    "other_income": ("其他收入", ("own_funds",)),
}
"""Columns of table 2: header and the sources of the model that pay into them."""
RECEIVED = (*APPROPRIATION, "special_account", "own_funds")
CARRIED = ("appropriation_carryover", "non_appropriation_carryover")
SPENT = (*RECEIVED, *CARRIED)


@dataclass(frozen=True, slots=True)
class Style:
    """How the form is written; the first option of each field is its default."""

    line_numbers: bool = True  # 行次 columns
    column_numbers: bool = True  # a row 栏次
    total_place: str = "first"
    codes: str = "one"
    zeros: bool = False
    transposed: bool = True  # the three public expenses as columns, budget and final figures beside one another
    groups: int = 3  # of table 6
    group_headers: bool = True
    all_classes: bool = False
    number: str = "公开01表"
    unit_mark: str = "单位：{}"
    capital_columns: str = "short"  # table 9 with expenditure only, or like table 8


STYLE_OPTIONS: dict[str, tuple[object, ...]] = {
    "line_numbers": (True, False),
    "column_numbers": (True, False),
    "total_place": ("first", "last"),
    "codes": ("one", "split"),
    "zeros": (False, True),
    "transposed": (True, False),
    "groups": (3, 2, 1),
    "group_headers": (True, False),
    "all_classes": (False, True),
    "number": ("公开01表", "表1", "none"),
    "unit_mark": ("单位：{}", "金额单位：{}"),
    "capital_columns": ("short", "long"),
}
"""The options of each field."""


def random_style(seed: int, **fixed: Any) -> Style:  # noqa: ANN401 - fields of Style
    """A style with every option drawn evenly; those given are kept."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in STYLE_OPTIONS.items()}
    return Style(**{**chosen, **fixed})


def made(budget: Budget, style: Style, layout: GridLayout) -> Made:
    """A random budget, taken as spent, as a document of final accounts."""
    about = About(budget.body, budget.year, budget.edition, "final_accounts")
    prose = [
        f"第三部分 {budget.year}年度{budget.edition}决算情况说明",
        f"一、{budget.body}{budget.year}年度收入支出决算总体情况说明",
        "本年收入总计1,234.56万元，与上年度相比增加12.30万元，增长1.01%。",
    ]
    return compose(Printer(budget, style).sheets(), about, layout, prose)


class Printer:
    """Prints the nine tables of final accounts of one budget."""

    def __init__(self, budget: Budget, style: Style) -> None:
        self.budget, self.style = budget, style
        self.number = 0
        closing = Random(budget.year)
        self.closing = closing.randrange(1, 500) * 10_000_00
        self.closing_appropriation = self.closing // 2 // budget.quantum * budget.quantum

    def sheets(self) -> list[Sheet]:
        """The nine tables."""
        return [
            self._summary(), self._revenue(), self._expenditure(), self._appropriations(), self._general(),
            self._economic(), self._three_public(), self._fund("government_fund", FUND),
            self._fund("state_capital", CAPITAL),
        ]  # fmt: skip

    # -- the parts of a sheet ---------------------------------------------------------------------------------------

    def _sheet(
        self, statement: str, title: str, labels: tuple[Head, ...], measures: tuple[Head, ...], rows: Iterable[Row], *,
        note: str = "", fixed: bool = False,
    ) -> Sheet:  # fmt: skip
        self.number += 1
        number = {"公开01表": (f"公开{self.number:02d}表",), "表1": (f"表{self.number}",), "none": ()}[
            self.style.number
        ]
        return Sheet(
            statement, (*number, title), f"{self.budget.edition}：{self.budget.body}",
            self.style.unit_mark.format(self.budget.unit), labels, measures, tuple(rows), self.budget.unit,
            self.budget.decimals, note, fixed=fixed,
        )  # fmt: skip

    def amount(self, statement: str, code: str, name: str, measure: str, exact: int) -> Slot:
        """The cell of an amount."""
        if not exact and not self.style.zeros:
            return Slot()
        quantum, decimals = self.budget.quantum, self.budget.decimals
        fen = printed_fen(exact, quantum)
        whole, rest = divmod(fen // quantum, 10**decimals)
        text = f"{whole:,}" + (f".{rest:0{decimals}d}" if decimals else "")
        return Slot(text, truth=Truth(statement, code, name, "", measure, fen))

    def _codes(self) -> tuple[Head, ...]:
        if self.style.codes == "one":
            return (Head("项目", (Head("科目编码"), Head("科目名称"))),)
        return (Head("项目", (Head("功能分类科目编码", tuple(Head(level) for level in "类款项")), Head("科目名称"))),)

    def _labels(self, code: str, name: str) -> tuple[Slot, ...]:
        if self.style.codes == "one":
            return Slot(code), Slot(name)
        parts = [code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))] if code else []
        return (*(Slot(part) for part in [*parts, "", "", ""][:3]), Slot(name))

    @property
    def _width(self) -> int:
        return 2 if self.style.codes == "one" else 4

    def _ordered(self, rows: list[Row], total: Row, columns: int) -> list[Row]:
        """The rows with the row of column numbers, and the total first or last."""
        numbers = Row((Slot("栏次", self._width),), tuple(Slot(str(n + 1)) for n in range(columns)))
        total = total._replace(total=self.style.total_place == "last")
        found = [total, *rows] if self.style.total_place == "first" else [*rows, total]
        return [numbers, *found] if self.style.column_numbers else found

    def _tree(
        self, statement: str, title: str, measures: tuple[Head, ...], sources: tuple[str, ...],
        figures: Callable[[str], list[tuple[str, int]]], note: str = "",
    ) -> Sheet:  # fmt: skip
        def amounts(code: str, name: str) -> tuple[Slot, ...]:
            return tuple(self.amount(statement, code, name, measure, exact) for measure, exact in figures(code))

        name = self.budget.name
        rows = [Row(self._labels(code, name(code)), amounts(code, name(code))) for code in self.budget.codes(sources)]
        total = Row((Slot("合计", self._width),), amounts("", "总计"))
        columns = sum(head.width for head in measures)
        if not rows:
            blank = Row((Slot(),) * self._width, (Slot(),) * columns)
            return self._sheet(statement, title, self._codes(), measures, [blank, blank], note=note)
        return self._sheet(statement, title, self._codes(), measures, self._ordered(rows, total, columns))

    def _numbered(self, side: list[tuple[Slot, ...]], first: int) -> list[tuple[Slot, ...]]:
        """The lines of one side with their line numbers after the label."""
        if not self.style.line_numbers:
            return side
        return [(line[0], Slot(str(first + i)), *line[1:]) for i, line in enumerate(side)]

    def _two_sided(
        self, statement: str, title: str, heads: tuple[tuple[str, tuple[str, ...]], ...],
        left: list[tuple[Slot, ...]], right: list[tuple[Slot, ...]], foot: int,
    ) -> Sheet:  # fmt: skip
        """A two-sided table whose last `foot` lines of either side stand beside one another."""
        height = max(len(left), len(right))
        for side in (left, right):
            blank = (Slot(),) * len(side[0])
            side[len(side) - foot : len(side) - foot] = [blank] * (height - len(side))
        left, right = self._numbered(left, 1), self._numbered(right, height + 1)
        rows = [Row((), (*a, *b), total=i == height - 1) for i, (a, b) in enumerate(zip(left, right, strict=True))]
        middle = (Head("行次"),) if self.style.line_numbers else ()
        measures = tuple(
            Head(side, (Head("项目"), *middle, *(Head(name) for name in columns))) for side, columns in heads
        )
        if self.style.column_numbers:
            counts = [len(columns) for _, columns in heads]
            blank_ = (Slot(),) * len(middle)
            numbers = [str(n + 1) for n in range(sum(counts))]
            slots = (
                Slot("栏次"), *blank_, *(Slot(n) for n in numbers[: counts[0]]),
                Slot("栏次"), *blank_, *(Slot(n) for n in numbers[counts[0] :]),
            )  # fmt: skip
            rows.insert(0, Row((), slots))
        return self._sheet(statement, title, (), measures, rows, fixed=True)

    def _classes(self, sources: tuple[str, ...]) -> list[str]:
        active = [code for code in self.budget.codes(sources) if len(code) == 3]
        return [code for code in CLASSES if code in active or self.style.all_classes]

    # -- the tables -------------------------------------------------------------------------------------------------

    def _summary(self) -> Sheet:
        statement, total = "revenue_expenditure_summary", self.budget.total
        income = total(sources=RECEIVED)
        opening = total(sources=CARRIED) + self.closing

        def line(mark: str, name: str, exact: int, known: str = "") -> tuple[Slot, ...]:
            return Slot(mark + name), self.amount(statement, "", known or name, "total", exact)

        funds = (
            ("一般公共预算财政拨款收入", GENERAL),
            ("政府性基金预算财政拨款收入", FUND),
            ("国有资本经营预算财政拨款收入", CAPITAL),
        )
        names = [(name, total(sources=sources)) for name, sources in funds]
        names += [(name, total(sources=sources) if sources else 0) for name, sources in list(INCOME.values())[1:]]
        left = [line(f"{NUMERALS[i]}、", name, exact) for i, (name, exact) in enumerate(names)]
        left += [
            line("", "本年收入合计", income), line("", "使用非财政拨款结余（含专用结余）", 0),
            line("", "年初结转和结余", opening), line("", "总计", income + opening, "收入总计"),
        ]  # fmt: skip
        spent = total()
        right = [line(f"{NUMERALS[i]}、", CLASSES[code], total(code)) for i, code in enumerate(self._classes(SPENT))]
        right += [
            line("", "本年支出合计", spent), line("", "结余分配", 0), line("", "年末结转和结余", self.closing),
            line("", "总计", spent + self.closing, "支出总计"),
        ]  # fmt: skip
        heads = (("收入", ("金额",)), ("支出", ("金额",)))
        return self._two_sided(statement, "收入支出决算总表", heads, left, right, 4)

    def _revenue(self) -> Sheet:
        def figures(code: str) -> list[tuple[str, int]]:
            parts = [(measure, self.budget.total(code, sources)) for measure, (_, sources) in INCOME.items()]
            return [("total", self.budget.total(code, RECEIVED)), *parts]

        heads = (Head("本年收入合计"), *(Head(name) for name, _ in INCOME.values()))
        return self._tree("revenue_detail", "收入决算表", heads, RECEIVED, figures)

    def _kinds(self, code: str, sources: tuple[str, ...]) -> list[tuple[str, int]]:
        return [
            ("total", self.budget.total(code, sources)), ("basic", self.budget.total(code, sources, BASIC)),
            ("project", self.budget.total(code, sources, KINDS[2:])),
        ]  # fmt: skip

    def _expenditure(self) -> Sheet:
        rest = ("superior_remittances", "business_expenditure", "affiliated_subsidies")
        names = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
        return self._tree(
            "expenditure_detail", "支出决算表", tuple(Head(name) for name in names), SPENT,
            lambda code: [*self._kinds(code, SPENT), *((measure, 0) for measure in rest)],
        )  # fmt: skip

    def _appropriations(self) -> Sheet:
        statement, total = "appropriation_summary", self.budget.total
        closing = self.closing_appropriation

        def right_line(label: str, name: str, figures: list[int]) -> tuple[Slot, ...]:
            measures = ("total", *FUNDS)
            return Slot(label), *(
                self.amount(statement, "", name, m, f) for m, f in zip(measures, figures, strict=True)
            )

        def left_line(label: str, name: str, exact: int) -> tuple[Slot, ...]:
            return Slot(label), self.amount(statement, "", name, "total", exact)

        def figures(code: str, more: int = 0) -> list[int]:
            found = [total(code, sources) for _, sources in FUNDS.values()]
            found[0] += more
            return [sum(found), *found]

        names = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
        sums = figures("")
        left = [left_line(f"{NUMERALS[i]}、{name}", name, sums[i + 1]) for i, name in enumerate(names)]
        left += [
            left_line("本年收入合计", "本年收入合计", sums[0]),
            left_line("年初财政拨款结转和结余", "年初财政拨款结转和结余", closing),
        ]
        left += [left_line(f"{NUMERALS[i]}、{name}", name, (closing, 0, 0)[i]) for i, name in enumerate(names)]
        left.append(left_line("总计", "收入总计", sums[0] + closing))
        right = [
            right_line(f"{NUMERALS[i]}、{CLASSES[code]}", CLASSES[code], figures(code))
            for i, code in enumerate(self._classes(APPROPRIATION))
        ]
        right += [
            right_line("本年支出合计", "本年支出合计", sums),
            right_line("年末财政拨款结转和结余", "年末财政拨款结转和结余", [closing, closing, 0, 0]),
            right_line("总计", "支出总计", figures("", closing)),
        ]
        heads = (("收入", ("金额",)), ("支出", ("合计", *names)))
        return self._two_sided(statement, "财政拨款收入支出决算总表", heads, left, right, 1)

    def _general(self) -> Sheet:
        heads = (Head("本年支出", (Head("小计"), Head("基本支出"), Head("项目支出"))),)
        return self._tree(
            "general_public_expenditure", "一般公共预算财政拨款支出决算表", heads, GENERAL,
            lambda code: self._kinds(code, GENERAL),
        )  # fmt: skip

    def _economic(self) -> Sheet:
        statement, budget = "basic_expenditure", self.budget
        codes = sorted({part[:length] for part in budget.economic for length in (3, 5)})

        def exact(code: str) -> int:
            return sum(fen for part, fen in budget.economic.items() if part.startswith(code))

        def line(code: str) -> tuple[Slot, ...]:
            name = budget.economic_names[code]
            return Slot(code), Slot(name), self.amount(statement, code, name, "total", exact(code))

        staff = [line(code) for code in codes if code[:3] in {"301", "303"}]
        other = [line(code) for code in codes if code[:3] not in {"301", "303"}]
        half = (len(other) + 1) // 2
        groups = {1: [staff + other], 2: [staff, other], 3: [staff, other[:half], other[half:]]}[self.style.groups]
        height = max(len(group) for group in groups)
        blank = (Slot(), Slot(), Slot())
        rows = [
            Row((), tuple(slot for group in groups for slot in (group[i] if i < len(group) else blank)))
            for i in range(height)
        ]
        sums = {
            "人员经费合计": exact("301") + exact("303"),
            "公用经费合计": sum(budget.economic.values()) - exact("301") - exact("303"),
        }
        foot = [(Slot(name, 2), self.amount(statement, "", name, "total", fen)) for name, fen in sums.items()]
        if len(groups) == 1:
            rows += [Row((), each) for each in foot]
        else:
            spread = (Slot("公用经费合计", 3 * len(groups) - 4), foot[1][1])
            rows.append(Row((), (*foot[0], *spread), total=True))
        leaves = (Head("科目编码"), Head("科目名称"), Head("决算数"))
        bands = ("人员经费", "公用经费") if len(groups) > 1 and self.style.group_headers else ()
        heads: tuple[Head, ...] = leaves * len(groups)
        if bands:
            heads = (Head(bands[0], leaves), Head(bands[1], leaves * (len(groups) - 1)))
        return self._sheet(statement, "一般公共预算财政拨款基本支出决算表", (), heads, rows, fixed=True)

    def _three_public(self) -> Sheet:
        style = self.style
        labels, measures, rows = three_public.in_pairs(
            self.budget,
            self.amount,
            transposed=style.transposed,
            numbers=style.column_numbers,
            lines=style.line_numbers,
        )
        title = "财政拨款“三公”经费支出决算表"
        return self._sheet("three_public_expenses", title, labels, measures, rows, fixed=style.transposed)

    def _fund(self, fund: str, sources: tuple[str, ...]) -> Sheet:
        chinese = FUNDS[fund][0]
        statement = f"{fund}_expenditure"
        short = fund == "state_capital" and self.style.capital_columns == "short"
        kinds = Head("本年支出", (Head("小计"), Head("基本支出"), Head("项目支出")))
        if short:
            return self._tree(
                statement, f"{chinese}财政拨款支出决算表", (kinds,), sources, lambda code: self._kinds(code, sources),
                note=f"注：本{self.budget.edition}无{chinese}财政拨款支出，故本表无数据。",
            )  # fmt: skip

        def figures(code: str) -> list[tuple[str, int]]:
            spent = self._kinds(code, sources)
            return [("opening_balance", 0), ("revenue", spent[0][1]), *spent, ("closing_balance", 0)]

        heads = (Head("年初结转和结余"), Head("本年收入"), kinds, Head("年末结转和结余"))
        return self._tree(
            statement, f"{chinese}财政拨款收入支出决算表", heads, sources, figures,
            note=f"注：本{self.budget.edition}无{chinese}财政拨款收入支出，故本表无数据。",
        )  # fmt: skip
