"""Parts of a project's amount in a sentence: 差旅费1.5万元、培训费0.5万元.

Totals and unit prices are told apart from them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.narrative.changes_tokens import Figure, figure

if TYPE_CHECKING:
    from collections.abc import Sequence

HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
"""Full-width digits and points: the text keeps its length."""
_MONEY = lazy_pattern(r"(?<![\d.])(?P<number>\d(?:[\d,.]|，(?=\d{3}(?:[^\d，]|$))){0,24})(?P<unit>亿元|万元|千元|元)")
_BRACKET = lazy_pattern(r"[（(《“〈【〔\[][^（()）《》“”〈〉【】〔〕\[\]]*[)）》”〉】〕\]]")
_UNIT_PRICE = lazy_pattern(r"(?:每[^，。；、]{0,12}|(?:人均|单价|均价|标准)(?:为|是|约|[:：])?)$")
_PER = lazy_pattern(r"\s*[/／每]")
OTHER_YEARS = lazy_pattern(r"(?:已|累计)(?:支付|拨付|支出|下达|完成|安排)|上年|去年|结余|总投资|概算")
"""Words before an amount that is not, or not only, of the year of the budget."""
_TOTAL = lazy_pattern(r"(?:共|共计|合计|总计|总额|总共|总金额|总)(?:安排|需要?|为|是|计|[:：])?$")
_BUDGET = lazy_pattern(r"(?:预算|资金|经费)数?(?:安排|规模|金额|总额)?(?:为|是|[:：])?$")
_DETAIL = lazy_pattern(r"[，,；;（(：:。\s]{0,2}(?:其中|包括|分别(?:为|是)|具体(?:为|是|如下)|主要包括|用于以下)")
_BREAK = lazy_pattern(r"[，,。；;：:\n]")
_NUMERAL = "[一二三四五六七八九十]"
_LEAD = lazy_pattern(
    rf"[、，,；;。：:\s]+|(?:其中|主要用于|用于|主要(?:为|是)|具体|包括|分别(?:为|是)|以及|另外|其次|首先|其余|"
    rf"(?:计划|预计|拟)(?:\d{{4}}年度?)?|(?:计划|拟)?安排(?!残疾|就业)|支付(?!方式|改革))|{_NUMERAL}是|"
    rf"(?:\d{{1,2}}|{_NUMERAL}{{1,3}})[.、．](?!\d)|[（(](?:\d{{1,2}}|{_NUMERAL}{{1,3}})[)）]|[①-⑳]"
)
_PLAN_WORDS = lazy_pattern(r"计划(?=生育)")
_DIRECTLY = lazy_pattern(r"[和及与](?!田地区|田县|田市|平|静|硕|布克|谐|龙)")
_TAIL = lazy_pattern(r"(?:[：:，,（(\s]|共计|合计|总计|预算|安排|金额|(?<!节)约|[为共]|大约|经费为)\Z")
"""The last word before an amount that does not name what it is for."""
_LONGEST_TAIL = 3


_FORMULA = lazy_pattern(r"\s*(?:[/／每][^，。；、=＝×*]{1,8}\s*)?(?:[×*=＝]|[xX](?=\d))")
"""Behind a factor of a calculation: 6人×50元×360天=10.8万元."""
_CALCULATION = lazy_pattern(r"[（(]?\d[\d.,]{0,12}[^，。；、\d×*=＝]{0,6}(?:[×*=＝]|[xX](?=\d))[^，。；、\n]{0,80}$")
_GENERAL = lazy_pattern(r"(?:\d{4}年度?|本年度?|当年|年初|[本该此]?项目|资金|经费|财政|拨款|支出|总)+")
"""Words that name no part."""


class AllocatedAmount(NamedTuple):
    """One part with its amount; `offset` is the place of the amount in the text."""

    item: str
    figure: Figure
    offset: int
    mended: bool = False  # printed broken, and what the other parts leave of the amount


class Distribution(NamedTuple):
    """The distribution of a project's amount: parts, total, unit price."""

    amounts: tuple[AllocatedAmount, ...]
    total: AllocatedAmount | None  # the amount that the parts make up, where it is stated
    standard: str  # a price for one: 每人每年8500元
    left: tuple[AllocatedAmount, ...]  # amounts without a name


class _Mention(NamedTuple):
    start: int
    end: int
    figure: Figure
    before: str  # the words since the amount before it
    first: bool  # no amount before it in this sentence
    detail: bool  # its parts follow
    inner: bool  # in brackets beside words: a remark


def distribution(text: str, amount_fen: int | None) -> Distribution:
    """The parts of a text; `amount_fen` is the project's amount where it is known.

    A part whose own parts follow (A 5万元，其中：B 3万元、C 2万元) is replaced by them where they make it up, else kept
    alone.  Unit prices, amounts of other years and remarks in brackets are no parts.
    """
    found: list[AllocatedAmount] = []
    left: list[AllocatedAmount] = []
    total: AllocatedAmount | None = None
    standard = ""
    mentions = [mention for mention in _mentions(text) if not mention.inner]
    place = 0
    while place < len(mentions):
        mention = mentions[place]
        place += 1
        price = _PER.match(text, mention.end) or _UNIT_PRICE.search(mention.before)
        if price:
            standard = standard or _price(text, mention)
        elif OTHER_YEARS.search(mention.before):
            place = _detail(mentions, place, mention, text)[1] if mention.detail else place
        else:
            part = AllocatedAmount(_item(mention), mention.figure, mention.start)
            if _is_total(mention, part.item, amount_fen, mentions):
                total = total or part
            elif mention.detail:
                inner, place = _detail(mentions, place, mention, text)
                found += inner or [part]
            else:
                (found if part.item else left).append(part)
    return Distribution(tuple(found), total, standard, tuple(left))


def _mentions(text: str) -> list[_Mention]:
    plain = text.translate(HALF_WIDTH)
    masked = _masked(plain)
    result: list[_Mention] = []
    end = 0
    for money in _MONEY.finditer(plain):
        inner = masked[money.start()] == "\ue000"
        alone = inner and re.search(r"[（(](?:预算|安排|计|共)?$", plain[max(money.start() - 6, 0) : money.start()])
        if alone and plain[money.end() : money.end() + 1] in {"）", ")"}:
            inner = False  # 差旅费（5万元）
        inner = inner or bool(_FORMULA.match(plain, money.end()))
        before = text[end : money.start()]
        printed = text[money.start() : money.end()]
        result.append(
            _Mention(
                money.start(), money.end(), figure(money["number"], money["unit"], printed),
                before, not result, bool(_DETAIL.match(plain, money.end())), inner,
            )
        )  # fmt: skip
        if not inner:
            end = money.end() + (plain[money.end() : money.end() + 1] in {"）", ")"})
            remark = _BRACKET.match(plain, end)
            end = remark.end() if remark and "元" in remark.group() else end
    return result


def _masked(text: str) -> str:
    """The text with brackets and what is in them as one sign repeated: their commas separate nothing."""
    return _BRACKET.sub(lambda found: "\ue000" * len(found.group()), text)


def _is_total(mention: _Mention, item: str, amount_fen: int | None, mentions: Sequence[_Mention]) -> bool:
    """True for the amount that the others of `mentions` make up."""
    fen = mention.figure.fen
    words = mention.before.rstrip("：: ")
    known = fen is not None and fen == amount_fen
    if not item or _TOTAL.search(words):
        return known or mention.detail or (amount_fen is None and _is_sum(mention, mentions))
    if not mention.first or len(mentions) == 1 or not known:
        return False
    return mention.detail or bool(_BUDGET.search(words)) or _is_sum(mention, mentions)


def _is_sum(mention: _Mention, mentions: Sequence[_Mention]) -> bool:
    """True where a first amount is the sum of at least two behind it."""
    others = sum(other.figure.fen or 0 for other in mentions if other is not mention)
    return mention.first and len(mentions) > 2 and mention.figure.fen == others  # noqa: PLR2004 - itself and two


def _detail(mentions: Sequence[_Mention], place: int, parent: _Mention, text: str) -> tuple[list[AllocatedAmount], int]:
    """The parts of a part, where they make it up, and the mention after them."""
    inner: list[AllocatedAmount] = []
    left = parent.figure.fen or 0
    index = place
    while index < len(mentions) and left > 0:
        mention = mentions[index]
        apart = index > place and re.search(r"[；;。\n]", text[mentions[index - 1].end : mention.start])
        if apart or (mention.figure.fen or 0) > left:
            break
        left -= mention.figure.fen or 0
        inner.append(AllocatedAmount(_item(mention), mention.figure, mention.start))
        index += 1
    makes_it_up = left == 0 and bool(inner) and all(part.item for part in inner)
    return (inner if makes_it_up else []), index


def _item(mention: _Mention) -> str:
    """The words before an amount that name what it is for."""
    text = _without_tail(_CALCULATION.sub("", mention.before))
    masked = _masked(text)
    direct = bool(mention.before) and not _BREAK.match(mention.before) and mention.before[0] != "、"
    breaks = [place.end() for place in _BREAK.finditer(masked)]
    if breaks:
        text, masked = text[breaks[-1] :], masked[breaks[-1] :]
    elif not mention.first and re.match(r"(?:主要|全部)?用于|[（(]", text) and "、" in masked:
        text = text[masked.rindex("、") + 1 :]  # what the amount before it is for
    elif not mention.first and direct:
        text = text[1:] if _DIRECTLY.match(text) else text
    item = _without_tail(_without_lead(text)).strip("、，,；;。 \n")
    return "" if _GENERAL.fullmatch(item) else item


def _without_tail(text: str) -> str:
    """The text without the words that lead to its amount."""
    end = len(text)
    while found := _TAIL.search(text, max(end - _LONGEST_TAIL, 0), end):
        end = found.start()
    return text[:end]


def _without_lead(text: str) -> str:
    """The text without enumerators and words that introduce a part."""
    while not _PLAN_WORDS.match(text) and (lead := _LEAD.match(text)) and lead.end():
        text = text[lead.end() :]
    return text


def _price(text: str, mention: _Mention) -> str:
    """A unit price with the words that make it one, as printed."""
    words = _UNIT_PRICE.search(mention.before)
    per = re.compile(r"[/／每][^，。；、\s支拨付发]{1,8}").match(text, mention.end)
    start = mention.start - (len(words.group()) if words else 0)
    return text[start : per.end() if per else mention.end]
