"""Any dimension against any other: the pivot of one document, of one body's years, or of all that are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.views.across.documents import Held, of_every_body_and_year, of_one_body, of_one_year
from budget.views.across.grid import Grid, grid
from budget.views.across.spec import BODY, SHARE, YEAR, PivotSpec, spec_of
from budget.views.across.table import (
    amount_column_id,
    code_column,
    document_titles,
    facts_of_row,
    grid_columns,
    grid_lines,
    grid_notes,
    laid_out,
)
from budget.views.table import Column, ColumnKind

if TYPE_CHECKING:
    from budget.views.across.table import Line
    from budget.views.sources import Sources
    from budget.views.table import ViewTable


def pivot(sources: Sources) -> ViewTable:
    """The pivot that the scope of a state spells; with a row in the path, the facts of that row."""
    spec = spec_of(sources.state.scope)
    if spec is None:
        return laid_out(sources, [], [], notes=(tr("不认识这样的口径：{}").format(sources.state.scope),))
    held = documents_of(sources, spec)
    made = grid(spec, held.documents)
    titles = document_titles(made)
    if sources.state.path:
        return facts_of_row(sources, made, sources.state.path[-1:], titles)
    lines, totals = grid_lines(made, titles)
    columns = grid_columns(made, titles)
    notes = (*grid_notes(made), *held.notes)
    if spec.measure == SHARE:
        return _shares(sources, made, columns, (lines, totals), notes)
    return laid_out(sources, columns, lines, totals, lead=code_column(made), notes=notes, documents=made.documents)


def documents_of(sources: Sources, spec: PivotSpec) -> Held:
    """The documents that a spec is about: the shown one, unless it speaks of bodies or of years."""
    by_body, by_year = spec.names(BODY), spec.names(YEAR)
    if by_body and by_year:
        return of_every_body_and_year(sources.frames, sources.current, sources.state.among)
    if by_body:
        return of_one_year(sources.frames, sources.current, sources.state.among)
    if by_year:
        return of_one_body(sources.frames, sources.current)
    return Held((sources.current,))


def _shares(
    sources: Sources,
    made: Grid,
    columns: list[tuple[str, str]],
    lines: tuple[list[Line], list[Line]],
    notes: tuple[str, ...],
) -> ViewTable:
    """Each amount in per cent of the total of its column; unknown where that is not printed."""
    wholes = {key: made.cells["", key].fen for key, _ in columns if ("", key) in made.cells}
    shown = tuple(Column(f"{amount_column_id(key)}@share", words, ColumnKind.PERCENT) for key, words in columns)

    def share_of(line: Line) -> Line:
        values = {
            f"{amount_column_id(key)}@share": 100 * line.cells[key].fen / wholes[key]
            if key in line.cells and wholes.get(key)
            else None
            for key, _ in columns
        }
        return line._replace(values=values)

    return laid_out(
        sources,
        [],
        [share_of(line) for line in lines[0]],
        [share_of(line) for line in lines[1]],
        further=shown,
        lead=code_column(made),
        notes=(*notes, tr("各数是所在栏合计的百分比")),
        documents=made.documents,
    )
