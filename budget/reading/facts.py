"""Facts of one disclosure: every printed amount with its coordinates, and the tables that print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.coordinates import Coordinates
from budget.model.facts import Fact, PrintedTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

_DIMENSIONS = ("flow", "fund", "kind", "function", "economic", "item", "project", "unit", "version")
_PLACES = (
    *("standard_code", "amount_fen", "half_unit", "printed", "column_status"),
    *("table_no", "row_no", "column_no", "block", "row_path", "column_path", "page", "line", "origin"),
)


def facts(cells: pl.DataFrame) -> Iterator[Fact]:
    """The facts in a frame of cells, in reading order; amounts in fen."""
    for row in cells.select(*_DIMENSIONS, *_PLACES).iter_rows():
        values, place = row[: len(_DIMENSIONS)], row[len(_DIMENSIONS) :]
        standard, fen, half, printed, status, table, number, column, block, labels, heads, page, line, origin = place
        yield Fact(
            Coordinates(*(value or "" for value in values)),
            standard or "",
            fen,
            half,
            printed,
            status,
            table,
            number,
            column,
            block,
            tuple(labels or ()),
            tuple(heads or ()),
            page,
            line,
            origin or "printed",
        )


def tables(statements: pl.DataFrame) -> Iterator[PrintedTable]:
    """The printed tables in a frame of statements, in printed order."""
    for row in statements.sort("table_no").iter_rows(named=True):
        yield PrintedTable(
            table=row["table_no"],
            statement=row["statement"],
            number=row["printed_number"] or "",
            title=row["printed_title"] or "",
            coordinates=Coordinates(
                row["flow"] or "", row["fund"] or "", row["kind"] or "", version=row["version"] or ""
            ),
            breakdown=row["breakdown"] or "",
            page_from=row["page_from"],
            page_to=row["page_to"],
            line_from=row["line_from"],
            line_to=row["line_to"],
            note=row["note"] or "",
            uncertain=bool(row["uncertain"]),
        )
