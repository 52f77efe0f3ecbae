"""All performance tables of a document as records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, Message
from budget.model.disclosure import Notice, Severity
from budget.model.money import tolerance
from budget.model.records import Indicator, Plan
from budget.system.patterns import lazy_pattern
from loaders.performance import broken, celled, head, pieces, tables
from loaders.performance.raw import REJOINED, UNCERTAIN
from loaders.performance.words import (
    BASIS,
    EVIDENCE,
    HEAD_LINE,
    LEVEL1,
    LEVEL2,
    NAME,
    OPERATOR,
    OPERATORS,
    PRIOR,
    RULE,
    TARGET,
    TARGET_UNIT,
    WEIGHT,
)
from loaders.words.tokens import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.document import Document
    from loaders.performance.head import Head
    from loaders.performance.pieces import ColumnHeader
    from loaders.performance.raw import Raw
    from loaders.performance.tables import Table

_OPERATOR = lazy_pattern("|".join(sorted(map(re.escape, OPERATORS), key=len, reverse=True)))
_NUMBER = lazy_pattern(r"(\d[\d,，]*(?:\.\d+)?)(.*)", re.DOTALL)
_BRACKETED = lazy_pattern(r"[（(]([^（()）]+)[)）]")
_RANGE = lazy_pattern(r"[^\d]{0,3}[-~—～至到]\d")
_DATE = lazy_pattern(r"(?:19|20)\d\d[年./-]|\d{1,2}月|\d+日")


class Target(NamedTuple):
    """The parts of a target: operator ("" where none is printed), number or words, unit."""

    operator: str
    value: str
    unit: str


def split(text: str) -> Target:
    """The parts of a printed target: "＞=180人" is >=, 180, 人; words, dates and ranges stay whole as the value."""
    match = _OPERATOR.match(text)
    operator, rest = (OPERATORS[match[0]], text[match.end() :]) if match else ("", text)
    number = _NUMBER.fullmatch(rest)
    if number is None or _DATE.match(rest) or _RANGE.match(number[2]):
        return Target(operator, rest, "")
    unit = _BRACKETED.fullmatch(number[2])
    return Target(operator, number[1], unit[1] if unit else number[2])


WEIGHT_TOTALS = (Decimal(90), Decimal(100))
"""What the weights of a table add up to: 100, or 90 where ten are kept for the execution of the budget."""
_MOST_LINES = 5


def weights(raws: Sequence[Raw]) -> Decimal | None:
    """The sum of the weights; None where a row has none or one that is no number."""
    try:
        found = [Decimal(raw.text(WEIGHT).rstrip("%％分")) for raw in raws]
    except InvalidOperation:
        return None
    total = sum(found, Decimal(0))
    return total if found and total.is_finite() else None


def flags(head: Head, raws: Sequence[Raw]) -> tuple[str, ...]:
    """Short ids of what does not fit: weights_sum, amounts_sum, amount_unread."""
    found: list[str] = []
    total = weights(raws)
    if total is not None and total not in WEIGHT_TOTALS:
        found.append("weights_sum")
    if not _adds_up(head):
        found.append("amounts_sum")
    if head.unread:
        found.append("amount_unread")
    return tuple(found)


def doubts(plan: Plan, raws: Sequence[Raw], lost: Sequence[int], numbers: Sequence[int]) -> list[Notice]:
    """Notices on doubtful and lost places of a table."""
    name = plan.project or plan.unit or Message.of(N_("绩效目标表"))
    found: list[Notice] = []
    doubtful = [raw.line for raw in raws if raw.status == UNCERTAIN]
    if not raws:
        found.append(Notice.of(Severity.LOST, N_("“{}”的绩效目标表没有读出指标。"), name, line=plan.line))
    if doubtful:
        text = N_("“{}”有{}项指标的分栏不能确定，照原文列出。")
        found.append(Notice.of(Severity.UNCERTAIN, text, name, len(doubtful), line=doubtful[0]))
    if lost:
        text = N_("“{}”的绩效目标表第{}行未能归入指标。")
        found.append(Notice.of(Severity.LOST, text, name, _places(lost), line=lost[0]))
    if numbers:
        text = N_("“{}”的绩效目标表第{}行的数字当作页码略去。")
        found.append(Notice.of(Severity.INFO, text, name, _places(numbers), line=numbers[0]))
    if "weights_sum" in plan.flags:
        text = N_("“{}”的指标权重合计为{}，不是90或100。")
        found.append(Notice.of(Severity.UNCERTAIN, text, name, weights(raws), line=plan.line))
    if "amount_unread" in plan.flags:
        text = N_("“{}”的绩效目标表有金额缺单位、不成数或有两个，未读取。")
        found.append(Notice.of(Severity.LOST, text, name, line=plan.line))
    return found


def _places(lines: Sequence[int]) -> str:
    first = Message.listed(map(str, lines[:_MOST_LINES]))
    return Message.of(N_("{}等"), first) if len(lines) > _MOST_LINES else first


def _adds_up(head: Head) -> bool:
    total, parts = head.amounts["total"], [head.amounts["appropriation"], head.amounts["other"]]
    if total is None or parts[0] is None or parts[1] is None:
        return True
    fen = [part.fen for part in parts if part is not None]
    half = max(amount.half_unit for amount in (total, *parts) if amount is not None)
    carried = head.amounts["carried"]  # some count it as a part, some within the appropriation
    sums = {sum(fen), sum(fen) + (carried.fen if carried else 0)}
    return any(abs(found - total.fen) <= tolerance(2, half) for found in sums)


_NEAR = 12
"""Rows below a title among which a real table has the first label of its head."""

_NEXT = 8
"""Lines between the two parts of a table that a page break cut: page numbers, blank lines."""
_MOST_PIECES = 60_000
"""Pieces of broken text in one document: several hundred tables."""


@dataclass
class _Found:
    """One table on its way to records; `column_header` where its cells are broken."""

    table: Table
    head: Head
    raws: list[Raw] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    header: ColumnHeader | None = None


def read(document: Document) -> tuple[list[Plan], list[Indicator], list[Notice]]:
    """Read the tables of performance targets of a document.

    Amounts are fen; what a table does not print, or prints so that it cannot be told apart, is None or "".
    """
    found: list[_Found] = []
    notices: list[Notice] = []
    size = 0
    for table in tables.find(document):
        one = _celled(table) or _broken(table)
        size += len(one.header.below) if one and one.header else 0
        if one is None:
            notices += _unread(table)
        elif size > _MOST_PIECES:
            notices.append(Notice.of(Severity.LOST, N_("绩效目标表过长，其余未读取。"), line=table.title.line))
            break
        else:
            found.append(one)
    _rejoin(found)
    found = _continued(found)
    plans: list[Plan] = []
    indicators: list[Indicator] = []
    for number, one in enumerate(found, 1):
        plan = _plan(one, number)
        plans.append(plan)
        indicators += [_indicator(raw, plan, place) for place, raw in enumerate(one.raws, 1)]
        notices += doubts(plan, one.raws, one.lost, one.numbers)
    return plans, indicators, notices


def _celled(table: Table) -> _Found | None:
    place = next((place for place, row in enumerate(table.rows) if tables.is_column_header(row)), None)
    if place is None:
        return None
    body = celled.read(table.rows[place:])
    return _Found(table, head.of_rows(table.rows[:place]), body.found, body.lost)


def _broken(table: Table) -> _Found | None:
    header = pieces.column_header(pieces.pieces(table.rows))
    if header is None:
        return None
    return _Found(table, head.read(head.joined(piece.text for piece in header.above)), header=header)


def _rejoin(found: list[_Found]) -> None:
    """Read the broken tables together: what is usual in one is so in the others."""
    loose = [one for one in found if one.header is not None]
    for one, body in zip(loose, broken.read([one.header for one in loose if one.header is not None]), strict=True):
        one.raws, one.lost, one.numbers = body.found, body.lost, body.numbers


def _continued(found: list[_Found]) -> list[_Found]:
    """Tables whose title or column heads were repeated on another page, as one."""
    kept: list[_Found] = []
    end = 0  # line where the table before ends
    for one in found:
        if kept and not _is_headed(one.head) and one.table.title.line - end <= _NEXT:
            _carry(kept[-1].raws, one.raws)
            kept[-1].raws += one.raws
            kept[-1].lost += one.lost
            kept[-1].numbers += one.numbers
        else:
            kept.append(one)
        end = one.table.rows[-1].line if one.table.rows else one.table.title.line
    return kept


def _carry(before: list[Raw], raws: list[Raw]) -> None:
    """Rows at the top of a page belong to the labels that stand on the page before."""
    for raw in raws:
        if raw.text(LEVEL1) or not before:
            break
        raw.texts[LEVEL1] = before[-1].text(LEVEL1)
        raw.texts[LEVEL2] = raw.text(LEVEL2) or before[-1].text(LEVEL2)
        raw.doubt(REJOINED)


def _is_headed(found: Head) -> bool:
    return bool(found.project or found.unit or any(found.amounts.values()))


def _unread(table: Table) -> list[Notice]:
    """A title that stands in a list of contents or in a sentence is no table; one with the labels of a head is."""
    near = [row for row in table.rows if row.text.strip()][:_NEAR]
    if not any(HEAD_LINE.match(compact(row.text)) for row in near):
        return []
    return [Notice.of(Severity.LOST, N_("绩效目标表的表头没有认出，指标未读取。"), line=table.title.line)]


def _plan(one: _Found, number: int) -> Plan:
    found = one.head
    amounts = {name: amount.fen if amount else None for name, amount in found.amounts.items()}
    return Plan(
        number=number,
        scope=_scope(one.table, found),
        project=found.project,
        unit=found.unit,
        total_fen=amounts["total"],
        appropriation_fen=amounts["appropriation"],
        other_fen=amounts["other"],
        upper_level_fen=amounts["upper"],
        own_level_fen=amounts["own"],
        half_unit=max((amount.half_unit for amount in found.amounts.values() if amount), default=0),
        goal=found.goal,
        flags=flags(found, one.raws),
        line=one.table.title.line,
        page=one.table.title.page,
    )


def _scope(table: Table, found: Head) -> str:
    if table.titled and "整体" in table.title.text:
        return "entity"
    if table.titled and "项目" in table.title.text:
        return "project"
    return "project" if found.project else "entity"


def _indicator(raw: Raw, plan: Plan, number: int) -> Indicator:
    target = raw.text(OPERATOR) + raw.text(TARGET) + raw.text(TARGET_UNIT)
    parts = split(target)
    return Indicator(
        plan=plan.number,
        number=number,
        scope=plan.scope,
        project=plan.project,
        level1=raw.text(LEVEL1),
        level2=raw.text(LEVEL2),
        level3=raw.text(NAME),
        operator=parts.operator,
        target_value=parts.value,
        target_unit=parts.unit,
        target=target,
        basis=raw.text(BASIS),
        prior_value=raw.text(PRIOR),
        weight=raw.text(WEIGHT),
        scoring_rule=raw.text(RULE),
        evidence=raw.text(EVIDENCE),
        status=raw.status,
        line=raw.line,
        page=raw.page,
    )
