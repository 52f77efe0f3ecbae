"""Steps from one screen state to the next; no Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, joined, tr
from budget.library.frames import concat, renewed
from budget.model.disclosure import MoneyUnit
from budget.model.money import unit_title
from budget.reading.disclosure import opened
from budget.views import navigation
from budget.views.build import MARKED, view_label
from budget.views.navigation import next_change
from budget.views.registry import view_table
from budget.views.review.notes import note_at, target_of
from budget.views.sources import sources
from budget.views.state import ACROSS, Sort, View, ViewState
from budget.views.text.glossary import terms_of
from budget.views.text.lines import at_line
from budget.views.text.repeats import TEXT_VIEWS, leave_text
from tui import messages
from tui.actions import hinted
from tui.render import reports
from tui.render.findings import discrepancy_label, finding_sources
from tui.session.columns import hidden_here
from tui.session.screen_state import ScreenState, Visit, same_place
from tui.session.search import Found, places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from budget.library.frames import Frames
    from budget.library.review_notes import Target
    from tui.library.intake import Intake, Progress
    from tui.library.loaded import LoadedFrames, Options
    from tui.library.shelf import LoadedLibrary
    from tui.session.columns import Arrangement
    from tui.terminal.glyphs import Glyphs
    from tui.widgets.lines import Reading

_WITHOUT_AMOUNTS = {View.TEXT, View.GLOSSARY, View.COMPLETENESS, View.NOTES}
UNITS = (MoneyUnit.WAN, MoneyUnit.YI, MoneyUnit.YUAN)


class Session(ScreenState):
    """The screen state with its steps, search hits and reading.

    Every step returns a sentence for the user, empty where the screen says enough.
    """

    def __init__(self, loaded: LoadedFrames, glyphs: Glyphs, options: Options) -> None:
        coming = loaded.intake is not None and loaded.intake.total > 0
        empty = hinted(messages.NOTHING_READ) if loaded.frames.disclosures.is_empty() and not coming else ""
        self.greeting = " ".join([*loaded.messages, empty]).strip()
        self.intake = loaded.intake
        self.unread = len(loaded.loaded_library.failures()) if loaded.loaded_library else 0
        self.own_library: LoadedLibrary | None = None
        """The user's library while the sample data are shown."""
        self.refused_path = ""
        """A path in which there was nothing to read."""
        self._query = ""
        """What is searched for; "": nothing."""
        self._hits: list[Found] = []
        self._hit = 0
        """The index of the hit that is shown."""
        self._origin: ViewState | None = None
        """Where the finding began, while it is being typed."""
        super().__init__(loaded, glyphs, options)
        self.greeting = " ".join(filter(None, (self.greeting, self.noting.failure)))
        self._begun = self.state
        """Where the cursor stands as long as nobody has moved it."""

    # What is on the screen

    @property
    def context(self) -> str:
        """View, filter, order, baseline and money unit."""
        labels = []
        if self._shows_sample():
            labels.append(tr(messages.SAMPLE_MARK))
        if self.state.view is not View.LIBRARY:
            baseline = opened(self.frames, self.state.baseline) if self.state.baseline else None
            label = view_label(self.state, opened(self.frames, self.state.disclosure), baseline)
            labels += [label] if label else []
        else:
            labels += [tr(messages.UNREAD).format(self.unread)] if self.unread else []
            labels += [tr(messages.WITH_HIDDEN)] if self.state.flat else []
            labels += [tr(messages.MARKED_DOCUMENTS).format(len(self.state.among))] if self.state.among else []
        discrepancies = discrepancy_label(self.audit, self.state)
        if discrepancies and self.state.view is not View.FINDINGS:
            labels.append(discrepancies)
        if self.state.filter:
            labels.append(tr(messages.FILTERED).format(self.state.filter))
        if self.state.sort:
            titles = {column.id: column.title for column in self.table.columns}
            column = titles.get(self.state.sort.column, "")
            size = tr(messages.BY_SIZE) if self.state.sort.column.endswith("@delta") else ""
            labels.append(tr(messages.SORTED).format(column + size, tr(messages.ORDER[self.state.sort.descending])))
        left_out = hidden_here(self.table, self.arrangement)
        if left_out:
            labels.append(tr(messages.COLUMNS_LEFT_OUT).format(left_out))
        if self.state.baseline and self.state.view not in ACROSS:  # these compare with nothing
            labels.append(tr(messages.COMPARED).format(self._baseline_title()))
        unit = "" if self.state.view in _WITHOUT_AMOUNTS else unit_title(self.table.unit)
        return joined([*labels, unit], N_(" "))

    # Steps

    def enter(self) -> str:
        """Go into the row at the cursor."""
        nothing = hinted(messages.LAST_LEVEL) if self.state.view is View.EXPENDITURE else tr(messages.NOTHING_TO_ENTER)
        nothing = tr(messages.NO_AMOUNTS_HERE) if self.shows_text else nothing
        target = navigation.enter(self.state, self.frames_for(self.state), self.key)
        away = self.state.view in {*TEXT_VIEWS, View.COMPLETENESS, View.NOTES} or (
            self.state.view in ACROSS and target.view not in ACROSS
        )
        if self.state.view is View.LIBRARY and target.disclosure:
            self._query, self._hits, self._origin = "", [], None  # what found the document has served
        return self._visit(target, nothing) if away else self._go(target, nothing)

    def figures(self, most: int | None = None, around: int | None = None) -> list[Reading]:
        """The sources of the finding at the cursor, one a figure. Empty where the row is no finding with figures.

        `most` of the figures, so many lines `around` each: None is all of them.
        """
        if self.state.view is not View.FINDINGS:
            return []
        return finding_sources(self.current_audit, self.key, self.frames, most, around)

    def show_figure(self, number: int) -> str:
        """Go to the row of a figure of the finding; `leave` comes back."""
        key = f"{self.key}/{number}"
        target = navigation.enter(self.state, self.frames_for(self.state), key)
        return self._visit(target, tr(messages.NOTHING_TO_ENTER))

    def show_repeated(self, number: int) -> str:
        """Go to one of the rows that the line of text repeats. `number` is its place in `repeated_rows()`."""
        return self._visit(self.repeated_rows()[number].state)

    def show_terms(self) -> str:
        """Show the terms that the document, or its baseline, explains."""
        if not self.state.disclosure:
            return tr(messages.IN_LIBRARY)
        if not terms_of(self.frames, self.state.disclosure, self.state.baseline)[1]:
            return tr(messages.NO_TERM)
        return self._visit(navigation.jump(self.state, self.frames, View.GLOSSARY))

    def show_findings(self) -> str:
        """Show what the checks found. They are made now where the worker has not come to it."""
        if not self.state.disclosure:
            return tr(messages.IN_LIBRARY)
        todo = self.missing_audit()
        failure = self.apply_audit(todo()) if todo is not None else self.audit.failure
        return failure or self._visit(navigation.jump(self.state, self.frames, View.FINDINGS))

    def show_notes(self) -> str:
        """Show all review notes."""
        if self.noting.failure:
            return self.noting.failure
        return self._visit(ViewState(view=View.NOTES, unit=self.state.unit, among=self.state.among))

    def note_target(self) -> Target | None:
        """What a note on the row at the cursor is about; None where there is nothing."""
        if self.state.view is View.NOTES:
            note = note_at(tuple(self.noting.held.values()), self.key)
            return None if note is None else note.target
        return target_of(self.state, self.table, self.frames_for(self.state), self.key)

    def put_note(self, target: Target, text: str) -> str:
        """Keep what was typed as the note of a target."""
        return self._repainted(self.noting.put(target, text))

    def undo_note(self) -> str:
        """Take the last change of the notes back."""
        return self._repainted(self.noting.undo())

    def _repainted(self, message: str) -> str:
        """The table anew, with notes and columns as they are now."""
        self._drawn = None
        self._show(self.state)
        return message

    def read_text(self) -> str:
        """Show the text at the line of the row at the cursor. From the text its contents are shown, and back."""
        if not self.state.disclosure:
            return tr(messages.IN_LIBRARY)
        if self.shows_text:
            before = self.state
            message = self._go(leave_text(self.state, self.frames))
            self._comes_after(before)
            return message
        from tui.session.requests import place_in_text

        row = self.table.frame.row(self.index, named=True) if self.table.frame.height else {}
        found = place_in_text(self)
        disclosure, line, printed = found if found is not None else ("", row.get("line"), reports.NOTHING_PRINTED)
        unplaced = bool(row) and line is None
        message = self._visit(at_line(self.state, line, disclosure))
        if self._visits and same_place(self._visits[-1].place, self.state):
            self._visits[-1] = self._visits[-1]._replace(read=self.state.disclosure, printed=printed)
        return message or (tr(messages.NO_SOURCE) if unplaced else "")

    def leave(self) -> str:
        """Go to the level above. A filter is taken away first."""
        if self.state.filter:
            return self.filter("") or tr(messages.FILTER_GONE)
        if self.state.marked or (self.state.view is View.LIBRARY and self.state.among):
            unmarked = self.state.replace(marked=frozenset(), among=frozenset())
            return self._go(unmarked) or tr(messages.MARKS_GONE)
        found = [number for number, visit in enumerate(self._visits) if same_place(visit.place, self.state)]
        if found:
            origin = self._visits[found[-1]].origin
            del self._visits[found[-1] :]  # the history may have left later ones behind
            own = self.state.disclosure == origin.disclosure  # else the text of the baseline was read
            baseline = self.state.baseline if own else origin.baseline
            return self._go(origin.replace(baseline=baseline, unit=self.state.unit))
        if self.shows_text:
            return self._go(leave_text(self.state, self.frames))
        return self._go(navigation.leave(self.state), tr(messages.AT_THE_TOP))

    def jump(self, view: str) -> str:
        """Show the same place in another view."""
        if not self.state.disclosure:
            return tr(messages.IN_LIBRARY)
        return self._visit(navigation.jump(self.state, self.frames, View(view)))

    def across(self, view: str) -> str:
        """Show a view over several documents; in the library from the one at the cursor, else the first marked."""
        state = self.state
        if not state.disclosure:
            marked = [key for key in self.table.frame["key"] if key in state.among]
            begin = self.key if self.key in marked else next(iter(marked), self.key)
            state = navigation.open_disclosure(state, self.frames, begin)
        if not state.disclosure:
            return tr(messages.IN_LIBRARY)
        return self._visit(navigation.jump(state, self.frames, View(view)))

    def flatten(self) -> str:
        """Show all items in one list, or the tree again; in the library hidden disclosures too."""
        if not self.state.disclosure:
            from tui.session.putting_aside import show_hidden

            return show_hidden(self)
        return self._go(navigation.flatten(self.state, self.frames), tr(messages.NO_LEVELS))

    def open_in_place(self) -> str:
        """Open the row at the cursor in its place, or close it."""
        if not self.state.disclosure:
            return tr(messages.IN_LIBRARY)
        return self._go(navigation.open_in_place(self.state, self.frames), tr(messages.NOTHING_TO_ENTER))

    def show(self, view: View, scope: str) -> str:
        """Show the same place in a view with a scope."""
        target = navigation.jump(self.state, self.frames, view, scope)
        return self._go(target) if view is View.LIBRARY else self._visit(target)

    def compare(self) -> str:
        """Compare with the same body's previous year, or stop comparing.

        In the library the disclosure at the cursor is opened first.
        """
        if self.state.baseline:
            return self.compare_with("")
        disclosure = self.state.disclosure or self.key
        if not disclosure:
            return tr(messages.NO_ROW)
        baseline = navigation.default_baseline(self.frames, disclosure)
        if not baseline:
            return hinted(messages.NO_BASELINE)
        if self.state.disclosure:
            return self.compare_with(baseline)
        overview = navigation.open_disclosure(self.state, self.frames, disclosure)
        return self._go(navigation.set_baseline(overview, baseline))

    def biggest(self) -> str:
        """Sort the rows by their changes, the biggest first. Once more: in the document's order."""
        if not self.state.baseline and self.state.view is not View.YEARS:
            return hinted(messages.COMPARE_FIRST)
        return self._visit(navigation.biggest_change(self.state, self.frames))

    def compare_with(self, baseline: str) -> str:
        """Compare with a disclosure_id; "" compares with nothing."""
        state = navigation.set_baseline(self.state, baseline)
        sort = state.sort if state.sort and "@" not in state.sort.column else None
        return self._go(state.replace(sort=sort))

    def neighbour(self, step: int) -> str:
        """Show the same place in another year's disclosure. It is the same body's, a year earlier (-1) or later (1)."""
        if not self.state.disclosure:
            return tr(messages.IN_LIBRARY)
        before, target = self.state, navigation.neighbour_year(self.state, self.frames, step)
        message = self._go(target, tr(messages.NO_NEIGHBOUR[step]))
        self._comes_after(before)
        return message

    def sort(self, column: str) -> str:
        """Sort by a column, or reverse the order.

        It is reversed where the column sorts already; "" is the document's order.
        """
        before = self.state.sort
        if not column:
            return self._go(self.state.replace(sort=None))
        descending = not before.descending if before and before.column == column else True
        return self._go(self.state.replace(sort=Sort(column, descending)))

    def arrange(self, wanted: Arrangement) -> str:
        """Have the columns of the view so. They are so wherever it is shown again."""
        kept = self.arrangements.put(self.state, wanted)
        return self._repainted("" if kept else tr(messages.COLUMNS_NOT_KEPT))

    def filter(self, text: str) -> str:
        """Keep the rows that match the text. Typing on replaces the state instead of adding to the history."""
        if text == self.state.filter:
            return ""
        state = self.state.replace(filter=text)
        if not self.state.filter:
            return self._go(state)
        self._show(state)
        return ""

    def next_unit(self) -> str:
        """Show the amounts in the next money unit. After the last one they are shown as they are printed."""
        printed = view_table(self.state.replace(unit=None), self.frames_for(self.state)).unit
        units = (*(unit for unit in UNITS if unit is not printed), None)
        at = units.index(self.state.unit) if self.state.unit in units else -1
        self._show(self.state.replace(unit=units[(at + 1) % len(units)]))
        return ""

    def mark(self) -> str:
        """Mark the row at the cursor, or unmark it. Then go to the next row.

        Marked rows are added up; marked documents of the library are put side by side.
        """
        key, before = self.key, self.state
        if not key or self.shows_text:
            return tr(messages.NO_ROW)
        if before.view is View.LIBRARY:
            self._show(before.replace(among=before.among ^ {key}))
            self.move(self.index + 1)
            return ""
        marked = before.marked ^ {key}
        self._show(before.replace(marked=marked))
        if marked and MARKED not in self.table.totals["key"]:
            self._show(before)
            return tr(messages.NOT_ADDED)
        self.move(self.index + 1)
        return ""

    def unpair(self) -> str:
        """Undo the near-name pair at the cursor, or make it again."""
        key = self.key
        if key in self.state.unpaired:
            return self._go(self.state.replace(unpaired=self.state.unpaired - {key}))
        if not key or self.table.frame["near"][self.index] is None:
            return tr(messages.NOT_NEAR)
        return self._go(self.state.replace(unpaired=self.state.unpaired | {key}))

    def history(self, step: int) -> str:
        """Go back (-1) or forward (1) in the history."""
        source, target = (self._before, self._after) if step < 0 else (self._after, self._before)
        if not source:
            return tr(messages.NO_HISTORY[step])
        target.append(self.state)
        self._show(source.pop())
        return ""

    def copy(self, send: Callable[[str], None]) -> str:
        """Send the row to the clipboard and write it into a file."""
        from tui.session.requests import copy_row

        return copy_row(self, send)

    # The library

    def hide(self) -> str:
        """Hide the disclosure at the cursor, or list it again."""
        from tui.session.putting_aside import hide

        return hide(self)

    def bring_back(self) -> str:
        """Put the disclosure that was removed last into the library again."""
        from tui.session.putting_aside import bring_back

        return bring_back(self)

    def show_library_of(self, frames: Frames, cursor: str, *, flat: bool | None = None, without: str = "") -> None:
        """Show the library of these frames; states of a disclosure that is gone are no longer gone back to."""
        from tui.session.putting_aside import library_state

        self.frames = frames
        self._show(library_state(self, cursor, flat=self.state.flat if flat is None else flat))
        if without:
            for states in (self._before, self._after):
                states[:] = [
                    state.replace(among=state.among - {without}) for state in states if not _shows(state, without)
                ]
            self._visits = [
                one for one in self._visits if not any(_shows(state, without) for state in (one.origin, one.place))
            ]
            self._hits = [one for one in self._hits if not _shows(one.state, without)]
            self._hit = min(self._hit, max(len(self._hits) - 1, 0))

    def row_after(self) -> str:
        """The key of the next row. Of the previous one at the end; "" where there is no other."""
        keys = self.table.frame["key"].to_list()
        return next(iter([*keys[self.index + 1 :], *reversed(keys[: self.index])]), "")

    def use(self, library: LoadedLibrary) -> None:
        """Browse another library, from its list on; where it is browsed already, nothing moves."""
        if self.loaded_library is None or library is self.loaded_library:
            return
        self.loaded_library, self.frames = library, library.frames
        self.unread = len(library.failures())
        self._before, self._after, self._visits = [], [], []
        self._query, self._hits, self._origin = "", [], None
        self._show(navigation.starting_library(self.frames, self.state.unit))

    def _shows_sample(self) -> bool:
        """Whether what is shown is, or is compared with, sample data."""
        if self.loaded_library is not None and self.loaded_library.is_sample:
            return True
        return not self.frames.samples.isdisjoint({self.state.disclosure, self.state.baseline})

    # Finding

    def find(self, text: str) -> str:
        """Show the first place that matches. Typing on starts again from where the finding began."""
        origin = self._origin or self.state
        self._query = text.strip()
        self._hits = places(origin, self.frames_for(origin), self._query)
        self._hit, self._origin = 0, origin
        self._show(self._hits[0].state if self._hits else origin)
        return self._hit_message() if self._query else ""

    def keep_hits(self, text: str) -> str:
        """End the typing of a search and keep its hits.

        They stay for `next`, and the history leads back to where the finding began.
        """
        if text.strip() != self._query:
            self.find(text)
        if self._origin is not None and self._origin != self.state:
            self._before.append(self._origin)
            self._after.clear()
            if not same_place(self._origin, self.state):
                self._visits.append(Visit(self._origin, self.state))
        self._origin = None
        return self._hit_message() if self._query else ""

    @property
    def hits(self) -> Sequence[Found]:
        """What was found and is not forgotten."""
        return self._hits

    @property
    def hit(self) -> int:
        """The number of the hit that is shown."""
        return self._hit

    def show_hit(self, number: int) -> str:
        """Go to one of the hits."""
        before, self._hit = self.state, number
        self._go(self._hits[number].state)
        if not self._comes_after(before) and not same_place(before, self.state):
            self._visits.append(Visit(before, self.state))
        return self._hit_message()

    def forget_hits(self) -> str:
        """Give up a search and go back to where it began. `next` goes to changes again."""
        if self._origin is not None:
            self._show(self._origin)
        self._query, self._hits, self._origin = "", [], None
        return ""

    def next(self, step: int) -> str:
        """Go to the next (1) or previous (-1) hit. Without a search, to the next or previous change."""
        if self._query:
            return self.show_hit((self._hit + step) % len(self._hits)) if self._hits else self._hit_message()
        if not self.state.baseline and self.state.view is not View.YEARS:
            return hinted(messages.COMPARE_FIRST)
        key = next_change(self.table, self.state.cursor, step)
        if key is None:
            return tr(messages.NO_CHANGES)
        self.move(self._index_of(key))
        return ""

    # Reading

    def add_arrived(self, progress: Progress, library: LoadedLibrary | None = None) -> str:
        """Take in documents that have arrived in a library. It is shown from then on.

        The cursor stays on its row.
        """
        arrived = progress.arrived
        if library is not None:
            self.use(library)
        if arrived is not None:
            if self.frames.shelf is None:
                arrived = concat([arrived.of(key) for key in arrived.disclosures["disclosure_id"]])
            self.frames = renewed(self.frames, arrived)
            if self.loaded_library is not None:
                self.loaded_library.frames = self.frames
            if self.state.view is View.LIBRARY:
                self._show(self.state)
        return ""

    def finished(self, intake: Intake) -> str:
        """Say what became of the documents.

        Of files named one by one a single disclosure is opened; of several the first is where the cursor stands, unless
        it has been moved.
        """
        if intake.ids:
            self.use(intake.loaded_library)
        if intake.loaded_library is self.loaded_library:
            self.unread = len(intake.loaded_library.failures())
        left = intake.total - intake.done
        sentences = [tr(messages.STOPPED).format(intake.done, left)] if left and intake.stop.is_set() else []
        if intake.ids and not sentences and not intake.loaded_library.is_sample:
            sentences.append(tr(messages.OPENED).format(len(intake.ids)))
        sentences += intake.failures if len(intake.failures) == 1 else []
        sentences += [hinted(messages.SOME_UNREAD, len(intake.failures))] if len(intake.failures) > 1 else []
        if intake.asked and len(intake.ids) == 1:
            self._go(navigation.open_disclosure(self.state, self.frames, next(iter(intake.ids))))
        elif intake.asked and intake.ids and self.state == self._begun:
            named = map(intake.loaded_library.disclosure_of, intake.paths)
            first = next((key for key in named if key in intake.ids), next(iter(intake.ids)))
            self._show(self.state.replace(cursor=first))
        return " ".join([*sentences, *intake.messages])

    def library(self) -> str:
        """Show the library, the cursor on the disclosure that was shown."""
        before = self.state
        return self._go(ViewState(cursor=before.disclosure or before.cursor, unit=before.unit, among=before.among))

    def _visit(self, target: ViewState, otherwise: str = "") -> str:
        """Show another place; `leave` comes back from it."""
        origin = self.state
        message = self._go(target, otherwise)
        if not same_place(origin, self.state):
            self._visits.append(Visit(origin, self.state))
        return message

    def _comes_after(self, before: ViewState) -> bool:
        """Let `leave` come back from here as from the place before; whether there is anywhere to come back to."""
        if not self._visits or not same_place(self._visits[-1].place, before):
            return False
        self._visits[-1] = self._visits[-1]._replace(place=self.state)
        return True

    def _hit_message(self) -> str:
        """Which hit of how many is shown, or that there is none."""
        if not self._hits:
            return tr(messages.NO_HITS).format(self._query)
        return hinted(messages.HITS, self._query, self._hits[self._hit].where, self._hit + 1, len(self._hits))

    def _baseline_title(self) -> str:
        """The year of the baseline; its full title where it is another body's; "" without one."""
        compared = sources(self.state, self.frames)
        if compared.baseline is None:
            return ""
        own, theirs = compared.current.head, compared.baseline.head
        if own.of_body(theirs):
            return compared.titles[1] or tr(messages.YEAR_UNKNOWN)
        return reports.short_title(theirs)


def _shows(state: ViewState, disclosure: str) -> bool:
    """Whether a state shows a disclosure, or compares with it."""
    return disclosure in {state.disclosure, state.baseline}
