"""The document's text as passages: every line with the heading that it stands under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.disclosure import Passage
from loaders import headings
from loaders.headings import PART, SECTION, Heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SEPARATOR = " › "
_LEVELS = 3


def passages(
    lines: Sequence[str],
    titles: Iterable[tuple[int, str]] = (),
    pages: Sequence[int | None] = (),
    tables: Iterable[tuple[int, int]] = (),
) -> tuple[Passage, ...]:
    """One passage a line, blank lines included, so that numbers of lines are those of the file.

    `titles` are the (line, title) of the statements, `tables` the (first, last) lines of their rows, in which nothing
    else is a heading; `pages` the page of each line.
    """
    found = _headings(lines, {line: headings.title(text) for line, text in titles}, tables)
    path = [""] * _LEVELS
    result = []
    for number, text in enumerate(lines, 1):
        heading = found.get(number)
        if heading is not None:
            path = [*path[: heading.level], heading.text, *[""] * (_LEVELS - 1 - heading.level)]
        result.append(
            Passage(number, pages[number - 1] if pages else None, SEPARATOR.join(part for part in path if part), text)
        )
    return tuple(result)


def _headings(lines: Sequence[str], titles: dict[int, str], tables: Iterable[tuple[int, int]]) -> dict[int, Heading]:
    """The headings by their lines; the contents page is one, its entries are none."""
    taken = {number for first, last in tables for number in range(first, last + 1)}
    contents = headings.contents_page(lines)
    names = dict.fromkeys(contents.names)
    found: dict[int, Heading] = {}
    for number, text in enumerate(lines, 1):
        if number in titles:
            found[number] = Heading(SECTION, titles[number])
        elif number == contents.first:
            found[number] = Heading(PART, "目录")
        elif number in taken or contents.first < number <= contents.last:
            continue
        elif name := headings.by_name(text, names):
            del names[name]  # a part begins once
            found[number] = Heading(PART, name)
        elif heading := headings.numbered(text):
            found[number] = heading
    return found
