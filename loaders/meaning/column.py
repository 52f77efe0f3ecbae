"""The grammar of column heads, under other heads and a title."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from budget.vocabulary import Vocabulary, vocabulary
from loaders.meaning.codes import economic_of
from loaders.meaning.phrases import Phrase, read
from loaders.meaning.value import NOTHING, Meaning, narrow
from loaders.meaning.versions import version_of
from loaders.meaning.words import Matcher, matcher, split_code

if TYPE_CHECKING:
    from collections.abc import Sequence

SPENT_BY_CLASS = ("economic", "function_by_economic", "project")


def column(path: tuple[str, ...], title: Meaning = NOTHING, words: Vocabulary | None = None) -> Meaning:
    """Read the heads over a column, outermost first.

    Every head adds its values, the narrower wins; 小计 means its own head.  The title adds what the heads leave
    open; where they contradict it, the heads are right.  Names, codes, counts and shares are no amounts: of them only
    the side is given.  A head with a word that nobody knows is kept with a question mark.

    Args:
        path: The texts of the heads, outermost first, own last.
        title: Meaning of the table's title; its `year` tells the year before from this one.
        words: The vocabulary, by default all of it.

    Returns:
        The union of heads and title for an amount; `breakdown` and `scheme` only where the heads say them.
    """
    return _column(path, title, words or vocabulary())


@lru_cache(maxsize=20_000)
def _column(path: tuple[str, ...], title: Meaning, words: Vocabulary) -> Meaning:
    """Read heads, once."""
    known = matcher(words, "cell")
    texts = [text for text in path if text.strip()]
    if not texts:
        return _with_title(Meaning(), title, version_of((), title))
    phrases = [read(text, known) for text in texts]
    leaf = max((place for place, phrase in enumerate(phrases) if not _only_sum(phrase)), default=len(phrases) - 1)
    amount = _amount(phrases[-1])
    if phrases[-1].silent and any(phrase.values.get("is_amount") == "no" for phrase in phrases[:-1]):
        amount = "no"  # 小计 of a count
    breakdown = _narrowest(phrases, "breakdown")
    scheme = _narrowest(phrases, "scheme")
    unit = next((phrase.unit for phrase in reversed(phrases) if phrase.unit), "")
    upper = any("kind" in phrase.values or "fund" in phrase.values for phrase in phrases[:-1])
    if upper and phrases[-1].flows and amount == "no" and "is_amount" not in phrases[-1].values:
        amount = ""  # 本级支出项目 below 特定目标类
    if breakdown == "procurement":
        breakdown = ""  # of a head it tells what was bought, not what the rows are
    if amount == "no":
        return Meaning(
            flow=_label_flow(phrases),
            breakdown=breakdown,
            money_unit=unit,
            is_amount="no",
            scheme=scheme,
            printed=phrases[-1].text,
        )
    own = _together(phrases, leaf, title)
    economic = _economic(texts, phrases, title, known)
    if economic and (own.get("item", "").startswith("?") or title.breakdown in SPENT_BY_CLASS):
        own.pop("item", None)  # the words named the class
    meaning = Meaning(
        flow=_flow(phrases, own, title),
        fund=own.get("fund", ""),
        kind=own.get("kind", ""),
        economic=economic,
        item=own.get("item", ""),
        breakdown=breakdown,
        money_unit=unit,
        is_amount="yes" if economic else amount,
        scheme=scheme,
        printed=phrases[leaf].label,
    )
    return _with_title(meaning, title, version_of(phrases, title))


def _narrowest(phrases: Sequence[Phrase], dimension: str) -> str:
    """Give the value of a dimension from the innermost head that has one."""
    return next((phrase.values[dimension] for phrase in reversed(phrases) if dimension in phrase.values), "")


def _label_flow(phrases: Sequence[Phrase]) -> str:
    """Give the side over a column of names, codes or counts, the nearest head first.

    Its own head names a side only where it heads labels (支出功能分类), not where it counts something (采购数量).
    """
    heads_labels = phrases[-1].roles == {"head"} and "is_amount" not in phrases[-1].values
    flows = [flow for phrase in (phrases if heads_labels else phrases[:-1]) for flow in phrase.flows]
    return next((flow for flow in reversed(flows) if flow != "both"), "")


def _only_sum(phrase: Phrase) -> bool:
    """Tell whether a head is 小计, the sum of its own head."""
    return "part_total" in phrase.roles and phrase.silent


def _amount(phrase: Phrase) -> str:
    """Tell whether a head stands over amounts."""
    if phrase.values.get("is_amount") == "no":
        return "no"
    if not phrase.text:
        return ""
    if any(dimension in phrase.values for dimension in ("fund", "kind")) or phrase.values.get("is_amount") == "yes":
        return "yes"
    if "item" in phrase.values and not phrase.unit:
        return "" if phrase.values["item"].startswith("?") else "yes"
    if "head" in phrase.roles:
        return "no"
    return "yes" if phrase.flows or "version" in phrase.values or phrase.conditional or phrase.unit else ""


def _together(phrases: Sequence[Phrase], leaf: int, title: Meaning) -> dict[str, str]:
    """Put fund, kind and item of all heads together, outermost first."""
    own: dict[str, str] = {}
    for place, phrase in enumerate(phrases):
        for dimension in ("fund", "kind", "item"):
            value = phrase.values.get(dimension, "")
            if not value or (dimension == "fund" and value == "carryover" and own.get("kind") == "carry_forward"):
                continue
            together, agree = narrow(own.get(dimension, ""), value)
            own[dimension] = together if agree or own[dimension] != "carry_forward" else f"?{phrase.text}"
        for dimension, value, under in phrase.conditional:
            if under in {own.get("item", ""), title.item, title.breakdown}:
                own[dimension] = narrow(own.get(dimension, ""), value)[0]
        if phrase.subtotal and place == leaf and phrase.pure:
            dimension = "fund" if phrase.flows[-1] == "revenue" else "kind"
            own.setdefault(dimension, "current")
    return own


def _economic(texts: Sequence[str], phrases: Sequence[Phrase], title: Meaning, known: Matcher) -> str:
    """Find the economic class that heads name, by code or by name."""
    found = ""
    for text, phrase in zip(texts, phrases, strict=True):
        code, _ = split_code(text)
        if code and code[0] in "35":
            found = code
            continue
        if (
            title.breakdown in {"items", "two_sided", "procurement"}
            or "fund" in phrase.values
            or "kind" in phrase.values
        ):
            continue
        if (
            "item" in phrase.values
            and not phrase.values["item"].startswith("?")
            and title.breakdown not in SPENT_BY_CLASS
        ):
            continue
        found = economic_of(phrase.text, title.scheme, found, known, certain=title.breakdown in SPENT_BY_CLASS) or found
    return found


def _flow(phrases: Sequence[Phrase], own: dict[str, str], title: Meaning) -> str:
    """Give the side: of pure heads, the title, other heads, or implied."""
    pure = [flow for phrase in phrases if phrase.pure for flow in phrase.flows if flow != "both"]
    balances = [phrase.flows[0] for phrase in phrases if phrase.roles & {"opening", "closing"} and phrase.flows]
    flows = balances or pure
    if flows:
        return flows[-1]
    if title.flow in {"revenue", "expenditure"}:
        return title.flow
    named = [flow for phrase in phrases for flow in phrase.flows if flow != "both"]
    if named:
        return named[0]
    first = next((phrase for phrase in phrases if not phrase.silent), None)
    if first is None:
        return ""
    if "fund" in first.values:
        return "" if title.flow or first.values["fund"] == "current" else "revenue"
    return "expenditure" if own.get("kind") or not own.get("item", "?").startswith("?") else ""


def _with_title(own: Meaning, title: Meaning, version: str) -> Meaning:
    """Add what the title says and the heads leave open."""
    fund = title.fund
    if title.breakdown == "carryover" and not own.kind.startswith("carry"):
        fund = narrow("carryover", fund)[0]
    item = title.item if title.item != "three_public" else ""
    return Meaning(
        flow=own.flow or (title.flow if title.flow != "both" else ""),
        fund=narrow(fund, own.fund)[0],
        kind=narrow(title.kind, own.kind)[0],
        economic=own.economic,
        item=narrow(item, own.item)[0],
        version=version,
        breakdown=own.breakdown,
        money_unit=own.money_unit or title.money_unit,
        is_amount=own.is_amount,
        scheme=own.scheme,
        printed=own.printed,
    )
