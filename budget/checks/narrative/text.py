"""The text of a disclosure and its records, as checks read them.

The text stands in one piece, with the lines that its pieces come from.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Ref
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from budget.checks.context import CheckContext
    from budget.model.records import Fact, Records, StatedChange

_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_WIDE_DIGIT = lazy_pattern("[０-９．％]")
_WIDE_COMMA = lazy_pattern(r"(?<=\d)，(?=\d{3}(?!\d))")
_PAGE_NUMBER = lazy_pattern(r"\d{1,4}|[-—－]\s*\d{1,4}\s*[-—－]")
_SHORT = 9
"""Characters that a page number has less than."""


class Place(NamedTuple):
    """A line of the text, and its page in paged formats."""

    line: int | None
    page: int | None


class Stretch(NamedTuple):
    """The text under one heading, without blanks. It knows the lines that its pieces come from."""

    heading: str
    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def place(self, offset: int) -> Place:
        """The line in which the character at this offset stands."""
        return self.places[max(bisect.bisect_right(self.starts, offset) - 1, 0)]


@dataclass(frozen=True)
class NarrativeText:
    """The text and records of one disclosure, besides its tables."""

    id: str
    records: Records
    lines: tuple[tuple[int, int | None, str, str], ...]
    """(line, page, heading, text without blanks) of all lines that hold anything."""
    tables: tuple[tuple[int, int], ...]
    """First and last line of each statement."""

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The text outside the statements, one piece a heading, without the headings."""
        found: list[Stretch] = []
        pieces: list[str] = []
        starts: list[int] = []
        places: list[Place] = []
        length, current = 0, ""
        inside = {line for first, last in self.tables for line in range(first, last + 1)}
        for line, page, heading, text in self.lines:
            if line in inside or (len(text) < _SHORT and _PAGE_NUMBER.fullmatch(text)):
                continue
            if heading != current and pieces:
                found.append(Stretch(current, "".join(pieces), tuple(starts), tuple(places)))
                pieces, starts, places, length = [], [], [], 0
            current = heading
            if text == plain(heading.rpartition(" › ")[2]):
                continue  # the title itself
            pieces.append(text)
            starts.append(length)
            places.append(Place(line, page))
            length += len(text)
        return (*found, Stretch(current, "".join(pieces), tuple(starts), tuple(places))) if pieces else tuple(found)

    def heading(self, line: int) -> str:
        """The heading under which a line stands; "" where it has none."""
        place = bisect.bisect_right(self.lines, line, key=lambda row: row[0]) - 1
        return self.lines[place][2] if place >= 0 else ""

    def text(self, first: int, before: int) -> str:
        """Text of a range of lines, in one piece without blanks.

        The range goes from `first` to the line before `before`.
        """
        begin = bisect.bisect_left(self.lines, first, key=lambda row: row[0])
        end = bisect.bisect_left(self.lines, before, key=lambda row: row[0])
        return "".join(row[3] for row in self.lines[begin:end])

    def find(self, wanted: str, first: int, before: int | None = None) -> Place:
        """The place of a text from line `first` on, else line `first`. Blanks and line breaks do not matter."""
        begin = bisect.bisect_left(self.lines, first, key=lambda row: row[0])
        end = len(self.lines) if before is None else bisect.bisect_left(self.lines, before, key=lambda row: row[0])
        rows = self.lines[begin:end]
        text = plain(wanted)
        offset = "".join(row[3] for row in rows).find(text) if text else -1
        page = rows[0][1] if rows else None
        for row in rows if offset >= 0 else ():
            if offset < len(row[3]):
                return Place(row[0], row[1])
            offset -= len(row[3])
        return Place(first, page)

    def name(self, change: StatedChange) -> str:
        """What a message calls the subject of a stated change.

        It is the last of its names, after the one above it where the text has several of that name.
        """
        *above, last = change.subject.split("/")
        return "/".join((*above[-1:], last)) if len(self._above.get(last, ())) > 1 else last

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        """What stands above each name of the subjects."""
        found: dict[str, set[str]] = {}
        for change in self.records.stated_changes:
            above, _, last = change.subject.rpartition("/")
            found.setdefault(last, set()).add(above)
        return found

    def facts(self, topic: str) -> dict[str, Fact]:
        """The facts of a topic by key; of a key that stands twice the first."""
        found: dict[str, Fact] = {}
        for fact in self.records.facts:
            if fact.topic == topic:
                found.setdefault(fact.key, fact)
        return found

    def ref(
        self, frame: str, label: str, text: str, place: Place | tuple[int | None, int | None], fen: int | None = None
    ) -> Ref:
        """A reference to something said."""
        return Ref(self.id, frame, label, text, fen, line=place[0], page=place[1])


def narrative_text(context: CheckContext) -> NarrativeText:
    """The text and records of a context's disclosure, made once."""
    found = context.sheets
    return found.once(
        "narrative text",
        lambda: NarrativeText(found.disclosure_id, found.records, _lines(context.own.passages), _tables(context)),
    )


def plain(text: str) -> str:
    """A text without blanks, its full-width digits as plain ones: what is searched and searched for."""
    bare = "".join(text.split())
    if _WIDE_DIGIT.search(bare):
        bare = bare.translate(_WIDE)
    return _WIDE_COMMA.sub(",", bare) if "，" in bare else bare


def _lines(passages: pl.DataFrame) -> tuple[tuple[int, int | None, str, str], ...]:
    rows: Sequence[tuple[int, int | None, str, str]] = passages.select("line", "page", "heading", "text").rows()
    without = ((line, page, heading or "", plain(text)) for line, page, heading, text in rows if text)
    return tuple(sorted(row for row in without if row[3]))


def _tables(context: CheckContext) -> tuple[tuple[int, int], ...]:
    spans = context.own.statements.select("line_from", "line_to").rows()
    return tuple((first, last) for first, last in spans if first is not None and last is not None)
