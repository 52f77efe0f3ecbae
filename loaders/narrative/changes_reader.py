"""One paragraph of the narrative: which amounts, shares, changes and reasons make one statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.narrative import changes_flags, changes_subjects, prose
from loaders.narrative.changes_tokens import Figure, Kind, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.model.disclosure import MoneyUnit
    from loaders.narrative.changes_tokens import Token
    from loaders.narrative.prose import Paragraph

_COMPILATION = re.compile(r"编制说明$")
"""Parts whose amounts are all of interest: totals and items follow one another without shares."""
_GAP = re.compile(r"[，,。；;、：:（(）)”\s]*(?:其中[，,：:]?)?")
_AGAIN = re.compile(r"[，,。；;]?(?:\d{4}年度?)?(?:当年|年初)?(?:财政拨款)?预算(?:安排|数)?[为是]?")
_USED = re.compile(r"[，,]?(?:主要)?用于[^：:]{0,120}?[。，,；;]?")
_BOUNDARY = re.compile(r"[。；;](?:其中[：:，,]?)?")
_LISTS = re.compile(r"[^。；;]*(?:其中|[（(])")
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
            token = token._replace(figure=figure(token.figure.printed, "", token.figure.printed, self.usual))
        if self.current and self.current.reason:
            if not self._begins_behind_reason(token, gap, following):
                return
            ends = list(_BOUNDARY.finditer(gap))
            self._close(at + ends[-1].start() + 1)
        if token.kind is Kind.REASON:
            self._reason(token)
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
        return self.current.item and _USED.fullmatch(gap) is not None

    def _begin(self, token: Token, gap: str, at: int) -> None:
        found = changes_subjects.subject(gap, self.names)
        sure = token.kind is Kind.AMOUNT or (token.kind is Kind.CHANGE and token.base is not None)
        if not found.name or not (sure or self._is_expected(found)):
            if token.kind is Kind.CHANGE and token.base is not None:
                self.unread.append(token.start)
            if not (self.current and self.current.item):
                self._close(at)
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
            current.prior, current.base = token.figure, changes_flags.base(token.base or "")
        elif token.kind is Kind.SHARE:
            current.share = token.rate
        else:
            self._change(current, token)

    def _amount(self, current: Stated, token: Token) -> None:
        assert token.figure
        if current.amount:
            if token.figure.fen != current.amount.fen:
                current.flags.add("amount_contradicts")
            return
        current.amount = token.figure
        current.listed = current.item or self.listing
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
            self.base = changes_flags.base(token.base)
        current.base = self.base

    def _close(self, end: int) -> None:
        if self.current:
            if self.current.reason:
                self.current.reason = (self.current.reason[0], end)
            self.done.append(self.current)
        self.current = None
