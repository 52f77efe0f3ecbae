"""Coordinates of what a sentence speaks of, and their printed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks.context import certain
from budget.checks.tables.sums import PERSONNEL
from budget.checks.tables.trees import CURRENT, chain
from budget.model.coordinates import Coordinates
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from budget.checks.context import CheckContext
    from budget.checks.rule import Ref
    from budget.model.facts import Fact

_WORDS: tuple[tuple[str, dict[str, str]], ...] = (
    (r"上级一般公共预算[^，]{0,60}转移支付", {"fund": "general_public.transfer", "flow": "revenue"}),
    (r"上级政府性基金[^，]{0,60}转移支付", {"fund": "government_fund.transfer", "flow": "revenue"}),
    (r"上级国有资本[^，]{0,60}转移支付", {"fund": "state_capital.transfer", "flow": "revenue"}),
    (r"非财政拨款结转(?:结余)?|结转的非财政拨款", {"fund": "carryover.own"}),
    (r"财政拨款结转(?:结余)?|结转的财政拨款", {"fund": "carryover.appropriation"}),
    (r"(?:上年|上半年|年初)结转(?:和)?(?:结余)?", {"fund": "carryover"}),
    (r"(?:年末|结转)(?:结转和结余|下年)", {"kind": "carry_forward", "flow": "expenditure"}),
    (r"一般公共预算(?:财政)?(?:拨款|资金|补助)*", {"fund": "general_public"}),
    (r"政府性基金(?:预算)?(?:财政)?(?:拨款|资金)*", {"fund": "government_fund"}),
    (r"国有资本经营(?:预算)?(?:财政)?(?:拨款|资金)*", {"fund": "state_capital"}),
    (r"财政拨款(?:资金)?", {"fund": "appropriation"}),
    (r"财政专户(?:管理)?(?:资金)?(?:核拨)?", {"fund": "special_account", "flow": "revenue"}),
    (r"上级补助收入", {"fund": "own.superior", "flow": "revenue"}),
    (r"附属单位上缴收入", {"fund": "own.affiliated", "flow": "revenue"}),
    (r"(?:事业单位)?经营收入", {"fund": "own.business", "flow": "revenue"}),
    (r"事业收入", {"fund": "own.service", "flow": "revenue"}),
    (r"其他收入", {"fund": "own.other", "flow": "revenue"}),
    (r"单位资金|其他资金", {"fund": "own", "flow": "revenue"}),
    (r"本年收入(?:合计)?", {"fund": CURRENT, "flow": "revenue"}),
    (r"本年支出(?:合计)?", {"kind": CURRENT, "flow": "expenditure"}),
    (r"基本支出", {"kind": "basic", "flow": "expenditure"}),
    (r"项目支出", {"kind": "project", "flow": "expenditure"}),
    (r"人员经费", {"kind": "basic.personnel", "flow": "expenditure"}),
    (r"(?:日常)?公用经费", {"kind": "basic.operating", "flow": "expenditure"}),
    (r"单位预留机动经费", {"kind": "reserve", "flow": "expenditure"}),
    (r"上缴上级支出", {"kind": "remittance", "flow": "expenditure"}),
    (r"对附属单位补助支出", {"kind": "subsidy", "flow": "expenditure"}),
    (r"经营支出", {"kind": "business", "flow": "expenditure"}),
    (r"[“\"]?三公[”\"]?经费", {"item": "three_public", "flow": "expenditure"}),
    (r"因公出国[（(]?境?[)）]?费用?", {"item": "overseas", "flow": "expenditure"}),
    (r"公务用车购置[及和]运行(?:维护)?费用?", {"item": "vehicles", "flow": "expenditure"}),
    (r"公务用车购置费?", {"item": "vehicle_purchase", "flow": "expenditure"}),
    (r"公务用车运行(?:维护)?费用?", {"item": "vehicle_running", "flow": "expenditure"}),
    (r"公务接待费用?", {"item": "reception", "flow": "expenditure"}),
    (r"会议费", {"item": "meetings", "flow": "expenditure"}),
    (r"培训费", {"item": "training", "flow": "expenditure"}),
    (r"(?:财政拨款)?机关运行经费", {"item": "agency_operation", "flow": "expenditure"}),
    (r"政府采购货物", {"item": "procurement.goods", "flow": "expenditure"}),
    (r"政府采购工程", {"item": "procurement.works", "flow": "expenditure"}),
    (r"政府采购服务", {"item": "procurement.services", "flow": "expenditure"}),
    (r"政府采购", {"item": "procurement", "flow": "expenditure"}),
    (r"收、?支|收入、?支出", {"flow": "both"}),
    (r"收入", {"flow": "revenue"}),
    (r"支出", {"flow": "expenditure"}),
)
"""Words of the narrative and the coordinates that they mean, the longest first where they begin alike."""
_CONCEPTS = tuple((lazy_pattern(pattern), means) for pattern, means in _WORDS)
_FILLING = lazy_pattern(
    r"预算|决算|财政|拨款|资金|安排的?|支出|收入|总[计额数]?|合计|数|金额|经费|当年|本年|年初|全年|的|[、“”\"（）()\d.年度]"
)
_CARRIED = lazy_pattern("结转")
_CARRIED_FUNDS = frozenset({"appropriation", "general_public", "government_fund", "state_capital", "own"})
_ANY_FUND = ("", "appropriation", "general_public")
_HEADED = tuple(
    (lazy_pattern(pattern), funds)
    for pattern, funds in (
        ("政府性基金", ("government_fund",)),
        ("国有资本", ("state_capital",)),
        ("一般公共预算", ("general_public", "appropriation")),
        ("财政拨款", ("appropriation", "general_public")),
    )
)
"""Words of a heading, and the funds that its sentences may be about."""


class FigureSelector(NamedTuple):
    """Coordinates that a sentence may mean; without a version, of the version that the document is about."""

    coordinates: Coordinates


class Side(NamedTuple):
    """What the tables print: one side of a comparison."""

    fen: int
    half_unit: int
    """0 where nothing is printed, and the amount is therefore 0."""
    refs: tuple[Ref, ...]
    certain: bool
    addends: int
    """Printed amounts that it is the sum of, 0 for those that are none."""
    derived: bool = False
    """True where no table prints it, and it is the sum of what they print."""


def selectors(subject: str, code: str, heading: str, version: str = "") -> tuple[FigureSelector, ...]:
    """What a subject under a heading may mean; nothing where its words are not understood wholly."""
    if code:
        funds = _funds("", heading)
        funds = ("general_public", "appropriation", "") if funds == ("",) else funds
        return tuple(FigureSelector(Coordinates("expenditure", fund, function=code, version=version)) for fund in funds)
    meant = meaning(subject)
    if meant is None:
        return ()
    if not meant.flow and _CARRIED.search(heading.rpartition(" › ")[2]):
        # 财政拨款 in the section of carry-overs is what was carried over of it
        meant = meant._replace(fund=f"carryover.{meant.fund}" if meant.fund in _CARRIED_FUNDS else meant.fund)
    flows = _flows(meant, heading)
    funds = (meant.fund,) if meant.fund else _funds(meant.item or meant.kind, heading)
    return tuple(
        FigureSelector(meant._replace(flow=flow, fund=fund, version=version))
        for fund in funds
        for flow in flows
        if not (flow == "revenue" and (meant.kind or meant.item))
    )


def meaning(subject: str) -> Coordinates | None:
    """The coordinates that the words of a subject mean; None where some of them are not understood."""
    rest = "".join(subject.split())
    found = Coordinates()
    for pattern, means in _CONCEPTS:
        match = pattern.search(rest)
        if match is None or any(getattr(found, name) for name in means if name != "flow"):
            continue
        if "flow" in means and found.flow and len(means) == 1:
            continue
        found = found._replace(**means)
        rest = rest[: match.start()] + "，" + rest[match.end() :]
    left = _FILLING.sub("", rest.replace("，", ""))
    if left or found == Coordinates():
        return None
    return found


def _flows(meant: Coordinates, heading: str) -> tuple[str, ...]:
    if meant.flow in {"revenue", "expenditure"}:
        return (meant.flow,)
    if meant.flow == "both":
        return ("revenue", "expenditure")
    if meant.fund.startswith("carryover"):
        return ("revenue", "expenditure")
    words = heading.rpartition(" › ")[2]
    if "收入" in words and "支出" not in words:
        return ("revenue",)
    if "支出" in words and "收入" not in words:
        return ("expenditure",)
    return ()  # a source without its side may be part of anything


def _funds(narrowed: str, heading: str) -> tuple[str, ...]:
    """The funds that a subject without one may be about: that of its heading, else any that the tables print."""
    for pattern, funds in _HEADED:
        if pattern.search(heading):
            return (*funds, "") if narrowed else funds
    return _ANY_FUND if narrowed else ("",)


def sides(context: CheckContext, wanted: Iterable[FigureSelector]) -> list[Side]:
    """Every print of what is meant, in the order of the selectors; sums of parts where no table prints the whole."""
    wanted = tuple(wanted)
    found = [side for selector in wanted for side in _printed(context, selector)]
    return found or [side for selector in wanted for side in _derived(context, selector)]


def side(context: CheckContext, wanted: Iterable[FigureSelector]) -> Side | None:
    """The first print of what is meant; None where no table prints it."""
    return next(iter(sides(context, wanted)), None)


def at(flow: str, fund: str = "", **named: str) -> FigureSelector:
    """The selector of some coordinates."""
    return FigureSelector(Coordinates(flow=flow, fund=fund)._replace(**named))


TOTALS = (at("revenue"), at("expenditure"))
"""The totals of both sides."""
GENERAL = (at("expenditure", "general_public"), at("expenditure", "appropriation"))
"""The expenditure of the general public budget."""


def absent(context: CheckContext, wanted: Iterable[FigureSelector]) -> Side | None:
    """An amount of 0 where tables print its whole without it.

    They print a whole whose parts make it, and nothing for a figure that would be one of them. None where nothing tells
    that it is 0: what is not printed is unknown.
    """
    for selector in wanted:
        meant = _of_version(context, selector)
        if context.index.at.get(meant):
            return None
        for wider in _wholes(meant):
            for figure in context.index.at.get(wider, {}).values():
                first = figure.prints[0][0]
                if context.index.addend_counts.get(first) and first not in context.index.doubted:
                    return Side(0, first.half_unit, (context.words.ref(first),), certain=certain((first,)), addends=0)
        empty = [
            number
            for number, table in context.tables.items()
            if meant.fund and table.coordinates.fund == meant.fund and number not in context.index.by_table
        ]
        if empty:
            return Side(0, 0, (context.words.table_ref(empty[0]),), certain=True, addends=0)
    return None


def _of_version(context: CheckContext, selector: FigureSelector) -> Coordinates:
    meant = selector.coordinates
    return meant if meant.version else meant._replace(version=context.version)


def _wholes(meant: Coordinates) -> Iterator[Coordinates]:
    for code in chain("function", meant.function)[1:] if meant.function else ():
        yield meant._replace(function=code)
    for code in chain("economic", meant.economic)[1:] if meant.economic else ():
        yield meant._replace(economic=code)
    for item in chain("item", meant.item)[1:-1] if meant.item else ():
        yield meant._replace(item=item)
    if not (meant.function or meant.economic or meant.item):
        for fund in chain("fund", meant.fund)[1:] if meant.fund else ():
            yield meant._replace(fund=fund)
        for kind in chain("kind", meant.kind)[1:] if meant.kind else ():
            yield meant._replace(kind=kind)


def _printed(context: CheckContext, selector: FigureSelector) -> Iterator[Side]:
    meant = _of_version(context, selector)
    for coordinates in (meant, *_current(meant)):
        for figure in context.index.at.get(coordinates, {}).values():
            for facts in figure.prints:
                yield _side(context, facts)


def _current(meant: Coordinates) -> Iterator[Coordinates]:
    """本年收入合计 and 本年支出合计 are what a sentence may call 收入 and 支出."""
    if meant.flow == "revenue" and not meant.fund:
        yield meant._replace(fund=CURRENT)
    if meant.flow == "expenditure" and not meant.kind and not meant.item:
        yield meant._replace(kind=CURRENT)


def _derived(context: CheckContext, selector: FigureSelector) -> Iterator[Side]:
    """Personnel and operating expenditure as the sum of the economic classes of a table that does not print them.

    The operating expenses of organs are the operating expenditure of bodies that have no institutions.
    """
    meant = _of_version(context, selector)
    if meant.item == "agency_operation":
        funds = dict.fromkeys((meant.fund, "general_public", "appropriation"))
        operating = [FigureSelector(meant._replace(item="", kind="basic.operating", fund=fund)) for fund in funds]
        for found in sides(context, operating):
            yield found._replace(derived=True)
    if meant.kind not in {"basic.personnel", "basic.operating"} or meant.function or meant.economic:
        return
    for own in context.index.by_table.values():
        classes = [
            fact
            for fact in own
            if len(fact.coordinates.economic) == 3  # noqa: PLR2004 - a class
            and fact.coordinates == meant._replace(kind="basic", economic=fact.coordinates.economic)
        ]
        parts = [
            fact for fact in classes if (fact.coordinates.economic in PERSONNEL) == (meant.kind == "basic.personnel")
        ]
        if parts and len(parts) < len(classes):
            yield _side(context, tuple(parts))._replace(derived=True)


def _side(context: CheckContext, facts: Sequence[Fact]) -> Side:
    return Side(
        sum(fact.amount_fen for fact in facts),
        max(fact.half_unit for fact in facts),
        tuple(map(context.words.ref, facts)),
        certain(facts),
        max(len(facts), *(context.index.addend_counts.get(fact, 0) for fact in facts)),
    )
