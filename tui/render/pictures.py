"""Draw pictures with characters: treemap, steps, course. Pure functions of a picture, a glyph set and a size."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len

from budget.i18n.language import N_, joined, tr
from budget.model.money import format_fen, unit_title
from budget.pictures.figures import Composition, Steps, largest
from budget.pictures.layout import axis, bars, course_range, treemap
from tui import messages
from tui.terminal.glyphs import mark_of
from tui.terminal.text import align_right, fit, in_brackets, visible, wrap
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.pictures.figures import Course, Part, Picture
    from budget.pictures.layout import Bar, Rectangle
    from tui.terminal.glyphs import Glyphs

CELL_HEIGHT = 2
"""A cell is about twice as high as wide."""
MOST_SLICES = 24
LABEL_WIDTH = 20
"""Cells of the labels of steps, where there is room for more than labels."""
NARROWEST_NAME, NARROWEST_BARS = 4, 10
PLOT_HEIGHT = 8
CUT = "~"
"""Where bars begin that do not begin at 0."""
_JOINTS = {
    0b0011: "─", 0b1100: "│", 0b1010: "┌", 0b1001: "┐", 0b0110: "└", 0b0101: "┘",
    0b1110: "├", 0b1101: "┤", 0b1011: "┬", 0b0111: "┴", 0b1111: "┼",
    0b0001: "─", 0b0010: "─", 0b0100: "│", 0b1000: "│",
}  # fmt: skip
"""Where lines go (down, up, right, left: bits 3 to 0) and the character of their joint."""
ASCII_JOINTS = {"─": "-", "│": "|"}


def picture_lines(picture: Picture, glyphs: Glyphs, width: int, height: int) -> list[TextLine]:
    """Draw a picture below its title, in at most this size (cells)."""
    if width < NARROWEST_NAME or height < 1:
        return []
    head = TextLine(fit(_title(picture), width).rstrip(), style="heading")
    if isinstance(picture, Composition):
        return [head, *treemap_lines(picture, glyphs, width, height - 1)]
    if isinstance(picture, Steps):
        return [head, *steps_lines(picture, glyphs, width, height - 1)]
    return [head, *course_lines(picture, glyphs, width, height - 1)]


def _title(picture: Picture) -> str:
    named = {Composition: messages.PICTURE_COMPOSITION, Steps: messages.PICTURE_STEPS}
    words = named.get(type(picture), messages.PICTURE_COURSE)
    return f"{tr(words)}{in_brackets(unit_title(picture.unit))} {visible(picture.title)}"


# Composition of a whole


def treemap_lines(parts: Composition, glyphs: Glyphs, width: int, height: int) -> list[TextLine]:
    """Draw a treemap; below it the parts that have no room for words, and what has no area."""
    shown = largest(parts.slices, MOST_SLICES)
    below: list[str] = []
    for _ in range(2):  # what stands below takes room of what it is about
        boxes = _boxes(shown, width, max(height - len(below), 1))
        small = [part for part, box in zip(shown, boxes, strict=True) if not _has_room(box)]
        below = _below(small, parts, width, max(height // 3, 1))
    canvas = _Canvas(width, max(height - len(below), 1))
    for box in boxes:
        canvas.outline(box)
    for part, box in zip(shown, boxes, strict=True):
        if _has_room(box):
            canvas.write(box, _words(part, parts, glyphs), marked=part.marked)
    return [*canvas.lines(glyphs), *(TextLine(line, style="dim") for line in below)][:height]


class _Box:
    """A rectangle of whole cells."""

    def __init__(self, place: Rectangle, width: int, height: int) -> None:
        self.left, self.top = round(place.x), round(place.y / CELL_HEIGHT)
        self.right = min(round(place.x + place.width), width)
        self.bottom = min(round((place.y + place.height) / CELL_HEIGHT), height)

    @property
    def room(self) -> tuple[int, int]:
        """Cells for words: without the line at the left and a blank behind it, and without the line above."""
        return self.right - self.left - 2 * (self.left > 0), self.bottom - self.top - (self.top > 0)


def _boxes(shown: tuple[Part, ...], width: int, height: int) -> list[_Box]:
    """The place of each part; the places are made for the largest part first."""
    order = sorted(range(len(shown)), key=lambda number: -shown[number].fen)
    places = treemap([shown[number].fen for number in order], width, height * CELL_HEIGHT)
    return [_Box(place, width, height) for _, place in sorted(zip(order, places, strict=True))]


def _has_room(box: _Box) -> bool:
    wide, high = box.room
    return wide >= NARROWEST_NAME and high >= 1


def _below(small: list[Part], parts: Composition, width: int, most: int) -> list[str]:
    """Names and shares of the parts without words; then how many rows have no area. As many lines as there may be."""
    named = joined((f"{visible(part.label)} {_share(part, parts)}" for part in small), N_("；"))
    texts = [named, tr(messages.NO_AREA).format(parts.left_out) if parts.left_out else ""]
    lines = [piece for text in texts if text for piece in wrap(text, width)]
    return _cut(lines, most, width)


def _share(part: Part, parts: Composition) -> str:
    return f"{100 * part.fen / parts.total:.1f}%"


def _words(part: Part, parts: Composition, glyphs: Glyphs) -> tuple[str, str, str]:
    """Name, share and amount of a part."""
    amount = format_fen(part.fen, parts.unit, parts.decimals) + _sure(part)
    mark = f"{glyphs.cursor} " if part.marked else ""
    return mark + visible(part.label), _share(part, parts), amount


class _Canvas:
    """Cells to draw on: lines between rectangles, words inside."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._lines: dict[tuple[int, int], int] = {}
        self._words: dict[tuple[int, int], str] = {}
        self._marks: dict[int, tuple[int, int]] = {}

    def outline(self, box: _Box) -> None:
        """Draw the lines that part a rectangle from those left of it and above."""
        if box.left > 0:
            for y in range(box.top, box.bottom):
                self._join(box.left, y, 0b1000 if y + 1 < self.height else 0)
                self._join(box.left, y + 1, 0b0100)
        if box.top > 0:
            for x in range(box.left, box.right):
                self._join(x, box.top, 0b0010 if x + 1 < self.width else 0)
                self._join(x + 1, box.top, 0b0001)

    def _join(self, x: int, y: int, way: int) -> None:
        if x < self.width and y < self.height:
            self._lines[x, y] = self._lines.get((x, y), 0) | way

    def write(self, box: _Box, words: tuple[str, str, str], *, marked: bool) -> None:
        """Write name, share and amount into a rectangle, as many lines as it has."""
        wide, high = box.room
        left, top = box.left + 2 * (box.left > 0), box.top + (box.top > 0)
        name, share, amount = words
        figures = share if cell_len(f"{share} {amount}") > wide else f"{share} {amount}"
        if high > 1:
            lines = [*_cut(wrap(name, wide), high - 1, wide), figures]
        elif wide > len(share) + NARROWEST_NAME:
            lines = [f"{fit(name, wide - len(share) - 1).rstrip()} {share}"]
        else:
            lines = [fit(name, wide)]
        for number, line in enumerate(lines):
            self._put(left, top + number, line)
        if marked:
            self._marks[top] = (left, left + cell_len(lines[0].rstrip()))

    def _put(self, x: int, y: int, text: str) -> None:
        for letter in text.rstrip():
            self._words[x, y] = letter
            wide = cell_len(letter)
            if wide > 1:
                self._words[x + 1, y] = ""
            x += wide

    def lines(self, glyphs: Glyphs) -> Iterator[TextLine]:
        """Give what is drawn, a line at a time."""
        for y in range(self.height):
            text, marks = "", []
            begin, end = self._marks.get(y, (-1, -1))
            for x in range(self.width + 1):
                if x in {begin, end}:
                    marks.append(len(text))
                text += self._at(x, y, glyphs) if x < self.width else ""
            yield TextLine(text.rstrip(), marks=((marks[0], marks[1]),) if len(marks) > 1 else ())

    def _at(self, x: int, y: int, glyphs: Glyphs) -> str:
        if (x, y) in self._words:
            return self._words[x, y]
        ways = self._lines.get((x, y), 0)
        if not ways:
            return " "
        drawn = _JOINTS[ways]
        return ASCII_JOINTS.get(drawn, "+") if glyphs.folds else drawn


def _cut(lines: list[str], most: int, width: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fit(lines[most - 1] + lines[most], width)]


# From one year to another


def steps_lines(steps: Steps, glyphs: Glyphs, width: int, height: int) -> list[TextLine]:
    """Draw steps from top to bottom: label, amount, bar; differences with their sign."""
    shown = _fewer(steps, max(height - 3, 1))
    rows = (shown.start, *shown.steps, shown.end)
    amounts = [format_fen(part.fen, shown.unit, shown.decimals) + _sure(part) for part in rows]
    amounts[1:-1] = [amount if amount.startswith("-") else f"+{amount}" for amount in amounts[1:-1]]
    numbers = max(map(len, amounts))
    label = min(max(cell_len(visible(part.label)) for part in rows), LABEL_WIDTH, max(width - numbers - 2, 1))
    label = max(min(label, width - numbers - NARROWEST_BARS - 2), min(label, NARROWEST_NAME))
    room = width - label - numbers - 2
    drawn, scale = bars(shown), axis(shown)
    cut = CUT if scale.low > 0 else ""
    lines = []
    for part, amount, bar in zip(rows, amounts, drawn, strict=True):
        text = f"{fit(visible(part.label), label)} {align_right(amount, numbers)} "
        whole = part is shown.start or part is shown.end
        drawing = _bar(bar, scale, room, glyphs) if room > 0 else ""
        text += cut + drawing[len(cut) :] if whole else drawing
        text = fit(text, width).rstrip()
        lines.append(TextLine(text, style="heading" if whole else "", marks=_marked(part, min(label, width))))
    if cut and len(lines) < height:
        begins = tr(messages.AXIS_CUT).format(cut, format_fen(scale.low, shown.unit, shown.decimals))
        lines.append(TextLine(fit(begins, width).rstrip(), style="dim"))
    return lines[:height]


def _marked(part: Part, label: int) -> tuple[tuple[int, int], ...]:
    return ((0, len(fit(visible(part.label), label).rstrip())),) if part.marked else ()


def _fewer(steps: Steps, most: int) -> Steps:
    return Steps(steps.title, steps.start, largest(steps.steps, most), steps.end, steps.unit, steps.decimals)


def _bar(bar: Bar, scale: Bar, width: int, glyphs: Glyphs) -> str:
    """A bar from where to where it goes; of a difference, however small, one cell is drawn."""
    spread = max(scale.high - scale.low, 1)
    begin = round((max(bar.low, scale.low) - scale.low) * width / spread)
    end = round((bar.high - scale.low) * width / spread)
    if bar.high > bar.low and end <= begin:
        begin = min(begin, width - 1)
        end = begin + 1
    return " " * begin + glyphs.full * (end - begin)


# Over the years


def course_lines(course: Course, glyphs: Glyphs, width: int, height: int) -> list[TextLine]:
    """Draw a line over the years with the printed amounts below it; a year that prints none is left open."""
    table, scale = list(_years(course, width)), course_range(course)
    begins = tr(messages.UPRIGHT_CUT).format(format_fen(scale.low, course.unit, course.decimals))
    under = [fit(begins, width).rstrip()] if scale.low > 0 else []
    plot = min(height - len(table) - len(under), PLOT_HEIGHT)
    if plot < CELL_HEIGHT or scale.low == scale.high:  # nothing that rises or falls
        return [TextLine(line) for line in table[max(len(table) - height, 0) :]]
    drawn = [TextLine(line) for line in (*_plot(course, glyphs, width, plot), *table)]
    return [*drawn, *(TextLine(line, style="dim") for line in under)]


def _years(course: Course, width: int) -> Iterator[str]:
    """One line a year: the amount, and the change against the year before."""
    amounts = [
        tr(messages.NOT_PRINTED)
        if point.fen is None
        else format_fen(point.fen, course.unit, course.decimals) + mark_of(point.status)
        for point in course.points
    ]
    numbers = max(map(cell_len, amounts))
    before = None
    for point, amount in zip(course.points, amounts, strict=True):
        rate = ""
        if before and point.fen is not None:
            rate = f"{100 * (point.fen - before) / abs(before):+.1f}%"
        before = point.fen
        yield fit(f"{point.label}  {align_right(amount, numbers)}  {rate}", width).rstrip()


def _plot(course: Course, glyphs: Glyphs, width: int, height: int) -> list[str]:
    """The line: two steps of height a cell in blocks, one in ASCII."""
    fine = 1 if glyphs.folds else 2
    scale, rows = course_range(course), height * fine
    spread = scale.high - scale.low
    columns = [round(number * (width - 1) / max(len(course.points) - 1, 1)) for number in range(len(course.points))]
    heights = [
        None if point.fen is None else round((point.fen - scale.low) * (rows - 1) / spread) for point in course.points
    ]
    dots: dict[tuple[int, int], str] = {}
    known = [(column, high) for column, high in zip(columns, heights, strict=True)]
    for (x, y), (next_x, next_y) in pairwise(known):
        if y is not None and next_y is not None:
            dots |= dict.fromkeys(_between(x, y, next_x, next_y), ".")
    dots |= {(x, y): "*" for x, y in known if y is not None}
    if glyphs.folds:
        return ["".join(dots.get((x, y), " ") for x in range(width)).rstrip() for y in reversed(range(rows))]
    return [_halves(dots, y, width) for y in reversed(range(height))]


def _between(x: int, y: int, next_x: int, next_y: int) -> Iterator[tuple[int, int]]:
    """The dots from one point to the next; where the line is steep, several in one column."""
    wide = max(next_x - x, 1)
    last = y
    for column in range(x, next_x + 1):
        now = round(y + (next_y - y) * (column - x) / wide)
        low, high = min(last, now), max(last, now)
        yield from ((column, row) for row in range(low, high + 1))
        last = now


def _halves(dots: dict[tuple[int, int], str], row: int, width: int) -> str:
    lower, upper = 2 * row, 2 * row + 1
    signs = {(False, False): " ", (True, False): "▄", (False, True): "▀", (True, True): "█"}
    return "".join(signs[(x, lower) in dots, (x, upper) in dots] for x in range(width)).rstrip()


def _sure(part: Part) -> str:
    return mark_of(part.status)
