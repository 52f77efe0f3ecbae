"""Drilling a statement by code: the children of a place, the printed total, and what the children leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import ENDS, ColumnStatus, RowKind
from budget.model.money import decimals_for, format_fen, tolerance
from budget.reading.pairing import Pair
from budget.reading.rows import COMPUTED, Amount, Row
from budget.system.patterns import lazy_pattern
from budget.views.build import Entry, Plan, assemble

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.disclosure import MoneyUnit
    from budget.views.select import Chosen
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

SUMMED_UP = N_("原表没有合计行，按下级相加")
_SUBTOTAL = lazy_pattern(r"[合小]计$")
_SHORTEST = 3
_STEP = 2
_DEEPEST = 4


def tree_view(
    sources: Sources, found: Chosen, measures: tuple[tuple[str, str], ...], notes: tuple[str, ...] = ()
) -> ViewTable:
    """Children of the path in the chosen table, with their printed parent. The parent is the total.

    Sums of some of them (公用经费合计) are no children; the table as printed has them.
    """
    statement, pairs = found.statement, found.pairs
    below = [pair for pair in children(pairs, sources.place) if not _is_subtotal(pair.row)]
    parents = set(parent_codes({pair.row.code for pair in pairs}).values())
    listed = _listed(sources, pairs, below)
    total = total_of(sources, pairs, below, statement, tuple(name for name, _ in measures))
    whole = None if total.current is None else total.current.fen(measures[0][0])
    entries = [
        Entry(
            pair,
            key=pair.row.code or pair.row.line_key,
            name=pair.row.name,
            code=pair.row.code,
            level=level,
            enter=pair.row.code if pair.row.code in parents else None,
            share_of=whole,
            changed=found.changed(pair),
        )
        for pair, level in listed
    ]
    end = Entry(
        total,
        key=total.row.line_key,
        name=total.row.name if not sources.place else tr("合计"),
        code=sources.place,
        note=sum_notes(sources, statement, total, rows_of(below), measures)
        if total.row.kind != COMPUTED
        else tr(SUMMED_UP),
        share_of=whole,
        changed=found.changed(total),
    )
    there = bool(below) or total.row.kind != COMPUTED
    if sources.place and not below:
        absent = tr("{0}没有编码 {1}").format(sources.current.reference(statement), sources.place)
        notes = (*notes, tr("没有下级") if there else absent)
    return assemble(
        sources,
        Plan(statement, measures, uncompared=found.uncompared),
        entries,
        [end] if there else [],
        places=found.place_names,
        notes=(*notes, *found.notes),
    )


def _listed(sources: Sources, pairs: Sequence[Pair], below: Sequence[Pair]) -> list[tuple[Pair, int]]:
    """The lines of the view with their levels: the children, or all items, or the children with what is opened."""
    if sources.state.flat:
        return [(pair, 0) for pair in _items(pairs, sources.place)]
    listed: list[tuple[Pair, int]] = []
    waiting = [(pair, 0) for pair in reversed(below)]
    while waiting:
        pair, level = waiting.pop()
        listed.append((pair, level))
        if pair.row.code and pair.row.code in sources.state.expanded and level < _DEEPEST:
            waiting += [(child, level + 1) for child in reversed(children(pairs, pair.row.code))]
    return listed


def _items(pairs: Sequence[Pair], place: str) -> list[Pair]:
    """The lines below a place that a document breaks down no further; at the top also those without a code."""
    own = [
        set(parent_codes({row.code for row in rows if row is not None}).values()) for rows in rows_of(pairs)
    ]  # what one document breaks down further, the other may not
    found = []
    for pair in pairs:
        code = pair.row.code
        inside = code.startswith(place) and code != place if code else not place
        last = any(
            row is not None and code not in above for row, above in zip((pair.current, pair.baseline), own, strict=True)
        )
        if inside and (last or not code) and pair.row.kind not in ENDS and not _is_subtotal(pair.row):
            found.append(pair)
    return found


def _is_subtotal(row: Row) -> bool:
    """Whether a line among coded ones sums up some of them: 公用经费合计, 本年支出合计."""
    meaning = row.meaning
    broken_down = meaning.function or meaning.economic or meaning.item or meaning.project
    return bool(row.meanings and not row.code and not broken_down and _SUBTOTAL.search(row.name))


def parent_codes(codes: Iterable[str]) -> dict[str, str]:
    """Each code -> its nearest ancestor among these codes, "" for none."""
    known = set(codes)
    return {code: nearest(code[:-_STEP], known) for code in known if code}


def nearest(code: str, known: set[str]) -> str:
    """The code itself or the nearest ancestor that is known; "" where there is none."""
    while len(code) >= _SHORTEST:
        if code in known:
            return code
        code = code[:-_STEP]
    return ""


def path_to(code: str, codes: set[str], *, deep: bool) -> tuple[str, ...]:
    """The known codes above a code from the top down; `deep`: with the code itself, where what is below it is shown."""
    if not code:
        return ()
    parents = parent_codes(codes | {code})
    path: tuple[str, ...] = (code,) if deep else ()
    while above := parents.get(code, ""):
        path, code = (above, *path), above
    return path


def children(pairs: Sequence[Pair], place: str) -> list[Pair]:
    """The lines one level below a place, totals left out; at the top also lines that carry no code."""
    parents = parent_codes({place, *(pair.row.code for pair in pairs)})
    found = []
    for pair in pairs:
        if pair.row.kind in ENDS:
            continue
        if pair.row.code:
            if parents[pair.row.code] == place:
                found.append(pair)
        elif not place:
            found.append(pair)
    return found


def total_of(
    sources: Sources, pairs: Sequence[Pair], below: Sequence[Pair], statement: str, measures: tuple[str, ...]
) -> Pair:
    """The printed line of the place (the grand total at the top); where none is printed, the sum of the children."""
    place = sources.place
    for pair in pairs:
        if pair.row.code == place if place else pair.row.kind == RowKind.GRAND_TOTAL:
            return _both_sides(sources, pair, below, statement, measures)
    current = summed([pair.current for pair in below], statement, place, measures)
    if sources.baseline is None:
        return Pair(current, None)
    return Pair(current, summed([pair.baseline for pair in below], statement, place, measures))


def _both_sides(
    sources: Sources, total: Pair, below: Sequence[Pair], statement: str, measures: tuple[str, ...]
) -> Pair:
    """The printed totals; where only one document prints one, the sum of the children beside it."""
    current, baseline = total.current, total.baseline
    if current is None and any(pair.current for pair in below):
        current = summed([pair.current for pair in below], statement, sources.place, measures)
    if baseline is None and sources.baseline is not None and any(pair.baseline for pair in below):
        baseline = summed([pair.baseline for pair in below], statement, sources.place, measures)
    return Pair(current, baseline, total.near)


def summed(rows: Iterable[Row | None], statement: str, place: str, measures: Iterable[str]) -> Row:
    """A computed row: the sum of these rows, measure by measure; a measure without amounts stays empty."""
    present = [row for row in rows if row is not None]
    amounts = {}
    for measure in measures:
        addends = [row.amounts[measure] for row in present if measure in row.amounts]
        if addends:
            half = min(addend.half_unit for addend in addends)
            amounts[measure] = Amount(sum(addend.fen for addend in addends), half, COMPUTED)
    return computed_row(statement, place, tr("合计"), amounts, key=f"@sum/{place}")


def computed_row(statement: str, code: str, name: str, amounts: dict[str, Amount], *, key: str) -> Row:
    """A row that no document prints."""
    return Row(statement, None, "", COMPUTED, code, "", key, name, name, "", 0, None, None, amounts)


def rows_of(pairs: Sequence[Pair]) -> tuple[list[Row | None], list[Row | None]]:
    """The lines of the disclosure and those of its baseline."""
    return [pair.current for pair in pairs], [pair.baseline for pair in pairs]


def sum_notes(
    sources: Sources,
    statement: str,
    total: Pair,
    below: tuple[Sequence[Row | None], Sequence[Row | None]],
    measures: tuple[tuple[str, str], ...],
) -> str | None:
    """What the children of either disclosure leave open against the printed total; None where they sum exactly."""
    unit = sources.unit(statement)
    notes = sum_note(total.current, below[0], measures, unit)
    if sources.baseline is not None:
        against = sum_note(total.baseline, below[1], measures, unit)
        notes += [f"{sources.titles[1]} {note}" for note in against]
    return joined(notes, "；") or None


def sum_note(
    parent: Row | None, rows: Iterable[Row | None], measures: tuple[tuple[str, str], ...], unit: MoneyUnit
) -> list[str]:
    """For each measure whose children do not sum to the parent: by how much, and whether rounding explains it."""
    present = [row for row in rows if row is not None]
    notes: list[str] = []
    if parent is None or not present:
        return notes
    for number, (measure, title) in enumerate(measures):
        addends = [row.amounts[measure] for row in present if measure in row.amounts]
        printed = parent.amounts.get(measure)
        if printed is None and not addends:
            continue
        halves = [amount.half_unit for amount in (*addends, *([printed] if printed else []))]
        found = sum(amount.fen for amount in addends)
        gap = abs(found - (printed.fen if printed else 0))
        if gap == 0 and printed is not None:
            continue
        decimals = decimals_for(min(halves), unit)
        if printed is None:
            why = tr("本级空白")
        elif any(amount.status == ColumnStatus.AMBIGUOUS for amount in (*addends, printed)):
            why = tr("有金额的列未定，不能核对")
        else:
            why = tr("舍入可解释") if gap <= tolerance(len(addends), max(halves)) else tr("舍入不能解释")
        figures = (format_fen(fen, unit, decimals) for fen in (found, gap))
        says = tr("下级合计 {0}，相差 {1}，{2}").format(*figures, why)
        notes.append(says if number == 0 else tr("{0}：{1}").format(title, says))
    return notes
