"""Dates and times of spreadsheets: days since 1900 or 1904, printed by a number format."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.formats.number_format import Token

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
