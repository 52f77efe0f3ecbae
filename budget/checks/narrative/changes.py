"""The narrative against the tables: amounts that it repeats, lines that it leaves out, carry-overs that it lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.checks import comparison
from budget.checks.narrative.amounts import listed, text_of_carryovers, told
from budget.checks.narrative.subjects import T5, T6, T11, seats, side
from budget.checks.narrative.text import Place, plain, said
from budget.checks.rule import Check, Finding, Outcome
from budget.i18n.language import N_, joined, tr
from budget.model import money
from budget.model.disclosure import Phase, RowKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import Book
    from budget.checks.narrative.subjects import Seat, Side
    from budget.checks.narrative.text import Said
    from budget.checks.rule import Ref
    from budget.model.records import StatedChange

AMOUNT = Check(
    "N.amount",
    N_("说明"),
    N_("文字中的金额与表一致"),
    N_("说明中重复的金额＝所说的表中数字；文字的单位较粗时，允许其末位的一半；分级合计允许各下级的舍入"),
    hard=True,
    needs=("stated_changes", "passages"),
)
TOLD = Check(
    "N.items",
    N_("说明"),
    N_("表5的项都有说明"),
    N_("表5中有金额的每个项级科目，在说明中都有一段；说明中的科目在表5中都有"),
    hard=False,
    needs=("stated_changes", T5.value),
)
CARRIED = Check(
    "N.carryover",
    N_("说明"),
    N_("结转清单与表11一致"),
    N_("说明中列出的结转项目，金额与表11逐项相同"),
    hard=True,
    needs=("passages", T11.value),
)
REPEATED = Check(
    "N.repeated",
    N_("说明"),
    N_("同一数前后一致"),
    N_("同一句或同一段中重复的同一个数相同"),
    hard=True,
    needs=("stated_changes",),
)
CHECKS = (AMOUNT, TOLD, CARRIED, REPEATED)

UNCLEAR = frozenset({"unit_doubtful", "number_broken", "no_unit", "direction_open", "amount_contradicts"})
"""Flags of records whose figures are compared with nothing."""
_ITEM = 7
_ORGANS = N_("机关运行经费")
_SENTENCE = 4
"""Lines in which the rest of a sentence stands."""
_PARAGRAPH = 12
"""Lines in which the rest of a statement stands."""
_AGAIN = re.compile(r"预算(?:安排|数为?)((?:\d[\d,]*)(?:\.\d+)?[万亿]?元)")


class _Said(NamedTuple):
    """An amount of the narrative, from a record or from its text."""

    subject: str
    seats: tuple[Seat, ...]
    fen: int
    half_unit: int
    printed: str
    place: Place
    frame: str


def check(book: Book, baseline: Book | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """Findings on the amounts of the narrative."""
    own = said(book)
    yield from _amounts(book, own)
    yield from _items(book, own)
    yield from _carried(book, own)
    yield from _repeated(own)


def name(change: StatedChange) -> str:
    """What a message calls the subject of a stated change: the last of its names."""
    return change.subject.rpartition("/")[2]


def change_ref(own: Said, change: StatedChange, text: str, fen: int | None) -> Ref:
    """Where a stated change prints something."""
    place = own.find(text, change.line, change.line + _PARAGRAPH)
    return own.ref("stated_changes", tr("自述 {subject}").format(subject=name(change)), text, place, fen)


def _amounts(book: Book, own: Said) -> Iterator[Finding]:
    seen: set[tuple[tuple[Seat, ...], int | None, int]] = set()
    for one in (*_of_records(own), *_of_text(book, own)):
        key = (one.seats, one.place.line, one.fen)
        if one.seats and key not in seen:
            seen.add(key)
            yield _against_table(book, own, one)


def _of_records(own: Said) -> Iterator[_Said]:
    for change in own.records.stated_changes:
        if change.amount_fen is None or UNCLEAR.intersection(change.flags):
            continue
        places = seats(change.subject, change.code, own.heading(change.line))
        place = own.find(change.printed, change.line, change.line + 3)
        yield _Said(name(change), places, change.amount_fen, change.half_unit, change.printed, place, "stated_changes")

    spoken = any("运行经费" in change.subject for change in own.records.stated_changes)
    fact = own.facts("operating_expenses").get("amount")
    if fact is not None and fact.amount_fen is not None and not spoken:
        printed = f"{fact.value}{fact.unit}"
        places = seats(_ORGANS, "", "")
        place = own.find(printed, fact.line, fact.line + 3)
        yield _Said(tr(_ORGANS), places, fact.amount_fen, fact.half_unit, printed, place, "facts")


def _of_text(book: Book, own: Said) -> Iterator[_Said]:
    for one in told(book, own):
        yield _Said(*one, "passages")


def _against_table(book: Book, own: Said, one: _Said) -> Finding:
    ref = own.ref(one.frame, tr("说明 {subject}").format(subject=one.subject), one.printed, one.place, one.fen)
    printed = [side(book, seat) for seat in one.seats]
    sides = [one_side for one_side in printed if one_side is not None]
    if not sides:
        return comparison.unchecked(AMOUNT, tr("{subject}：没有找到可以核对的表").format(subject=one.subject), ref)
    chosen = next((at for at in sides if at.fen == one.fen and at.certain), None) or _first(sides, one)
    if not chosen.certain:
        return comparison.unchecked(AMOUNT, comparison.of(one.subject, tr(comparison.UNSURE)), ref, *chosen.refs)
    tolerance = comparison.same(one.half_unit, chosen.half_unit)
    found = comparison.amounts(AMOUNT, one.fen, chosen.fen, tolerance, (ref, *chosen.refs), one.subject)
    if found.outcome is Outcome.DISCREPANCY and "运行经费" in one.subject and chosen.refs[0].statement == T6:
        if one.fen < chosen.fen:  # institutions that are no organs have operating expenditure too
            message = tr("{subject}：小于表6公用经费，可能只含机关和参公单位").format(subject=one.subject)
            return comparison.silent(AMOUNT, message, *found.refs)
        found = found._replace(outcome=Outcome.HINT)
    parts = money.tolerance(chosen.parts, chosen.half_unit)
    if found.outcome is Outcome.DISCREPANCY and abs(one.fen - chosen.fen) <= parts:
        message = tr("{subject}：文字{text}与表中{table}不同，下级各数的舍入可以解释。")
        message = message.format(subject=one.subject, text=one.printed, table=comparison.wan(chosen.fen))
        return found._replace(outcome=Outcome.ROUNDING, message=message, tolerance_fen=parts)
    if found.outcome is Outcome.DISCREPANCY and book.head.phase == Phase.FINAL_ACCOUNTS.value:
        # beside each executed amount stands the budgeted one: which is meant is less certain
        found = found._replace(outcome=Outcome.HINT)
    return comparison.doubted(book, found)


def _repeated(own: Said) -> Iterator[Finding]:
    """Amounts that one sentence prints twice, and differently."""
    for change in own.records.stated_changes:
        if "amount_contradicts" not in change.flags:
            continue
        text = own.text(change.line, change.line + _SENTENCE)
        others = (match[1] for match in _AGAIN.finditer(text) if match[1] != change.printed)
        printed = (change.printed, *(other for other in others if other))[:2]
        refs = tuple(change_ref(own, change, one, None) for one in printed)
        message = tr("{subject}：同一预算数前后不一（{amounts}）")
        message = message.format(subject=name(change), amounts=joined(printed))
        yield comparison.clash(REPEATED, message, refs, printed[0], printed[-1])


def _first(sides: list[Side], one: _Said) -> Side:
    """The nearest of several tables that may be meant: a difference is shown against the one that fits best."""
    return min(sides, key=lambda found: abs(found.fen - one.fen))


def _items(book: Book, own: Said) -> Iterator[Finding]:
    changes = [change for change in own.records.stated_changes if change.subject.count("/") == 2]  # noqa: PLR2004
    if not changes:
        yield comparison.silent(TOLD, tr("说明中没有逐项说明"))
        return
    stated = {change.code for change in changes}
    silent = [code for code in book.codes(T5) if len(code) == _ITEM and code not in stated]
    strange = [change for change in changes if not change.code and change.amount_fen]
    for code in silent:
        row = book.with_code(T5, code)[0]
        found = side(book, seats("", code, "")[0])
        if found is None or not found.fen:
            continue
        twin = next((change for change in strange if change.amount_fen == found.fen), None)
        message = tr("表5有{item}（{code}）{amount}，说明中没有这一项")
        message = message.format(item=row.name, code=code, amount=comparison.wan(found.fen))
        refs = found.refs
        if twin:
            strange.remove(twin)
            message += tr("；说明写作“{subject}”，金额相同").format(subject=twin.subject)
            refs = (*refs, change_ref(own, twin, twin.printed, twin.amount_fen))
        yield comparison.hint(TOLD, message, refs)
    for change in strange:
        ref = change_ref(own, change, change.printed, change.amount_fen)
        if book.sheets.found(T5):
            message = tr("说明有“{subject}”{amount}，表5中没有这一项")
            yield comparison.hint(TOLD, message.format(subject=change.subject, amount=change.printed), (ref,))
    if not silent and not strange:
        yield comparison.fine(TOLD, tr("表5的项级科目都有说明（{number}项）").format(number=len(stated)))


def _carried(book: Book, own: Said) -> Iterator[Finding]:
    items = list(listed(own))
    rows = [row for row in book.sheets.of(T11) if row.kind == RowKind.PROJECT.value and book.figures_of(row)]
    if not items or not rows:
        return
    figures = [book.figures_of(row).get("total") for row in rows]
    free = [figure for figure in figures if figure is not None]
    names = {row.row_no: plain(row.project or row.name) for row in rows}
    unmatched = []
    for text, fen, half, printed, place in items:
        ref = own.ref("passages", tr("说明 {subject}").format(subject=text), printed, place, fen)
        partner = next(
            (figure for figure in free if abs(figure.fen - fen) <= comparison.same(half, figure.half_unit)), None
        )
        if partner is None:
            unmatched.append((text, fen, ref))
            continue
        free.remove(partner)
        tolerance = comparison.same(half, partner.half_unit)
        yield comparison.amounts(CARRIED, fen, partner.fen, tolerance, (ref, book.ref(partner)), _carryover(text))
    if len(figures) != len(rows) or not all(figure.certain for figure in free):
        message = comparison.of(book.sheets.reference(T11), tr(comparison.UNSURE))
        yield comparison.unchecked(CARRIED, message, book.statement_ref(T11))
        return
    if len(unmatched) == len(free) == 1:
        text, fen, ref = unmatched[0]
        found = comparison.amounts(CARRIED, fen, free[0].fen, 0, (ref, book.ref(free[0])), _carryover(text))
        yield comparison.doubted(book, found)
        return
    for text, _, ref in unmatched:
        message = tr("说明列出的结转“{item}”，表11没有同额的一行").format(item=text)
        yield comparison.hint(CARRIED, message, (ref,))
    for figure in free:
        ref = book.ref(figure)
        if names[figure.row_no] in text_of_carryovers(own):
            yield comparison.unchecked(CARRIED, tr("表11的一行结转，说明中有名称，金额没有读出，未核对"), ref)
        else:
            yield comparison.hint(CARRIED, tr("表11的一行结转，说明中没有同额的一项"), (ref,))


def _carryover(item: str) -> str:
    return tr("结转 {item}").format(item=item)
