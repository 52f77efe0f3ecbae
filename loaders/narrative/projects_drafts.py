"""Which paragraphs belong to which project: where one begins, which field goes on, where it ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.narrative.projects_fields import Draft, Piece, labels, title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.narrative.prose import Paragraph

_DESCRIBES = frozenset({"policy_basis", "allocation", "period", "executing_unit", "amount"})
"""Of these a description has at least two, one in a section of its own; a table of targets has none of them."""
_SECTION = re.compile(r"项目(?:经费|支出)?(?:预算)?.{0,6}说明")
_TABLE = re.compile(r"绩效目标(?:申报)?表$")
_LONGEST_TITLE = 60


def drafts(prose: Iterable[Paragraph]) -> list[Draft]:
    """The projects that the paragraphs describe, in their order."""
    reader = _Reader()
    for paragraph in prose:
        reader.take(paragraph)
    return [
        draft for draft in reader.drafts if sum(bool(draft.text(key)) for key in _DESCRIBES) > (not draft.described)
    ]


def describes(paragraph: Paragraph) -> bool:
    """True in a section that describes projects."""
    return any(_SECTION.search(part) for part in paragraph.heading)


class _Reader:
    """The projects so far, and the one that is being read."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._current: Draft | None = None
        self._left: list[
            Paragraph
        ] = []  # below a heading that seemed to end a project; it may be a list within a field
        self._before: Paragraph | None = None  # it may be the title of the next project
        self._tables = False  # of targets, under the heading of the descriptions

    def take(self, paragraph: Paragraph) -> None:
        """Read the next paragraph."""
        if paragraph.level in {1, 2} or _TABLE.search(paragraph.text[-12:]):
            self._tables = not paragraph.level
        if self._tables or paragraph.level == 1:
            self._current, self._left = None, []
        if self._tables:
            return
        found = labels(paragraph, inside=self._current is None or self._current.labelled)
        self._move(paragraph, found)
        if self._current is not None:
            for key, piece in found:
                self._current.add(key, piece)
            if not found:
                self._current.go_on(paragraph)
        self._before = paragraph if not found and _may_be_title(paragraph) else None

    def _move(self, paragraph: Paragraph, found: list[tuple[str, Piece]]) -> None:
        """Begin, leave or take up a project, where the paragraph does."""
        current = self._current
        if found and _begins(found, current):
            self._begin(found[0][0], paragraph)
        elif current is not None and not found and 0 < paragraph.level <= (current.level or 2):
            self._left = [paragraph] if current.labelled else []
            self._current = None
        elif self._left and not found:
            self._left.append(paragraph)
        elif self._left:
            self._current = self.drafts[-1]
            for below in self._left:
                self._current.go_on(below)
            self._left = []

    def _begin(self, key: str, paragraph: Paragraph) -> None:
        draft = Draft(paragraph.lines[0], paragraph.level, labelled=key == "name", described=describes(paragraph))
        heading = self._before
        if key == "overview" and heading is not None and title(heading.text):
            draft.place = heading.lines[0]
            name = title(heading.text)
            start = max(heading.text.find(name), 0)
            draft.fields["name"] = [Piece(heading, start, start + len(name))]
            if self._current is not None:  # it was taken for the end of the project before it
                for pieces in self._current.fields.values():
                    pieces[:] = [piece for piece in pieces if piece.paragraph is not heading]
        self.drafts.append(draft)
        self._current, self._left = draft, []


def _begins(found: list[tuple[str, Piece]], current: Draft | None) -> bool:
    key, piece = found[0]
    if key == "name":
        return current is None or "name" in current.fields or not current.labelled
    if key != "overview":
        return False
    # 项目概况：… within a labelled description is one of its fields.
    return current is None or "overview" in current.fields or not (current.labelled and piece.text)


def _may_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) <= _LONGEST_TITLE and not re.search(r"[。；，;]|[：:]$|……", text)
