"""Tables and explanations that have to be published: what is not found is a hint, never a discrepancy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks import comparison
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check, Ref
from budget.i18n.language import N_, tr
from budget.reading.completeness import Presence, completeness
from budget.reading.disclosure import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from budget.checks.context import CheckContext
    from budget.checks.rule import Finding
    from budget.reading.completeness import Promised

CONTENTS = Check(
    "contents_tables",
    N_("文件"),
    N_("目录所列的表都有"),
    N_("目录列出的每张表在文件中都有；单独一张表、节选的文件不核"),
    hard=False,
    needs=("statements", "passages"),
)
NATIONAL = Check(
    "national_tables",
    N_("文件"),
    N_("财预〔2016〕143号所列的表都有"),
    N_("2017年起的八张表，2020年起另有国有资本经营预算支出表；单独一张表、节选的文件不核"),
    hard=False,
    needs=("statements",),
)
TEXT = Check(
    "required_text",
    N_("文件"),
    N_("应当说明的事项都有"),
    N_("“三公”经费分项、增减变化及原因、政府采购、名词解释；只有表的文件不核"),
    hard=False,
    needs=("passages", "stated_changes", "facts", "terms"),
)
CHECKS = (CONTENTS, NATIONAL, TEXT)
_REQUIRED = frozenset({"split", "reasons", "procurement", "terms"})
"""What every document has to explain: assets and targets came by and by, an institution has no agency operation."""


def check(context: CheckContext, baseline: CheckContext | None = None) -> Iterator[Finding]:  # noqa: ARG001 - as every topic
    """What is missing of each list, else that nothing is."""
    printed = context.sheets
    if context.printed is not context.own:
        printed = opened(context.printed, str(context.printed.disclosures["disclosure_id"][0]))
    found = completeness(context.sheets, printed)
    yield from _tables(CONTENTS, context, found.of("contents"), tr("目录列有“{}”，没有读到这张表，请看原文"))
    yield from _tables(NATIONAL, context, found.of("national"), tr("没有读到“{}”，财预〔2016〕143号要求公开，请看原文"))
    required = [one for one in found.of("text") if one.key.partition("/")[2] in _REQUIRED]
    missing = [one for one in required if one.presence is Presence.MISSING]
    for one in missing:
        yield comparison.hint(TEXT, tr("没有读到“{}”，请看原文").format(tr(one.name)), (_ref(context, one),))
    if required and not missing:
        yield comparison.fine(TEXT, tr("应当说明的 {} 项都有").format(len(required)))


def _tables(check: Check, context: CheckContext, found: Iterable[Promised], words: str) -> Iterator[Finding]:
    """A hint for each table that is missing; where a title stands and no table was read, it is not checked."""
    every = list(found)
    missing = [one for one in every if one.presence is Presence.MISSING]
    unread = [one for one in every if one.presence is Presence.UNREAD]
    for one in missing:
        yield comparison.hint(check, words.format(one.name), (_ref(context, one),))
    for one in unread:
        message = tr("“{}”有标题，没有读出这张表，未核对").format(one.name)
        yield comparison.unchecked(check, message, _ref(context, one))
    if every and not (missing or unread):
        yield comparison.fine(check, tr("应有的 {} 张表都有").format(len(every)))


def _ref(context: CheckContext, one: Promised) -> Ref:
    return narrative_text(context).ref("passages", tr(one.name), "", (one.line, one.page))
