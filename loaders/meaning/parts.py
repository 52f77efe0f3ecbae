"""What one head or label says, read word by word and put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from loaders.meaning.value import common, narrow
from loaders.meaning.words import Matcher, Token, normalise, split_ordinal, split_unit, split_year

if TYPE_CHECKING:
    from collections.abc import Iterable

TREES = ("fund", "kind", "item")
TRANSFERRED = ("general_public", "government_fund", "state_capital")


@dataclass(slots=True)
class Part:
    """What one head, label or title says; `said` holds the dimensions, `roles` what its words are for.

    Attributes:
        text: The words without ordinals, year and unit.
        ordinal: The number in front, 0 for none.
        year: Year named, '' for none.
        unit: Money unit named, '' for none.
        said: Dimension and value; `?` and the text where nobody knows.
        roles: Roles of the words: `total`, `head`, `prior`, `executed` …
        conditional: Dimension, value and the item that must stand above.
        flows: Sides named, in order.
        pure: Whether nothing but a side (and totals) is named.
        covered: Whether every word is known.
        subtotal: Whether it is 本年收入 or 本年支出, a sum where it stands alone.
    """

    text: str
    ordinal: int
    year: str
    unit: str
    said: dict[str, str] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    conditional: list[tuple[str, str, str]] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    covered: bool = True
    subtotal: bool = False

    @property
    def pure(self) -> bool:
        """Tell whether nothing but a side is named."""
        return bool(self.flows) and not any(dimension in self.said for dimension in TREES)

    @property
    def silent(self) -> bool:
        """Tell whether no fund, kind, item or side is named."""
        return not self.flows and not any(dimension in self.said for dimension in TREES)


@lru_cache(maxsize=20_000)
def read(text: str, matcher: Matcher) -> Part:
    """Read one head or label; callers must not change what they get."""
    own = normalise(text)
    ordinal, own = split_ordinal(own)
    unit, own = split_unit(own)
    year, rest = split_year(own)
    ordinal, rest = (ordinal, rest) if ordinal else split_ordinal(rest)
    part = Part(rest if year and not ordinal else own, ordinal, year, unit)
    tokens = matcher.tokens(rest)
    fold(part, (token for token in tokens if not token.aside), aside=False)
    fold(part, (token for token in tokens if token.aside), aside=True)
    _compose(part)
    return part


def fold(part: Part, tokens: Iterable[Token], *, aside: bool) -> None:
    """Add what words say; those in brackets only widen to what both are, or narrow."""
    for token in tokens:
        if token.word is None:
            part.covered = part.covered and (aside or len(token.text) == 1 and token.text.isascii())
            continue
        says = dict(token.word.says)
        under = says.pop("under", "")
        for dimension, value in says.items():
            if dimension == "flow":
                part.flows.append(value)
            elif dimension == "role":
                part.roles.add(value)
            elif dimension == "subtotal":
                part.subtotal = True
            elif dimension == "is_amount" and value == "no":
                part.said["is_amount"] = "no"
            elif under:
                part.conditional.append((dimension, value, under))
            elif dimension in TREES:
                _add(part, dimension, value, aside=aside)
            elif dimension != "whole":
                part.said.setdefault(dimension, value)


def _add(part: Part, dimension: str, value: str, *, aside: bool) -> None:
    """Put one value of a tree to those already said."""
    before = part.said.get(dimension, "")
    if value.startswith("?") and before:
        return
    together, agree = narrow(before, value)
    if not agree:
        together = common(before, value)
        if not together and aside:
            together = before
    part.said[dimension] = together
    if not together:
        del part.said[dimension]


def _compose(part: Part) -> None:
    """Read words that only together say something: transfers, opening and closing balances, unknown words."""
    fund = part.said.get("fund", "")
    if "transfer" in part.roles:
        if fund in TRANSFERRED:
            part.said["fund"] = f"{fund}.transfer"
        elif not fund:
            part.said["fund"] = "?"
    if fund.partition(".")[0] == "carryover":
        if "closing" in part.roles:
            rest = fund.partition(".")[2]
            part.said.pop("fund")
            if rest:
                part.said["fund"] = rest
            part.said["kind"] = "carry_forward"
            part.flows.insert(0, "expenditure")
        elif "opening" in part.roles:
            part.flows.insert(0, "revenue")
    for dimension in (*TREES, "flow", "version", "function"):
        value = part.said.get(dimension, "")
        if value == "?":
            part.said[dimension] = f"?{part.text}"
        elif value == "*":
            part.said[dimension] = part.text
    if not part.covered and part.said.get("is_amount") != "no":
        known = [dimension for dimension in TREES if dimension in part.said]
        for dimension in known or ["item"]:
            part.said[dimension] = f"?{part.text}"
