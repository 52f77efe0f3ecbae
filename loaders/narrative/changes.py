"""What the narrative states of its amounts: shares, changes against the year before, and the reasons given."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from budget.model import MoneyUnit, Notice, Severity
from budget.records import StatedChange
from loaders.narrative import changes_flags, changes_subjects, prose
from loaders.narrative.changes_tokens import Figure, Kind, figure, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from loaders.document import Document
    from loaders.narrative.changes_tokens import Token
    from loaders.narrative.prose import Paragraph

_ELSEWHERE = re.compile(r"名词解释|主要职能|职责|机构设置|概况|公开表|预算表|决算表|报表|绩效|项目经费情况|项目名称")
"""Titles of parts and sections that state no changes, or are read as something else."""
_PROJECT = re.compile(r"项目名称[:：]|设立的?政策依据|绩效目标(?:申报)?表$")
_COMPILATION = re.compile(r"编制说明$")
"""Parts whose amounts are all of interest: totals and items follow one another without shares."""
_GAP = re.compile(r"[，,。；;、：:（(）)”\s]*(?:其中[，,：:]?)?")
_AGAIN = re.compile(r"[，,。；;]?(?:\d{4}年度?)?(?:当年|年初)?(?:财政拨款)?预算(?:安排|数)?[为是]?")
_USED = re.compile(r"[，,]?(?:主要)?用于[^：:]{0,120}?[。，,；;]?")
_BOUNDARY = re.compile(r"[。；;](?:其中[：:，,]?)?")
_OVERALL = re.compile(r"^(?P<subject>财政拨款[^，。；]{0,10}?)(?P<move>增加|增长|减少|下降)的?主要原因[是为：:]*")
_STEM = 4
_LISTS = re.compile(r"[^。；;]*(?:其中|[（(])")
"""What stands between an amount and its first part."""
_LIST_ENDS = ("。", "）", ")")


@dataclass(slots=True)
class _Stated:
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


def read(
    document: Document,
    codes: Mapping[tuple[str, str, str], str] | None = None,
    known: Collection[int] = (),
    outside: Callable[[int], bool] = lambda _line: True,
) -> tuple[list[StatedChange], list[Notice]]:
    """The stated changes of a document, in reading order.

    `codes` give the functional code of (类, 款, 项), with "" for levels that a subject does not name; `known` are
    amounts (fen) that the statements print, as evidence where a printed unit is doubtful; `outside` tells the lines
    that belong to no table.  未安排 is a statement without amount, flagged not_planned.
    """
    return stated(prose.paragraphs(document, outside), codes, known)


def stated(
    paragraphs: Sequence[Paragraph],
    codes: Mapping[tuple[str, str, str], str] | None = None,
    known: Collection[int] = (),
) -> tuple[list[StatedChange], list[Notice]]:
    """The stated changes of paragraphs that have been put together; as `read`."""
    names = changes_subjects.bodies(paragraphs)
    by_name = changes_subjects.normal_codes(codes or {})
    narrative = list(_narrative(paragraphs))
    read_tokens = [list(tokens(paragraph.text)) for paragraph in narrative]
    usual = _usual_unit(read_tokens)
    amounts = changes_flags.Amounts.of(
        (token.figure for found in read_tokens for token in found if token.figure), usual, frozenset(known)
    )
    records: list[StatedChange] = []
    section = ("", "", "", "")
    announced: dict[str, Figure] = {}
    for paragraph, found in zip(narrative, read_tokens, strict=True):
        if (paragraph.section, *paragraph.heading) != section:
            section, announced = (paragraph.section, *paragraph.heading), {}
        if overall := _OVERALL.match(paragraph.text):
            records = _with_overall_reason(records, paragraph, overall)
            continue
        reader = _Reader(paragraph, names, usual, announced)
        for statement in reader.statements(found):
            records.append(_record(statement, paragraph, amounts, by_name))
    return records, [*changes_flags.notices(records), *_unread(narrative, records)]


def _narrative(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs that may state changes: neither titles nor projects, targets, terms."""
    described: tuple[str, ...] = ()
    for paragraph in paragraphs:
        title = paragraph.heading[:2] if paragraph.heading[1] else paragraph.heading
        if paragraph.level or any(_ELSEWHERE.search(heading) for heading in paragraph.heading):
            continue
        if _PROJECT.search(paragraph.text):
            described = title
        if described != title or not any(title):
            yield paragraph


def _usual_unit(found: Sequence[Sequence[Token]]) -> MoneyUnit:
    units = Counter(token.figure.unit for each in found for token in each if token.figure and token.figure.unit)
    return MoneyUnit(units.most_common(1)[0][0]) if units else MoneyUnit.WAN


class _Reader:
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
        self.done: list[_Stated] = []
        self.current: _Stated | None = None
        self.head: _Stated | None = None  # the statement whose parts are being listed (其中：…)

    def statements(self, found: Sequence[Token]) -> list[_Stated]:
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
        self.current = _Stated(found.name, at + found.offset, found.item)
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

    def _amount(self, current: _Stated, token: Token) -> None:
        assert token.figure
        if current.amount:
            if token.figure.fen != current.amount.fen:
                current.flags.add("amount_contradicts")
            return
        current.amount = token.figure
        current.listed = current.item or self.listing
        self.announced[changes_subjects.key(current.subject)] = token.figure

    def _change(self, current: _Stated, token: Token) -> None:
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


def _record(
    statement: _Stated, paragraph: Paragraph, amounts: changes_flags.Amounts, codes: Mapping[tuple[str, str, str], str]
) -> StatedChange:
    place = paragraph.place(statement.start)
    amount = statement.amount or Figure(None, 0, "", "")
    delta = statement.delta or Figure(None, 0, "", "")
    prior = statement.prior or Figure(None, 0, "", "")
    reason = paragraph.text[slice(*statement.reason)] if statement.reason else ""
    record = StatedChange(
        section=paragraph.section,
        subject=statement.subject,
        code=changes_subjects.code(statement.subject, codes) if statement.item else "",
        amount_fen=amount.fen,
        half_unit=amount.half_unit,
        printed=amount.printed,
        share=statement.share,
        direction=statement.move,
        delta_fen=delta.fen,
        delta_half_unit=delta.half_unit,
        delta_printed=delta.printed,
        percent=statement.percent,
        base=statement.base if statement.changed else "",
        reason=reason.rstrip("；;，, "),
        flags=(),
        line=place.line,
        page=place.page,
        base_fen=prior.fen,
        base_half_unit=prior.half_unit,
        base_printed=prior.printed,
    )
    doubtful = changes_flags.unit_doubtful(record, (amount, delta), amounts)
    flags = statement.flags | ({"unit_doubtful"} if doubtful else set())
    return record._replace(flags=tuple(sorted(flags)))


def _with_overall_reason(
    records: list[StatedChange], paragraph: Paragraph, overall: re.Match[str]
) -> list[StatedChange]:
    """A reason given in a sentence of its own belongs to the statements of its section with that subject and sign."""
    rises = overall["move"] in {"增加", "增长"}
    stem = overall["subject"][:_STEM]
    reason = paragraph.text[overall.end("move") :].removeprefix("的")
    return [
        record._replace(reason=reason)
        if record.section == paragraph.section
        and not record.reason
        and record.subject.startswith(stem)
        and record.direction == ("增加" if rises else "减少")
        else record
        for record in records
    ]


def _unread(narrative: Sequence[Paragraph], records: Sequence[StatedChange]) -> list[Notice]:
    """Notices of numbered 类/款/项 of which no statement could be read."""
    lines = {record.line for record in records}
    return [
        Notice(severity=Severity.LOST, text="该科目的预算数未能读出，请看原文。", line=paragraph.line)
        for paragraph in narrative
        if changes_subjects.is_numbered_item(paragraph.text)
        and not any(place.line in lines for place in paragraph.lines)
    ]
