"""What one head or label says, word by word."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from loaders.meaning.value import common, narrow
from loaders.meaning.words import Matcher, Token, normalise, split_ordinal, split_unit, split_year

if TYPE_CHECKING:
    from collections.abc import Iterable

TREES = ("fund", "kind", "item")
OTHERS = ("function", "economic", "version", "breakdown", "scheme", "is_amount")
STRONGER = ("adjusted", "change", "no")
"""Values that decide whatever stands beside them: 预算调整数 is no budget, 采购数量 no amount."""
TOTAL = "合计"
NO_MONEY = "%‰※"
"""Signs of shares, and of rows that number the columns."""
TRANSFERRED = ("general_public", "government_fund", "state_capital")


@dataclass(slots=True)
class Part:
    """What one head, label or title says.

    Attributes:
        text: The words without ordinals, year and unit.
        ordinal: The number in front, 0 for none.
        year: Year named, '' for none.
        unit: Money unit named, '' for none.
        said: Dimension and value; `?` and the text where nobody knows.
        roles: Roles of the words: `total`, `head`, `prior`, `executed` …
        conditional: Dimension, value and the item that must stand above.
        flows: Sides named, in order.
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

    @property
    def label(self) -> str:
        """Give the words, 合计 for words that name nothing but a sum."""
        total = self.covered and bool(self.roles & {"total", "part_total"} or self.flows)
        return TOTAL if total and not any(dimension in self.said for dimension in TREES) else self.text


@lru_cache(maxsize=20_000)
def read(text: str, matcher: Matcher) -> Part:
    """Read one head or label; callers must not change what they get."""
    own = normalise(text)
    ordinal, own = split_ordinal(own)
    unit, own = split_unit(own)
    year, rest = split_year(own)
    part = Part(own, ordinal, year, unit)
    tokens = matcher.tokens(rest)
    fold(part, (token for token in tokens if not token.aside), aside=False)
    fold(part, (token for token in tokens if token.aside), aside=True)
    if any(sign in part.text for sign in NO_MONEY):
        part.said["is_amount"] = "no"
    elif not part.covered:
        _doubt(part, tokens)
    _compose(part)
    return part


def _doubt(part: Part, tokens: list[Token]) -> None:
    """Unsay what few known words among unknown ones seem to say.

    Names of projects hold all kinds of words.
    """
    own = [token for token in tokens if not token.aside]
    unknown = sum(len(token.text) for token in own if token.word is None)
    ends = [token.word for token in (own[0], *own[-2:]) if token.word is not None]
    ends += [token.word for token in tokens if token.aside and token.word is not None]
    if not any(("is_amount", "no") in word.says for word in ends):
        part.said.pop("is_amount", None)
    if 2 * unknown > sum(len(token.text) for token in own):
        for dimension in TREES:
            part.said.pop(dimension, None)
        part.subtotal = False


def fold(part: Part, tokens: Iterable[Token], *, aside: bool) -> None:
    """Add what words say.

    Words in brackets only widen to what both are, or narrow.
    """
    for token in tokens:
        if token.word is None:
            part.covered = part.covered and (aside or (len(token.text) == 1 and token.text.isascii()))
            continue
        says = dict(token.word.says)
        under = says.pop("under", "")
        part.subtotal = part.subtotal or "subtotal" in says
        part.roles |= {says[key] for key in ("role",) if key in says}
        part.flows += [says[key] for key in ("flow",) if key in says]
        for dimension in TREES:
            if dimension in says and under:
                part.conditional.append((dimension, says[dimension], under))
            elif dimension in says:
                _add(part, dimension, says[dimension], aside=aside)
        for dimension in OTHERS:
            if dimension in says and (says[dimension] in STRONGER or not part.said.get(dimension)):
                part.said[dimension] = says[dimension]


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


def _balance(part: Part, fund: str) -> None:
    """Read 结转 and 结余: a source, at the end of the year spending."""
    if "closing" in part.roles:
        part.said.pop("fund")
        part.said |= {"kind": "carry_forward"} | ({"fund": fund.partition(".")[2]} if "." in fund else {})
        part.flows.insert(0, "expenditure")
    elif "opening" in part.roles:
        part.flows.insert(0, "revenue")


def _compose(part: Part) -> None:
    """Read words that only together say something."""
    fund = part.said.get("fund", "")
    if "transfer" in part.roles and (not fund or fund in TRANSFERRED):
        spent = not fund and "expenditure" in part.flows
        part.said["item" if spent else "fund"] = f"{fund}.transfer" if fund else "?"
    if fund.partition(".")[0] == "carryover":
        part.roles.discard("prior")
        _balance(part, fund)
    for dimension in TREES:
        value = part.said.get(dimension, "")
        if value in {"?", "*"}:
            part.said[dimension] = f"{value.removesuffix('*')}{part.text}"
    if not part.covered and part.said.get("is_amount") != "no":
        known = [dimension for dimension in TREES if dimension in part.said]
        for dimension in known or ["item"]:
            part.said[dimension] = f"?{part.text}"
