"""The grammar of column heads, under other heads and a title."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from budget.vocabulary import Vocabulary, vocabulary
from loaders.meaning.codes import economic_of
from loaders.meaning.parts import Part, read
from loaders.meaning.value import NOTHING, Meaning, narrow
from loaders.meaning.versions import version_of
from loaders.meaning.words import Matcher, matcher, split_code

if TYPE_CHECKING:
    from collections.abc import Sequence

SPENT_BY_CLASS = ("economic", "function_by_economic", "project")


def column(path: tuple[str, ...], title: Meaning = NOTHING, words: Vocabulary | None = None) -> Meaning:
    """Read the heads over a column, outermost first.

    Every head adds to what is said, the narrower wins; 小计 means its own head.  The title adds what the heads leave
    open; where they contradict it, the heads are right.  Names, codes, counts and shares are no amounts: of them only
    the side is said.  A head with a word that nobody knows is kept with a question mark.

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
    parts = [read(text, known) for text in texts]
    leaf = max((place for place, part in enumerate(parts) if not _only_sum(part)), default=len(parts) - 1)
    amount = _amount(parts[-1])
    if parts[-1].silent and any(part.said.get("is_amount") == "no" for part in parts[:-1]):
        amount = "no"  # 小计 of a count
    breakdown = next((part.said["breakdown"] for part in reversed(parts) if "breakdown" in part.said), "")
    scheme = next((part.said["scheme"] for part in reversed(parts) if "scheme" in part.said), "")
    unit = next((part.unit for part in reversed(parts) if part.unit), "")
    upper = any("kind" in part.said or "fund" in part.said for part in parts[:-1])
    if upper and parts[-1].flows and amount == "no" and "is_amount" not in parts[-1].said:
        amount = ""  # 本级支出项目 below 特定目标类
    if amount == "no":
        label = parts[-1].roles == {"head"} and "is_amount" not in parts[-1].said
        flows = [flow for part in (parts if label else parts[:-1]) for flow in part.flows]
        return Meaning(
            flow=next((flow for flow in reversed(flows) if flow != "both"), ""),
            breakdown=breakdown if breakdown != "procurement" else "",
            money_unit=unit,
            is_amount="no",
            scheme=scheme,
            printed=parts[-1].text,
        )
    own = _together(parts, leaf, title)
    economic = _economic(texts, parts, title, known)
    if economic:
        own["economic"] = economic
        if own.get("item", "").startswith("?") or title.breakdown in SPENT_BY_CLASS:
            own.pop("item", None)
    meaning = Meaning(
        flow=_flow(parts, own, title),
        fund=own.get("fund", ""),
        kind=own.get("kind", ""),
        economic=economic,
        item=own.get("item", ""),
        breakdown=breakdown if breakdown != "procurement" else "",
        money_unit=unit,
        is_amount="yes" if economic else amount,
        scheme=scheme,
        printed=parts[leaf].label,
    )
    return _with_title(meaning, title, version_of(parts, title))


def _only_sum(part: Part) -> bool:
    """Tell whether a head is 小计, the sum of its own head."""
    return "part_total" in part.roles and part.silent


def _amount(part: Part) -> str:
    """Tell whether a head stands over amounts."""
    if part.said.get("is_amount") == "no":
        return "no"
    if not part.text:
        return ""
    if any(dimension in part.said for dimension in ("fund", "kind")) or part.said.get("is_amount") == "yes":
        return "yes"
    if "item" in part.said and not part.unit:
        return "" if part.said["item"].startswith("?") else "yes"
    if "head" in part.roles:
        return "no"
    return "yes" if part.flows or "version" in part.said or part.conditional or part.unit else ""


def _together(parts: Sequence[Part], leaf: int, title: Meaning) -> dict[str, str]:
    """Put fund, kind and item of all heads together, outermost first."""
    own: dict[str, str] = {}
    for place, part in enumerate(parts):
        for dimension in ("fund", "kind", "item"):
            value = part.said.get(dimension, "")
            if not value or (dimension == "fund" and value == "carryover" and own.get("kind") == "carry_forward"):
                continue
            together, agree = narrow(own.get(dimension, ""), value)
            own[dimension] = together if agree or own[dimension] != "carry_forward" else f"?{part.text}"
        for dimension, value, under in part.conditional:
            if under in {own.get("item", ""), title.item, title.breakdown}:
                own[dimension] = narrow(own.get(dimension, ""), value)[0]
        if part.subtotal and place == leaf and part.pure:
            dimension = "fund" if part.flows[-1] == "revenue" else "kind"
            own.setdefault(dimension, "current")
    return own


def _economic(texts: Sequence[str], parts: Sequence[Part], title: Meaning, known: Matcher) -> str:
    """Find the economic class that heads name, by code or by name."""
    found = ""
    for text, part in zip(texts, parts, strict=True):
        code, _ = split_code(text)
        if code and code[0] in "35":
            found = code
            continue
        if title.breakdown in {"items", "two_sided", "procurement"} or "fund" in part.said or "kind" in part.said:
            continue
        if "item" in part.said and not part.said["item"].startswith("?") and title.breakdown not in SPENT_BY_CLASS:
            continue
        found = economic_of(part.text, title.scheme, found, known, certain=title.breakdown in SPENT_BY_CLASS) or found
    return found


def _flow(parts: Sequence[Part], own: dict[str, str], title: Meaning) -> str:
    """Give the side: of pure heads, the title, other heads, or implied."""
    pure = [flow for part in parts if part.pure for flow in part.flows if flow != "both"]
    balances = [part.flows[0] for part in parts if part.roles & {"opening", "closing"} and part.flows]
    said = balances or pure
    if said:
        return said[-1] if balances else said[0] if len(set(said)) == 1 else said[-1]
    if title.flow in {"revenue", "expenditure"}:
        return title.flow
    named = [flow for part in parts for flow in part.flows if flow != "both"]
    if named:
        return named[0]
    first = next((part for part in parts if not part.silent), None)
    if first is None:
        return ""
    if "fund" in first.said:
        return "" if title.flow or first.said["fund"] == "current" else "revenue"
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
