"""Phrases: heads, labels and titles, with the values of their words."""

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
class Phrase:
    """A head, label or title, with the values of its words.

    Attributes:
        text: The words without ordinals, year and unit.
        ordinal: The number in front, 0 for none.
        year: Year named, '' for none.
        unit: Money unit named, '' for none.
        values: Dimension and value; `?` and the text where nobody knows.
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
    values: dict[str, str] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    conditional: list[tuple[str, str, str]] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    covered: bool = True
    subtotal: bool = False

    @property
    def pure(self) -> bool:
        """Tell whether nothing but a side is named."""
        return bool(self.flows) and not any(dimension in self.values for dimension in TREES)

    @property
    def silent(self) -> bool:
        """Tell whether no fund, kind, item or side is named."""
        return not self.flows and not any(dimension in self.values for dimension in TREES)

    @property
    def label(self) -> str:
        """Give the words, 合计 for words that name nothing but a sum."""
        total = self.covered and bool(self.roles & {"total", "part_total"} or self.flows)
        return TOTAL if total and not any(dimension in self.values for dimension in TREES) else self.text


@lru_cache(maxsize=20_000)
def read(text: str, matcher: Matcher) -> Phrase:
    """Read one head or label; callers must not change what they get."""
    own = normalise(text)
    ordinal, own = split_ordinal(own)
    unit, own = split_unit(own)
    year, rest = split_year(own)
    phrase = Phrase(own, ordinal, year, unit)
    tokens = matcher.tokens(rest)
    add_tokens(phrase, (token for token in tokens if not token.aside), aside=False)
    add_tokens(phrase, (token for token in tokens if token.aside), aside=True)
    if any(sign in phrase.text for sign in NO_MONEY):
        phrase.values["is_amount"] = "no"
    elif not phrase.covered:
        _drop_doubtful(phrase, tokens)
    _compose(phrase)
    return phrase


def _drop_doubtful(phrase: Phrase, tokens: list[Token]) -> None:
    """Drop the values of few known words among unknown ones.

    Names of projects hold all kinds of words.
    """
    own = [token for token in tokens if not token.aside]
    unknown = sum(len(token.text) for token in own if token.word is None)
    ends = [token.word for token in (own[0], *own[-2:]) if token.word is not None]
    ends += [token.word for token in tokens if token.aside and token.word is not None]
    if not any(("is_amount", "no") in word.says for word in ends):
        phrase.values.pop("is_amount", None)
    if 2 * unknown > sum(len(token.text) for token in own):
        for dimension in TREES:
            phrase.values.pop(dimension, None)
        phrase.subtotal = False


def add_tokens(phrase: Phrase, tokens: Iterable[Token], *, aside: bool) -> None:
    """Add the values of words to a phrase.

    Contradicting values of a tree become what both are a part of.  Where nothing is, words in brackets (`aside`) change
    nothing, others leave no value.
    """
    for token in tokens:
        if token.word is None:
            phrase.covered = phrase.covered and (aside or (len(token.text) == 1 and token.text.isascii()))
            continue
        says = dict(token.word.says)
        under = says.pop("under", "")
        phrase.subtotal = phrase.subtotal or "subtotal" in says
        phrase.roles |= {says[key] for key in ("role",) if key in says}
        phrase.flows += [says[key] for key in ("flow",) if key in says]
        for dimension in TREES:
            if dimension in says and under:
                phrase.conditional.append((dimension, says[dimension], under))
            elif dimension in says:
                _add(phrase, dimension, says[dimension], aside=aside)
        for dimension in OTHERS:
            if dimension in says and (says[dimension] in STRONGER or not phrase.values.get(dimension)):
                phrase.values[dimension] = says[dimension]


def _add(phrase: Phrase, dimension: str, value: str, *, aside: bool) -> None:
    """Add one value of a tree to the one before it."""
    before = phrase.values.get(dimension, "")
    if value.startswith("?") and before:
        return
    together, agree = narrow(before, value)
    if not agree:
        together = common(before, value)
        if not together and aside:
            together = before
    phrase.values[dimension] = together
    if not together:
        del phrase.values[dimension]


def _balance(phrase: Phrase, fund: str) -> None:
    """Read 结转 and 结余: opening balances are revenue, closing ones expenditure."""
    if "closing" in phrase.roles:
        phrase.values.pop("fund")
        phrase.values |= {"kind": "carry_forward"} | ({"fund": fund.partition(".")[2]} if "." in fund else {})
        phrase.flows.insert(0, "expenditure")
    elif "opening" in phrase.roles:
        phrase.flows.insert(0, "revenue")


def _compose(phrase: Phrase) -> None:
    """Read words that mean something only together."""
    fund = phrase.values.get("fund", "")
    if "transfer" in phrase.roles and (not fund or fund in TRANSFERRED):
        spent = not fund and "expenditure" in phrase.flows
        phrase.values["item" if spent else "fund"] = f"{fund}.transfer" if fund else "?"
    if fund.partition(".")[0] == "carryover":
        phrase.roles.discard("prior")
        _balance(phrase, fund)
    for dimension in TREES:
        value = phrase.values.get(dimension, "")
        if value in {"?", "*"}:
            phrase.values[dimension] = f"{value.removesuffix('*')}{phrase.text}"
    if not phrase.covered and phrase.values.get("is_amount") != "no":
        known = [dimension for dimension in TREES if dimension in phrase.values]
        for dimension in known or ["item"]:
            phrase.values[dimension] = f"?{phrase.text}"
