"""Budget against final accounts of one year: what was planned, adjusted and spent, and the rate that is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks.cache import checked
from budget.checks.narrative.completion import COMPLETION
from budget.checks.rule import Outcome
from budget.i18n.language import joined, tr
from budget.views.across.documents import pairs_of_years
from budget.views.across.grid import Cell, grid
from budget.views.across.spec import spec_by
from budget.views.across.table import (
    Line,
    code_column,
    facts_of_row,
    grid_lines,
    grid_notes,
    item_fund_notes,
    laid_out,
)
from budget.views.across.words import title
from budget.views.across.years import Chain, chain_lines, chained
from budget.views.table import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.records import StatedChange
    from budget.reading.disclosure import OpenDisclosure
    from budget.views.across.grid import Grid
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

PLANNED, ADJUSTED, SPENT = "budget", "adjusted", "final"
_COLUMNS = {PLANNED: (PLANNED,), SPENT: (ADJUSTED, SPENT)}
"""Whether a project was planned or spent, and the columns that say so."""
RATE, STATED = "rate", "stated"
_OWN_BUDGET = "own_budget"
"""What a change is stated against that is one against the budget of its own year."""


class _Said(NamedTuple):
    """A rate of completion that a text states: per cent as printed, what was spent, and whether it is right."""

    rate: str
    spent_fen: int | None
    wrong: bool


def execution(sources: Sources) -> ViewTable:
    """Rows with the budget, the adjusted budget, the spending, both rates."""
    budget, final = pairs_of_years(sources.frames, sources.current)
    documents = tuple(own for own in (budget, final) if own is not None)
    spec = spec_by(sources.state.scope, "version")
    made = grid(spec, documents)
    told = budget is None and spec.rows == "function"
    if told:  # the text tells the budget of the general public budget alone
        general = grid(spec._replace(where=(("fund", "general_public"),)), documents)
        made = general if general.rows else made
    chains = _pairs(made) if spec.rows == "project" else {}
    if sources.state.path:
        row = sources.state.path[-1]
        rows = tuple(chains[row].keys.values()) if row in chains else (row,)
        return facts_of_row(sources, made, rows, {})
    lines, totals = grid_lines(made)
    if chains:
        lines = chain_lines(made, lines, chains.values(), _COLUMNS)
    stated = final.records.stated_changes if final is not None and told else ()
    said = _said(sources, final)
    columns = [(key, title("version", key, {})) for key in (PLANNED, ADJUSTED, SPENT)]
    shown = [_with_rates(_with_told(line, stated), said) for line in lines]
    ends = [_with_rates(_with_told(line, stated), said) for line in totals]
    used = {key for line in (*shown, *ends) for key in line.cells}
    return laid_out(
        sources,
        [(key, words) for key, words in columns if key in used or key != ADJUSTED],
        shown,
        ends,
        further=(
            Column(RATE, tr("执行率%"), ColumnKind.PERCENT, decimals=2),
            Column(STATED, tr("自述%"), ColumnKind.PERCENT, decimals=2),
        ),
        lead=code_column(made),
        notes=(*_missing(budget, final), *_told_note(shown, stated), *grid_notes(made), *item_fund_notes(made)),
        documents=documents,
    )


def _missing(budget: OpenDisclosure | None, final: OpenDisclosure | None) -> tuple[str, ...]:
    """Which of both documents is not there."""
    return (
        *([tr("没有读到同一单位同一年度的预算")] if budget is None else []),
        *([tr("没有读到同一单位同一年度的决算，不能计算执行率")] if final is None else []),
    )


def _with_told(line: Line, stated: Sequence[StatedChange]) -> Line:
    """The line with the budget that the text tells of it, where it tells the same amount as spent."""
    spent = line.cells.get(SPENT)
    if PLANNED in line.cells or spent is None:
        return line
    found = {
        (one.base_fen, one.base_half_unit): one
        for one in stated
        if one.base == _OWN_BUDGET
        and one.base_fen is not None
        and _is_about(one, line)
        and one.amount_fen is not None
        and abs(one.amount_fen - spent.fen) <= one.half_unit + spent.half_unit
    }
    if len(found) != 1:
        return line
    one = next(iter(found.values()))
    assert one.base_fen is not None
    cell = Cell(one.base_fen, one.base_half_unit, "printed", page=one.page, line=one.line)
    return line._replace(cells={**line.cells, PLANNED: cell})


def _is_about(one: StatedChange, line: Line) -> bool:
    """Whether a sentence is about a line: by its code, else by the last of the names that it says."""
    named = one.subject.rpartition("/")[2]
    return one.code == line.code or (not one.code and bool(line.code) and named == line.name)


def _told_note(lines: Iterable[Line], stated: Sequence[StatedChange]) -> tuple[str, ...]:
    told = any(PLANNED in line.cells and not line.cells[PLANNED].disclosure for line in lines)
    return (tr("年初预算取自决算的文字说明"),) if stated and told else ()


def _with_rates(line: Line, said: Sequence[_Said]) -> Line:
    """The line with what was spent of its adjusted budget, else of its budget, and with what the text says."""
    planned, spent = line.cells.get(ADJUSTED) or line.cells.get(PLANNED), line.cells.get(SPENT)
    values: dict[str, float | str | None] = {}
    notes = [line.note] if line.note else []
    if planned is not None and spent is not None and planned.fen > 0:
        values[RATE] = 100 * spent.fen / planned.fen
    if spent is not None and planned is not None and (stated := _stated(spent, said)) is not None:
        values[STATED] = float(stated.rate)
        if stated.wrong:
            notes.append(tr("自述完成 {}%，与它所依据的数不符，见勾稽").format(stated.rate))
    return line._replace(values=values, note=joined(notes, "；") or None)


def _said(sources: Sources, final: OpenDisclosure | None) -> list[_Said]:
    """The rates of completion in the text of the final accounts, as its checks have read them."""
    if final is None:
        return []
    found = []
    for finding in checked(sources.frames, final.disclosure_id, ""):
        if finding.check == COMPLETION.id and finding.refs and finding.outcome is not Outcome.NOT_CHECKED:
            rate = finding.refs[0].text.rstrip("%")
            spent = finding.refs[1].fen if len(finding.refs) > 1 else None
            found.append(_Said(rate, spent, finding.outcome is Outcome.DISCREPANCY))
    return found


def _stated(spent: Cell, said: Sequence[_Said]) -> _Said | None:
    """The rate that is stated of an amount; None where none is, and where several are of the same amount."""
    own = [one for one in said if one.spent_fen is not None and one.spent_fen == spent.fen and spent.fen]
    return own[0] if len({one.rate for one in own}) == 1 else None


# Projects


def _pairs(made: Grid) -> dict[str, Chain]:
    """The projects of the final accounts joined with those of the budget, by their keys in the result."""
    listed = {
        key: [row for row in made.rows if any((row, column) in made.cells for column in columns)]
        for key, columns in _COLUMNS.items()
    }
    # the keys are in the order of time: what was planned, then what was spent
    return {chain.latest: chain for chain in chained([(PLANNED, listed[PLANNED]), (SPENT, listed[SPENT])])}
