"""Stated changes of amounts in the narrative: shares, changes against the year before, reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from budget.i18n.language import N_
from budget.model.disclosure import MoneyUnit, Notice, Severity
from budget.model.records import StatedChange
from budget.system.patterns import lazy_pattern
from loaders.narrative import changes_reader, changes_subjects, prose
from loaders.narrative.changes_reader import Reader
from loaders.narrative.changes_tokens import Figure, tokens

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from loaders.document import Document
    from loaders.narrative.changes_reader import Stated
    from loaders.narrative.changes_tokens import Token
    from loaders.narrative.prose import Paragraph

_ELSEWHERE = lazy_pattern(
    r"名词解释|主要职能|职责|机构设置|概况|(?:公开表|预算表|决算表|报表)(?!.{0,12}说明)|绩效|项目经费情况|项目名称"
)
"""Titles of parts and sections that state no changes, or are read as something else."""
_EXPLAINS = lazy_pattern(r"^关于.*(?:说明|情况)$")
"""Titles of sections that state changes wherever they stand: titles of parts may be missing."""
_PROJECT = lazy_pattern(r"项目名称[:：]|设立的?政策依据|绩效目标(?:申报)?表$")
_OVERALL = lazy_pattern(r"^(?P<subject>财政拨款[^，。；]{0,10}?)(?P<move>增加|增长|减少|下降)的?主要原因[是为：:]*")
_STEM = 4


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
    amounts = changes_reader.Amounts.of(
        (token.figure for found in read_tokens for token in found if token.figure), usual, frozenset(known)
    )
    records: list[StatedChange] = []
    lost: list[Notice] = []
    section = ("", "", "", "")
    announced: dict[str, Figure] = {}
    for paragraph, found in zip(narrative, read_tokens, strict=True):
        if (paragraph.section, *paragraph.heading) != section:
            section, announced = (paragraph.section, *paragraph.heading), {}
        if overall := _OVERALL.match(paragraph.text):
            records = _with_overall_reason(records, paragraph, overall)
            continue
        reader = Reader(paragraph, names, usual, announced)
        for statement in reader.statements(found):
            records.append(_record(statement, paragraph, amounts, by_name))
        lost += [_lost(N_("有一处占比或增减未能读出，请看原文。"), paragraph.place(at).line) for at in reader.unread]
    return records, [*changes_reader.notices(records), *_unread(narrative, records), *lost]


def _narrative(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs that may state changes: neither titles nor projects, targets, terms."""
    described: tuple[str, ...] = ()
    for paragraph in paragraphs:
        title = paragraph.heading[:2] if paragraph.heading[1] else paragraph.heading
        part, *sections = paragraph.heading
        above = sections if _EXPLAINS.search(sections[0]) else [part, *sections]
        if paragraph.level or any(_ELSEWHERE.search(heading) for heading in above):
            continue
        if _PROJECT.search(paragraph.text):
            described = title
        if described != title or not any(title):
            yield paragraph


def _usual_unit(found: Sequence[Sequence[Token]]) -> MoneyUnit:
    units = Counter(token.figure.unit for each in found for token in each if token.figure and token.figure.unit)
    return MoneyUnit(units.most_common(1)[0][0]) if units else MoneyUnit.WAN


def _record(
    statement: Stated, paragraph: Paragraph, amounts: changes_reader.Amounts, codes: Mapping[tuple[str, str, str], str]
) -> StatedChange:
    place = paragraph.place(statement.start)
    amount = statement.amount or Figure(None, 0, "", "")
    delta = statement.delta or Figure(None, 0, "", "")
    prior = statement.prior or Figure(None, 0, "", "")
    reason = paragraph.text[slice(*statement.reason)] if statement.reason else ""
    record = StatedChange(
        section=paragraph.section,
        subject=statement.subject,
        code=changes_subjects.code(statement.subject, codes),
        amount_fen=amount.fen,
        half_unit=amount.half_unit,
        printed=amount.printed,
        share_percent=statement.share,
        direction=statement.move,
        delta_fen=delta.fen,
        delta_half_unit=delta.half_unit,
        delta_printed=delta.printed,
        percent=statement.percent,
        base=statement.base if statement.changed or statement.prior else "",
        reason=reason.rstrip("；;，, "),
        flags=(),
        line=place.line,
        page=place.page,
        base_fen=prior.fen,
        base_half_unit=prior.half_unit,
        base_printed=prior.printed,
    )
    doubtful = changes_reader.unit_doubtful(record, (amount, delta), amounts)
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
        _lost(N_("该科目的预算数未能读出，请看原文。"), paragraph.line)
        for paragraph in narrative
        if changes_subjects.is_numbered_item(paragraph.text)
        and not any(place.line in lines for place in paragraph.lines)
    ]


def _lost(text: str, line: int) -> Notice:
    return Notice.of(Severity.LOST, text, line=line)
