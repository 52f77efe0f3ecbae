"""What final accounts say of their budget: which share of it was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks import comparison
from budget.checks.narrative.amounts import AMOUNT
from budget.checks.narrative.subjects import meaning, selectors, sides
from budget.checks.narrative.text import narrative_text
from budget.checks.rule import Check
from budget.i18n.language import N_, tr
from budget.model import money
from budget.model.disclosure import MoneyUnit
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

    from budget.checks.context import CheckContext
    from budget.checks.narrative.text import NarrativeText, Stretch
    from budget.checks.rule import Finding, Ref

COMPLETION = Check(
    "stated_completion",
    N_("说明"),
    N_("完成预算比例重算"),
    N_("比例＝支出决算÷预算×100；两数取同一句所写，没有写预算的取表中所印；舍入所致的不算不符；预算为0时不适用"),
    hard=True,
    needs=("passages",),
)
CHECKS = (COMPLETION,)

_RATE = lazy_pattern(
    r"(?:完成了?|[为占](?=年初|全年|调整))(?P<which>年初|全年|调整后?)?预算数?的(?P<rate>\d{1,9}(?:\.\d{1,9})?)[%％]"
)
_SPENT = lazy_pattern(r"(?P<subject>[^，。；：、,;:]{0,60})决算数?[为是]?$")
_BUDGET = lazy_pattern(
    r"(?P<subject>[^，。；：、,;:]{0,60}?)(?P<which>年初|全年|调整后?)?(?<!公共)(?<!基金)(?<!经营)预算数?[为是]?$"
)
_PRIOR = lazy_pattern(r"[上去]一?年")
_ITEM = lazy_pattern(r"(?P<name>[^（(，。；、)）]{2,40})[（(]项[)）]")
_ENDS = lazy_pattern("[。；;]")
_LEAD = lazy_pattern(r"^(?:其中)?(?:\d{4}年度?)?")
_VERSIONS = {"": "budget", "年初": "budget", "全年": "adjusted", "调整": "adjusted", "调整后": "adjusted"}


class _Amount(NamedTuple):
    """An amount in fen with its half unit, and where it stands."""

    fen: int
    half_unit: int
    refs: tuple[Ref, ...]


class _Spending(NamedTuple):
    """What a sentence says of one rate: the subject, what was spent, and the budgets by their names."""

    subject: str
    spent: _Amount | None
    budgets: dict[str, _Amount]


def check(context: CheckContext, _baseline: CheckContext | None = None) -> Iterator[Finding]:
    """Findings on the stated shares of the budget that were spent."""
    own = narrative_text(context)
    for stretch in own.stretches:
        begin = 0
        for found in _RATE.finditer(stretch.text):
            ends = [end.end() for end in _ENDS.finditer(stretch.text, begin, found.start())]
            if ends and ends[-1] == found.start():
                ends.pop()  # a rate by itself goes on with the sentence before
            said = _spending(own, stretch, max(ends, default=begin), found.start())
            begin = found.end()
            yield _judged(context, own, stretch, found, said)


def _spending(own: NarrativeText, stretch: Stretch, first: int, end: int) -> _Spending:
    """The amounts of a sentence before a rate, by what they are called."""
    subject, begin = "", first
    spent: _Amount | None = None
    budgets: dict[str, _Amount] = {}
    for found in AMOUNT.finditer(stretch.text, first, end):
        before, begin = stretch.text[begin : found.start()], found.end()
        amount = money.parse(found.group(), MoneyUnit.WAN)
        final = _SPENT.search(before)
        named = final or _BUDGET.search(before)
        if amount is None or named is None or _PRIOR.search(before):
            continue
        ref = own.ref("passages", tr("正文"), amount.printed, stretch.place(found.start()), amount.fen)
        if spent is not None:
            spent, budgets = None, {}  # another pair, of a part
        if final:
            spent = _Amount(amount.fen, amount.half_unit, (ref,))
        else:
            budgets[named["which"] or ""] = _Amount(amount.fen, amount.half_unit, (ref,))
        subject = _LEAD.sub("", named["subject"]).removesuffix("支出") or subject
    if "分别" in stretch.text[first:end]:
        spent = None  # several amounts at once
    return _Spending(subject, spent, budgets)


def _judged(context: CheckContext, own: NarrativeText, stretch: Stretch, found: Match[str], said: _Spending) -> Finding:
    which, rate = found["which"] or "", found["rate"]
    place = stretch.place(found.start("rate"))
    subject = tr("{subject}完成预算").format(subject=_name(stretch, found.start(), said))
    ref = own.ref("passages", subject, f"{rate}%", place)
    budget = _budget(context, stretch, which, said)
    if said.spent is None or budget is None:
        message = tr("{subject}{share}%：看不出是哪两个数之比").format(subject=subject, share=rate)
        return comparison.unchecked(COMPLETION, message, ref)
    wanted = comparison.share(said.spent.fen, said.spent.half_unit, budget.fen, budget.half_unit)
    return comparison.percentage(COMPLETION, subject, rate, wanted, (ref, *said.spent.refs, *budget.refs))


def _name(stretch: Stretch, end: int, said: _Spending) -> str:
    """What the rate is said of: the item above it, the words before 决算, or the heading."""
    if said.subject:
        return said.subject
    items = list(_ITEM.finditer(stretch.text, 0, end))
    return items[-1]["name"] if items else stretch.heading.rpartition(" › ")[2]


def _budget(context: CheckContext, stretch: Stretch, which: str, said: _Spending) -> _Amount | None:
    """The budget that the rate is of: that of its sentence, else the printed one of what the sentence names."""
    if said.budgets:
        only = [*said.budgets.values()] if len(said.budgets) == 1 and not which else [None]
        return said.budgets.get(which) or said.budgets.get("") or only[0]
    meant = meaning(said.subject)
    if meant is None or not any(meant[1:]):
        return None
    wanted = selectors(said.subject, "", stretch.heading, _VERSIONS[which])
    printed = [side for side in sides(context, wanted) if side.certain and not side.derived]
    if not printed or len({side.fen for side in printed}) > 1:
        return None
    return _Amount(printed[0].fen, printed[0].half_unit, printed[0].refs)
