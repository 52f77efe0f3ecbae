"""Projects at and below a place, and the row closing their sum.

They have their economic columns. A form without a project table prints how much project expenditure an item has, but
not for what: there the items stand in place of the projects.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import tr
from budget.model.disclosure import ENDS, ColumnStatus, RowKind
from budget.model.money import decimals_for, format_fen, tolerance
from budget.reading.choice import CARRYOVER, PROJECT_BY_FUNCTION, PROJECTS, bare, choose_table
from budget.reading.pairing import Pair
from budget.reading.rows import COMPUTED, Amount, Row, added
from budget.views.build import Entry, Plan, assemble
from budget.views.projects.one import couples
from budget.views.projects.rows import described_row
from budget.views.row.mentions import mentions_of_total
from budget.views.select import chosen
from budget.views.statements.flat import figures
from budget.views.statements.tree import (
    SUMMED_UP,
    computed_row,
    parent_codes,
    rows_of,
    sum_note,
    sum_notes,
    summed,
    total_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.model.disclosure import MoneyUnit
    from budget.reading.choice import ChosenTable
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.projects import Dossier
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

CLOSING_KEY = "@closing"
ALL_PROJECT_MONEY = PROJECT_BY_FUNCTION._replace(fund="")
"""Project expenditure of all funds by function: what the listed projects are part of."""
MOST_CARRIED = 12
"""Lines of table 11 up to which the combinations that make up the closing row are looked for."""

_UNSURE = {ColumnStatus.INFERRED.value, ColumnStatus.AMBIGUOUS.value}


class Closed(NamedTuple):
    """Total of a place, its closing row and what does not fit.

    The closing row is what table 3 prints beyond the projects.
    """

    total: Row
    row: Row | None
    notes: list[str]


def closing_name(found: OpenDisclosure) -> str:
    """What the closing row is called: 结转及其他资金（表3−表7）."""
    part = choose_table(found, PROJECTS)
    return tr("结转及其他资金（{0}−{1}）").format(_whole_reference(found), _reference(found, part))


def _whole_rows(found: OpenDisclosure) -> tuple[Row, ...]:
    """The lines of all project expenditure: by function, else the line that prints it as a whole."""
    printed = (row for row, measure in bare(found, ALL_PROJECT_MONEY._replace(by="")) if measure == "project")
    return choose_table(found, ALL_PROJECT_MONEY).rows or tuple(printed)


def _whole_reference(found: OpenDisclosure) -> str:
    rows = _whole_rows(found)
    return found.reference(rows[0].statement) if rows else ""


def _reference(found: OpenDisclosure, one: ChosenTable) -> str:
    return found.reference(one.statement) if one.table else ""


def is_project(row: Row, place: str) -> bool:
    """Whether a line of table 7 is a project of a place. It stands at the place or below it."""
    return (row.kind == RowKind.PROJECT or bool(row.project)) and row.code.startswith(place)


def close(
    found: OpenDisclosure, projects: Sequence[Row], place: str, measures: tuple[tuple[str, str], ...], unit: MoneyUnit
) -> Closed:
    """Close the sum of projects with the project expenditure of table 3. Both are those of one place."""
    listed_total, notes = _listed(found, projects, place, measures, unit)
    side, listing = _side(found, place), choose_table(found, PROJECTS)
    if side is None or listing.table is None:
        return Closed(listed_total if side is None else _as_total(side, listed_total), None, notes)
    amount = side.amounts["project"]
    whole, part = _whole_reference(found), _reference(found, listing)
    total = _as_total(side, listed_total)
    addends = [row.amounts["total"] for row in projects if "total" in row.amounts]
    halves = [amount.half_unit, *(addend.half_unit for addend in addends)]
    listed = sum(addend.fen for addend in addends)
    gap, allowed = amount.fen - listed, tolerance(len(addends), max(halves))
    if amount.status in _UNSURE:
        notes.append(tr("{0}项目支出的列不是原表所定，与{1}的差额仅供参考").format(whole, part))
    if gap > allowed:
        rest = Amount(gap, min(halves), COMPUTED)
        return Closed(
            total, computed_row(listing.statement, place, closing_name(found), {"total": rest}, key=CLOSING_KEY), notes
        )
    if gap:
        decimals = decimals_for(min(halves), unit)
        ours, theirs, apart = (format_fen(fen, unit, decimals) for fen in (listed, amount.fen, abs(gap)))
        says = tr("舍入可解释") if -gap <= allowed else tr("舍入不能解释")
        said = tr("{0}项目合计 {1}，{2}项目支出 {3}，相差 {4}，{5}")
        notes.append(said.format(part, ours, whole, theirs, apart, says))
    return Closed(total, None, notes)


def made_up_of(found: OpenDisclosure, closing: Row | None, unit: MoneyUnit) -> str | None:
    """Lines of table 11 whose project amounts make up the closing row.

    They are marked as inferred; None where none do.
    """
    if closing is None:
        return None
    carryover = choose_table(found, CARRYOVER)
    rest, table = closing.amounts["total"], _reference(found, carryover)
    carried = [(row, amount) for row in carryover.rows if (amount := _carried(row))]
    if not carried or len(carried) > MOST_CARRIED:
        return None
    fitting = _subsets(carried, rest)
    if len(fitting) > 1:
        return tr("{0}有 {1} 种组合相符，未定").format(table, len(fitting))
    decimals = decimals_for(rest.half_unit, unit)
    for fit in fitting:
        parts = " + ".join(f"{row.project or row.name} {format_fen(part.fen, unit, decimals)}" for row, part in fit)
        return tr("可能由{0}的 {1} 构成（推断）").format(table, parts)
    return None


def _listed(
    found: OpenDisclosure, projects: Sequence[Row], place: str, measures: tuple[tuple[str, str], ...], unit: MoneyUnit
) -> tuple[Row, list[str]]:
    """The line that table 7 prints for the place, where it prints one, else the sum of the projects."""
    listing = choose_table(found, PROJECTS)
    for row in listing.rows:
        if not is_project(row, "") and (row.code == place if place else row.kind == RowKind.GRAND_TOTAL):
            return row, [f"{_reference(found, listing)} {note}" for note in sum_note(row, projects, measures, unit)]
    return summed(projects, listing.statement, place, (name for name, _ in measures)), []


def _side(found: OpenDisclosure, place: str) -> Row | None:
    """The line of table 3 that prints the project expenditure of a place."""
    for row in _whole_rows(found):
        if (row.code == place if place else row.kind == RowKind.GRAND_TOTAL) and "project" in row.amounts:
            return row
    return None


def _as_total(side: Row, listed: Row) -> Row:
    """The line of table 3 as the total; its economic columns are those of table 7, table 3 has none."""
    return replace(side, amounts={**listed.amounts, "total": side.amounts["project"]})


def _carried(row: Row) -> Amount | None:
    """The project amount of a project's line in table 11; its total where the columns are not told apart."""
    if row.kind != RowKind.PROJECT and not row.project:
        return None
    parts = [
        row.amounts[name] for name in ("appropriation_project", "non_appropriation_project") if name in row.amounts
    ]
    if not parts:
        return row.amounts.get("total")
    return added(parts)


def _subsets(carried: list[tuple[Row, Amount]], rest: Amount) -> list[tuple[tuple[Row, Amount], ...]]:
    """The sets of lines that sum to the rest exactly; where there is none, those that do within rounding."""
    exact, near = [], []
    for size in range(1, len(carried) + 1):
        allowed = tolerance(size, rest.half_unit)
        for some in combinations(carried, size):
            gap = abs(sum(amount.fen for _, amount in some) - rest.fen)
            if gap == 0:
                exact.append(some)
            elif gap <= allowed:
                near.append(some)
    return exact or near


def project(sources: Sources) -> ViewTable:
    """Build the view of projects under a path, with the closing row. The total is the project side of the place."""
    listing = chosen(sources, PROJECTS)
    if not sources.current.found(listing.statement):
        return _items(sources)
    statement = listing.statement
    measures, place, unit = listing.measures(), sources.place, sources.unit(statement)
    # paired over the whole table, so that a pair does not depend on the place from which it is seen
    pairs = [pair for pair in listing.pairs if is_project(pair.row, place)]
    ours = close(sources.current, [pair.current for pair in pairs if pair.current], place, measures, unit)
    notes, theirs, against = ours.notes, None, None
    if sources.baseline is not None:
        theirs, against, further = close(
            sources.baseline, [pair.baseline for pair in pairs if pair.baseline], place, measures, unit
        )
        notes = [*notes, *(tr("{0}：{1}").format(sources.titles[1], note) for note in further)]
    whole = ours.total.fen("total")
    entries = [
        Entry(
            pair,
            key=pair.row.line_key,
            name=pair.row.project or pair.row.name,
            code=pair.row.code,
            enter=pair.row.line_key,
            share_of=whole,
            changed=listing.changed(pair),
        )
        for pair in pairs
    ]
    if ours.row or against:
        note = made_up_of(sources.current, ours.row, unit)
        name = closing_name(sources.current if ours.row or sources.baseline is None else sources.baseline)
        entries.append(Entry(Pair(ours.row, against), CLOSING_KEY, name, code=place, note=note, share_of=whole))
    described, more = _only_described(
        sources, "total", targets=False
    )  # those of a listed project may bear another name
    entries += described
    total = Entry(Pair(ours.total, theirs), key=ours.total.line_key, name=tr("合计"), code=place, share_of=whole)
    if not entries:
        notes = [*notes, tr("这里没有项目支出")]
    items = chosen(sources, PROJECT_BY_FUNCTION)
    return assemble(
        sources,
        Plan(statement, measures, uncompared=listing.uncompared),
        entries,
        [total] if entries else [],
        places=sources.place_names((*listing.rows, *items.rows)),
        notes=(*mentions_of_total(sources, items.statement, "项目支出"), *notes, *more, *listing.notes),
    )


def _items(sources: Sources) -> ViewTable:
    """The project expenditure of the items at and below the path, where no projects are listed."""
    found, place = chosen(sources, PROJECT_BY_FUNCTION), sources.place
    if not found.current.table:
        return _bare(sources)
    statement, pairs, amount = found.statement, found.pairs, found.main
    above = set(parent_codes({pair.row.code for pair in pairs}).values())
    below = [pair for pair in pairs if _is_item(pair, above, amount) and pair.row.code.startswith(place)]
    total = total_of(sources, pairs, below, statement, (amount,))
    whole = None if total.current is None else total.current.fen(amount)
    entries = [
        Entry(pair, pair.row.code, pair.row.name, pair.row.code, share_of=whole, changed=found.changed(pair))
        for pair in below
    ]
    described, more = _only_described(sources, amount)
    entries += described
    measures = ((amount, found.title(amount)),)
    summed_up = total.row.kind == COMPUTED
    note = tr(SUMMED_UP) if summed_up else sum_notes(sources, statement, total, rows_of(below), measures)
    end = Entry(total, total.row.line_key, tr("合计"), place, note=note, share_of=whole)
    nothing = () if entries else (tr("这里没有项目支出"),)
    return assemble(
        sources,
        Plan(statement, measures, uncompared=found.uncompared),
        entries,
        [end] if below else [],
        places=found.place_names,
        notes=(tr("没有找到项目表"), *nothing, *more, *found.notes),
    )


def _bare(sources: Sources) -> ViewTable:
    """The project expenditure that is printed as a whole, and the projects that only the text has."""
    asked = PROJECT_BY_FUNCTION._replace(by="")
    theirs = None if sources.baseline is None else bare(sources.baseline, asked)
    described, more = _only_described(sources, "total")
    return figures(sources, bare(sources.current, asked), theirs, (tr("没有找到项目表"), *more), further=described)


def _is_item(pair: Pair, above: set[str], measure: str) -> bool:
    """Whether a line is the last of its branch and has project expenditure in either disclosure."""
    rows = [row for row in (pair.current, pair.baseline) if row is not None]
    amounts = [row.amounts[measure].fen for row in rows if measure in row.amounts]
    return any(amounts) and pair.row.kind not in ENDS and bool(pair.row.code) and pair.row.code not in above


def _only_described(sources: Sources, measure: str, *, targets: bool = True) -> tuple[list[Entry], tuple[str, ...]]:
    """The projects that only the text has, or only its `targets`.

    They carry no code, stand at the top and are part of no sum.
    """
    found = [
        (couple.name, couple.current, couple.baseline)
        for couple in couples(sources)
        if all(one is None or _only_said(one, targets=targets) for one in (couple.current, couple.baseline))
    ]
    if not found:
        return [], ()
    if sources.place:
        return [], (tr("另有 {} 个项目只见于正文或绩效目标，没有编码，在最上层列出").format(len(found)),)
    entries = [
        Entry(
            Pair(described_row(current, measure), described_row(baseline, measure), near=_differ(current, baseline)),
            key=f"text/{name}",
            name=name,
            enter=name,
            note=_parts_alone(current, measure),
        )
        for name, current, baseline in found
    ]
    return entries, (tr("有 {} 个项目只见于正文或绩效目标，不计入合计").format(len(found)),)


def _parts_alone(one: Dossier | None, measure: str) -> str | None:
    """That only parts of a project are printed. They need not be all of it, so they make no amount."""
    said = described_row(one, measure)
    if one is None or not one.allocations or (said is not None and said.amounts):
        return None
    return tr("没有印总额，印出 {} 个部分，见项目详情").format(len(one.allocations))


def _only_said(one: Dossier, *, targets: bool) -> bool:
    """Whether no line of a table has a project, but the text does, or its performance targets."""
    return not one.lines and bool(one.described or (targets and one.plan))


def _differ(current: Dossier | None, baseline: Dossier | None) -> bool:
    return current is not None and baseline is not None and current.name != baseline.name
