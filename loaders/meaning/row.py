"""The grammar of row labels: codes, names and words of a row."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from budget.vocabulary import DEPARTMENT, FUNCTION, Vocabulary, vocabulary
from loaders.meaning.codes import CLASS, UNCERTAIN, economic_of, function_of
from loaders.meaning.combine import NAMED_BELOW
from loaders.meaning.phrases import TREES, Phrase, read
from loaders.meaning.value import NOTHING, Meaning, below, lineage, narrow
from loaders.meaning.words import Matcher, matcher, split_code

if TYPE_CHECKING:
    from collections.abc import Sequence

ECONOMIC_CLASSES = 15
"""No list of economic classes is longer: a higher ordinal counts functional classes."""
_OWN_SECTIONS = frozenset({"government_fund", "state_capital"})
"""Funds whose sections are named after what pays for them: 国有土地使用权出让收入安排的支出."""
_SECTION = 5
"""Digits of the code of a section."""
BY_ECONOMIC = ("economic", "function_by_economic")


def row(path: tuple[str, ...], title: Meaning = NOTHING, side: str = "", words: Vocabulary | None = None) -> Meaning:
    """Read the label of a row under the labels above it.

    A code decides; else a class, section or item is found by name (old names too) where the table can print it, else
    the words are read.  What the rows above say is narrowed: a fund below 年初结转和结余 is carry-over.  Names that
    mean several things (其他支出, 住房公积金) say nothing unless title or side decide.

    Args:
        path: Labels, outermost first, own last; the cells of a code may stand apart (`208`, `05`, `05`, name).
        title: Meaning of the table's title; its `breakdown` may be that of the block that the row stands in.
        side: `revenue` or `expenditure`, the flow of the block that the row stands in, '' where unknown.
        words: The vocabulary, by default all of it.

    Returns:
        What row and side say; of the title only the side and the item of a total are taken over.
    """
    return _row(path, title, side, words or vocabulary())


@lru_cache(maxsize=20_000)
def is_known(text: str) -> bool:
    """Tell whether a label has known words alone, and says something."""
    part = read(text, matcher(vocabulary(), "cell"))
    return bool(part.text) and part.covered and not part.silent


@lru_cache(maxsize=40_000)
def _row(path: tuple[str, ...], title: Meaning, side: str, words: Vocabulary) -> Meaning:
    """Read labels, once."""
    known = matcher(words, "cell")
    labels = _labels(path)
    values: dict[str, str] = {}
    phrase = read("", known)
    for place, (code, text) in enumerate(labels):
        phrase = read(text, known)
        own = _label(code, phrase, title, side, values, known)
        if place + 1 < len(labels) and not code:
            own = _above(own, phrase, title)
        for dimension in ("fund", "kind", "item"):
            own[dimension] = narrow(values.get(dimension, ""), own.get(dimension, ""))[0]
        if not own.get("function") and not own.get("economic"):
            own |= {key: values[key] for key in ("function", "economic") if values.get(key)}
        elif own.get("economic") and not own.get("function"):
            own["function"] = values.get("function", "")
        own["flow"] = own.get("flow") or values.get("flow", "")
        values = own
    return Meaning(
        flow=_flow(phrase, values, title, side) if labels else side or _single_flow(title),
        fund=values.get("fund", ""),
        kind=values.get("kind", ""),
        function=values.get("function", ""),
        economic=values.get("economic", ""),
        item=values.get("item", ""),
        money_unit=phrase.unit,
        is_amount=values.get("is_amount", ""),
        printed=phrase.label,
    )


def _above(own: dict[str, str], phrase: Phrase, title: Meaning) -> dict[str, str]:
    """Keep what a label says of the rows below it.

    Sums are of their own row alone; names of projects say nothing.
    """
    dropped = {"fund", "kind"} if phrase.pure else set()
    if title.breakdown == "procurement" and not phrase.covered and not own.get("economic"):
        dropped = {"item"}
    return {key: value for key, value in own.items() if key not in dropped}


def _labels(path: Sequence[str]) -> list[tuple[str, str]]:
    """Pair codes with labels; digits alone belong to the next label."""
    labels: list[tuple[str, str]] = []
    digits = ""
    for text in path:
        bare = "".join(text.split())
        if bare.isdigit() and (len(bare) in {CLASS, 5, 7} or (digits and len(bare) <= 2)):  # noqa: PLR2004
            if len(bare) >= CLASS and not bare.startswith(digits or bare):
                labels.append((digits, ""))
            digits = bare if len(bare) >= CLASS else digits + bare.zfill(2)
            continue
        code, rest = split_code(text)
        labels.append((code or split_code(digits)[0], rest))
        digits = ""
    if digits:
        labels.append((split_code(digits)[0], ""))
    return [label for label in labels if label[0] or label[1].strip()]


def _label(
    code: str, phrase: Phrase, title: Meaning, side: str, above: dict[str, str], known: Matcher
) -> dict[str, str]:
    """Read one label below others."""
    if code:
        return {"function" if code[0] == "2" else "economic": code, "is_amount": "yes"}
    if phrase.values.get("is_amount") == "no":
        return {"is_amount": "no"}
    named = _named(phrase, title, side, above, known)
    if named is not None:
        return named
    values: dict[str, str] = {key: phrase.values[key] for key in TREES if key in phrase.values}
    side_named = next((flow for flow in phrase.flows if flow != "both"), "")
    if side_named:
        values["flow"] = side_named
    places = {title.item, title.breakdown, *lineage(above.get("item", ""))}
    values |= {dimension: value for dimension, value, under in phrase.conditional if phrase.covered and under in places}
    if phrase.subtotal and phrase.pure:
        values.setdefault("fund" if phrase.flows[-1] == "revenue" else "kind", "current")
    if phrase.silent and phrase.roles & {"total", "part_total"} and phrase.covered and title.item:
        values["item"] = title.item
    return _unknown(phrase, values, title, side) | {"is_amount": _amount(phrase, values)}


def _named(phrase: Phrase, title: Meaning, side: str, above: dict[str, str], known: Matcher) -> dict[str, str] | None:
    """Find a class, section or item by name, None where none is meant.

    Returns:
        Function or economic code; neither where a name has several that only the body of the table tells apart.
    """
    breakdown = title.breakdown
    money = (
        (phrase.values.get("fund") or phrase.values.get("kind")) and not phrase.flows and breakdown not in BY_ECONOMIC
    )
    sources = (side or _single_flow(title)) == "revenue" and breakdown in {"two_sided", "source", ""}
    if money or sources or breakdown == "items":
        return None
    function, economic = _codes(phrase, title, side, above, known)
    if function or economic:
        return {"function": function, "economic": economic, "is_amount": "yes"}
    item = phrase.values.get("item", "")
    if item and below(item, above.get("item", "")):
        return None  # 公务用车运行费 below 公务用车, an economic class elsewhere
    unplaced = item.startswith("?") and not phrase.silent and known.code_candidates(phrase.text)
    return {"is_amount": "yes"} if unplaced or (not breakdown and _doubtful(phrase, title, known)) else None


def _section(name: str, known: Matcher) -> str:
    """The section of a functional class that a name means by itself; '' for none or several."""
    codes = {code for scheme, code in known.code_candidates(name) if scheme == FUNCTION}
    found = codes.pop() if len(codes) == 1 else ""
    return found if len(found) == _SECTION else ""


def _codes(phrase: Phrase, title: Meaning, side: str, above: dict[str, str], known: Matcher) -> tuple[str, str]:
    """Give functional and economic code of a name."""
    name, breakdown = phrase.text, title.breakdown
    item = phrase.values.get("item", "")
    if breakdown in BY_ECONOMIC or above.get("economic"):
        code = economic_of(name, title.scheme, above.get("economic", ""), known, certain=True)
        if code:
            return "", code
    if breakdown in {"function", "function_by_economic", "project", "two_sided", ""}:
        of_functions = title.flow == "both" and side == "expenditure" and title.fund in _OWN_SECTIONS
        if not breakdown and not of_functions and _doubtful(phrase, title, known):
            return "", ""
        classes = breakdown in {"two_sided", ""} and not above.get("function")
        code = function_of(name, above.get("function", ""), known, classes=classes)
        if not code and classes and of_functions:
            code = _section(name, known)
        if code and not (item and not item.startswith(("?", "*")) and not above.get("function")):
            return code, ""  # 培训费 alone is the item, below 进修及培训 it is 培训支出
    if breakdown == "procurement" or (breakdown in {"two_sided", "project", ""} and (not item or item.startswith("?"))):
        return "", economic_of(name, title.scheme, "", known, certain=breakdown == "procurement")
    return "", ""


def _doubtful(phrase: Phrase, title: Meaning, known: Matcher) -> bool:
    """Tell whether only the table can say what a name means."""
    candidates = known.code_candidates(phrase.text)
    if not candidates or phrase.ordinal > ECONOMIC_CLASSES:
        return False
    item = phrase.values.get("item", "?")
    if not item.startswith("?"):
        return bool(economic_of(phrase.text, title.scheme, "", known, certain=False))
    schemes = {scheme for scheme, code in candidates if len(code) == CLASS or phrase.text in UNCERTAIN}
    return {FUNCTION, DEPARTMENT} <= schemes


def _unknown(phrase: Phrase, values: dict[str, str], title: Meaning, side: str) -> dict[str, str]:
    """Place words that nobody knows: as items, or as sources of revenue."""
    item = values.get("item", "")
    one_fund = title.fund in {"general_public", "government_fund", "state_capital"}
    fund = values.get("fund", "")
    revenue = (side or _single_flow(title)) == "revenue"
    source = revenue and "total" not in phrase.roles and fund not in {"current", "carryover"} and not phrase.subtotal
    if title.flow == "both":  # the fund itself stands in such a table, too
        source = source and not phrase.pure and not below(fund, title.fund) and fund != title.fund
    if one_fund and phrase.text and (source or fund.startswith("?")):
        return {key: value for key, value in values.items() if key != "fund"} | {"item": phrase.text}
    if not item.startswith("?") or item == title.item:
        return values
    if title.breakdown in {"items", "procurement"}:
        return values | {"item": phrase.text}
    if title.breakdown in NAMED_BELOW:
        return {key: value for key, value in values.items() if key != "item"}
    if revenue and not fund:
        rest = {key: value for key, value in values.items() if key != "item"}
        return rest | {"fund": f"?{phrase.text}"}
    return values


def _amount(phrase: Phrase, values: dict[str, str]) -> str:
    """Tell whether a row prints amounts."""
    if not phrase.text:
        return ""
    if phrase.unit or (values and not values.get("item", "").startswith("?")) or phrase.flows:
        return "yes"
    return "yes" if phrase.roles & {"total", "part_total"} else ""


def _single_flow(title: Meaning) -> str:
    """Give the side of a title that names one."""
    return title.flow if title.flow in {"revenue", "expenditure"} else ""


def _flow(phrase: Phrase, values: dict[str, str], title: Meaning, side: str) -> str:
    """Give the side: of the block, the title, the words, or implied."""
    flow = values.get("flow", "")
    if flow.startswith("?") or (phrase.pure and flow and not side):
        return flow
    return side or _single_flow(title) or flow or _implied(values)


def _implied(values: dict[str, str]) -> str:
    """Give the side that sources, kinds and classes are of."""
    fund = values.get("fund", "")
    if fund and not (fund.startswith("?") and fund.endswith("债务")):  # what is owed is no source
        return "revenue"
    item = values.get("item", "")
    spent = any(values.get(key) for key in ("kind", "function", "economic")) or (item.isascii() and item)
    return "expenditure" if spent and not item.startswith("?") else ""
