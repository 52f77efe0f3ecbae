"""Wrapped lines of text with or without a cursor. The body of the reader, the picker and the text view."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.terminal.text import visible, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual.events import Click, Resize


CURSOR, NO_CURSOR = "> ", "  "


class TextLine(NamedTuple):
    """One line; `text` may be foreign."""

    text: str
    prefix: str = ""  # stands left of the text and of its continuation as blanks: a line number, a key
    style: str = ""  # "", "heading", "mark" or "dim"
    marks: tuple[tuple[int, int], ...] = ()  # (start, end) in `text`, drawn as marked


class Reading(NamedTuple):
    """Something to read: title, lines, and the line to have in sight; or what draws it for a width and height."""

    title: str
    lines: Sequence[TextLine]
    at: int = 0
    draw: Callable[[int, int], Sequence[TextLine]] | None = None


class _Piece(NamedTuple):
    line: int
    prefix: str
    text: str
    style: str
    marks: tuple[tuple[int, int], ...]  # in `text` of the piece


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Wrapped lines, one of which may carry the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--text",
        "lines--heading",
        "lines--mark",
        "lines--dim",
        "lines--cursor",
    }

    class Chosen(Message):
        """A line was clicked."""

    def __init__(self, *, cursor: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.lines: Sequence[TextLine] = ()
        self.has_cursor = cursor
        self.cursor = 0
        self._line_in_sight = 0
        """The line that stays in sight when the width changes, where there is no cursor."""
        self._pieces: list[_Piece] = []
        self._starts: list[int] = []
        """The index of the first piece of each line."""

    def show(self, lines: Sequence[TextLine], at: int = 0) -> None:
        """Show these lines. Line `at` is under the cursor, or without one a third down the window."""
        self.lines = lines
        self.cursor = max(0, min(at, len(lines) - 1))
        self._line_in_sight = self.cursor
        self._break_lines()

    def move(self, step: int) -> None:
        """Move the cursor by lines. Where there is no cursor the window moves."""
        if not self.has_cursor:
            self.scroll_to(y=self.scroll_offset.y + step, animate=False, force=True)
            return
        self.cursor = max(0, min(self.cursor + step, len(self.lines) - 1))
        self._keep_in_sight()
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Break the lines anew, the wanted line in sight."""
        self._break_lines()

    def on_click(self, event: Click) -> None:
        """Put the cursor on the clicked line and choose it."""
        piece = round(self.scroll_offset.y) + event.y
        if self.has_cursor and piece < len(self._pieces):
            self.cursor = self._pieces[piece].line
            self.refresh()
            self.post_message(self.Chosen())

    def render_line(self, y: int) -> Strip:
        """Draw one piece of a line."""
        index = round(self.scroll_offset.y) + y
        if index >= len(self._pieces):
            return Strip.blank(self.size.width, self._style("text"))
        piece = self._pieces[index]
        style = self._style(piece.style or "text")
        if self.has_cursor and piece.line == self.cursor:
            style = self._style("cursor")
        gutter = "" if not self.has_cursor else CURSOR if index == self._starts[self.cursor] else NO_CURSOR
        segments, at = [Segment(gutter + piece.prefix, style)], 0
        for start, end in piece.marks:
            segments += [Segment(piece.text[at:start], style), Segment(piece.text[start:end], self._style("mark"))]
            at = end
        segments.append(Segment(piece.text[at:], style))
        return Strip([segment for segment in segments if segment.text]).adjust_cell_length(self.size.width, style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"lines--{name}")

    def _break_lines(self) -> None:
        """Break all lines to the width, and keep the cursor, or the wanted line, in sight."""
        self._pieces, self._starts = [], []
        width = self.scrollable_content_region.width - (len(CURSOR) if self.has_cursor else 0)
        if width < 1:  # not laid out yet: a frame of one character a line would be painted before the resize
            return
        for number, line in enumerate(self.lines):
            self._starts.append(len(self._pieces))
            self._pieces += _pieces(number, line, width)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._pieces))
        if self.has_cursor:
            self._keep_in_sight()
        elif self._starts:
            self.scroll_to(y=self._starts[self._line_in_sight] - self.size.height // 3, animate=False, force=True)
        self.refresh()

    def _keep_in_sight(self) -> None:
        """Scroll as little as needed to have all of the cursor's line in sight."""
        if not self._starts:
            return
        first = self._starts[self.cursor]
        last = self._starts[self.cursor + 1] - 1 if self.cursor + 1 < len(self._starts) else len(self._pieces) - 1
        top = round(self.scroll_offset.y)
        self.scroll_to(y=min(max(top, last - self.size.height + 1), first), animate=False, force=True)


def _pieces(number: int, line: TextLine, width: int) -> list[_Piece]:
    """A line broken to a width, its prefix before the first piece, its marks moved along."""
    text, marks = _visible_with_marks(line)
    indent = cell_len(line.prefix)
    pieces: list[_Piece] = []
    at = 0
    for part in wrap(text, max(width - indent, 1)):
        inside = [(max(start - at, 0), min(end - at, len(part))) for start, end in marks]
        prefix = " " * indent if pieces else line.prefix
        pieces.append(_Piece(number, prefix, part, line.style, tuple(mark for mark in inside if mark[0] < mark[1])))
        at += len(part)
    return pieces


def _visible_with_marks(line: TextLine) -> tuple[str, list[tuple[int, int]]]:
    """Make the text visible, the marks shifted by what the visible signs take."""
    if not line.marks:
        return visible(line.text), []
    text, marks, at = "", [], 0
    for start, end in line.marks:
        text += visible(line.text[at:start])
        begin = len(text)
        text += visible(line.text[start:end])
        marks.append((begin, len(text)))
        at = end
    return text + visible(line.text[at:]), marks
