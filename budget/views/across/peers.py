"""Bodies of one year side by side: indicators, the median, the place of each, and what lies far from the others."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import joined, tr
from budget.model.fact_names import fact_title
from budget.model.matching import matches
from budget.model.money import number_of
from budget.reading.rows import COMPUTED
from budget.views.across.documents import of_one_year
from budget.views.across.grid import Cell, Grid, body_keys, grid, year_key
from budget.views.across.spec import BODY, ROWS_BY_SCOPE, YEAR, PivotSpec, spec_by
from budget.views.across.table import (
    Line,
    amount_column_id,
    code_column,
    document_titles,
    fact_lines,
    facts_of_row,
    facts_table,
    grid_columns,
    grid_lines,
    grid_notes,
    item_fund_notes,
    laid_out,
    money_unit_of,
)
from budget.views.across.words import title
from budget.views.facts import PERSONS, VEHICLES, divisor, rates
from budget.views.select import fund_words, kind_words
from budget.views.sources import body_and_year
from budget.views.table import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.reading.disclosure import OpenDisclosure
    from budget.views.across.documents import Held
    from budget.views.sources import Sources
    from budget.views.state import Sort
    from budget.views.table import ViewTable

_KINDS = ("", "basic", "basic.personnel", "basic.operating", "project")
_ITEMS = ("three_public", "overseas", "vehicles", "reception", "agency_operation", "procurement")
RANK, MEDIAN = "rank", "median"
_COUNTS = (PERSONS, VEHICLES)
ENOUGH = 4
"""Bodies from which on one of them can lie far from the others."""
_FAR_TENTHS, _SCALE, _BASE = 35, 14_826, 10_000
"""Far is more than 3.5 times the median deviation, scaled by 1.4826 as for normal values …"""
_LEAST_SHARE = 2
"""… and more than half of the median."""


class _Indicator(NamedTuple):
    """One column: its key, its title, what each body has there, and whether bodies of any size compare."""

    key: str
    title: str
    cells: Mapping[str, Cell]
    a_head: bool = False


def peers(sources: Sources) -> ViewTable:
    """Bodies as rows with their indicators, or as columns of coordinates."""
    held = of_one_year(sources.frames, sources.current, sources.state.among)
    scope = sources.state.scope
    spec = spec_by(scope, BODY) if scope in ROWS_BY_SCOPE else None
    if spec is None and (wanted := sources.state.filter):  # the median and the places are those of what is left
        left = tuple(own for own in held.documents if matches(wanted, "", own.head.body))
        held = held._replace(documents=left)
    return _indicators(sources, held) if spec is None else _coordinates(sources, held, spec)


# One body a row


def _indicators(sources: Sources, held: Held) -> ViewTable:
    bodies = body_keys(held.documents)
    shown = {bodies[own.disclosure_id]: own for own in held.documents}
    items = grid(PivotSpec("body", "item"), held.documents)
    found = [*_kinds(held.documents), *_items(items), *_rates(sources, shown)]
    found = [one for one in found if one.cells]
    if sources.state.path:
        return _facts(sources, shown.get(sources.state.path[-1], sources.current))
    counts = tuple(Column(f"{topic}/{key}", fact_title(key), ColumnKind.QUANTITY) for topic, key in _COUNTS)
    ranked = _ranked_by(found, sources.state.sort)
    places = ranks(ranked.cells) if ranked else {}
    far = {one.key: outliers({body: cell.fen for body, cell in one.cells.items()}) for one in found if one.a_head}
    lines = [
        Line(
            body,
            own.head.body or own.head.source_name,
            {one.key: one.cells[body] for one in found if body in one.cells},
            enter=body,
            note=_far_note(body, found, far),
            values={RANK: places.get(body), **_counted(own)},
        )
        for body, own in shown.items()
    ]
    # of one body alone there is no middle
    middle = {one.key: _median_cell(one.cells) for one in found if len(one.cells) > 1}
    return laid_out(
        sources,
        [(one.key, one.title) for one in found],
        lines,
        [Line("@median", tr("中位数"), middle)] if len(lines) > 1 else [],
        further=(Column(RANK, tr("名次"), ColumnKind.INTEGER),),
        trail=counts,
        notes=(*_rank_note(ranked, len(lines)), *item_fund_notes(items), *held.notes),
        documents=held.documents,
    )


def _ranked_by(found: Sequence[_Indicator], sort: Sort | None) -> _Indicator | None:
    """The indicator that the rows are sorted by, else the first."""
    sorted_by = (one for one in found if sort is not None and sort.column == amount_column_id(one.key))
    return next(sorted_by, next(iter(found), None))


def _kinds(documents: Sequence[OpenDisclosure]) -> list[_Indicator]:
    """Expenditure by kind, each of the widest fund that most of the bodies print."""
    found = []
    for kind in _KINDS:
        made = grid(PivotSpec("body", YEAR, (("kind", kind),)), documents)
        cells = {body: cell for (body, column), cell in made.cells.items() if body and column}
        words = kind_words(kind)
        if made.fund:
            words = tr("{0}（{1}）").format(words, fund_words(made.fund))
        found.append(_Indicator(f"kind.{kind}" if kind else "", words, cells))
    return found


def _items(made: Grid) -> list[_Indicator]:
    return [
        _Indicator(
            f"item.{item}",
            title("item", item, {}),
            {body: made.cells[body, item] for body in made.rows if (body, item) in made.cells},
        )
        for item in _ITEMS
    ]


def _rates(sources: Sources, shown: Mapping[str, OpenDisclosure]) -> list[_Indicator]:
    """What is computed a person in service and a vehicle."""
    made: dict[str, _Indicator] = {}
    for body, own in shown.items():
        if all(divisor(own.records.facts, wanted) is None for wanted in _COUNTS):
            continue  # nothing to divide by
        for rate in rates(own, own.records.facts, money_unit_of(sources)):
            one = made.setdefault(rate.key, _Indicator(rate.key, rate.name, {}, a_head=True))
            if rate.fen is not None:
                cells = {**one.cells, body: Cell(rate.fen, rate.half_unit, COMPUTED, line=rate.line)}
                made[rate.key] = one._replace(cells=cells)
    return list(made.values())


def _counted(own: OpenDisclosure) -> dict[str, float | str | None]:
    """Persons in service and vehicles, where one number is printed of each."""
    values: dict[str, float | str | None] = {}
    for topic, key in _COUNTS:
        fact = divisor(own.records.facts, (topic, key))
        number = None if fact is None else number_of(fact.value)
        values[f"{topic}/{key}"] = None if number is None else float(number)
    return values


def _facts(sources: Sources, own: OpenDisclosure) -> ViewTable:
    """Where the figures of one body are printed: its kinds of expenditure and its items."""
    names = {year_key(own): body_and_year(own.head)}
    lines: list[Line] = []
    for made in (grid(PivotSpec(rows, YEAR), (own,)) for rows in ("kind", "item")):
        for row in ("", *made.rows):
            words = title(made.spec.rows, row, {}) if row or made.spec.rows == "kind" else ""
            found = fact_lines(sources.frames, made, (row,), names, len(lines))
            lines += [line._replace(values={**line.values, "column": words}) for line in found]
    return facts_table(sources, lines, own.head.body or own.head.source_name, (own,))


def _far_note(body: str, found: Sequence[_Indicator], far: Mapping[str, Mapping[str, int]]) -> str | None:
    said = [
        tr("{0} 远离其他单位，是中位数的 {1}.{2} 倍").format(one.title, tenths // 10, tenths % 10)
        for one in found
        if (tenths := far.get(one.key, {}).get(body)) is not None
    ]
    return joined(said, "；") or None


def _rank_note(ranked: _Indicator | None, bodies: int) -> tuple[str, ...]:
    notes = [tr("名次按{}从大到小；按别的栏排序时按那一栏").format(ranked.title)] if ranked else []
    if bodies < ENOUGH:
        notes.append(tr("不到 {} 个单位，不标出远离其他单位的数").format(ENOUGH))
    return tuple(notes)


# One coordinate a row


def _coordinates(sources: Sources, held: Held, spec: PivotSpec) -> ViewTable:
    made = grid(spec, held.documents)
    titles = document_titles(made)
    if sources.state.path:
        return facts_of_row(sources, made, sources.state.path[-1:], titles)
    short = _short([titles.get(column, column) for column in made.columns])
    lines, totals = grid_lines(made)
    columns = [(key, short.get(words, words)) for key, words in grid_columns(made, titles) if key]
    own = body_keys(held.documents).get(sources.current.disclosure_id, "")
    return laid_out(
        sources,
        [*columns[:1], (MEDIAN, tr("中位数")), *columns[1:]] if len(columns) > 1 else columns,
        [_with_place(line, own) for line in lines],
        [_with_place(line, own) for line in totals],
        further=(Column(RANK, tr("名次"), ColumnKind.TEXT, right=True),),
        lead=code_column(made),
        notes=(
            *([tr("名次是{}的").format(titles[own])] if own in titles else []),
            *grid_notes(made),
            *item_fund_notes(made),
            *held.notes,
        ),
        documents=made.documents,
    )


def _with_place(line: Line, own: str) -> Line:
    """The line with the median of the bodies that print it, and the place of one of them."""
    if len(line.cells) <= 1:
        return line
    middle = _median_cell(line.cells)
    place = ranks(line.cells).get(own)
    said = "" if place is None else f"{place}/{len(line.cells)}"
    return line._replace(cells={**line.cells, MEDIAN: middle}, values={RANK: said})


def _short(names: Sequence[str]) -> dict[str, str]:
    """Names of bodies without what all of them begin with."""
    letters = zip(*names, strict=False) if len(names) > 1 else ()
    common = sum(1 for _ in takewhile(lambda found: len(set(found)) == 1, letters))
    return {name: name[common:] or name for name in names}


# Figures


def median(values: Sequence[int]) -> int:
    """The middle of some amounts in fen, half a fen rounded up; of an even number between the middle two."""
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half] + 1) // 2


def ranks(cells: Mapping[str, Cell]) -> dict[str, int]:
    """The place of each amount, the biggest first; equal ones share theirs."""
    ordered = sorted((cell.fen for cell in cells.values()), reverse=True)
    return {key: ordered.index(cell.fen) + 1 for key, cell in cells.items()}


def outliers(values: Mapping[str, int]) -> dict[str, int]:
    """Keys of amounts far from the others -> tenths of the median.

    None where there are too few, or where half of them are the same.
    """
    if len(values) < ENOUGH:
        return {}
    middle = median(list(values.values()))
    spread = median([abs(value - middle) for value in values.values()])
    if spread <= 0 or middle <= 0:
        return {}
    return {
        key: (20 * value + middle) // (2 * middle)
        for key, value in values.items()
        if abs(value - middle) * 10 * _BASE > _FAR_TENTHS * _SCALE * spread
        and abs(value - middle) * _LEAST_SHARE > middle
    }


def _median_cell(cells: Mapping[str, Cell]) -> Cell:
    held = list(cells.values())
    return Cell(median([cell.fen for cell in held]), max(cell.half_unit for cell in held), COMPUTED)
