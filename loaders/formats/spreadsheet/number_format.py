"""Number formats of spreadsheets: the stored number and its format give the printed digits.

A format has up to four sections (positive; negative; zero; text), each of digit places, separators, scales, literals.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from budget.model.disclosure import AmountOrigin
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zones
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_FIRST_RIGHT = 61
"""Sheets count a 29 February 1900 that never was: days before this one are one less."""
_LAST_DAY = 2_958_466
_WEEKDAYS = "一二三四五六日"
_NOON = 12
_SECONDS = 86_400


def date_text(tokens: Sequence[Token], days: float, *, since_1904: bool = False) -> str:
    """The date or time as the tokens of a format print it; "" where the number is no date."""
    if not 0 <= days < _LAST_DAY:
        return ""
    base = _EPOCH_1904 if since_1904 else _EPOCH
    shift = 1 if not since_1904 and days < _FIRST_RIGHT - 1 else 0
    moment = base + timedelta(seconds=round((days + shift) * _SECONDS))
    half_day = any(token.kind == "clock" for token in tokens)
    kinds = [(index, token.text.lower()) for index, token in enumerate(tokens) if token.kind == "date"]
    minutes = {
        index
        for place, (index, text) in enumerate(kinds)
        if text in {"m", "mm"}
        and ((place and "h" in kinds[place - 1][1]) or (place + 1 < len(kinds) and kinds[place + 1][1].startswith("s")))
    }
    pieces = []
    for index, token in enumerate(tokens):
        if token.kind == "date":
            text = token.text.lower()
            pieces.append(_minute(moment, text) if index in minutes else _field(moment, days, text, half_day=half_day))
        elif token.kind == "clock":
            words = ("上午", "下午") if "午" in token.text else ("AM", "PM")
            pieces.append(words[moment.hour >= _NOON])
        elif token.kind == "literal" or token.text in {"/", ".", ","}:
            pieces.append(token.text)
    return "".join(pieces).strip()


def _minute(moment: datetime, text: str) -> str:
    return f"{moment.minute:0{len(text)}d}"


def _field(moment: datetime, days: float, text: str, *, half_day: bool) -> str:
    if text.startswith("["):
        return str(round(days * _SECONDS) // {"h": 3600, "m": 60, "s": 1}[text[1]])
    hour = (moment.hour % _NOON or _NOON) if half_day else moment.hour
    weekday = _WEEKDAYS[moment.weekday()]
    fields = {
        "yy": f"{moment.year % 100:02d}",
        "m": str(moment.month),
        "mm": f"{moment.month:02d}",
        "d": str(moment.day),
        "dd": f"{moment.day:02d}",
        "ddd": f"周{weekday}",
        "dddd": f"星期{weekday}",
        "aaa": f"周{weekday}",
        "aaaa": f"星期{weekday}",
        "h": str(hour),
        "hh": f"{hour:02d}",
        "s": str(moment.second),
        "ss": f"{moment.second:02d}",
    }
    # longer months are names in other languages; here they are numbers, and every other field is the year
    return fields.get(text) or (str(moment.month) if text.startswith("m") else f"{moment.year:04d}")


GENERAL = "General"
BUILTIN: Final[dict[int, str]] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;[Red]¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;[Red]¥-#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The formats that files name by number only, as Chinese editions show them."""

EXACT_DIGITS = 11
"""A number cell without a format shows whole numbers of at most this many digits in full."""
_LARGEST = 1e15
"""From here on a stored number has no digit after the point, and no amount is so large."""
_NEAR = Decimal("0.000001")
_LONGEST = 255
"""Characters of a format; no longer one is valid."""
_DIGITS = Context(prec=2 * _LONGEST + 50)
"""Room for every digit that a format can ask for."""
_TOKEN = lazy_pattern(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<blank>_.|\*.)|\[(?P<bracket>[^\]]{0,255})\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<clock>AM/PM|A/P|上午/下午)"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|e+)|(?P<digit>[0#?])|(?P<mark>[.,%/@;])|(?P<literal>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = lazy_pattern(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")


class Token(NamedTuple):
    """A piece of a section: its kind (the name of a group of _TOKEN) and its text."""

    kind: str
    text: str


class Section(NamedTuple):
    """One section of a format."""

    tokens: tuple[Token, ...]
    operator: str = ""
    bound: Decimal = Decimal(0)

    def has(self, kind: str, text: str = "") -> bool:
        """Whether it has a token of this kind (and text)."""
        return any(token.kind == kind and (not text or token.text == text) for token in self.tokens)


def printed(value: float, code: str, *, since_1904: bool = False) -> tuple[str, AmountOrigin]:
    """The text of a number cell as its format prints it.

    The second value tells whether its digits are printed or reconstructed.

    Args:
        value: the stored number; dates are days.
        code: the number format; empty for none.
        since_1904: days count from 1904 instead of 1900.
    """
    if not abs(value) < _LARGEST:  # also what is no number
        return f"{value:g}", AmountOrigin.RECONSTRUCTED
    sections = _sections(code[:_LONGEST])
    number = Decimal(f"{value:.15g}")  # spreadsheets compute with 15 digits
    section, alone = _choose(sections, number)
    if section is None or not section.tokens:
        return "", AmountOrigin.PRINTED  # an empty section hides the number
    if section.has("date") or section.has("clock"):
        text = date_text(section.tokens, value, since_1904=since_1904)
        return (text, AmountOrigin.PRINTED) if text else general(value)
    if section.has("chinese"):
        return general(value)[0], AmountOrigin.RECONSTRUCTED
    if section.has("general") or section.has("mark", "@") or section.has("mark", "/"):
        return general(value)
    body = abs(number) if number < 0 else number
    text = _exponential(body, section) if section.has("exponent") else _digits(body, section)
    return ("-" + text if number < 0 and not alone else text), AmountOrigin.PRINTED


def general(value: float) -> tuple[str, AmountOrigin]:
    """The text of a number without a format: whole numbers in full, others with at most six decimals, ours."""
    number = Decimal(f"{value:.15g}")
    if number == number.to_integral_value():
        text = f"{int(number)}"
        exact = len(text.lstrip("-")) <= EXACT_DIGITS
        return text, AmountOrigin.PRINTED if exact else AmountOrigin.RECONSTRUCTED
    cents = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    near = abs(number - cents) < _NEAR
    text = f"{cents if near else number.quantize(_NEAR, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
    return text, AmountOrigin.RECONSTRUCTED


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code or GENERAL):
        kind = match.lastgroup or ""
        if kind == "mark" and match[0] == ";":
            sections.append([])
        else:
            sections[-1].append(Token(kind, match[kind]))
    return tuple(_section(tokens) for tokens in sections[:4])


def _section(tokens: list[Token]) -> Section:
    kept: list[Token] = []
    operator, bound = "", Decimal(0)
    for token in tokens:
        if token.kind == "blank":
            kept.append(Token("literal", " "))
        elif token.kind == "bracket":
            condition = _CONDITION.fullmatch(token.text.strip())
            if condition:
                operator, bound = condition[1], Decimal(condition[2])
            else:
                kept += _bracket(token.text)
        elif token.kind in {"quoted", "escaped"}:
            kept.append(Token("literal", token.text))
        else:
            kept.append(token)
    return Section(tuple(kept), operator, bound)


def _bracket(text: str) -> list[Token]:
    """[$¥-804] prints its sign, [h] counts hours beyond a day, [DBNum1] writes Chinese digits; others print nothing."""
    if text.startswith("$"):
        return [Token("literal", text[1:].partition("-")[0])]
    if re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
        return [Token("date", f"[{text.lower()}]")]
    return [Token("chinese", text)] if text.lower().startswith("dbnum") else []


def _choose(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """The section for a number, and whether it is for negative numbers alone, so that it writes its own sign."""
    numeric = sections[:3]
    conditional = any(section.operator for section in numeric)
    if not conditional:
        if number < 0 and len(numeric) > 1:
            return numeric[1], True
        return (numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]), False  # noqa: PLR2004 - the third is zero's
    for place, section in enumerate(numeric):
        last = place == len(numeric) - 1
        if section.operator:
            if _holds(number, section.operator, section.bound):
                return section, section.operator in {"<", "<="} and section.bound <= 0
        elif last or (place == 1 and number < 0) or (place == 0 and number > 0):
            return section, place == 1 and not last
    return None, False


def _holds(number: Decimal, operator: str, bound: Decimal) -> bool:
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[operator]


def _digits(number: Decimal, section: Section) -> str:
    """A number that is not negative through the digit places of a section."""
    tokens = list(section.tokens)
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    if not places:
        return "".join(token.text for token in tokens if token.kind == "literal" or token.text == "%").strip()
    point = next((i for i, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    commas = [index for index, token in enumerate(tokens) if token == ("mark", ",")]
    whole = [index for index in places if index < point]
    last = whole[-1] if whole else point
    scaling = sum(index > places[-1] or last < index < point for index in commas)
    grouped = any(index < last for index in commas)
    percent = sum(token == ("mark", "%") for token in tokens)
    scaled = number.scaleb(2 * percent - 3 * scaling, _DIGITS)
    decimals = len(places) - len(whole)
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _DIGITS)
    units, _, fraction = f"{rounded:f}".partition(".")
    left = _whole_part(tokens[:point], "" if units == "0" else units, grouped=grouped)
    right = _fraction(tokens[point + 1 :], fraction)
    separator = "." if right[:1].isdigit() else ""
    # "#.00" prints .50: the zero before the point is added, because an amount is known by it
    zero = "0" if separator and not left[-1:].isdigit() else ""
    return (left + zero + separator + right).strip()


def _whole_part(tokens: list[Token], units: str, *, grouped: bool) -> str:
    """Fill the places before the point from the right; the first one takes all digits that are left."""
    first = next((index for index, token in enumerate(tokens) if token.kind == "digit"), None)
    written: list[str] = []
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if grouped and count and count % 3 == 0:
            written.append(",")
        written.append(digit)
        count += 1

    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind == "literal" or token.text == "%":
            written.append(token.text[::-1])
        elif token.kind == "digit":
            digit, units = (units[-1:], units[:-1])
            if digit or token.text == "0":
                put(digit or "0")
            if index == first:
                while units:
                    put(units[-1])
                    units = units[:-1]
    return "".join(reversed(written))


def _fraction(tokens: list[Token], fraction: str) -> str:
    """Fill the places after the point; places that are not 0 drop the zeros at the end."""
    places = [token.text for token in tokens if token.kind == "digit"]
    keep = len(places)
    while keep and places[keep - 1] != "0" and fraction[keep - 1] == "0":
        keep -= 1
    written: list[str] = []
    place = 0
    for token in tokens:
        if token.kind == "digit":
            written.append(fraction[place] if place < keep else "")
            place += 1
        elif token.kind == "literal" or token.text == "%":
            written.append(token.text)
    return "".join(written)


def _exponential(number: Decimal, section: Section) -> str:
    tokens = section.tokens
    cut = next(index for index, token in enumerate(tokens) if token.kind == "exponent")
    point = next((index for index, token in enumerate(tokens[:cut]) if token == ("mark", ".")), cut)
    decimals = sum(token.kind == "digit" for token in tokens[point:cut])
    return f"{float(number):.{decimals}E}"
