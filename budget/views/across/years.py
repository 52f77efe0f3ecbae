"""All loaded years of one body: budgets and final accounts side by side, the change over the span, chained projects."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import joined, tr
from budget.model.disclosure import Phase
from budget.reading.pairing import MOST_CANDIDATES, likeness
from budget.views.across.documents import of_one_body
from budget.views.across.grid import PROJECT_KEY, Cell, added, grid, year_key
from budget.views.across.spec import YEAR, spec_by
from budget.views.across.table import (
    Line,
    code_column,
    document_titles,
    facts_of_row,
    grid_columns,
    grid_lines,
    grid_notes,
    item_fund_notes,
    laid_out,
)
from budget.views.build import rate
from budget.views.table import Change, Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from budget.views.across.grid import Grid
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

SPAN, SUM, RATE = "span@delta", "sum", "span@rate"
_CHANGE = "span"
_FEWEST = 2


class Chain(NamedTuple):
    """One project over the years: its key in each year, and whether a near name joined any two of them."""

    keys: Mapping[str, str]
    """Year -> the key of the project there."""
    near: bool = False

    @property
    def latest(self) -> str:
        """The key of the last year that has it."""
        return self.keys[max(self.keys)]


def years(sources: Sources) -> ViewTable:
    """Rows of the scope, one column a year, the change.

    The span is from the first to the last year of the phase of the shown document.
    """
    spec = spec_by(sources.state.scope, YEAR)
    held = of_one_body(sources.frames, sources.current)
    made = grid(spec, held.documents)
    titles = document_titles(made)
    chains = _chains(made, sources.state.unpaired) if spec.rows == "project" else []
    if sources.state.path:
        row = sources.state.path[-1]
        same = next((chain for chain in chains if chain.latest == row), None)
        return facts_of_row(sources, made, tuple(same.keys.values()) if same else (row,), titles)
    phase = sources.current.head.phase
    span = [year_key(own) for own in held.documents if own.head.phase == phase]
    lines, totals = grid_lines(made)
    if chains:
        lines = chain_lines(made, lines, chains, {year: (year,) for year in made.columns})
    columns = [one for one in grid_columns(made, titles) if one[0]]
    return laid_out(
        sources,
        [*columns, *([(SUM, tr("累计"))] if chains else [])],
        [_over_the_span(line, span, cumulated=bool(chains)) for line in lines],
        [_over_the_span(line, span, cumulated=bool(chains)) for line in totals],
        further=(
            Column(SPAN, tr("增减"), ColumnKind.AMOUNT, measure=_CHANGE, part="delta"),
            Column(RATE, tr("增减%"), ColumnKind.PERCENT, measure=_CHANGE, part="rate"),
        ),
        lead=code_column(made),
        notes=(*_span_note(span, titles), *grid_notes(made), *item_fund_notes(made), *held.notes),
        documents=made.documents,
    )


def _over_the_span(line: Line, span: Sequence[str], *, cumulated: bool) -> Line:
    """The line with its change over the span and, where that is asked for, the sum of its years."""
    found = [line.cells[year] for year in span if year in line.cells]
    both = len(span) >= _FEWEST and span[0] in line.cells and span[-1] in line.cells
    values: dict[str, float | str | None] = {}
    change = Change.NONE
    if both:
        first, last = line.cells[span[0]].fen, line.cells[span[-1]].fen
        values = {SPAN: last - first, RATE: rate(last, first)}
        change = Change.SAME if first == last else Change.CHANGED
    cells = {**line.cells, SUM: added(found)} if cumulated and found else line.cells
    return line._replace(values=values, cells=cells, change=change)


def _span_note(span: Sequence[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    if len(span) < _FEWEST:
        return (tr("这个单位只有一个年度的资料，读入别的年度才能比较"),)
    return (tr("增减是 {0} 到 {1} 的").format(titles[span[0]], titles[span[-1]]),)


# Projects over the years


def _chains(made: Grid, unpaired: Collection[str]) -> list[Chain]:
    """The projects of each year joined with those of the year after, in the order of the latest."""
    order = [
        year_key(own)
        for own in sorted(made.documents, key=lambda one: (one.head.fiscal_year or 0, _late(one.head.phase)))
    ]
    listed = {year: [row for row in made.rows if (row, year) in made.cells] for year in made.columns}
    return chained([(year, listed[year]) for year in order if year in listed], unpaired)


def _late(phase: str) -> int:
    return int(phase == Phase.FINAL_ACCOUNTS)


def chained(listed: Sequence[tuple[str, Sequence[str]]], unpaired: Collection[str] = ()) -> list[Chain]:
    """Projects of several years, joined by function and name or near name.

    The earliest year is the first. As in a comparison each name is given to its best partner only, within one
    function.  Keys are function and name. A chain whose latest key is in `unpaired` takes no near names.
    """
    chains: list[tuple[dict[str, str], bool]] = []
    for year, keys in reversed(listed):
        free = list(dict.fromkeys(keys))
        for names, _ in chains:
            known = next((key for key in reversed(names.values()) if key in free), None)
            if known is not None:
                names[year] = known
                free.remove(known)
        for at, key in _near([names for names, _ in chains], year, free, unpaired):
            chains[at][0][year] = key
            chains[at] = (chains[at][0], True)
            free.remove(key)
        chains += [({year: key}, False) for key in free]
    return [Chain(names, near) for names, near in chains]


def _near(
    chains: Sequence[Mapping[str, str]], year: str, free: Iterable[str], unpaired: Collection[str]
) -> list[tuple[int, str]]:
    """Place of a chain and the key that its name is nearest to, each once."""
    groups: dict[str, list[str]] = defaultdict(list)
    for key in free:
        groups[key.partition(PROJECT_KEY)[0]].append(key)
    candidates = []
    for at, names in enumerate(chains):
        earliest = list(names.values())[-1]
        function, _, name = earliest.partition(PROJECT_KEY)
        if (
            year in names
            or next(iter(names.values())) in unpaired
            or len(groups[function]) * len(chains) > MOST_CANDIDATES
        ):
            continue
        candidates += [
            (-score, at, key) for key in groups[function] if (score := likeness(name, key.partition(PROJECT_KEY)[2]))
        ]
    chosen: dict[int, str] = {}
    for _, at, key in sorted(candidates):
        if at not in chosen and key not in chosen.values():
            chosen[at] = key
    return list(chosen.items())


def chain_lines(
    made: Grid, lines: Sequence[Line], chains: Iterable[Chain], columns: Mapping[str, Sequence[str]]
) -> list[Line]:
    """One line a project, known by its latest name; an older name that is another one is said.

    `columns` are those that the key of each year, or of each version, has its amounts in.
    """
    by_key = {line.key: line for line in lines}
    found = []
    for chain in chains:
        cells: dict[str, Cell] = {
            column: made.cells[key, column]
            for year, key in chain.keys.items()
            for column in columns[year]
            if (key, column) in made.cells
        }
        others = dict.fromkeys(key.partition(PROJECT_KEY)[2] for key in chain.keys.values() if key != chain.latest)
        near = joined(others) if chain.near else None
        found.append(by_key[chain.latest]._replace(cells=cells, near=near))
    return found
