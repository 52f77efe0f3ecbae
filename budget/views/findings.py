"""What the checks found, one line a finding: its sentence, the difference, where; the gravest first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.checks.cache import checked, tally
from budget.checks.rule import Outcome, worded
from budget.checks.wording import (
    OUTCOMES,
    SIGNAL,
    check_of,
    difference,
    exact_decimals,
    places,
    sentence,
    sides,
    where,
)
from budget.i18n.language import N_, joined, tr
from budget.reading.choice import summary
from budget.reading.rows import COMPUTED
from budget.views.build import NAME, plain_list
from budget.views.locate import state_of_line
from budget.views.state import VIEW_SCOPES, View, ViewState
from budget.views.table import Column, ColumnKind
from budget.views.text.lines import at_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from budget.checks.rule import Finding, Ref
    from budget.library.frames import Frames
    from budget.model.disclosure import MoneyUnit
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

WHAT = Column(NAME.id, N_("核对结果"), ColumnKind.TEXT)
DIFFERENCE = Column("difference", N_("相差"), ColumnKind.TEXT, right=True)
"""A text: it has its own money unit."""
WHERE = Column("where", N_("位置"), ColumnKind.TEXT)
AMOUNTS = tuple(
    Column(id_, title, ColumnKind.AMOUNT, drawn=False)
    for id_, title in (
        ("first_amount", N_("一处金额")),
        ("second_amount", N_("另一处金额")),
        ("difference_amount", N_("差额")),
        ("tolerance_amount", N_("允许相差")),
    )
)
TEXTS = tuple(
    Column(id_, title, ColumnKind.TEXT, drawn=False)
    for id_, title in (
        ("first", N_("一处")),
        ("second", N_("另一处")),
        ("rule", N_("规则")),
        ("formula", N_("规则内容")),
        ("places", N_("两处")),
        ("outcome", N_("结果")),
        ("topic", N_("主题")),
    )
)
_COUNTED = frozenset({Outcome.EXACT, Outcome.NOT_APPLICABLE})
"""Outcomes that are counted by topic; Enter on a topic lists its findings."""
_ALWAYS = frozenset({Outcome.DISCREPANCY, Outcome.NOT_CHECKED})
_BETWEEN = "/"


def findings(sources: Sources) -> ViewTable:
    """Findings of the checks of a disclosure, computed where they are missing."""
    state = sources.state
    return findings_view(sources, checked(sources.frames, state.disclosure, state.baseline))


def findings_view(sources: Sources, found: Sequence[Finding]) -> ViewTable:
    """The findings of the disclosure, against its baseline where there is one.

    Keys are `check/number` (the number among the findings of that check); groups have the name of their outcome, the
    topics of a group `outcome/topic`. The path of the state names a topic whose findings are listed.
    """
    unit = sources.unit(summary(sources.current).statement)
    rows = [row for outcome in OUTCOMES for row in _group(sources, outcome, found, unit)]
    fens = [row[column.id] for row in rows for column in AMOUNTS if row.get(column.id) is not None]
    return plain_list(
        sources,
        (WHAT, DIFFERENCE, WHERE, *AMOUNTS, *TEXTS),
        rows,
        notes=(tr(SIGNAL),),
        places=(counts(found),),
        unit=unit,
        decimals=exact_decimals(fens, unit),
    )


def counts(found: Sequence[Finding]) -> str:
    """勾稽 411 项 不符 2 未核 9: what the top line says."""
    compared, discrepancies, not_checked = tally(found)
    return tr("勾稽 {0} 项 不符 {1} 未核 {2}").format(compared, discrepancies, not_checked)


def keyed(found: Sequence[Finding]) -> dict[str, Finding]:
    """The findings by their keys."""
    seen: Counter[str] = Counter()
    result = {}
    for finding in found:
        seen[finding.check] += 1
        result[f"{finding.check}{_BETWEEN}{seen[finding.check]}"] = finding
    return result


def finding_at(found: Sequence[Finding], key: str) -> tuple[Finding, int | None] | None:
    """The finding of a row and the number of its figure.

    The number is None for the finding itself; for other rows the result is None.
    """
    known = keyed(found)
    if key in known:
        return known[key], None
    above, _, number = key.rpartition(_BETWEEN)
    if above in known and number.isdigit() and 0 <= int(number) < len(known[above].refs):
        return known[above], int(number)
    return None


def _group(sources: Sources, outcome: Outcome, found: Sequence[Finding], unit: MoneyUnit) -> Iterator[dict[str, Any]]:
    """The head of an outcome with its number, then its findings, or how many of them each topic has."""
    own = {key: finding for key, finding in keyed(found).items() if finding.outcome is outcome}
    opened_topic = sources.state.path[-1] if sources.state.path else ""
    if opened_topic:
        listed = {key: one for key, one in own.items() if _topic_key(one) == opened_topic}
        if listed:
            yield _head(outcome, len(listed))
        yield from (_row(sources, key, finding, unit) for key, finding in listed.items())
        return
    if own or outcome in _ALWAYS:
        yield _head(outcome, len(own))
    if outcome not in _COUNTED:
        yield from (_row(sources, key, finding, unit) for key, finding in own.items())
        return
    topics = Counter((_topic_key(finding), check_of(finding).topic) for finding in own.values())
    for (key, topic), number in topics.items():
        name = tr("{0} {1} 项").format(tr(topic), number)
        said = {"name": name, "topic": tr(topic), "outcome": tr(OUTCOMES[outcome])}
        yield {"key": key, "row_kind": COMPUTED, "level": 1, "enter": key, **said}


def _head(outcome: Outcome, number: int) -> dict[str, Any]:
    said = tr(OUTCOMES[outcome])
    return {"key": outcome.value, "row_kind": COMPUTED, "name": f"{said} {number}", "outcome": said}


def _topic_key(finding: Finding) -> str:
    return f"{finding.outcome.value}{_BETWEEN}{check_of(finding).topic}"


def _row(sources: Sources, key: str, finding: Finding, unit: MoneyUnit) -> dict[str, Any]:
    check = check_of(finding)
    said = sides(finding, unit)
    return {
        "key": key,
        "level": 1,
        "enter": key if finding.refs else None,
        "name": sentence(finding),
        "found_by": (check.id, tr(check.topic), worded(check.title), *(ref.label for ref in finding.refs)),
        "difference": difference(finding, unit),
        "where": places(finding.refs),
        "first_amount": finding.left_fen,
        "second_amount": finding.right_fen,
        "difference_amount": finding.difference_fen,
        "tolerance_amount": finding.tolerance_fen,
        "first": said.left,
        "second": said.right,
        "rule": worded(check.title),
        "formula": worded(check.formula),
        "places": joined((_place(sources, ref) for ref in finding.refs), "；"),
        "outcome": tr(OUTCOMES[finding.outcome]),
        "topic": tr(check.topic),
        **(_source(sources, finding.refs[0]) if finding.refs else {}),
    }


def _source(sources: Sources, ref: Ref) -> dict[str, Any]:
    """Where the source of a figure is: line of a statement and of the text, of the disclosure or its baseline."""
    theirs = "baseline_" if _of_baseline(sources, ref) else ""
    placed: dict[str, Any] = {f"{theirs}line": ref.line}
    if ref.statement and ref.row_no is not None:
        placed |= {f"{theirs}statement": str(ref.statement), f"{theirs}row_no": ref.row_no}
        placed |= {"statement": str(ref.statement)}
    return placed


def _place(sources: Sources, ref: Ref) -> str:
    return " ".join(part for part in (_year(sources, ref), ref.label, where(ref)) if part)


def _year(sources: Sources, ref: Ref) -> str:
    """The head of the baseline where a figure is its; "" for the disclosure's own."""
    return sources.titles[1] if _of_baseline(sources, ref) else ""


def _of_baseline(sources: Sources, ref: Ref) -> bool:
    return sources.baseline is not None and ref.disclosure_id == sources.baseline.head.disclosure_id


VIEWS = {
    "stated_changes": View.STATED,
    "projects": View.ONE_PROJECT,
    "allocations": View.ONE_PROJECT,
    "plans": View.ONE_PROJECT,
    "indicators": View.TARGETS,
    "facts": View.FACTS,
}
"""The views that show the records."""


def enter_finding(
    state: ViewState, frames: Frames, key: str, table_of: Callable[[ViewState, Frames], ViewTable]
) -> ViewState:
    """What Enter on a row of the findings opens: a topic's findings, or the row of the finding's first figure.

    On a head it goes to the first row below it. `/number` behind the key of a finding names another of its figures. A
    cell: its row; a record: its row in its view; everything else its line of the text. Unchanged where there is no
    place. A figure of the baseline is shown in the baseline.
    """
    found = checked(frames, state.disclosure, state.baseline)
    if key in {outcome.value for outcome in OUTCOMES}:
        return state.replace(cursor=_below(table_of(state, frames), key) or state.cursor)
    if key in {_topic_key(finding) for finding in found if finding.outcome in _COUNTED}:
        return state.replace(path=(key,), cursor="", filter="")
    at = finding_at(found, key)
    if at is None or not at[0].refs:
        return state
    finding, number = at
    return state_of_ref(state, frames, finding.refs[number or 0], table_of)


def _below(table: ViewTable, key: str) -> str:
    """The key of the first row below a head; "" where nothing stands there."""
    rows = table.frame.select("key", "level").rows()
    at = next((number for number, row in enumerate(rows, 1) if row[0] == key), len(rows))
    return next((name for name, level in rows[at : at + 1] if level), "")


def state_of_ref(
    state: ViewState, frames: Frames, ref: Ref, table_of: Callable[[ViewState, Frames], ViewTable]
) -> ViewState:
    """The state that shows one figure of a finding.

    It has baseline and unit of the state that leads there, which is unchanged where nothing shows the figure.
    """
    own = ref.disclosure_id == state.disclosure
    start = ViewState(
        disclosure=ref.disclosure_id, baseline=state.baseline if own else "", unit=state.unit, unpaired=state.unpaired
    )
    if ref.statement and ref.row_no is not None:
        found = state_of_line(frames, ref.disclosure_id, str(ref.statement), ref.row_no)
        if found is not None:
            return found.replace(baseline=start.baseline, unit=start.unit, unpaired=start.unpaired)
    if ref.frame in VIEWS:
        view = VIEWS[ref.frame]
        shown = start.replace(view=view, scope=str(VIEW_SCOPES[view][0]))
        keys = keys_of(table_of(shown, frames), ref)
        if keys:
            return shown.replace(cursor=keys[0])
    if ref.line is not None:
        return at_line(start, ref.line)
    if ref.statement:
        return start.replace(view=View.STATEMENT, scope=str(ref.statement))
    return state


def keys_of(table: ViewTable, ref: Ref, *, line: str = "line") -> list[str]:
    """Keys of the rows that stand on the line of a figure.

    Where some of these have its amount or text, only theirs. `line` names the frame's column of lines: baseline_line
    for figures of the baseline.
    """
    if ref.line is None or line not in table.frame.columns:
        return []
    rows = table.frame.filter(pl.col(line) == ref.line).rows(named=True)
    having = [row for row in rows if any(_is(value, ref) for name, value in row.items() if name != "key")]
    return [row["key"] for row in having or rows]


def _is(value: object, ref: Ref) -> bool:
    if isinstance(value, str):
        return bool(ref.text) and ref.text in value
    return isinstance(value, int) and ref.fen is not None and value == ref.fen
