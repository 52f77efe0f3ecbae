"""The views that list one table without drilling: overview, three public expenses, carry-over, statements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from budget.i18n.language import N_, joined, tr
from budget.model.coordinates import ITEM_PARENTS, parent, within
from budget.model.disclosure import ENDS, RowKind, Side
from budget.reading.choice import CARRYOVER, PROCUREMENT, SUMMARY, THREE_PUBLIC, by_kind, carried, only_table, totals
from budget.reading.pairing import Pair, alone
from budget.reading.pairing import pair as pair_up
from budget.system.patterns import lazy_pattern
from budget.views.build import CODE, SIDE, Entry, Plan, assemble, displayed_statement, printed_measures
from budget.views.facts import of_topic
from budget.views.select import KIND_WORDS, Chosen, chosen, fund_words, table_words
from budget.views.sources import is_other
from budget.views.state import SCOPE_TITLES, Scope
from budget.views.statements.tree import computed_row, rows_of, sum_notes
from budget.views.table import Change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from budget.model.coordinates import Coordinates
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Row
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

TO_REVENUE = "revenue"
"""What Enter on a revenue row of the overview opens."""
_SUBTOTAL = lazy_pattern(r"[合小]计$")
"""What final accounts print between the classes and the total."""
_SIDES = {Side.REVENUE.value: 0, Side.EXPENDITURE.value: 1}
_THREE_PUBLIC = "three_public"
NAMES = {_THREE_PUBLIC: N_("“三公”经费"), "?合计": N_("合计")}
"""What lines of items are called that are printed as totals."""


def overview(sources: Sources) -> ViewTable:
    """Both sides of the widest summary: revenue by label, then expenditure by class; lines without amounts left out.

    Without a summary: every amount that no table breaks down.
    """
    found = chosen(sources, SUMMARY)
    if not found.found:
        other = None if sources.baseline is None else only_table(sources.baseline)
        lone = Chosen(sources, SUMMARY, only_table(sources.current), other)
        if lone.current.table:
            return list_view(sources, lone, lone.measures())
        theirs = totals(sources.baseline) if sources.baseline is not None else None
        return figures(sources, totals(sources.current), theirs, (tr("没有收支总表，列出各表的总数"),), labelled=True)
    statement = found.statement
    pairs = _by_side(found.pairs)
    shown = [pair for pair in pairs if _has_amounts(pair)]
    ends = [pair for pair in shown if pair.row.kind == RowKind.GRAND_TOTAL]
    ends = ends if len(ends) < len(shown) else []  # totals alone are what there is to see
    wholes = {pair.row.side: pair.current.fen("total") for pair in ends if pair.current is not None}
    notes = found.notes
    if len(pairs) > len(shown):
        notes = (*notes, tr("另有 {} 行没有金额，未列出").format(len(pairs) - len(shown)))
    return assemble(
        sources,
        Plan(statement, found.measures(), lead=(CODE, SIDE), uncompared=found.uncompared),
        _sides([pair for pair in shown if pair not in ends], found, wholes),
        [replace(_end(pair, wholes.get(pair.row.side)), note=_sum_note(sources, pair, shown)) for pair in ends],
        notes=notes,
    )


def _sides(pairs: list[Pair], found: Chosen, wholes: dict[str, int | None]) -> list[Entry]:
    """The lines of both sides; what breaks the same side down once more stands below a head of its own."""
    entries: list[Entry] = []
    first: dict[str, int] = {}
    headed: set[tuple[str, int]] = set()
    for pair in pairs:
        row = pair.row
        subtotal = _is_subtotal(row)
        again = row.block != first.setdefault(row.side, row.block) and not subtotal
        if again and (row.side, row.block) not in headed:
            headed.add((row.side, row.block))
            head = computed_row(row.statement, "", _list_name(row), {}, key=f"@list/{row.side}/{row.block}")
            head = replace(head, side=row.side)
            entries.append(Entry(Pair(head, None), key=head.line_key, name=head.name, level=1, changed=Change.NONE))
        entries.append(
            Entry(
                pair,
                key=row.code or row.line_key,
                name=row.name,
                code=row.code,
                level=0 if subtotal else row.level + again,
                enter=_overview_enter(pair),
                share_of=wholes.get(row.side),
                changed=found.changed(pair),
            )
        )
    return entries


def _list_name(row: Row) -> str:
    """What a list beside the first one of its side breaks down by, as its first line tells."""
    meaning = row.meaning
    if meaning.function or meaning.economic:
        return tr(SCOPE_TITLES[Scope.BY_FUNCTION if meaning.function else Scope.BY_ECONOMIC])
    return tr(SCOPE_TITLES[Scope.BY_KIND]) if meaning.kind else tr("另一种分法")


def _sum_note(sources: Sources, total: Pair, shown: list[Pair]) -> str | None:
    """What the lines of the first level leave open against the total of their side."""
    side = [pair for pair in shown if pair.row.side == total.row.side and pair.row.kind != RowKind.GRAND_TOTAL]
    own, theirs = (_top(rows) for rows in rows_of(side))
    if _has_parts(own) or _has_parts(theirs):
        return None
    return sum_notes(sources, total.row.statement, total, (own, theirs), (("total", tr("合计")),))


def _top(rows: list[Row | None]) -> list[Row]:
    """The lines of the first level, sub-totals left out; another form may have the same line on another level."""
    present = [row for row in rows if row is not None and not _is_subtotal(row)]
    # of lists side by side the first one: each makes the total by itself
    first = [row for row in present if row.block == min(other.block for other in present)]
    top = min((row.level for row in first), default=0)
    return [row for row in first if row.level == top]


def _has_parts(rows: Sequence[Row]) -> bool:
    """Whether a line is the sum of those behind it: a table that tells no levels has not only the first one."""
    amounts = [row.amounts["total"].fen for row in rows if "total" in row.amounts]
    for at, whole in enumerate(amounts):
        left, parts = whole, 0
        for part in amounts[at + 1 :]:
            left, parts = left - part, parts + (part != 0)
            if left <= 0:
                break
        if whole > 0 and left == 0 and parts > 1:
            return True
    return False


def _is_subtotal(row: Row) -> bool:
    return row.code == "" and bool(_SUBTOTAL.search(row.name))


def three_public(sources: Sources) -> ViewTable:
    """The three public expenses, indented as printed, and what stands beside."""
    found = chosen(sources, THREE_PUBLIC)
    beside = [row.name for row in found.current.rows if row.meaning.item == "agency_operation"]
    notes = tuple(tr("{}不在总计之内").format(name) for name in dict.fromkeys(beside))
    return list_view(sources, found, found.measures(), notes, whole_table=not is_other(found.statement))


def carryover(sources: Sources) -> ViewTable:
    """Carry-over and balances by project; without such a table every amount that is carried over."""
    found = chosen(sources, CARRYOVER)
    ours = () if found.current.table else carried(sources.current)
    theirs = () if sources.baseline is None else carried(sources.baseline)
    if not ours and (found.found or not theirs):
        return list_view(sources, found, found.measures(), opening=True, whole_table=True)
    note = tr("没有结转结余明细表，列出各表印出的结转结余")
    return figures(sources, ours, None if sources.baseline is None else theirs, (note,), labelled=True)


def procurement(sources: Sources) -> ViewTable:
    """What is procured: goods, works and services with what the table breaks them down into."""
    found = chosen(sources, PROCUREMENT)
    if not found.found:
        return of_topic(sources, "procurement", tr("没有读到政府采购表"))
    return list_view(sources, found, found.measures())


def statement_view(sources: Sources) -> ViewTable:
    """A statement as printed: every line, also those without amounts; of two sides the revenue first."""
    statement = displayed_statement(sources.state, sources.current)
    pairs = _by_side(sources.pairs(statement))
    two_sided = any(pair.row.side for pair in pairs)
    lead = (*([CODE] if any(pair.row.printed_code for pair in pairs) else []), *([SIDE] if two_sided else []))
    return assemble(
        sources,
        Plan(statement, printed_measures(sources, statement), lead=lead, share=False),
        [
            Entry(
                pair,
                key=pair.row.line_key,
                name=pair.row.project or pair.row.label or pair.row.name,
                code=pair.row.printed_code,
                level=pair.row.level,
            )
            for pair in pairs
        ],
        notes=sources.notes(statement),
    )


def list_view(
    sources: Sources,
    found: Chosen,
    measures: tuple[tuple[str, str], ...],
    notes: tuple[str, ...] = (),
    *,
    opening: bool = False,
    whole_table: bool = False,
) -> ViewTable:
    """A table as a list with its total at the end.

    Lines without amounts are left out.

    `opening`: Enter opens the project of a line; `whole_table`: lines without amounts stay.
    """
    pairs = [pair for pair in found.pairs if whole_table or _has_amounts(pair)]
    ends = [pair for pair in pairs if pair.row.kind == RowKind.GRAND_TOTAL]
    ends = ends if len(ends) < len(pairs) else []  # a total alone is what there is to see
    whole = next((pair.current.fen(measures[0][0]) for pair in ends if pair.current is not None), None)
    wholes = _wholes(pairs, measures[0][0]) if found.question == THREE_PUBLIC else None
    keys = {pair.row.line_key for pair in pairs}
    items = {pair.row.meaning.item for pair in pairs if pair not in ends} - {""}
    silent = len(found.pairs) - len(pairs)
    return assemble(
        sources,
        Plan(found.statement, measures, lead=(), uncompared=found.uncompared),
        [
            Entry(
                pair,
                key=pair.row.line_key,
                name=_name(pair.row, keys),
                level=_level(pair.row, items),
                enter=(pair.row.project or pair.row.name) if opening and pair.row.kind == RowKind.PROJECT else None,
                share_of=whole if wholes is None else wholes.get(pair.row.line_key),
                changed=found.changed(pair),
            )
            for pair in pairs
            if pair not in ends
        ],
        [
            replace(_end(pair, whole if wholes is None else wholes.get(pair.row.line_key)), changed=found.changed(pair))
            for pair in ends
        ],
        places=found.place_names,
        notes=(*notes, *found.notes, *([tr("另有 {} 行没有金额，未列出").format(silent)] if silent else [])),
    )


def _level(row: Row, items: AbstractSet[str]) -> int:
    """How far a line is indented: below its labels where it breaks projects down, else as printed.

    An item stands below those of `items` that it is a part of.
    """
    if row.path and row.meaning.item and row.project:
        return len(row.path) - 1
    own = row.meaning.item
    return max(row.level - 1, sum(item != own and within(own, item, ITEM_PARENTS) for item in items))


def _wholes(pairs: Sequence[Pair], measure: str) -> dict[str, int | None]:
    """Line -> the three public expenses, of the lines that are a part of them; what stands beside has no share.

    A total that does not say what it is the total of is theirs where it is their sum.
    """
    parts = {pair.row.line_key: pair for pair in pairs if within(pair.row.meaning.item, _THREE_PUBLIC, ITEM_PARENTS)}
    items = {pair.row.meaning.item for pair in parts.values()}
    top = [pair for pair in parts.values() if parent(pair.row.meaning.item, ITEM_PARENTS) not in items]
    summed_up = sum(pair.row.fen(measure) or 0 for pair in top)
    if _THREE_PUBLIC not in items:
        parts |= {
            pair.row.line_key: pair for pair in pairs if pair.row.kind in ENDS and pair.row.fen(measure) == summed_up
        }
    own = (pair.current for pair in parts.values() if pair.row.meaning.item == _THREE_PUBLIC or pair.row.kind in ENDS)
    whole = next((row.fen(measure) for row in own if row is not None), None)
    return dict.fromkeys(parts, whole)


def figures(
    sources: Sources,
    ours: Sequence[tuple[Row, str]],
    theirs: Sequence[tuple[Row, str]] | None,
    notes: tuple[str, ...] = (),
    *,
    labelled: bool = False,
    further: Sequence[Entry] = (),
) -> ViewTable:
    """Single amounts of several tables, each a row that names its table; `labelled` rows have their own labels too."""
    own = [_figure(sources.current, row, measure, labelled=labelled) for row, measure in ours]
    if theirs is None:
        pairs = alone(own)
    else:
        assert sources.baseline is not None
        pairs = pair_up(own, [_figure(sources.baseline, row, measure, labelled=labelled) for row, measure in theirs])
    statement = next((row.statement for row, _ in (*ours, *(theirs or ()))), "")
    return assemble(
        sources,
        Plan(statement, (("total", tr("金额")),), lead=(SIDE,) if labelled else (), share=False),
        [*(_single(pair, compared=theirs is not None) for pair in pairs), *further],
        notes=notes if pairs or further else (*notes, tr("没有读到金额")),
    )


def _single(pair: Pair, *, compared: bool) -> Entry:
    """A single amount; one that only one of two documents prints is no change."""
    both = pair.current is not None and pair.baseline is not None
    changed = None if both or not compared else Change.UNDISCLOSED
    return Entry(pair, key=pair.row.line_key, name=pair.row.name, changed=changed)


def kinds(sources: Sources) -> ViewTable:
    """Expenditure by kind: basic, project and what else stands beside them, with the table of each amount."""
    theirs = by_kind(sources.baseline) if sources.baseline is not None else None
    return figures(sources, by_kind(sources.current), theirs, labelled=True)


def _figure(opened: OpenDisclosure, row: Row, measure: str, *, labelled: bool) -> Row:
    """One amount as a line of its own, named after what it means and the table that prints it."""
    meaning = row.meanings[measure]
    table = table_words(opened, row.statement)
    label = "" if not labelled else _words(row, measure, meaning)
    name = tr("{0}：{1}").format(joined([part for part in (label, fund_words(meaning.fund)) if part], " "), table)
    kind = RowKind.SOURCE.value
    side = meaning.flow if meaning.flow in _SIDES else ""
    key = "/".join(meaning._replace(version=""))
    return replace(
        row,
        kind=kind,
        side=side,
        code="",
        line_key=key,
        name=name,
        level=0,
        project="",
        amounts={"total": row.amounts[measure]},
        meanings={"total": meaning},
    )


def _words(row: Row, measure: str, meaning: Coordinates) -> str:
    """What an amount is: its kind where that has a name, else its label or head."""
    if meaning.flow == Side.EXPENDITURE and meaning.kind in KIND_WORDS and not meaning.item:
        return tr(KIND_WORDS[meaning.kind])
    return row.project or row.name or measure.rpartition("·")[2]


def _name(row: Row, keys: set[str]) -> str:
    """The name of a line of a list; below a label that has no line of its own with that label."""
    if row.project:
        return row.path[-1] if row.path and row.meaning.item else row.project
    if row.meaning.item in NAMES:
        return tr(NAMES[row.meaning.item])
    above = "" if row.line_key.rpartition("/")[0] in _SIDES else row.line_key.rpartition("/")[0]
    return f"{above.rpartition('/')[2]}·{row.name}" if above and above not in keys and not row.side else row.name


def _end(pair: Pair, whole: int | None) -> Entry:
    return Entry(pair, key=pair.row.line_key, name=pair.row.name, share_of=whole)


def _overview_enter(pair: Pair) -> str | None:
    if pair.row.side == Side.REVENUE:
        return TO_REVENUE
    return pair.row.code or None


def _has_amounts(pair: Pair) -> bool:
    return any(row is not None and row.amounts for row in (pair.current, pair.baseline))


def _by_side(pairs: tuple[Pair, ...]) -> list[Pair]:
    """The revenue side, then the expenditure side, each in its printed order."""
    return sorted(pairs, key=lambda pair: _SIDES.get(pair.row.side, 0))
