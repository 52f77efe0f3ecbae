"""The grammar of table titles."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from budget.system.patterns import lazy_pattern
from budget.vocabulary import Vocabulary, vocabulary
from loaders.meaning.phrases import Phrase, add_tokens
from loaders.meaning.value import NOTHING, Meaning
from loaders.meaning.words import Matcher, matcher, normalise, split_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning.words import Token

_YEAR = lazy_pattern(r"((?:19|20)\d\d)年(?:度|末)?")
_NUMBER = lazy_pattern(
    r"[附公开件表第]*[一二三四五六七八九十]*[表张]?|第[一二三四五六七八九十]*页(?:共[一二三四五六七八九十]*页)?"
)
"""What numbers a table or its page, with its signs and digits left out: 一, 附表二, 第页 of 第3页."""
LISTS = ("targets", "assets", "procurement", "unit")
"""Breakdowns that decide alone."""
SCOPES = frozenset({"部门", "单位", "预算单位", "部门预算", "单位预算", "本级"})
"""Words that say whose table it is."""
GOVERNMENT_DIGIT = "5"
"""First digit of the government's economic classes."""
_FLOW_WORDS = {"revenue": "收入", "expenditure": "支出"}


def title(text: str, words: Vocabulary | None = None) -> Meaning:
    """Read a printed title.

    Numbers in any style (表1-1, 附表3, 公开05表 before, behind or in brackets, 四、), the year, names of bodies, 部门,
    单位, 本级, 《》 say nothing by themselves and are passed over; so are words that nobody knows.  Words before the
    year belong to the body, unless the year follows a known word.  What is left may come in any order, doubled, or
    without 表; several funds, kinds or items side by side mean what they have in common.

    Args:
        text: The title, blanks and brackets as printed.
        words: The vocabulary, by default all of it.

    Returns:
        flow, fund, kind, item, version, breakdown, year and scheme, as far as the words say them.
    """
    return _title(text, words or vocabulary())


def is_split(first: str, second: str, words: Vocabulary | None = None) -> bool:
    """Tell whether the break between two lines cuts a known word."""
    known = matcher(words or vocabulary(), "title")
    before, behind = normalise(first), normalise(second)
    return any(
        token.word is not None and token.text not in before and token.text not in behind
        for token in known.tokens(before + behind)
    )


@lru_cache(maxsize=4_000)
def _title(text: str, words: Vocabulary) -> Meaning:
    """Read a title, once."""
    known = matcher(words, "title")
    endings = matcher(words, "body").texts
    own = normalise(text)
    unit, own = split_unit(own)
    year, own = _without_body(own, known)
    tokens = _after_body(known.tokens(own), endings)
    phrase = Phrase(own, 0, year, unit)
    add_tokens(phrase, (token for token in tokens if not token.aside), aside=False)
    add_tokens(phrase, (token for token in tokens if token.aside), aside=True)
    values = phrase.values
    flow = _flow(phrase, tokens)
    item = values.get("item", "")
    breakdown = _breakdown(phrase, flow, tokens, "".join(token.text for token in tokens))
    economic, other = _economic(phrase, tokens)
    if economic and "kind" not in values and not _named(tokens, "breakdown"):
        breakdown = ""  # its sections, or functional classes by them
    narrower = other or _narrower(phrase, tokens)
    meaning = Meaning(
        flow="" if flow.startswith("?") else flow,
        fund="" if flow.startswith("?") else _kept(values.get("fund", ""), tokens, "fund"),
        kind=_kept(values.get("kind", ""), tokens, "kind"),
        economic=economic,
        item=_item(item, tokens, breakdown) or (f"?{narrower}" if narrower and not item else ""),
        version="final" if "executed" in phrase.roles else _version(tokens),
        breakdown=breakdown,
        money_unit=unit,
        year=year,
        scheme=values.get("scheme", ""),
        printed=" ".join(sorted(phrase.roles & {"executed"})),
    )
    if meaning == Meaning(version=meaning.version, year=meaning.year, printed=meaning.printed):
        return NOTHING if not year else Meaning(year=year)
    return meaning


def _without_body(text: str, known: Matcher) -> tuple[str, str]:
    """Take the year off, and the name of a body before it."""
    match = _YEAR.search(text)
    if match is None:
        return "", text
    before = known.tokens(text[: match.start()])
    behind = known.tokens(text[match.end() :])
    if (not before or before[-1].word is None) and any(token.word is not None for token in behind):
        return match.group(1), text[match.end() :]
    return match.group(1), text[: match.start()] + text[match.end() :]


def _after_body(tokens: list[Token], endings: tuple[str, ...]) -> list[Token]:
    """Drop the words up to the last name of a body."""
    last = 0
    for place, token in enumerate(tokens):
        rest = tokens[place + 1 :]
        if token.word is None and not token.aside and token.text.endswith(endings) and any(t.word for t in rest):
            last = place + 1
    return tokens[last:]


def _flow(phrase: Phrase, tokens: Sequence[Token]) -> str:
    """Put the sides that a title names together; kinds and items are spent."""
    flows = {flow for flow in phrase.flows if not flow.startswith("?")}
    if "both" in flows or len(flows) > 1:
        return "both"
    if flows:
        return flows.pop()
    if phrase.flows:
        return phrase.flows[0]
    if "kind" in phrase.values or _named(tokens, "item"):
        return "expenditure"
    if phrase.values.get("fund", "").startswith("carryover") and any(token.text.startswith("上年") for token in tokens):
        return "expenditure"  # spending of what the year before left
    return ""


def _kept(value: str, tokens: Sequence[Token], dimension: str) -> str:
    """Give a fund or kind, printed words for `?`."""
    if value == "?":
        return "?" + next(t.text for t in tokens if t.word and (dimension, "?") in t.word.says)
    return "" if value == "carryover" else value


def _item(item: str, tokens: Sequence[Token], breakdown: str) -> str:
    """Give the item that the title names alone, printed words for `?`."""
    if item == "?":
        return _kept(item, tokens, "item")
    return item if breakdown and _named(tokens, "item") - {"?"} == {item} and not item.startswith("*") else ""


def _economic(phrase: Phrase, tokens: Sequence[Token]) -> tuple[str, str]:
    """Give the economic class that a title names, or its words where it is named in the other scheme."""
    classes = _named(tokens, "economic")
    if len(classes) != 1:
        return "", ""
    code = classes.pop()
    if code[0] == GOVERNMENT_DIGIT or phrase.values.get("scheme") != "government":
        return code, ""
    return "", next(token.text for token in tokens if token.word and ("economic", code) in token.word.says)


def _narrower(phrase: Phrase, tokens: Sequence[Token]) -> str:
    """Give the words that nobody knows and that narrow a side: 捐赠 of 捐赠支出, '' for none.

    They stand before the side; first in a title they are the name of a body, unless the side follows at once.
    """
    if not phrase.flows or any(dimension in phrase.values for dimension in ("kind", "item")):
        return ""
    own = [token for token in tokens if not token.aside]
    sides = [place for place, token in enumerate(own) if token.word and "flow" in dict(token.word.says)]
    for place in range(sides[0] if sides else 0):
        if own[place].word is not None or _NUMBER.fullmatch(own[place].text):
            continue
        between = own[place + 1 : sides[0]]
        if (place > 0 and not _scopes(own[place + 1])) or all(_fills(token) for token in between):
            return own[place].text
    return ""


def _fills(token: Token) -> bool:
    """Tell whether a token is a word that adds nothing: 资金, 专项."""
    return token.word is not None and dict(token.word.says) == {"role": "filler"} and not _scopes(token)


def _scopes(token: Token) -> bool:
    """Tell whether a token says whose table it is: what stands before it is a name."""
    return token.text in SCOPES


def _version(tokens: Sequence[Token]) -> str:
    """Give the version named: 部门预算 before 收支决算总表 is a name."""
    versions = _named(tokens, "version")
    return "final" if "final" in versions else next(iter(sorted(versions)), "")


def _breakdown(phrase: Phrase, flow: str, tokens: Sequence[Token], text: str) -> str:
    """Tell what the rows of a table are from its title."""
    breakdowns = _named(tokens, "breakdown", aside=False) or _named(tokens, "breakdown")
    breakdowns |= _named(tokens, "breakdown") & {"function", "economic"}
    fund, kind = phrase.values.get("fund", ""), phrase.values.get("kind", "")
    if {"assets", "procurement"} <= breakdowns and "targets" not in breakdowns:
        return ""
    listed = next((breakdown for breakdown in LISTS if breakdown in breakdowns), "")
    decided = listed or _by_class(breakdowns, _named(tokens, "item") - {"?"})
    if decided:
        return decided
    if fund.startswith("carryover") and flow != "revenue" and not kind:
        return "carryover"
    if flow == "both":
        return _two_sided(phrase, fund, text)
    if "function" in breakdowns and not kind.startswith("project"):
        return "function"
    by_kind = {"project": "project", "basic": "economic"}.get(kind.partition(".")[0], "")
    return by_kind or _one_sided(phrase, flow, tokens)


def _by_class(breakdowns: set[str], items: set[str]) -> str:
    """Tell a table of economic classes or of items."""
    if {"function", "economic"} <= breakdowns:
        return "function_by_economic"
    if items - {"agency_operation"}:
        return "items"
    return "economic" if "economic" in breakdowns or items else ""


def _named(tokens: Sequence[Token], dimension: str, *, aside: bool = True) -> set[str]:
    """Give all values of a dimension that words name."""
    return {
        value
        for token in tokens
        if token.word and (aside or not token.aside)
        for key, value in token.word.says
        if key == dimension
    }


def _two_sided(phrase: Phrase, fund: str, text: str) -> str:
    """Tell a summary of both sides from columns of one fund."""
    if "balance" in phrase.roles:
        return ""
    if phrase.values.get("kind", "").startswith("project"):
        return "project"
    one_fund = fund not in {"", "appropriation"}
    if one_fund and "summary" not in phrase.roles and "总" not in text:
        return "function" if "收入支出" in text else ""
    return "two_sided"


def _one_sided(phrase: Phrase, flow: str, tokens: Sequence[Token]) -> str:
    """Tell the rows of a table of revenue or expenditure."""
    if not flow or "executed" in phrase.roles:
        return ""
    unknown = [place for place, token in enumerate(tokens) if token.word is None and not token.aside]
    if unknown and (unknown[-1] > 0 or (len(tokens) > 1 and tokens[1].text == _FLOW_WORDS.get(flow))):
        return ""  # of something narrower, which nobody knows
    if "detail" in phrase.roles and flow == "expenditure":
        return "function_by_economic"
    scoped = any(_scopes(token) for token in tokens)
    if "summary" in phrase.roles and "version" in phrase.values and not scoped and "fund" not in phrase.values:
        return ""  # 收入预算总表 and 支出预算总表 are lists of sources and kinds here, of functions there
    return "function"
