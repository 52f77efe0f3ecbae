"""Headings of a document: parts, sections, tables; and what its own contents page calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import Passage
from budget.system.patterns import lazy_pattern
from loaders.words.tokens import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PART, SECTION, SUBSECTION = 0, 1, 2
_LEVELS = (
    lazy_pattern(r"^第[一二三四五六七八九十]+部分"),
    lazy_pattern(r"^(?:[一二三四五六七八九十]+、|表[\d一二三四五六七八九十]{1,3}$)"),
    lazy_pattern(r"^[(（][一二三四五六七八九十]+[)）]"),
)
_FIRST = frozenset("第表(（一二三四五六七八九十")
_BEFORE = " \u3000\xa0-*•"
"""What may stand before the number of a heading."""
_LONGEST = 50
_LONGEST_LINE = 400
"""Characters of a line that are looked at."""
_LONGEST_LABEL = 16
"""Characters before a colon that still name what follows: （五）基本支出预算：…"""
_LABEL = lazy_pattern(r"^([^：:。；，]+)[：:](.*)$")
_NAMED = lazy_pattern(r"(?!指|是|包括)[^，、。；]{1,40}$")
"""What a colon leads to where it is a name, no explanation: （一）项目名称：…"""
_SENTENCE = lazy_pattern(r"[。；]|[，、,]$")
_LEADERS = lazy_pattern(r"(?<![.．·…‥\-—_])[.．·…‥\-—_]{3,}+[\s\d]*$")
_UNIT_LINE = lazy_pattern(r"(?:编制|填报)?(?:部门|单位)(?:名称)?[:：].*")
_LIST_DASH = lazy_pattern(r"^\s*[-*•]\s+")
_NUMBER = lazy_pattern(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.．、])"
)
_CONTENTS = lazy_pattern(r"^目录$")
_NEAR_THE_TOP = 120
_MOST_ENTRIES = 200
_SHORTEST_NAME = 4
_OWN = lazy_pattern(r"^(?:部门|单位)")


class Heading(NamedTuple):
    """One heading: its level (0 part, 1 section or table, 2 subsection) and its text without blanks."""

    level: int
    text: str


class Contents(NamedTuple):
    """The contents page: the lines that it takes, and the names that it gives to parts."""

    first: int
    last: int
    names: tuple[str, ...]
    """Without numbers, those that dots lead to their pages: they may head their parts without a number."""


NO_CONTENTS = Contents(0, -1, ())


def numbered(text: str) -> Heading | None:
    """The heading that a line with a number is; None for sentences, rows of tables and lines of no such form.

    A term that is explained on its own line is one as far as its colon.
    """
    if text.lstrip(_BEFORE)[:1] not in _FIRST or "\t" in text:
        return None
    short = _LEADERS.sub("", compact(_LIST_DASH.sub("", text[:_LONGEST_LINE])))
    label = _LABEL.match(short)
    if label and len(label[1]) <= _LONGEST_LABEL and not _NAMED.match(label[2]):
        return _of_level(label[1])
    return None if len(short) > _LONGEST or _SENTENCE.search(short) else _of_level(short)


def title(text: str) -> str:
    """The title of a statement without the caption line behind it.

    Some extractions put the line of body and money unit there.
    """
    return _UNIT_LINE.sub("", text).strip() or text


def contents_page(lines: Sequence[str]) -> Contents:
    """The contents page of a document; NO_CONTENTS where it has none.

    It ends where its first entry comes again, at the first sentence, or, where dots lead to the pages, with the dots.
    """
    at = next((i for i, line in enumerate(lines[:_NEAR_THE_TOP]) if _CONTENTS.match(compact(line))), None)
    if at is None:
        return NO_CONTENTS
    entries: list[str] = []
    named: list[str] = []
    last = at
    for number, line in enumerate(lines[at + 1 : at + 1 + _MOST_ENTRIES], at + 1):
        text = compact(_LIST_DASH.sub("", line))
        if not text:
            continue
        bare = _LEADERS.sub("", text)
        if bare in entries or _SENTENCE.search(bare) or (named and bare == text):
            break
        entries.append(bare)
        if bare != text:
            named.append(_NUMBER.sub("", bare))
        last = number
    return Contents(at + 1, last + 1, tuple(named))


def by_name(text: str, names: Mapping[str, None]) -> str:
    """The entry of the contents page that a line repeats; "" for other lines.

    It heads a part although it has no number.
    """
    short = compact(text)
    if not names or not short or len(short) > _LONGEST or _SENTENCE.search(short):
        return ""
    for name in names:
        core = _OWN.sub("", name)
        if short == name or (len(core) >= _SHORTEST_NAME and short.endswith(core)):
            return name
    return ""


def _of_level(text: str) -> Heading | None:
    if text[:1] not in _FIRST:
        return None
    return next((Heading(level, text) for level, pattern in enumerate(_LEVELS) if pattern.match(text)), None)


SEPARATOR = " › "
_DEPTH = 3


def passages(
    lines: Sequence[str],
    titles: Iterable[tuple[int, str]] = (),
    pages: Sequence[int | None] = (),
    tables: Iterable[tuple[int, int]] = (),
) -> tuple[Passage, ...]:
    """One passage for each line, blank lines included.

    So numbers of lines are those of the file.  `titles` are the (line, title) of the statements, `tables` the
    (first, last) lines of their rows, in which nothing else is a heading; `pages` the page of each line.
    """
    found = _headings(lines, {line: title(text) for line, text in titles}, tables)
    path = [""] * _DEPTH
    joined = ""
    result = []
    for number, text in enumerate(lines, 1):
        heading = found.get(number)
        if heading is not None:
            path = [*path[: heading.level], heading.text, *[""] * (_DEPTH - 1 - heading.level)]
            joined = SEPARATOR.join(filter(None, path))
        result.append(Passage(number, pages[number - 1] if pages else None, joined, text))
    return tuple(result)


def _headings(lines: Sequence[str], titles: dict[int, str], tables: Iterable[tuple[int, int]]) -> dict[int, Heading]:
    """The headings by their lines; the contents page is one, its entries are none."""
    taken = {number for first, last in tables for number in range(first, last + 1)}
    contents = contents_page(lines)
    names = dict.fromkeys(contents.names)
    found: dict[int, Heading] = {}
    for number, text in enumerate(lines, 1):
        if number in titles:
            found[number] = Heading(SECTION, titles[number])
        elif number == contents.first:
            found[number] = Heading(PART, "目录")
        elif number in taken or contents.first < number <= contents.last:
            continue
        elif name := by_name(text, names):
            del names[name]  # a part begins once
            found[number] = Heading(PART, name)
        elif heading := numbered(text):
            found[number] = heading
    return found
