"""Current view state and table, with undo history; no Textual. There is one table a state."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import MoneyUnit
from budget.views import navigation
from budget.views.registry import view_table
from budget.views.review.notes import noted
from budget.views.row.detail import row_detail
from budget.views.state import USING_NOTES, View, ViewState
from budget.views.text.repeats import TEXT_VIEWS, repeated
from tui.render import reports
from tui.render import text as text_view
from tui.render.detail import detail_lines
from tui.render.findings import Audit, audit, finding_lines, with_marks
from tui.render.grid import grid
from tui.session.columns import Arrangements, arranged, staying
from tui.session.noting import Noting
from tui.terminal.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from budget.library.frames import Frames
    from budget.views.table import ViewTable
    from budget.views.text.repeats import Repeated
    from tui.library.loaded import LoadedFrames, Options
    from tui.render.reports import Printed
    from tui.session.columns import Arrangement
    from tui.terminal.glyphs import Glyphs
    from tui.widgets.grid import Grid
    from tui.widgets.lines import TextLine


class Visit(NamedTuple):
    """Where the screen was left for another place, and that place: `leave` goes back."""

    origin: ViewState
    place: ViewState
    read: str = ""
    """The disclosure whose text was opened; its lines print the amounts of the row from which it was."""
    printed: Mapping[int, Sequence[Printed]] = reports.NOTHING_PRINTED


class ScreenState:
    """Current view state and table, with undo history."""

    def __init__(self, loaded: LoadedFrames, glyphs: Glyphs, options: Options) -> None:
        self.glyphs = glyphs
        self.options = options
        self.frames: Frames = loaded.frames
        self.loaded_library = loaded.loaded_library
        self._before: list[ViewState] = []
        self._after: list[ViewState] = []
        self._visits: list[Visit] = []
        self._drawn: Frames | None = None
        """The frames that the table was made from."""
        self.audit = Audit()
        self.noting = Noting()
        self.arrangements = Arrangements()
        self.state: ViewState
        self.table: ViewTable
        self.grid: Grid
        self.index = 0
        begin = loaded.state or navigation.starting_state(self.frames)
        wanted = MoneyUnit(options.money_unit) if options.money_unit else None
        self._show(begin.replace(unit=begin.unit or wanted))

    def detail(self, width: int, height: int) -> tuple[str, ...]:
        """Return the detail pane of the row at the cursor."""
        if self.state.view is View.LIBRARY:
            note = self.table.frame.filter(key=self.key)["note"]
            return (*reports.file_lines(self.frames, self.key, self.glyphs), *map(visible, note.drop_nulls()))
        if self.state.view in TEXT_VIEWS:
            if not self.table.frame.height:
                return ()
            row = self.table.frame.row(self.index, named=True)
            return text_view.text_detail_lines(self.state, self.frames, row, self.glyphs, width)
        if self.state.view is View.FINDINGS:
            if not self.table.frame.height:
                return ()
            row = self.table.frame.row(self.index, named=True)
            return finding_lines(self.current_audit, row, self.table.unit, self.glyphs, width, height)
        found = row_detail(self.state, self.frames, self.table, self.key)
        return detail_lines(found, self.glyphs, width, height) if found else ()

    @property
    def key(self) -> str:
        """The key of the row at the cursor; "" where a filter has left none, though the cursor keeps its place."""
        return self.state.cursor if self.table.frame.height else ""

    @property
    def arrangement(self) -> Arrangement:
        """How the user wants the columns of the view."""
        return self.arrangements.of(self.state)

    @property
    def arranged_table(self) -> ViewTable:
        """The table with its columns as they are on the screen: what an export writes, and a copy."""
        return arranged(self.table, self.arrangement)

    @property
    def shows_text(self) -> bool:
        """Whether lines of a text are shown, not a table."""
        return text_view.is_text(self.state)

    def text_lines(self) -> list[TextLine]:
        """The lines of the text on the screen."""
        return text_view.text_lines(self.table, self.frames, self.state.disclosure, self.glyphs, self._read_amounts())

    def _read_amounts(self) -> Mapping[int, Sequence[Printed]]:
        """The amounts, by lines, of the row from which the text on the screen was opened."""
        found = [visit for visit in self._visits if same_place(visit.place, self.state)]
        return found[-1].printed if found and found[-1].read == self.state.disclosure else reports.NOTHING_PRINTED

    def repeated_rows(self) -> tuple[Repeated, ...]:
        """Return the statement rows that the line at the cursor repeats.

        A line of text repeats the rows that have its amounts; () in a table.
        """
        if not self.shows_text or not self.key.isdigit():
            return ()
        return repeated(self.state, self.frames, int(self.key))

    def move(self, index: int) -> None:
        """Put the cursor on the row of this index."""
        if 0 <= index < self.table.frame.height:
            self.index = index
            self.state = self.state.replace(cursor=self.table.frame["key"][index])

    def move_to_key(self, key: str) -> None:
        """Put the cursor on the row with this key, if any."""
        if key in self.table.frame["key"]:
            self.move(self._index_of(key))

    def first_view(self) -> str:
        """The SHA-256 of the document whose first view is shown; else ""."""
        state, shelf = self.state, self.loaded_library
        wanted = MoneyUnit(self.options.money_unit) if self.options.money_unit else None
        plain = ViewState(disclosure=state.disclosure, view=state.view, scope=state.scope, unit=wanted)
        if state.view not in {View.OVERVIEW, View.STATEMENT} or state.replace(cursor="") != plain:
            return ""
        if navigation.open_disclosure(ViewState(unit=wanted), self.frames, state.disclosure) != plain:
            return ""
        if shelf is not None and shelf.is_outdated(state.disclosure):
            return ""
        found: str = self.frames.disclosures.filter(disclosure_id=state.disclosure)["sha256"].item()
        return found

    def frames_for(self, state: ViewState) -> Frames:
        """Return the frames with the notes that a state needs."""
        if state.view not in USING_NOTES:
            return self.frames
        return replace(self.frames, notes=tuple(self.noting.held.values()))

    @property
    def current_audit(self) -> Audit:
        """The findings of the current state; none before the audit is done."""
        return self.audit if self.audit.covers(self.state) else Audit()

    def missing_audit(self) -> Callable[[], Audit] | None:
        """Return what makes the missing findings, for a worker thread. None where they are at hand."""
        state = self.state
        if not state.disclosure or self.audit.covers(state):
            return None
        return partial(audit, self.frames, state.disclosure, state.baseline)

    def apply_audit(self, found: Audit) -> str:
        """Take in findings and mark the rows that they touch. Returns why there are none, "" where there are."""
        if not found.covers(self.state):
            return ""  # of what was shown before
        self.audit = found
        table = with_marks(self.table, self.state, found)  # the notes are in it already
        if table is not self.table:
            self.table, self.grid = table, self._drawn_grid(table, self.state)
        return found.failure

    def _go(self, state: ViewState, otherwise: str = "") -> str:
        """Show a state and remember the one before; `otherwise` is returned where it is the same."""
        if state == self.state:
            return otherwise
        before = self.state
        self._show(state)  # nothing is remembered of a state that cannot be shown
        self._before.append(before)
        self._after.clear()
        return ""

    def _show(self, state: ViewState) -> None:
        """Show a state; its table is made where it is not drawn already. Marks do not go along to another place."""
        carried = state.marked and self._drawn is not None and state.marked == self.state.marked
        if carried and not same_place(self.state, state):
            state = state.replace(marked=frozenset())
        if not self._is_drawn(state):
            self.table = self._marked(view_table(state, self.frames_for(state)), state)
            self.grid = self._drawn_grid(self.table, state)
            self._drawn = self.frames
        self.index = self._index_of(state.cursor)
        self.state = state
        self.move(self.index)

    def _marked(self, table: ViewTable, state: ViewState) -> ViewTable:
        """The table with what was found and noted of its rows."""
        found = with_marks(table, state, self.audit)
        return noted(found, state, self.frames_for(state), self.noting.held)

    def _drawn_grid(self, table: ViewTable, state: ViewState) -> Grid:
        wanted = self.arrangements.of(state)
        marked = state.among if state.view is View.LIBRARY else state.marked
        return grid(arranged(table, wanted), self.glyphs, marked, staying(table, wanted))

    def _is_drawn(self, state: ViewState) -> bool:
        """Whether the table is that of the state already: a text is long, and finding goes through it line by line."""
        if not text_view.is_text(state) or self._drawn is not self.frames:
            return False
        return state == self.state.replace(cursor=state.cursor)

    def _index_of(self, key: str) -> int:
        return self.table.frame["key"].index_of(key) or 0


def same_place(one: ViewState, other: ViewState) -> bool:
    """Return whether two states show the same rows. However sorted and compared, wherever the cursor is."""
    return (one.disclosure, one.view, one.scope, one.path, one.flat) == (
        other.disclosure,
        other.view,
        other.scope,
        other.path,
        other.flat,
    )
