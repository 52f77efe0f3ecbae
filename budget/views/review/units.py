"""A department and its units: the sum of the units against the department, coordinate by coordinate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import joined, tr
from budget.reading.rows import COMPUTED
from budget.reading.units import Units, department_of, units_of
from budget.views.across.grid import Cell, body_keys, grid
from budget.views.across.spec import BODY, spec_by
from budget.views.across.table import (
    Line,
    code_column,
    facts_of_row,
    grid_lines,
    grid_notes,
    item_fund_notes,
    laid_out,
)
from budget.views.sources import body_and_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.reading.disclosure import OpenDisclosure
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

SUM, DIFFERENCE = "@units", "@difference"


def units(sources: Sources) -> ViewTable:
    """The department, the sum of its units, their difference, every unit.

    From a unit's document its department is shown, where that is loaded.
    """
    current, frames = sources.current, sources.frames
    found = units_of(frames, current)
    department = current if found.documents else department_of(frames, current) or current
    if department is not current:
        found = units_of(frames, department)
    documents = (department, *found.documents)
    made = grid(spec_by(sources.state.scope, BODY), documents)
    keys = body_keys(documents)
    own = keys[department.disclosure_id]
    names = {keys[one.disclosure_id]: _name(one, department) for one in found.documents}
    titles = {own: tr("部门"), **names}
    if sources.state.path:
        return facts_of_row(sources, made, sources.state.path[-1:], titles)
    lines, totals = grid_lines(made)
    columns = [(own, tr("部门")), (SUM, tr("单位合计")), (DIFFERENCE, tr("相差")), *names.items()]
    return laid_out(
        sources,
        columns if found.documents else columns[:1],
        [_summed(line, own, names) for line in lines],
        [_summed(line, own, names) for line in totals],
        lead=code_column(made),
        notes=(*_notes(found, department), *grid_notes(made), *item_fund_notes(made)),
        documents=made.documents,
    )


def _name(unit: OpenDisclosure, department: OpenDisclosure) -> str:
    """The name of a unit, without that of its department before it."""
    name = unit.head.body
    own = next((own for own in sorted(department.head.names, key=len, reverse=True) if name.startswith(own)), "")
    return name.removeprefix(own) or name


def _summed(line: Line, own: str, names: Mapping[str, str]) -> Line:
    """The line with the sum of the units that print it; against the department where all of them do."""
    printed = {key: line.cells[key] for key in names if key in line.cells}
    if not printed:
        return line
    whole = _computed(sum(cell.fen for cell in printed.values()), list(printed.values()))
    cells = {**line.cells, SUM: whole}
    missing = [name for key, name in names.items() if key not in printed]
    department = line.cells.get(own)
    note = tr("没有印出：{}").format(joined(missing)) if missing else None
    if department is not None:
        gap = department.fen - whole.fen
        cells[DIFFERENCE] = _computed(gap, [department, *printed.values()])
        tolerance = (len(printed) + 1) * max(cell.half_unit for cell in (department, *printed.values()))
        if gap and abs(gap) <= tolerance and not missing:
            note = tr("相差在舍入范围内")
    return line._replace(cells=cells, note=joined(filter(None, (note, line.note)), "；") or None)


def _computed(fen: int, cells: Sequence[Cell]) -> Cell:
    return Cell(fen, min(cell.half_unit for cell in cells), COMPUTED)


def _notes(found: Units, department: OpenDisclosure) -> tuple[str, ...]:
    """Whose units these are, and which are not loaded."""
    notes = (
        [tr("部门：{}；单位合计是各单位所印数的和").format(body_and_year(department.head))] if found.documents else []
    )
    if not found.documents:
        notes.append(tr("没有读入所属单位的资料"))
    if found.stated is not None:
        notes.append(tr("部门自述所属单位 {0} 个，读入 {1} 个").format(found.stated, len(found.documents)))
    if found.named:
        notes.append(tr("表中列有而没有读入：{}").format(joined(found.named)))
    return tuple(notes)
