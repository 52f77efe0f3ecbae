"""The table of all views, drawn by Textual's line API. It asks for one window of rows a scroll position."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.terminal.text import fit, visible, wrap
from tui.widgets.grid import EMPTY

if TYPE_CHECKING:
    from rich.style import Style
    from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize

    from tui.terminal.glyphs import Glyphs
    from tui.widgets.grid import Grid, Row


GUTTER = 2
WIDE = 100
"""Width (cells) from which there is room for longer names and bars."""
NAME_WIDTH, NARROW_NAME = 40, 28
"""Cells that the name keeps when there are more columns than fit."""
BAR_WIDTH, NARROW_BAR = 10, 6
CHANGE_WIDTH, CHANGE_FROM = 13, 88
"""Cells of a bar to the left and right of 0, and the width from which it goes before columns further on."""
NAME_GAP = 2
WHEEL_STEP = 3
FEW, ROOMY_NAME = 4, 44
"""Columns beside which names may be narrow, and the cells that they keep beside more."""
AHEAD = 5
"""Rows beyond the cursor that come into sight when it leaves the window: most steps then repaint two rows only."""
BLOCK = 16
"""Rows that are fetched and formatted at a time."""
MOST_STRIPS = 500
"""Rows that are kept drawn: scrolling by a line then draws one line, not the whole screen."""
MARKED = "*"
"""Sign of a row that the user has marked."""
MORE_LEFT, MORE_RIGHT = "<", ">"


class BudgetTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Header, rows with a cursor, totals pinned at the bottom.

    Code, name and pinned columns stand at the left, some of these before the name where there is room; of the columns
    behind them as many whole ones are drawn as fit, without the first `scrolled` of them, and the name takes what they
    leave. Characters of ambiguous width in names are
    drawn as likenesses where the terminal draws them in two cells (`tui.terminal.folding`).
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--row",
        "table--header",
        "table--cursor",
        "table--total",
        "table--computed",
        "table--new",
        "table--gone",
        "table--bar",
        "table--marked",
        "table--note",
    }

    class Moved(Message):
        """The cursor stands on another row."""

    class HeadChosen(Message):
        """The head of a column was clicked."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    class Chosen(Message):
        """A row was clicked that the cursor stood on already."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.grid: Grid = EMPTY
        self.cursor = 0
        self.scrolled = 0
        self.glyphs = glyphs
        self._blocks: dict[int, list[Row]] = {}
        self._strips: dict[int, Strip] = {}
        self._notes: list[str] = []

    def watch_has_focus(self, _has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        """Look the same with and without the focus: no style is looked for anew."""

    def show(self, grid: Grid, cursor: int) -> None:
        """Draw another grid with the cursor on this row. It is scrolled only as far as needed."""
        self._take(grid, cursor)
        self.scroll_to(y=self._scroll_for(self.cursor), animate=False, force=True)
        self.refresh()

    def renew(self, grid: Grid, cursor: int) -> None:
        """Draw another grid that should look the same: only lines that differ are painted."""
        lines = range(self.size.height)
        before = [self.render_line(y) for y in lines]
        self._take(grid, cursor)
        wanted = self._scroll_for(self.cursor)
        if wanted != round(self.scroll_offset.y):
            self.scroll_to(y=wanted, animate=False, force=True)
        for y in lines:
            if self.render_line(y) != before[y]:
                self.refresh(Region(0, y, self.size.width, 1))

    def _take(self, grid: Grid, cursor: int) -> None:
        if len(grid.header.numbers) != len(self.grid.header.numbers):
            self.scrolled = 0
        self.grid = grid
        self._blocks.clear()
        self.cursor = max(0, min(cursor, grid.row_count - 1))
        self._measure()

    def move_to(self, index: int) -> None:
        """Put the cursor on the row of this index.

        Beyond the ends: on the nearest one that exists. Paints the two changed rows.
        """
        index = max(0, min(index, self.grid.row_count - 1))
        if index == self.cursor:
            return
        before, self.cursor = self.cursor, index
        wanted = self._scroll_for(index)
        if wanted == self.scroll_offset.y:
            self._refresh_row(before)
            self._refresh_row(index)
        else:
            self.scroll_to(y=wanted, animate=False, force=True)
        self.post_message(self.Moved())

    def scroll_side(self, direction: int) -> None:
        """Bring the next columns into sight (1) or the ones before (-1)."""
        pinned, count = self._pinned, len(self.grid.header.numbers)
        last = count - pinned
        while last > 0 and self._columns(pinned + last - 1)[1] == count:
            last -= 1
        self.scrolled = max(0, min(self.scrolled + direction, last))
        self._strips.clear()
        self.refresh()

    @property
    def room(self) -> int:
        """Cells of a line, the scroll bar excluded."""
        return self.scrollable_content_region.width

    @property
    def page(self) -> int:
        """Rows that are visible at once, at least 1."""
        return max(1, self.size.height - 1 - len(self.grid.totals))

    @property
    def cursor_row(self) -> Row | None:
        """The row at the cursor; None in an empty table."""
        return self._row(self.cursor) if self.grid.row_count else None

    def on_resize(self, _event: Resize) -> None:
        """Break the notes anew and keep the cursor in sight."""
        self._measure()
        self.scroll_to(y=self._scroll_for(self.cursor), animate=False, force=True)

    def on_click(self, event: Click) -> None:
        """Put the cursor on the clicked row; a click on the cursor's row chooses it, one on a head its column."""
        if event.y == 0:
            if column := self._column_at(event.x):
                self.post_message(self.HeadChosen(column))
            return
        index = round(self.scroll_offset.y) + event.y - 1
        if not (1 <= event.y <= self.page and index < self.grid.row_count):
            return
        if index == self.cursor:
            self.post_message(self.Chosen())
        else:
            self.move_to(index)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move the cursor with the wheel: it never leaves the screen."""
        event.stop()
        self.move_to(self.cursor + WHEEL_STEP)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move the cursor with the wheel."""
        event.stop()
        self.move_to(self.cursor - WHEEL_STEP)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the drawn lines, kept ones as the same objects.

        Textual would rebuild every line to lay border, padding and opacity over it, which this widget has not; that
        takes two thirds of the time of a scroll.
        """
        filters, background = self.get_line_filters(), self.background_colors[1]
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip if crop.column_span == (0, strip.cell_length) else strip.crop(crop.x, crop.right))
        return strips

    def render_line(self, y: int) -> Strip:
        """Draw line `y` of the widget: the header, a row, a note or a total."""
        totals = self.grid.totals
        first_total = max(1, self.size.height - len(totals))
        if y == 0:
            return self._strip(self.grid.header, "header", " ")
        if y >= first_total and y - first_total < len(totals):
            return self._strip(totals[y - first_total], "total", " ")
        index = round(self.scroll_offset.y) + y - 1
        if index < self.grid.row_count:
            return self._row_strip(index)
        note = index - self.grid.row_count - 1
        text = self._notes[note] if 0 <= note < len(self._notes) else ""
        style = self._style("note")
        return Strip([Segment(fit("  " + text, self.size.width), style)], self.size.width)

    def _row_strip(self, index: int) -> Strip:
        """Draw the row of this index; rows without the cursor are kept drawn."""
        if index == self.cursor:
            return self._strip(self._row(index), "cursor", self.glyphs.cursor)
        if index not in self._strips:
            if len(self._strips) > MOST_STRIPS:
                self._strips.clear()
            row = self._row(index)
            self._strips[index] = self._strip(row, row.style or "row", " ")
        return self._strips[index]

    def _strip(self, row: Row, style_name: str, mark: str) -> Strip:
        """Draw a row: the mark, the code, the name, the columns that fit, the bar."""
        style = self._style(style_name)
        bar_style = self._style("bar") if style_name == "row" else style
        pinned = self._pinned
        first, end, bar_width = self._columns(pinned + self.scrolled)
        name_width = self._name_width(first, end, bar_width)
        front = self._front
        before, numbers = "".join(row.numbers[:front]), "".join((*row.numbers[front:pinned], *row.numbers[first:end]))
        if style_name == "header":
            mark = MORE_LEFT if first > pinned else mark
            numbers = numbers[:-1] + MORE_RIGHT if end < len(row.numbers) else numbers
        gap = " " * NAME_GAP if row.numbers else ""
        sign = MARKED if row.style == "marked" else ""
        left = (mark + sign).ljust(GUTTER) + row.frozen + before + fit(row.name, name_width) + gap + numbers
        draw = self.glyphs.change_bar if self.grid.changes else self.glyphs.bar
        bar = draw(row.share, bar_width) if bar_width else ""
        segments = [Segment(left, style), Segment(bar, bar_style)]
        return Strip([part for part in segments if part.text]).adjust_cell_length(self.size.width, style)

    @property
    def _pinned(self) -> int:
        """How many columns stay when the others are scrolled: those that leave room for name and others."""
        room = (self.room - cell_len(self.grid.header.frozen)) // 2
        count = 0
        for title in self.grid.header.numbers[: self.grid.pinned]:
            room -= cell_len(title)
            if room < 0:
                break
            count += 1
        return count

    @property
    def _front(self) -> int:
        """How many columns that stay are drawn before the name."""
        return min(self.grid.front, self._pinned)

    def _columns(self, first: int) -> tuple[int, int, int]:
        """Return the range of columns that fit from `first` on, and the width of the bar beside them.

        The bar gives way where it would leave a single one of several columns: a figure says more. Bars of changes
        stand where there is room, on a wide screen before the columns that they do not stand for.
        """
        if self.grid.changes:
            without = self._last_beside(first, 0)
            end, name = self._last_beside(first, CHANGE_WIDTH), self._name_width(first, without, 0)
            roomy = end == without and self._name_width(first, end, CHANGE_WIDTH) == name
            wide = self.room >= CHANGE_FROM and first == self._pinned and end >= self.grid.changes
            return (first, end, CHANGE_WIDTH) if roomy or wide else (first, without, 0)
        bar = (BAR_WIDTH if self.room >= WIDE else NARROW_BAR) if self.grid.bars else 0
        end = self._last_beside(first, bar)
        if bar and not self._pinned and end == first + 1 < len(self.grid.header.numbers):
            bar, end = 0, self._last_beside(first, 0)
        return first, end, bar

    def _last_beside(self, first: int, bar: int) -> int:
        """Return the end of the columns that fit from `first` on beside a bar of this width."""
        header = self.grid.header
        least = min(NAME_WIDTH if self.room >= WIDE else NARROW_NAME, self.grid.name_width)
        pinned = self._pinned
        room = self.room - GUTTER - cell_len(header.frozen) - NAME_GAP - bar
        room -= sum(map(cell_len, header.numbers[:pinned]))
        end, texts = first, len(header.numbers) - self.grid.texts
        while end < len(header.numbers):
            roomy = self.grid.name_width if end >= texts else min(ROOMY_NAME, self.grid.name_width)
            name = least if end < min(first + FEW, texts) else roomy
            needed = end == first and (first > pinned or end < texts)  # scrolled to, or the first number
            if not needed and cell_len(header.numbers[end]) > room - name:
                break
            room -= cell_len(header.numbers[end])
            end += 1
        return end

    def _name_width(self, first: int, end: int, bar: int) -> int:
        """Return the cells of the names beside these columns: all that is left, where a name needs it."""
        header = self.grid.header
        left = self.room - GUTTER - cell_len(header.frozen)
        if not header.numbers:
            return max(left, 0)
        shown = (*header.numbers[: self._pinned], *header.numbers[first:end])
        taken = NAME_GAP + sum(map(cell_len, shown)) + bar
        return max(min(left - taken, self.grid.name_width), 0)

    def _column_at(self, x: int) -> str:
        """Return the id of the column whose head is drawn at `x`; "" between and behind them."""
        pinned = self._pinned
        first, end, bar = self._columns(pinned + self.scrolled)
        columns = [*zip(self.grid.columns, map(cell_len, self.grid.header.numbers), strict=False)]
        places = [
            *self.grid.left_columns,
            *columns[: self._front],
            (self.grid.name_column, self._name_width(first, end, bar) + NAME_GAP),
            *columns[self._front : pinned],
            *columns[first:end],
        ]
        at = GUTTER
        for column, width in places:
            if at <= x < at + width:
                return column
            at += width
        return ""

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"table--{name}")

    def _row(self, index: int) -> Row:
        """Return a row; rows come in blocks, so that a step of the cursor fetches one slice of the frame at most."""
        block = index // BLOCK
        if block not in self._blocks:
            if len(self._blocks) * BLOCK > MOST_STRIPS:
                self._blocks.clear()
            self._blocks[block] = self.grid.rows(block * BLOCK, BLOCK)
        return self._blocks[block][index % BLOCK]

    def _measure(self) -> None:
        """Break the notes to the width and set the height that is scrolled."""
        self._strips.clear()
        width = max(self.room - GUTTER, 1)
        self._notes = [piece for note in self.grid.notes for piece in wrap(visible(note), width)]
        below = len(self._notes) + 1 if self._notes else 0
        height = 1 + self.grid.row_count + below + len(self.grid.totals)
        self.virtual_size = Size(self.room, height)

    def _scroll_for(self, index: int) -> int:
        """Return the scroll position that shows this row: the present one, or one with some rows ahead in sight.

        After the last row come the notes.
        """
        if not self.size.height:
            return 0  # not laid out yet: it is asked again when it is
        top = round(self.scroll_offset.y)
        ahead = min(AHEAD, self.page // 3)
        last = index + (len(self._notes) + 1 if self._notes and index == self.grid.row_count - 1 else 0)
        if index < top:
            top = index - ahead
        elif last > top + self.page - 1:
            top = min(last + ahead - self.page + 1, index)
        return max(0, min(top, self.virtual_size.height - self.size.height))

    def _refresh_row(self, index: int) -> None:
        y = index - round(self.scroll_offset.y) + 1
        if 1 <= y <= self.page:
            self.refresh(Region(0, y, self.size.width, 1))
