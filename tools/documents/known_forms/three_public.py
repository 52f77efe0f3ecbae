"""Tables of “三公” expenses with item columns, or budget beside final figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.documents.files.sheet import Head, Row, Slot
from tools.documents.known_forms.tables import Truth
from tools.documents.model import GENERAL, printed_fen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.documents.known_forms.shanghai import Style
    from tools.documents.model import Budget

STATEMENT = "three_public_expenses"


def figures(budget: Budget) -> dict[str, int]:
    """Exact fen of each item with money of its own, all funds."""
    return {
        label: sum(fen for (of, _), fen in budget.three_public.items() if of == label)
        for label in ("travel", "reception", "vehicle_purchase", "vehicle_running")
    }


def in_columns(budget: Budget, style: Style) -> tuple[tuple[Head, ...], Row]:
    """Table 9 of the nine-table form: heads, nested in one way or another, and one row of amounts in 万元."""
    parts = figures(budget)
    vehicles = parts["vehicle_purchase"] + parts["vehicle_running"]
    year = f"{budget.year}年" if style.years else ""
    travel = "因公出国（境）费" if style.full_brackets else "因公出国(境)费"
    columns = [
        ("合计", "总计", sum(parts.values())),
        (travel, "因公出国（境）费", parts["travel"]),
        ("公务接待费", "公务接待费", parts["reception"]),
    ]
    trio = [
        ("小计", "公务用车购置及运行费", vehicles),
        ("购置费", "公务用车购置费", parts["vehicle_purchase"]),
        ("运行费", "公务用车运行费", parts["vehicle_running"]),
    ]
    group = [Head(f"公务用车{text}") for text in ("购置及运行费", "购置费", "运行费")]
    if style.nesting != "flat":
        group = [Head("公务用车购置及运行费", tuple(Head(text) for text, _, _ in trio))]
    order = [*columns[:2], *trio, columns[2]] if style.vehicles_first else [*columns, *trio]
    simple = [Head(text) for text, _, _ in columns]
    heads = [*simple[:2], *group, simple[2]] if style.vehicles_first else [*simple, *group]
    costs: list[Head] = []
    if style.operating_costs:
        order.append(("机关运行经费", "机关运行经费", budget.total(sources=GENERAL, kinds=("operating",))))
        costs = [Head(f"{year}机关运行经费预算数")]
    if style.nesting == "bands":
        heads = [Head(f"{year}“三公”经费预算数", tuple(heads))]
    measures = (*heads, *costs)
    if style.nesting == "one band":
        measures = (Head(f"{year}预算数", measures),)
    return measures, Row((), tuple(_wan(name, exact, trimmed=style.trimmed) for _, name, exact in order))


def _wan(name: str, exact: int, *, trimmed: bool) -> Slot:
    fen = printed_fen(exact, 10_000)
    text = f"{fen // 1_000_000:,}.{fen // 10_000 % 100:02d}"
    if trimmed:
        text = text.rstrip("0").rstrip(".")
    return Slot(text, truth=Truth(STATEMENT, "", name, "", "total", fen))


def in_pairs(
    budget: Budget, amount: Callable[[str, str, str, str, int], Slot], *, transposed: bool, numbers: bool, lines: bool
) -> tuple[tuple[Head, ...], tuple[Head, ...], list[Row]]:
    """Table 7 of final accounts: label heads, measure heads, rows; `amount` prints one amount.

    `transposed`: budget and final figures are column groups; `numbers`: a row of their numbers; `lines`: line numbers.
    """
    parts = figures(budget)
    known = [
        ("合计", "总计", sum(parts.values())),
        ("因公出国（境）费", "因公出国（境）费", parts["travel"]),
        ("小计", "公务用车购置及运行费", parts["vehicle_purchase"] + parts["vehicle_running"]),
        ("公务用车购置费", "公务用车购置费", parts["vehicle_purchase"]),
        ("公务用车运行费", "公务用车运行费", parts["vehicle_running"]),
        ("公务接待费", "公务接待费", parts["reception"]),
    ]

    def cell(name: str, measure: str, exact: int) -> Slot:
        return amount(STATEMENT, "", name, measure, exact + (exact // 3 if measure == "budget" else 0))

    if transposed:
        trio = tuple(Head(label) for label, _, _ in known[2:5])
        heads = (Head("合计"), Head("因公出国（境）费"), Head("公务用车购置及运行费", trio), Head("公务接待费"))
        row = tuple(cell(name, measure, exact) for measure in ("budget", "total") for _, name, exact in known)
        above = [Row((), tuple(Slot(str(n + 1)) for n in range(len(row))))] if numbers else []
        return (), (Head("预算数", heads), Head("决算数", heads)), [*above, Row((), row)]
    words = (
        "合计", "1.因公出国（境）费", "2.公务用车购置及运行费", "（1）公务用车购置费", "（2）公务用车运行费",
        "3.公务接待费",
    )  # fmt: skip
    rows = [
        Row(
            (Slot(word), *([Slot(str(i + 1))] if lines else [])),
            (cell(name, "budget", exact), cell(name, "total", exact)),
        )
        for i, (word, (_, name, exact)) in enumerate(zip(words, known, strict=True))
    ]
    return (Head("项目"), *((Head("行次"),) if lines else ())), (Head("预算数"), Head("决算数")), rows
