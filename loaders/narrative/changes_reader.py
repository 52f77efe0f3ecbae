"""One paragraph of the narrative: which amounts, shares, changes and reasons make one statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, Message
from budget.model.disclosure import MoneyUnit, Notice, Severity
from budget.model.money import FEN
from budget.system.patterns import lazy_pattern
from loaders.narrative import changes_subjects, prose
from loaders.narrative.changes_tokens import Figure, Kind
from loaders.narrative.changes_tokens import figure as figure_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.records import StatedChange
    from loaders.narrative.changes_tokens import Token
    from loaders.narrative.prose import Paragraph

_WORDS = {
    "unit_doubtful": N_("单位可能有误"),
    "number_broken": N_("数字不完整"),
    "sign_contradicts": N_("增减方向前后不一"),
    "amount_contradicts": N_("同一预算数前后不一"),
    "direction_open": N_("增减方向未选定"),
    "no_unit": N_("没有印单位"),
}
_TOLERANCE = 0.02
"""Percentage points by which a printed rate may miss its figures for other reasons than the unit."""


def base(words: str) -> str:
    """The base of a change by the words behind 比; "" where they do not tell."""
    if re.search(r"执行|完成|决算", words):
        return "prior_executed"
    if re.search(r"年初预算|全年预算|调整", words) and not re.search(r"[上去]年|上一年", words):
        return "own_budget"
    if "预算" in words:
        return "prior_budget"
    return "prior_year"


class Amounts(NamedTuple):
    """Printed amounts that a doubtful one is compared with, in fen."""

    usual: MoneyUnit
    printed: frozenset[int]
    """Of the narrative in its usual unit, and of the statements."""
    known: frozenset[int]
    """Of the statements alone."""

    @classmethod
    def of(cls, figures: Iterable[Figure], usual: MoneyUnit, known: frozenset[int]) -> Amounts:
        """The amounts of the narrative and of the statements."""
        narrative = {figure.fen for figure in figures if figure.fen and figure.unit == usual}
        return cls(usual, frozenset(narrative) | known, known)


def unit_doubtful(record: StatedChange, figures: Sequence[Figure], amounts: Amounts) -> bool:
    """Whether a figure's unit may be misprinted for the usual one.

    Other prints of the amount, or the printed rate, would fit in the usual unit.
    """
    smaller = FEN[amounts.usual] // FEN[MoneyUnit.YUAN]
    for figure in figures:
        if figure.fen and figure.unit == amounts.usual != MoneyUnit.YUAN and figure.fen not in amounts.known:
            yuan, rest = divmod(figure.fen, smaller)
            if not rest and yuan in amounts.known:
                return True
    odd = [figure for figure in figures if figure.fen and figure.unit and figure.unit != amounts.usual]
    for figure in odd:
        assert figure.fen
        scaled = figure.fen * FEN[amounts.usual] // FEN[MoneyUnit(figure.unit)]
        if figure.fen not in amounts.printed and scaled in amounts.printed:
            return True
    if not odd or record.amount_fen is None or record.delta_fen is None or not record.percent:
        return False
    as_usual = [
        (figure.fen or 0) * FEN[amounts.usual] // FEN[MoneyUnit(figure.unit)] if figure in odd else figure.fen or 0
        for figure in figures
    ]
    return not _fits(record.amount_fen, record.delta_fen, record) and _fits(as_usual[0], as_usual[1], record)


def notices(records: Iterable[StatedChange]) -> list[Notice]:
    """One sentence for each statement with something odd."""
    found = []
    for record in records:
        odd = [Message.of(_WORDS[flag]) for flag in record.flags if flag in _WORDS]
        if odd:
            subject = record.subject.rsplit("/", maxsplit=1)[-1]
            oddities = Message.listed(odd, N_("，"))
            text = N_("自述“{}”{}：{}，按原文保留。")
            found.append(Notice.of(Severity.UNCERTAIN, text, subject, record.printed, oddities, line=record.line))
    return found


def _fits(amount: int, delta: int, record: StatedChange) -> bool:
    """Whether a printed rate of change is that of these amounts."""
    before = amount + delta if record.direction == "减少" else amount - delta
    try:
        return before != 0 and abs(100 * delta / before - float(record.percent)) < _TOLERANCE
    except (ValueError, OverflowError):
        return False


_COMPILATION = lazy_pattern(r"编制说明$")
"""Parts whose amounts are all of interest: totals and items follow one another without shares."""
_GAP = lazy_pattern(r"[，,。；;、：:（(）)”\s]*(?:其中[，,：:]?)?")
_AGAIN = lazy_pattern(r"[，,。；;]?(?:\d{4}年度?)?(?:当年|年初)?(?:财政拨款)?预算(?:安排|数)?[为是]?")
_USED = lazy_pattern(r"[，,。；;]?(?:主要)?用于[：:]?[^：:]{0,120}?[。，,；;]?")
_USED_ONCE = lazy_pattern(r"[，,。]?(?:主要)?用于(?:[^，,：:。；;]{1,160}[，,]|[^：:。；;]{1,160}[。；;])")
"""The use of an amount up to the end of its clause; what follows it without a subject is about the amount again."""
_LISTED = lazy_pattern("[，,；;：:]")
"""What stands before a part of a list, not before the subject of a sentence of its own."""
_EXECUTED = lazy_pattern(r"[，,]?(?:支出|收入)?决算数?[为是]?")
"""What stands in final accounts between the budgeted amount and the executed one."""
_BOUNDARY = lazy_pattern(r"[。；;](?:其中[：:，,]?)?")
_LISTS = lazy_pattern(r"[^。；;]*(?:其中|[（(])")
"""What stands between an amount and its first part."""
_LIST_ENDS = ("。", "）", ")")


@dataclass(slots=True)
class Stated:
    """A statement while it is read."""

    subject: str
    start: int
    item: bool
    amount: Figure | None = None
    share: str = ""
    move: str = ""
    delta: Figure | None = None
    percent: str = ""
    base: str = ""
    prior: Figure | None = None
    reason: tuple[int, int] | None = None
    flags: set[str] = field(default_factory=set)
    changed: bool = False
    listed: bool = False
    """An amount alone that is of interest."""


class Reader:
    """Reads the statements of one paragraph."""

    def __init__(
        self, paragraph: Paragraph, names: Sequence[str], usual: MoneyUnit, announced: dict[str, Figure]
    ) -> None:
        self.text = paragraph.text
        self.names = names
        self.usual = usual
        self.announced = announced
        self.listing = _COMPILATION.search(paragraph.heading[0]) is not None
        self.base = ""
        self.done: list[Stated] = []
        self.current: Stated | None = None
        self.unread: list[int] = []  # offsets of shares and changes without a subject
        self.head: Stated | None = None  # the statement whose parts are being listed (其中：…)

    def statements(self, found: Sequence[Token]) -> list[Stated]:
        """The statements that these pieces of the paragraph make."""
        before = len(self.text) - len(prose.without_enumerator(self.text))
        for index, token in enumerate(found):
            gap = self.text[before : token.start]
            self._take(token, gap, before, found[index + 1 : index + 3])
            before = token.end
        self._close(len(self.text))
        kept = (statement for statement in self.done if statement.changed or statement.share or statement.listed)
        return sorted(kept, key=lambda statement: statement.start)

    def _take(self, token: Token, gap: str, at: int, following: Sequence[Token]) -> None:
        if token.figure and not token.figure.unit:
            token = token._replace(figure=figure_of(token.figure.printed, "", token.figure.printed, self.usual))
        if self.current and self.current.reason:
            if not self._begins_behind_reason(token, gap, following):
                return
            ends = list(_BOUNDARY.finditer(gap))
            self._close(at + ends[-1].start() + 1)
        if token.kind is Kind.REASON:
            self._reason(token)
        elif self.current and self.current.amount and token.kind is Kind.AMOUNT and _EXECUTED.fullmatch(gap):
            self._executed(self.current, token)
        elif self.current and self._belongs(token, gap):
            if self.head and token.kind is Kind.CHANGE and token.base is not None and gap[:1] in _LIST_ENDS:
                self._return_to_head()
            self._add(token)
        elif token.kind in {Kind.AMOUNT, Kind.CHANGE, Kind.NONE}:
            self._begin(token, gap, at)
        elif token.kind is Kind.SHARE:
            self.unread.append(token.start)

    def _reason(self, token: Token) -> None:
        if self.current and (self.current.changed or self.current.share or self.current.item):
            self.current.reason = (token.start, len(self.text))

    def _begins_behind_reason(self, token: Token, gap: str, following: Sequence[Token]) -> bool:
        """Whether a new statement begins here although a reason is being given, which may repeat statements."""
        ends = list(_BOUNDARY.finditer(gap))
        if not ends or token.kind not in {Kind.AMOUNT, Kind.CHANGE, Kind.NONE}:
            return False
        found = changes_subjects.subject(gap, self.names)
        between = gap[ends[-1].end() : found.offset].strip('“"，, ')
        if not found.name or between or not found.usual:
            return False
        follows = following[0].kind if following else None
        if token.kind is Kind.CHANGE:
            complete = follows is Kind.CHANGE or token.move == "持平"
            return complete and changes_subjects.key(found.name) in self.announced
        return token.kind is Kind.NONE or follows in {Kind.SHARE, Kind.CHANGE}

    def _belongs(self, token: Token, gap: str) -> bool:
        """Whether a piece continues the current statement."""
        assert self.current
        if token.kind is Kind.AMOUNT:
            return self.current.amount is not None and bool(_AGAIN.fullmatch(gap)) and bool(gap.strip("，,。；; "))
        if token.kind is Kind.NONE:
            return False
        if _GAP.fullmatch(gap):
            return not (token.kind is Kind.CHANGE and token.base is not None and self.current.changed)
        if self.current.item:
            return _USED.fullmatch(gap) is not None
        if token.base is None or self.current.amount is None or self.current.changed or not _USED_ONCE.fullmatch(gap):
            return False
        # behind a list of parts it may be that of the last or of the whole
        sentence = self.text[: self.current.start].rpartition("。")[2]
        return self.head is None and not _LISTED.search(sentence)

    def _begin(self, token: Token, gap: str, at: int) -> None:
        found = changes_subjects.subject(gap, self.names)
        sure = token.kind is Kind.AMOUNT or (token.kind is Kind.CHANGE and token.base is not None)
        if not found.name or not (sure or self._is_expected(found)):
            if token.kind is Kind.CHANGE and token.base is not None:
                self.unread.append(token.start)
            if not (self.current and self.current.item):
                self._close(at)
            return
        if found.itself:
            if self.current and self.current.amount and token.kind is Kind.CHANGE and not self.current.changed:
                self._add(token)
            return
        if self.current and self.current.item and token.kind is Kind.AMOUNT and not found.item and "。" not in gap:
            return  # a part of the item's amount, or its use
        if self.current and _LISTS.match(gap):
            self.head = self.current
        elif "。" in gap:
            self.head = None
        self._close(at)
        self.current = Stated(found.name, at + found.offset, found.item)
        self._add(token)

    def _return_to_head(self) -> None:
        """A change in a sentence of its own, behind a list of parts, is that of the whole."""
        self._close(0)
        self.current, self.head = self.head, None
        self.done = [statement for statement in self.done if statement is not self.current]

    def _is_expected(self, found: changes_subjects.Subject) -> bool:
        return found.usual or changes_subjects.key(found.name) in self.announced

    def _add(self, token: Token) -> None:
        current = self.current
        assert current
        if token.broken or (token.figure and token.figure.broken):
            current.flags.add("number_broken")
        if token.figure and not token.figure.unit:
            current.flags.add("no_unit")
        if token.kind is Kind.NONE:
            current.flags.add("not_planned")
            current.amount = Figure(None, 0, self.text[token.start : token.end], "")
            current.listed = True
        elif token.kind is Kind.AMOUNT:
            self._amount(current, token)
        elif token.kind is Kind.PRIOR:
            current.prior, current.base = token.figure, base(token.base or "")
        elif token.kind is Kind.SHARE:
            current.share = token.rate
        else:
            self._change(current, token)

    def _executed(self, current: Stated, token: Token) -> None:
        """The executed amount is what the statement is about; the budgeted one before it is its base."""
        assert token.figure
        current.prior, current.base = current.amount, "own_budget"
        current.amount, current.listed = token.figure, True
        self.announced[changes_subjects.key(current.subject)] = token.figure

    def _amount(self, current: Stated, token: Token) -> None:
        assert token.figure
        if current.amount:
            if token.figure.fen != current.amount.fen:
                current.flags.add("amount_contradicts")
            return
        current.amount = token.figure
        current.listed = current.item or self.listing or changes_subjects.is_item(current.subject)
        self.announced[changes_subjects.key(current.subject)] = token.figure

    def _change(self, current: Stated, token: Token) -> None:
        if current.amount is None:
            current.amount = self.announced.get(changes_subjects.key(current.subject))
        if current.changed:
            if token.move and current.move and token.move != current.move:
                current.flags.add("sign_contradicts")
            current.percent = current.percent or token.rate
            current.delta = current.delta or token.figure
            return
        current.changed = True
        current.move, current.delta, current.percent = token.move, token.figure, token.rate
        if not token.move:
            current.flags.add("direction_open")
        if token.figure and (token.figure.fen or 0) < 0:
            current.flags.add("sign_contradicts")
        if token.base is not None:
            self.base = base(token.base)
        if not current.prior:
            current.base = self.base

    def _close(self, end: int) -> None:
        if self.current:
            if self.current.reason:
                self.current.reason = (self.current.reason[0], end)
            self.done.append(self.current)
        self.current = None
