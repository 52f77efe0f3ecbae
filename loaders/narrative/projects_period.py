"""First and last day of a period as the documents print them."""

from __future__ import annotations

import re
from calendar import monthrange

_HALF = str.maketrans("０１２３４５６７８９．－—–～〜―至到", "0123456789." + 8 * "-")
_YEAR = r"(?P<{0}>(?:19|20)\d\d)[年./-]度?"
_MONTH = r"(?P<{0}>1[0-2]|0?[1-9])(?:月份?|[./]|(?=-|$))"
_DAY = r"(?:(?P<{0}>3[01]|[12]\d|0?[1-9])日?|(?P<{0}_last>底|末))"
_DATE = re.compile(
    rf"(?:{_YEAR.format('year')})?(?:{_MONTH.format('month')}(?:{_DAY.format('day')})?|(?<=年)(?P<ends>底|末)|(?<=年)(?P<starts>初))"
)
_ISO = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>1[0-2]|0?[1-9])-(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)")
_WHOLE = re.compile(r"(?P<first>(?:19|20)\d\d)年?(?:度|全年)?(?:-(?P<last>(?:19|20)\d\d)年?(?:度)?)?")
_LAST_MONTH = 12

Day = tuple[int, int, int | None]
"""Year, month, day; no day for a whole month."""


def period(text: str) -> tuple[str, str]:
    """The first and the last day of a period as ISO dates; "" where it does not tell."""
    plain = re.sub(r"[\s（）()。；;]|起$|止$|期间|内$", "", text.translate(_HALF))
    whole = _WHOLE.fullmatch(plain.removesuffix("全年").removesuffix("度"))
    if whole:
        return f"{whole['first']}-01-01", f"{whole['last'] or whole['first']}-12-31"
    days = _days(plain)
    if len(days) == 1 and re.search(r"(?:底|末|前|日前|截止|完成)$|^截[至止]|^-", plain):
        return "", _last(days[0])
    if len(days) != 2 or "-" not in plain:  # noqa: PLR2004 - from and to
        return "", ""
    first, last = _first(days[0]), _last(days[1])
    return (first, last) if not first or not last or first <= last else ("", "")


def _days(plain: str) -> list[Day]:
    """The dates of a text; a date without a year has that of the one before it."""
    days: list[Day] = []
    iso = list(_ISO.finditer(plain))
    if iso:
        return [(int(found["year"]), int(found["month"]), int(found["day"])) for found in iso]
    for found in _DATE.finditer(plain):
        year = int(found["year"]) if found["year"] else days[-1][0] if days else 0
        if not year or not (found["month"] or found["ends"] or found["starts"]):
            continue
        month = int(found["month"]) if found["month"] else _LAST_MONTH if found["ends"] else 1
        days.append((year, month, int(found["day"]) if found["day"] else None))
    return days


def _first(day: Day) -> str:
    return _iso(day[0], day[1], day[2] or 1)


def _last(day: Day) -> str:
    return _iso(day[0], day[1], day[2] or monthrange(day[0], day[1])[1])


def _iso(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02d}-{day:02d}" if day <= monthrange(year, month)[1] else ""
