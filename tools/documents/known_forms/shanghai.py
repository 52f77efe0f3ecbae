"""The nine-table form as grids: amounts in 元, table 9 in 万元 and turned, classes without codes in tables 1 and 4."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from tools.documents.files.sheet import About, Head, Row, Sheet, Slot
from tools.documents.known_forms import three_public
from tools.documents.known_forms.grids import compose
from tools.documents.known_forms.tables import Truth
from tools.documents.model import CAPITAL, FUND, GENERAL, KINDS, SOURCES, printed_fen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tools.documents.files.sheet import GridLayout, Made
    from tools.documents.model import Budget

APPROPRIATION = (*GENERAL, *FUND, *CAPITAL)
BASIC = ("personnel", "operating")
INCOME = {
    "fiscal_appropriation": ("财政拨款收入", APPROPRIATION),
    "service_income": ("事业收入", ("special_account",)),
    "business_income": ("事业单位经营收入", ("appropriation_carryover",)),
    "other_income": ("其他收入", ("own_funds",)),
}
"""Columns of table 2 and lines of table 1: header and the sources of the model that pay into them."""
CARRYOVER = ("上年结转结余", ("non_appropriation_carryover",))
FUNDS = {
    "general_public_budget": ("一般公共预算", GENERAL),
    "government_fund": ("政府性基金预算", FUND),
    "state_capital": ("国有资本经营预算", CAPITAL),
}
NUMERALS = (
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七",
    "十八", "十九", "二十", "二十一", "二十二", "二十三", "二十四", "二十五", "二十六", "二十七", "二十八", "二十九",
    "三十",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """How the form is written; the first option of each field is its default."""

    zeros: str = "blank"  # printed: in every table; trees: in the tables with codes only
    decimals: int = 0
    commas: bool = True
    codes: str = "split"  # unpadded: levels below the class without their zero; sparse: each level once
    split_head: bool = True  # 类 款 项 below the head of the codes
    unit_columns: str = "none"  # table 1's expenditure by personnel, operating, project: flat, or below 基本支出
    kinds: str = "basic"  # columns of tables 3 and 5 to 7
    spread_total: bool = True
    nesting: str = "bands"  # of table 9
    years: bool = False  # in the headers of table 9
    vehicles_first: bool = False
    trimmed: bool = True  # table 9 without trailing zeros
    full_brackets: bool = True
    year_in_title: bool = True
    operating_costs: bool = True  # table 9 with 机关运行经费
    bands: bool = True  # 项目 | 支出预算 over the columns
    filled: int = 2  # empty rows before the totals of tables 1 and 4
    note_mark: str = "注：本"
    unit_mark: str = "单位：{}"


STYLE_OPTIONS: dict[str, tuple[object, ...]] = {
    "zeros": ("blank", "trees", "printed"),
    "decimals": (0, 2),
    "commas": (True, False),
    "codes": ("split", "unpadded", "one", "sparse"),
    "split_head": (True, False),
    "unit_columns": ("none", "flat", "nested"),
    "kinds": ("basic", "personnel"),
    "spread_total": (True, False),
    "nesting": ("bands", "flat", "one band"),
    "years": (False, True),
    "vehicles_first": (False, True),
    "trimmed": (True, False),
    "full_brackets": (True, False),
    "year_in_title": (True, False),
    "operating_costs": (True, False),
    "bands": (True, False),
    "filled": (2, 0),
    "note_mark": ("注：本", "注:本", "说明：本"),
    "unit_mark": ("单位：{}", "单位:{}", "金额单位：{}"),
}
"""The options of each field."""


def random_style(seed: int, **fixed: Any) -> Style:  # noqa: ANN401 - fields of Style
    """A style with every option drawn evenly; those given are kept."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in STYLE_OPTIONS.items()}
    return Style(**{**chosen, **fixed})


def made(budget: Budget, style: Style, layout: GridLayout) -> Made:
    """A random budget as a document of the form; the budget's money unit must be 元."""
    about = About(budget.body, budget.year, budget.edition, "budget")
    return compose(Printer(budget, style).sheets(), about, layout, prose(about))


def prose(about: About) -> list[str]:
    """Narrative with titles and figures in it."""
    return [
        f"{about.body}（{about.edition}）主要职能",
        f"{about.year}年{about.edition}预算编制说明",
        f"{about.year}年，{about.body}收入预算1,234.56万元，其中：财政拨款收入1,234.56万元。",
        "1.“一般公共服务支出（类）统计信息事务（款）专项普查活动（项）”科目43.83万元，主要用于专项普查活动。",
    ]


class Printer:
    """Prints the nine tables of one budget."""

    def __init__(self, budget: Budget, style: Style) -> None:
        self.budget, self.style = budget, style
        self.quantum = 100 // 10**style.decimals

    def sheets(self) -> list[Sheet]:
        """The nine tables."""
        fund, capital = FUNDS["government_fund"][1], FUNDS["state_capital"][1]
        word = "财政拨款" if self.style.decimals else ""
        return [
            self._summary(),
            self._revenue(),
            self._tree("expenditure_detail", "支出预算总表", "支出预算", SOURCES),
            self._appropriations(),
            self._tree(
                "general_public_expenditure", f"一般公共预算{word}支出功能分类预算表", "一般公共预算支出", GENERAL
            ),
            self._tree("government_fund_expenditure", "政府性基金预算支出功能分类预算表", "政府性基金预算支出", fund),
            self._tree(
                "state_capital_expenditure", "国有资本经营预算支出功能分类预算表", "国有资本经营预算支出", capital
            ),
            self._economic(),
            self._three_public(),
        ]

    # -- the parts of a sheet ---------------------------------------------------------------------------------------

    def _sheet(
        self, statement: str, title: str, labels: tuple[Head, ...], measures: tuple[Head, ...], rows: Iterable[Row], *,
        note: str = "", fixed: bool = False, unit: str = "元", decimals: int | None = None,
    ) -> Sheet:  # fmt: skip
        year = f"{self.budget.year}年" if self.style.year_in_title else ""
        return Sheet(
            statement, (f"{year}{self.budget.edition}{title}",), f"编制{self.budget.edition}：{self.budget.body}",
            self.style.unit_mark.format(unit), labels, measures, tuple(rows), unit,
            self.style.decimals if decimals is None else decimals, note, fixed=fixed,
        )  # fmt: skip

    def amount(self, statement: str, code: str, name: str, measure: str, exact: int, *, zeros: bool) -> Slot:
        """The cell of an amount in 元."""
        if not exact and not zeros:
            return Slot()
        fen = printed_fen(exact, self.quantum)
        text = f"{fen // 100:,}" if self.style.commas else str(fen // 100)
        if self.style.decimals:
            text += f".{fen % 100:02d}"
        return Slot(text, truth=Truth(statement, code, name, "", measure, fen))

    def _codes(self, levels: int, kind: str, name: str) -> tuple[Head, ...]:
        parts = ("类", "款", "项")[:levels]
        if self.style.codes == "one":
            return (Head(f"{kind}科目编码"), Head(name))
        below = tuple(Head(part) for part in parts)
        if not self.style.split_head:
            return (*below, Head(name))
        return (Head(f"{kind}科目编码", below), Head(name))

    def _labels(self, code: str, name: str, levels: int) -> tuple[Slot, ...]:
        if self.style.codes == "one":
            return (Slot(code), Slot(name))
        parts = [code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))]
        if self.style.codes == "unpadded":
            parts[1:] = [part.lstrip("0") or part for part in parts[1:]]
        if self.style.codes == "sparse":
            parts[:-1] = [""] * (len(parts) - 1)
        parts += [""] * (levels - len(parts))
        return (*(Slot(part) for part in parts), Slot(name))

    def _banded(
        self, labels: tuple[Head, ...], band: str, measures: tuple[Head, ...]
    ) -> tuple[tuple[Head, ...], tuple[Head, ...]]:
        if not self.style.bands:
            return labels, measures
        return (Head("项目", labels),), (Head(band, measures),)

    def _total(self, width: int, amounts: tuple[Slot, ...]) -> Row:
        if self.style.spread_total:
            return Row((Slot("合计", width),), amounts, total=True)
        return Row((*[Slot()] * (width - 1), Slot("合计")), amounts, total=True)

    # -- the tables -------------------------------------------------------------------------------------------------

    def _kinds(self) -> list[tuple[str, Head, tuple[str, ...]]]:
        if self.style.kinds == "basic":
            return [
                ("total", Head("合计"), KINDS),
                ("basic", Head("基本支出"), BASIC),
                ("project", Head("项目支出"), KINDS[2:]),
            ]
        return [
            ("total", Head("合计"), KINDS), ("personnel", Head("人员经费"), KINDS[:1]),
            ("operating", Head("公用经费"), KINDS[1:2]), ("project", Head("项目支出"), KINDS[2:]),
        ]  # fmt: skip

    def _tree(self, statement: str, title: str, band: str, sources: tuple[str, ...]) -> Sheet:
        kinds = self._kinds()
        zeros = self.style.zeros != "blank"
        heads = tuple(head for _, head, _ in kinds)
        if self.style.kinds == "personnel":
            heads = (heads[0], Head("基本支出", heads[1:3]), heads[3])
        labels, measures = self._banded(self._codes(3, "功能分类", "功能分类科目名称"), band, heads)
        codes = self.budget.codes(sources)

        def amounts(code: str, name: str) -> tuple[Slot, ...]:
            return tuple(
                self.amount(
                    statement, code, name, measure, self.budget.total(code, sources, of), zeros=zeros and bool(codes)
                )
                for measure, _, of in kinds
            )

        rows = [
            Row(self._labels(code, self.budget.name(code), 3), amounts(code, self.budget.name(code))) for code in codes
        ]
        width = sum(head.width for head in labels)
        if not codes:
            rows = [Row((Slot(),) * width, (Slot(),) * len(kinds))] * 3
        rows.append(self._total(width, amounts("", "总计")))
        note = (
            "" if codes else f"{self.style.note_mark}{self.budget.edition}{self.budget.year}年无{band}，故本表为空表。"
        )
        return self._sheet(statement, title, labels, measures, rows, note=note)

    def _revenue(self) -> Sheet:
        statement, zeros = "revenue_detail", self.style.zeros != "blank"
        columns: dict[str, tuple[str, tuple[str, ...]]] = {"total": ("合计", SOURCES), **INCOME}
        if self.budget.total(sources=CARRYOVER[1]):
            columns["carryover"] = CARRYOVER
        labels, measures = self._banded(
            self._codes(3, "功能分类", "功能分类科目名称"),
            "收入预算",
            tuple(Head(head) for head, _ in columns.values()),
        )

        def amounts(code: str, name: str) -> tuple[Slot, ...]:
            return tuple(
                self.amount(statement, code, name, measure, self.budget.total(code, of), zeros=zeros)
                for measure, (_, of) in columns.items()
            )

        rows = [
            Row(self._labels(code, self.budget.name(code), 3), amounts(code, self.budget.name(code)))
            for code in self.budget.codes()
        ]
        width = sum(head.width for head in labels)
        return self._sheet(
            statement, "收入预算总表", labels, measures, [*rows, self._total(width, amounts("", "总计"))]
        )

    def _sides(
        self, left: Sequence[tuple[Slot, ...]], right: Sequence[tuple[Slot, ...]], last: tuple[Slot, ...]
    ) -> list[Row]:
        """The rows of a two-sided table: shorter sides padded, empty rows, totals."""
        blank_left, blank_right = ((Slot(),) * len(side[0]) for side in (left, right or [last[2:]]))
        height = max(len(left), len(right)) + self.style.filled
        rows = [
            Row((), (*(left[i] if i < len(left) else blank_left), *(right[i] if i < len(right) else blank_right)))
            for i in range(height)
        ]
        return [*rows, Row((), last, total=True)]

    def _summary(self) -> Sheet:
        statement, budget, zeros = "revenue_expenditure_summary", self.budget, self.style.zeros == "printed"

        def line(mark: str, name: str, sources: tuple[str, ...]) -> tuple[Slot, ...]:
            total = budget.total(sources=sources)
            return Slot(mark + name), self.amount(statement, "", name, "total", total, zeros=zeros)

        funds = [
            (f"{i}. ", name, sources)
            for i, (name, sources) in enumerate(
                (("一般公共预算资金", GENERAL), ("政府性基金", FUND), ("国有资本经营预算", CAPITAL)), 1
            )
        ]
        lines = [("一、", *INCOME["fiscal_appropriation"]), *funds]
        others = [INCOME[key] for key in ("service_income", "business_income", "other_income")]
        if budget.total(sources=CARRYOVER[1]):
            others.append(CARRYOVER)
        lines += [(f"{NUMERALS[i]}、", *other) for i, other in enumerate(others, 1)]
        kinds: list[tuple[str, tuple[str, ...]]] = [("total", KINDS)]
        heads: tuple[Head, ...] = (Head("项目"), Head("预算数"))
        if self.style.unit_columns != "none":
            kinds += [(kind, (kind,)) for kind in KINDS]
            leaves = (Head("人员经费"), Head("公用经费"))
            basic = (Head("基本支出", leaves),) if self.style.unit_columns == "nested" else leaves
            heads = (Head("项目"), Head("合计"), *basic, Head("项目支出"))

        def amounts(code: str, name: str) -> list[Slot]:
            return [
                self.amount(statement, "", name, measure, budget.total(code, kinds=of), zeros=zeros)
                for measure, of in kinds
            ]

        classes = [code for code in budget.codes() if len(code) == 3]
        right = [
            (Slot(f"{NUMERALS[i]}、{budget.name(code)}"), *amounts(code, budget.name(code)))
            for i, code in enumerate(classes)
        ]
        everything = self.amount(statement, "", "收入总计", "total", budget.total(), zeros=zeros)
        last = (Slot("收入总计"), everything, Slot("支出总计"), *amounts("", "支出总计"))
        sides = (Head("本年收入", (Head("项目"), Head("预算数"))), Head("本年支出", heads))
        rows = self._sides([line(*each) for each in lines], right, last)
        return self._sheet(statement, "财务收支预算总表", (), sides, rows, fixed=True)

    def _appropriations(self) -> Sheet:
        statement, budget, zeros = "appropriation_summary", self.budget, self.style.zeros == "printed"
        left = [
            (Slot(f"{NUMERALS[i]}、{name}"),
             self.amount(statement, "", name, "total", budget.total(sources=sources), zeros=zeros))
            for i, (name, sources) in enumerate(
                (("一般公共预算资金", GENERAL), ("政府性基金", FUND), ("国有资本经营预算", CAPITAL))
            )
        ]  # fmt: skip

        def amounts(code: str, name: str) -> list[Slot]:
            found = [self.amount(statement, "", name, "total", budget.total(code, APPROPRIATION), zeros=zeros)]
            return found + [
                self.amount(statement, "", name, fund, budget.total(code, sources), zeros=zeros)
                for fund, (_, sources) in FUNDS.items()
            ]

        classes = [code for code in budget.codes(APPROPRIATION) if len(code) == 3]
        right = [
            (Slot(f"{NUMERALS[i]}、{budget.name(code)}"), *amounts(code, budget.name(code)))
            for i, code in enumerate(classes)
        ]
        everything = self.amount(statement, "", "收入总计", "total", budget.total(sources=APPROPRIATION), zeros=zeros)
        last = (Slot("收入总计"), everything, Slot("支出总计"), *amounts("", "支出总计"))
        heads = (Head("项目"), Head("合计"), *(Head(name) for name, _ in FUNDS.values()))
        sides = (Head("财政拨款收入", (Head("项目"), Head("预算数"))), Head("财政拨款支出", heads))
        rows = self._sides(left, right, last)
        return self._sheet(statement, "财政拨款收支预算总表", (), sides, rows, fixed=True)

    def _economic(self) -> Sheet:
        statement, budget, zeros = "basic_expenditure", self.budget, self.style.zeros != "blank"
        heads = (Head("合计"), Head("人员经费"), Head("公用经费"))
        codes = self._codes(2, "部门预算经济分类", "经济分类科目名称")
        labels, measures = self._banded(codes, "一般公共预算基本支出", heads)

        def amounts(code: str, name: str) -> tuple[Slot, ...]:
            found = {part: fen for part, fen in budget.economic.items() if part.startswith(code)}
            staff = sum(fen for part, fen in found.items() if part[:3] in {"301", "303"})
            everything = sum(found.values())
            figures = (("total", everything), ("personnel", staff), ("operating", everything - staff))
            return tuple(
                self.amount(statement, code, name, *figure, zeros=zeros and bool(budget.economic)) for figure in figures
            )

        printed = sorted({part[:length] for part in budget.economic for length in (3, 5)})
        names = budget.economic_names
        rows = [Row(self._labels(code, names[code], 2), amounts(code, names[code])) for code in printed]
        width = sum(head.width for head in labels)
        rows.append(self._total(width, amounts("", "总计")))
        return self._sheet(statement, "一般公共预算基本支出部门预算经济分类预算表", labels, measures, rows)

    def _three_public(self) -> Sheet:
        title = "“三公”经费和机关运行经费预算表" if self.style.operating_costs else "“三公”经费预算表"
        decimals = -1 if self.style.trimmed else 2
        measures, row = three_public.in_columns(self.budget, self.style)
        return self._sheet(
            "three_public_expenses", title, (), measures, [row], fixed=True, unit="万元", decimals=decimals
        )
