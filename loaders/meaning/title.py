"""The grammar of titles: what a table is about, from the words of its title in any order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from budget.vocabulary import Vocabulary, vocabulary
from loaders.meaning.parts import Part, fold
from loaders.meaning.value import NOTHING, Meaning
from loaders.meaning.words import Matcher, matcher, normalise, split_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.meaning.words import Token

BODIES = (
    "局", "厅", "委", "委员会", "办", "办公室", "办事处", "院", "中心", "站", "所", "馆", "队", "会", "社", "团", "司", "处",
    "室", "校", "学", "园", "公司", "银行", "镇", "乡", "县", "区", "市", "省", "街道", "村", "社区", "政府", "基地", "集团",
)  # fmt: skip
"""Endings of names of bodies: a title's words up to such a name are the body's."""


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


@lru_cache(maxsize=4_000)
def _title(text: str, words: Vocabulary) -> Meaning:
    """Read a title, once."""
    known = matcher(words, "title")
    own = normalise(text)
    unit, own = split_unit(own)
    year, own = _without_body(own, known)
    tokens = _after_body(known.tokens(own))
    part = Part(own, 0, year, unit)
    fold(part, (token for token in tokens if not token.aside), aside=False)
    fold(part, (token for token in tokens if token.aside), aside=True)
    said = part.said
    flow = _flow(part, tokens)
    item = said.get("item", "")
    meaning = Meaning(
        flow="" if flow.startswith("?") else flow,
        fund=_kept(said.get("fund", ""), tokens, "fund"),
        kind=_kept(said.get("kind", ""), tokens, "kind"),
        item="" if item.startswith(("?", "*")) or item not in _only(tokens) else item,
        version="final" if "executed" in part.roles else _version(tokens),
        breakdown=_breakdown(part, flow, tokens, own),
        money_unit=unit,
        year=year,
        scheme=said.get("scheme", ""),
        printed=" ".join(sorted(part.roles & {"executed"})),
    )
    if meaning == Meaning(version=meaning.version, year=meaning.year, printed=meaning.printed):
        return NOTHING if not year else Meaning(year=year)
    return meaning


def _without_body(text: str, known: Matcher) -> tuple[str, str]:
    """Take the year off, and what stands before it unless that ends with a known word."""
    match = re.search(r"((?:19|20)\d\d)年(?:度|末)?", text)
    if match is None:
        return "", text
    before = known.tokens(text[: match.start()])
    behind = known.tokens(text[match.end() :])
    if (not before or before[-1].word is None) and any(token.word is not None for token in behind):
        return match.group(1), text[match.end() :]
    return match.group(1), text[: match.start()] + text[match.end() :]


def _after_body(tokens: list[Token]) -> list[Token]:
    """Drop the words up to the last name of a body that is followed by known words."""
    last = 0
    for place, token in enumerate(tokens):
        rest = tokens[place + 1 :]
        if token.word is None and not token.aside and token.text.endswith(BODIES) and any(t.word for t in rest):
            last = place + 1
    return tokens[last:]


def _flow(part: Part, tokens: Sequence[Token]) -> str:
    """Put the sides that a title names together; spending is meant where only kinds or items are named."""
    flows = {flow for flow in part.flows if not flow.startswith("?")}
    if "both" in flows or len(flows) > 1:
        return "both"
    if flows:
        return flows.pop()
    if any(flow.startswith("?") for flow in part.flows):
        return ""
    if "kind" in part.said or any(key == "item" for token in tokens if token.word for key, _ in token.word.says):
        return "expenditure"
    if part.said.get("fund", "").startswith("carryover"):
        return "expenditure"
    return ""


def _kept(value: str, tokens: Sequence[Token], dimension: str) -> str:
    """Give a fund or kind; printed words for `?`, nothing for carry-over, which is the breakdown."""
    if value == "?":
        return "?" + next(t.text for t in tokens if t.word and (dimension, "?") in t.word.says)
    return "" if value.startswith("carryover") else value


def _only(tokens: Sequence[Token]) -> set[str]:
    """Give the item of a title that names a single one."""
    items = {value for token in tokens if token.word for dimension, value in token.word.says if dimension == "item"}
    return items if len(items) == 1 else set()


def _version(tokens: Sequence[Token]) -> str:
    """Give the last version named: 部门预算 before 收支决算总表 is a name."""
    said = [value for t in tokens if t.word for dimension, value in t.word.says if dimension == "version"]
    return "final" if "final" in said else said[-1] if said else ""


def _breakdown(part: Part, flow: str, tokens: Sequence[Token], text: str) -> str:  # noqa: PLR0911
    """Tell what the rows of a table are from its title."""
    said = {value for token in tokens if token.word for dimension, value in token.word.says if dimension == "breakdown"}
    items = {value for token in tokens if token.word for dimension, value in token.word.says if dimension == "item"}
    fund, kind = part.said.get("fund", ""), part.said.get("kind", "")
    for breakdown in ("targets", "assets", "procurement", "unit"):
        if breakdown in said:
            return breakdown
    if {"function", "economic"} <= said:
        return "function_by_economic"
    if items - {"agency_operation"}:
        return "items"
    if "economic" in said:
        return "economic"
    if items:
        return "economic"
    if fund.startswith("carryover") and flow != "revenue" and not kind:
        return "carryover"
    if flow == "both":
        return _two_sided(part, fund, text)
    if kind.startswith("project"):
        return "project"
    if "function" in said:
        return "function"
    if kind.startswith("basic"):
        return "economic"
    return _one_sided(part, flow, tokens)


def _two_sided(part: Part, fund: str, text: str) -> str:
    """Tell a summary of both sides from a table of one fund that prints both in columns."""
    if "balance" in part.roles:
        return ""
    if part.said.get("kind", "").startswith("project"):
        return "project"
    one_fund = fund not in {"", "appropriation"}
    if one_fund and "summary" not in part.roles and "总" not in text:
        return "function" if "收入支出" in text else ""
    return "two_sided"


def _one_sided(part: Part, flow: str, tokens: Sequence[Token]) -> str:
    """Tell the rows of a table of revenue or expenditure."""
    if not flow or "executed" in part.roles or any(token.word is None and not token.aside for token in tokens[1:]):
        return ""
    if "detail" in part.roles and flow == "expenditure":
        return "function_by_economic"
    scoped = any(token.text in {"部门", "单位", "预算单位", "部门预算", "单位预算"} for token in tokens)
    if "summary" in part.roles and "version" in part.said and not scoped and "fund" not in part.said:
        return ""  # 收入预算总表 and 支出预算总表 are lists of sources and kinds here, of functions there
    return "function"
