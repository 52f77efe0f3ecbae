"""Coordinates of amounts in text, once their columns are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.coordinates import Coordinates
from budget.model.disclosure import Phase, RowKind, Side, StatementId
from budget.model.titles import measure_title
from loaders import meaning
from loaders.meaning import Meaning
from loaders.statement import Shape
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.model.disclosure import StatementHead
    from loaders.statement import ReadRow, ReadStatement


def locator(read: ReadStatement, year: int | None, phase: str) -> Callable[[ReadRow, str], Located]:
    """Give the function that locates amounts: by title, row and column."""
    title = meaning.title(normal(read.head.printed_title))
    version = title.version or ("final" if phase == Phase.FINAL_ACCOUNTS else "")
    title = title._replace(version=version, year=title.year or str(year or ""))
    above = _paths(read)
    heads: dict[tuple[str, Side], tuple[tuple[str, ...], Meaning]] = {}

    def locate(row: ReadRow, measure: str) -> Located:
        side = row.side.value or ("" if title.flow == "both" else title.flow)
        if (measure, row.side) not in heads:
            path, head = _head(read, measure, row.side, title)
            heads[measure, row.side] = path, head._replace(flow=side or head.flow)
        path, head = heads[measure, row.side]
        labels = above[id(row)]
        own = meaning.row(labels, title, side)
        said = meaning.combine(title, head, own).meaning
        found = Coordinates(
            said.flow,
            said.fund,
            said.kind,
            row.code if row.project and row.code[:1] == "2" else said.function,
            said.economic,
            said.item,
            row.project,
            "",
            said.version,
        )
        return found, labels, path

    return locate


def titled(head: StatementHead) -> StatementHead:
    """Add to the head of a statement what its title says."""
    said = meaning.title(normal(head.printed_title))
    return head._replace(flow=said.flow, fund=said.fund, kind=said.kind, version=said.version, breakdown=said.breakdown)


Located = tuple[Coordinates, tuple[str, ...], tuple[str, ...]]
"""Coordinates, the path of labels and the path of heads."""


def _head(read: ReadStatement, measure: str, side: Side, title: Meaning) -> tuple[tuple[str, ...], Meaning]:
    """The words that head a column, outermost first, and what it means; its name where the words are torn apart."""
    found = [(column, path) for column, path in zip(read.columns, read.paths, strict=True) if column.measure == measure]
    if side is Side.REVENUE or not found:
        words = ("收入", "合计") if side is Side.REVENUE else (measure,)
        return words, meaning.column(words, title)
    (column, path), *_ = found
    place, version = column.coordinates, column.coordinates.version or title.version or "budget"
    known = Meaning(place.flow, place.fund, place.kind, economic=place.economic, version=version, is_amount="yes")
    if len(path) == 1:
        said = meaning.column(path, title)
        known = said._replace(item="") if said.is_amount == "yes" and _agree(said, known) else known
    return path or (measure_title(read.head.statement, measure),), known._replace(printed=(path or (measure,))[-1])


def _agree(said: Meaning, known: Meaning) -> bool:
    """Whether words say what a column is known to mean; 本年收入 is the total of its column, too."""
    fund, kind = ("" if value == "current" else value for value in (said.fund, said.kind))
    return (fund or known.fund, kind or known.kind, said.economic) == (known.fund, known.kind, known.economic)


def _paths(read: ReadStatement) -> dict[int, tuple[str, ...]]:
    """The labels above each row and its own, with its code; totals and rows of units stand alone."""
    labelled = read.kind.shape in {Shape.TWO_SIDED, Shape.LABELS}
    total = "“三公”经费合计" if read.kind.statement == StatementId.THREE_PUBLIC_EXPENSES else "合计"
    found: dict[int, tuple[str, ...]] = {}
    for row in read.rows:
        if row.total or row.kind in {RowKind.GRAND_TOTAL, RowKind.BODY}:
            found[id(row)] = (total,)
        elif row.project:
            found[id(row)] = (f"{row.code} {normal(row.name)}".strip(),) if row.code else ("合计",)
        else:
            own = normal(f"{row.code} {row.name}".strip()) if row.code else normal(row.label or row.name)
            parent = read.rows[row.parent] if row.parent is not None and labelled else None
            upper = found.get(id(parent), ()) if parent is not None and not parent.total else ()
            found[id(row)] = (*upper, own)
    return found
