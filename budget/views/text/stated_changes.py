"""Stated changes of the narrative beside those of the baseline. Each has an amount and a share or a change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import MoneyUnit
from budget.model.money import decimals_for
from budget.reading.stated_changes import DIRECTIONS, LESS
from budget.views.build import CODE, NAME, delta, difference_words, plain_list, rate
from budget.views.english import subject_named
from budget.views.table import Change, Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.records import StatedChange
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

FLAGS = {
    "unit_doubtful": N_("单位可能有误"),
    "number_broken": N_("数字不完整"),
    "number_mended": N_("数字按合计补正"),
    "no_unit": N_("没有印单位"),
    "sign_contradicts": N_("增减方向前后不一"),
    "amount_contradicts": N_("同一数前后不一"),
    "direction_open": N_("增减方向未选定"),
    "not_planned": N_("未安排"),
    "no_amount": N_("没有印金额"),
    "name_derived": N_("名称取自概况"),
    "exceeds_project": N_("大于项目金额"),
    "weights_sum": N_("权重合计不是90或100"),
    "amounts_sum": N_("资金合计不符"),
    "amount_unread": N_("有金额未读出"),
}
_REPEATED = "repeated_"
_FIELDS = {
    "name": N_("名称"),
    "policy_basis": N_("依据"),
    "amount": N_("金额"),
    "executing_unit": N_("单位"),
    "allocation": N_("构成"),
    "period": N_("期限"),
}


def flag_words(flags: Iterable[str]) -> tuple[str, ...]:
    """Each flag in words; one without words as it is."""
    return tuple(_words(flag) for flag in flags)


def _words(flag: str) -> str:
    if flag.startswith(_REPEATED):
        field = flag.removeprefix(_REPEATED)
        return tr("{}印了两次").format(tr(_FIELDS.get(field, field)))
    return tr(FLAGS[flag]) if flag in FLAGS else flag


NOTHING_STATED = N_("没有读到文字说明中的金额和增减")
SECTION = Column("section", N_("章节"), ColumnKind.TEXT)
DIRECTION = Column("direction", N_("方向"), ColumnKind.TEXT)
BASE = Column("base", N_("相比"), ColumnKind.TEXT)
LINE = Column("line", N_("行"), ColumnKind.INTEGER)
BASES = {
    "prior_budget": N_("上年预算"),
    "prior_executed": N_("上年执行数"),
    "prior_year": N_("上年"),
    "own_budget": N_("本年预算"),
}
"""What a change is measured against -> its words."""
STATED_DELTA = Column("stated_delta", N_("自述增减"), ColumnKind.AMOUNT)
STATED_RATE = Column("stated_rate", N_("自述增减%"), ColumnKind.PERCENT, decimals=2)
SHARE = Column("stated_share", N_("自述占比%"), ColumnKind.PERCENT, decimals=2)
REASON = Column("reason", N_("原因"), ColumnKind.TEXT)
BETWEEN = "/"
"""Between the names of 类, 款 and 项 in a subject."""


def stated(sources: Sources) -> ViewTable:
    """One row a stated change in the order of the document; with a baseline what that states of the same subject.

    Amounts as printed, in fen; the direction gives stated differences and rates their sign.
    """
    ours, theirs = sources.records.stated_changes, sources.baseline_records.stated_changes
    compared = sources.baseline is not None
    unit = sources.state.unit or MoneyUnit.WAN
    rows = [_row(key, own, other, compared=compared) for key, own, other in _joined(ours, theirs)]
    halves = {change.half_unit for change in (*ours, *theirs) if change.amount_fen is not None}
    halves |= {change.delta_half_unit for change in ours if change.delta_fen is not None}
    return plain_list(
        sources,
        _columns(sources) if compared else (CODE, NAME, *_STATED, *_WORDS),
        rows,
        notes=() if rows else (tr(NOTHING_STATED),),
        unit=unit,
        decimals=max((decimals_for(half, unit) for half in halves if half), default=2),
    )


_STATED = (Column("total", N_("金额"), ColumnKind.AMOUNT, measure="total"), STATED_DELTA, STATED_RATE, SHARE)
_WORDS = (REASON, SECTION, DIRECTION, BASE, LINE)


def _columns(sources: Sources) -> tuple[Column, ...]:
    head, against = sources.titles
    difference, rate_words = difference_words(sources)
    return (
        CODE,
        NAME,
        Column("total", head, ColumnKind.AMOUNT, measure="total"),
        Column("total@baseline", against, ColumnKind.AMOUNT, measure="total", part="baseline"),
        Column("total@delta", difference, ColumnKind.AMOUNT, measure="total", part="delta"),
        Column("total@rate", rate_words, ColumnKind.PERCENT, measure="total", part="rate"),
        STATED_DELTA,
        STATED_RATE,
        SHARE,
        *_WORDS,
    )


def _joined(
    ours: Sequence[StatedChange], theirs: Sequence[StatedChange]
) -> Iterable[tuple[str, StatedChange | None, StatedChange | None]]:
    """Key, own statement, that of the baseline: the n-th of a subject in one is the n-th in the other.

    Where no table of one disclosure has the code, the name of the item tells.
    """
    mine, others = keyed(ours), dict(keyed(theirs))
    partners = {key: others.pop(key) for key, _ in mine if key in others}
    for key, change in mine:
        if key not in partners:
            same = (other for other, said in others.items() if _named_alike(change, said))
            found = next(same, None)
            if found is not None:
                partners[key] = others.pop(found)
        yield key, change, partners.get(key)
    for key, change in others.items():
        yield f"baseline/{key}", None, change


def _named_alike(one: StatedChange, other: StatedChange) -> bool:
    return bool(one.code) != bool(other.code) and _name(one) == _name(other)


def _name(change: StatedChange) -> str:
    """The item of 类/款/项, or the whole subject."""
    return change.subject.rpartition(BETWEEN)[2]


def keyed(changes: Sequence[StatedChange]) -> list[tuple[str, StatedChange]]:
    """Each statement with the key of its row: the code or subject, numbered from the second on."""
    counts: dict[str, int] = defaultdict(int)
    result = []
    for change in changes:
        subject = change.code or change.subject
        counts[subject] += 1
        result.append((f"{subject}#{counts[subject]}" if counts[subject] > 1 else subject, change))
    return result


def _row(key: str, ours: StatedChange | None, theirs: StatedChange | None, *, compared: bool) -> dict[str, Any]:
    change = ours or theirs
    assert change is not None
    own, other = (None if said is None else said.amount_fen for said in (ours, theirs))
    name = _name(change)
    said = change if ours is not None else None  # what only the baseline says stands in its own columns alone
    flags = joined(flag_words(said.flags), "；") if said else ""
    return {
        "key": key,
        "enter": key if ours is not None else None,
        "change": _change(ours, theirs).value if compared else Change.NONE.value,
        "note": flags or None,
        "line": None if ours is None else ours.line,
        "baseline_line": None if theirs is None else theirs.line,
        "code": change.code,
        "name": subject_named(change.code, name),
        "section": change.section,
        "direction": tr(DIRECTIONS.get(change.direction, "")) or change.direction,
        "base": tr(BASES.get(change.base, "")) or change.base,
        "total": own,
        "total@baseline": other,
        "total@delta": delta(own, other),
        "total@rate": rate(own, other),
        "stated_delta": _signed(said.delta_fen, said) if said else None,
        "stated_rate": _signed(_number(said.percent), said) if said else None,
        "stated_share": _number(said.share_percent) if said else None,
        "reason": change.reason,
        "found_by": (change.subject, change.reason),
    }


def _signed(value: Any, said: StatedChange) -> Any:  # noqa: ANN401 - fen or per cent
    return -value if value and said.direction == LESS else value


def _number(printed: str) -> float | None:
    """A printed rate as a number to sort by; None where it is none (1..75)."""
    try:
        return float(printed) if printed else None
    except ValueError:
        return None


def _change(ours: StatedChange | None, theirs: StatedChange | None) -> Change:
    if ours is None or theirs is None:
        return Change.NEW if theirs is None else Change.GONE
    return Change.SAME if ours.amount_fen == theirs.amount_fen else Change.CHANGED
