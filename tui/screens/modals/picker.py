"""The picker: a modal in which one of many things is chosen.

By arrow keys, or by typing a part of its title. `MENUS` has what it is opened on.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import polars as pl
from rich.cells import cell_len
from textual.containers import Vertical
from textual.widgets import Static

from budget.i18n.language import CHINESE, current, tr, using
from budget.model.matching import initials, matches, normalise
from budget.reading.disclosure import comparable, head_of, opened
from budget.views.build import OTHER_TABLE, displayed_statement, view_title
from budget.views.sources import is_other
from budget.views.state import VIEW_SCOPES, VIEW_TITLES, View, ViewState
from tui import messages
from tui.action import Where
from tui.actions import actions, bindings, hinted, keys_text, titles_width
from tui.render.reports import full_title, short_title
from tui.screens.modals.listing import Listing
from tui.session import putting_aside
from tui.terminal.glyphs import BLOCKS
from tui.terminal.text import fit, plain, visible
from tui.widgets.lines import Lines, TextLine
from tui.widgets.prompt import PromptInput, wait_for_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key
    from textual.widgets import Input

    from budget.reading.disclosure import OpenDisclosure
    from tui.library.intake import Intake
    from tui.session.session import Session
    from tui.terminal.glyphs import Glyphs

HINT_WIDTH = 16


class Choice(NamedTuple):
    """One thing to choose; `title` and `hint` may be foreign text."""

    value: str
    title: str
    hint: str = ""
    current: bool = False
    chinese: str = ""  # the title in Chinese where it is shown in English: it is found by both


class Picker(Listing[str | None]):
    """The picker with title, input and choices. It is dismissed with the value of the choice or None."""

    PLACE = Where.PICKER
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Where.PICKER)]
    takes_text = True

    def __init__(
        self, title: str, choices: Sequence[Choice], rank: Callable[[str, str], int | None], glyphs: Glyphs = BLOCKS
    ) -> None:
        super().__init__(Lines(cursor=True, id="picker-lines"), glyphs)
        self.input = PromptInput(placeholder=tr(messages.PICKER_PLACEHOLDER), compact=True, id="picker-input")
        self._heading, self._choices, self._rank = title, choices, rank
        self._matching: list[Choice] = list(choices)

    def compose(self) -> ComposeResult:
        """Make title, input, choices and footer."""
        with Vertical(id="picker"):
            yield Static(plain(self._heading), id="picker-title")
            yield self.input
            yield self.body
            yield self.key_line(messages.PICKER_FOOTER, id_="picker-footer")

    def on_mount(self) -> None:
        """Show all choices, the present one under the cursor."""
        self.body.can_focus = False
        self.set_focus(self.input)
        at = next((index for index, choice in enumerate(self._choices) if choice.current), 0)
        self._fill(list(self._choices), at)

    def on_key(self, event: Key) -> None:
        """Give the input what was typed before it had the focus."""
        if event.is_printable and event.character:
            event.stop()
            self.input.insert_text_at_cursor(event.character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the choices that match what is typed. Those that begin with it come first; pinyin initials match too."""
        text = event.value.strip()
        ranked = [(self._place(choice, text), choice) for choice in self._choices]
        found = [(place, choice) for place, choice in ranked if place is not None]
        self._fill([choice for _, choice in sorted(found, key=lambda item: item[0])] if text else list(self._choices))

    def on_prompt_input_emptied(self) -> None:
        """Close."""
        self.close_with(None)

    def on_lines_chosen(self) -> None:
        """Choose what was clicked."""
        self._choose()

    async def choose(self) -> None:
        """Choose, when the keys typed before have reached the input."""
        await wait_for_keys(self.input, self)
        self._choose()

    def _choose(self) -> None:
        """Close with the choice at the cursor."""
        if self._matching:
            self.close_with(self._matching[self.body.cursor].value)

    def close(self) -> None:
        """Close with nothing chosen."""
        self.close_with(None)

    def _place(self, choice: Choice, text: str) -> int | None:
        """How well the text fits the title, or the Chinese title where that is another."""
        ranks = [self._rank(title, text) for title in (choice.title, choice.chinese) if title]
        return min((place for place in ranks if place is not None), default=None)

    def _fill(self, choices: list[Choice], at: int = 0) -> None:
        """Show these choices; the column of hints is as wide as the widest of all choices."""
        self._matching = choices
        widest = max([cell_len(choice.hint) for choice in self._choices], default=0)
        width = max(widest + 2, HINT_WIDTH) if widest else 0
        lines = [TextLine(choice.title, fit(visible(choice.hint), width) if width else "") for choice in choices]
        self.body.show(lines or [TextLine(tr(messages.NOTHING_MATCHES), style="dim")], at)


NONE = ""
REPORT = "report"
SEPARATOR = "/"


def rank(title: str, typed: str) -> int | None:
    """Rank a title against what is typed: 0, 1 or None.

    0 where the title or its pinyin initials begin with it, 1 where they hold it, None where they do not.
    """
    if not matches(typed, "", title):
        return None
    wanted = normalise(typed)
    return 0 if normalise(title).startswith(wanted) or initials(title).startswith(wanted) else 1


def views(session: Session) -> list[Choice]:
    """Return the views, the printed statements and the reading report. A view comes once for each of its scopes."""
    state = session.state
    current = opened(session.frames, state.disclosure)
    baseline = opened(session.frames, state.baseline) if state.baseline else None
    named: dict[str, Choice] = {}
    for view in View:
        if view is not View.STATEMENT and (view is View.LIBRARY or state.disclosure):
            for scope in VIEW_SCOPES[view]:
                here = state.view is view and (state.scope or VIEW_SCOPES[view][0]) == scope
                title = view_title(state.replace(view=view, scope=str(scope)), current, baseline)
                if here or title not in named:  # two scopes show one table where a document has no other
                    named[title] = Choice(f"{view}{SEPARATOR}{scope}", title, current=here)
    choices = list(named.values())
    if state.disclosure:
        choices += [_statement(statement, current, state) for statement in current.statements]
        choices.append(Choice(REPORT, tr(messages.REPORT)))
    return choices


def in_both_languages(offer: Callable[[Session], list[Choice]], session: Session) -> list[Choice]:
    """Return choices with their Chinese titles beside the English ones.

    The manual has them chosen by the pinyin initials of the Chinese ones.
    """
    offered = offer(session)
    if current() == CHINESE:
        return offered
    with using(CHINESE):
        return [one._replace(chinese=other.title) for one, other in zip(offered, offer(session), strict=True)]


def view_of(value: str) -> tuple[View, str]:
    """Return the view and scope of a choice of `views`."""
    view, _, scope = value.partition(SEPARATOR)
    return View(view), scope


def baselines(session: Session) -> list[Choice] | str:
    """Return every other disclosure that is listed, and not to compare. A sentence where there is none.

    The same body's come first; of sample data there are some only where they are the library that is shown.
    """
    state = session.state
    if not state.disclosure:
        return tr(messages.IN_LIBRARY)
    disclosures = session.frames.disclosures
    own = disclosures.filter(pl.col("disclosure_id") == state.disclosure).get_column("body").to_list()
    listed = {head.disclosure_id for head in comparable(session.frames, state.disclosure)} - {state.disclosure}
    others = disclosures.filter(pl.col("disclosure_id").is_in(listed)).sort(
        [pl.col("body").is_in(own), "body", "fiscal_year", "phase", "edition"],
        descending=[True, False, True, False, False],
        nulls_last=True,
    )
    choices = [
        Choice(
            row["disclosure_id"],
            f"{short_title(head_of(row))} · {_file(row['source_path'])}",
            current=row["disclosure_id"] == state.baseline,
        )
        for row in others.iter_rows(named=True)
    ]
    return [Choice(NONE, tr(messages.NO_COMPARISON)), *choices] if choices else hinted(messages.NO_OTHER)


def _file(path: str) -> str:
    """Return a file with its folder: two files of one body and year may bear one name."""
    return "/".join(PurePath(path).parts[-2:])


def columns(session: Session) -> list[Choice]:
    """Return the columns of the table and the document's own order."""
    chosen = session.state.sort.column if session.state.sort else NONE
    return [
        Choice(NONE, tr(messages.OWN_ORDER), current=not chosen),
        *(Choice(column.id, column.title, current=column.id == chosen) for column in session.table.columns),
    ]


def repeated(session: Session) -> list[Choice]:
    """Return the statement rows that the line at the cursor repeats.

    A line of text repeats the rows that have its amounts.
    """
    return [Choice(str(number), place.title) for number, place in enumerate(session.repeated_rows())]


def hits(session: Session) -> list[Choice] | str:
    """Return what was found, where it stands before it."""
    if not session.hits:
        return hinted(messages.NO_QUERY)
    return [
        Choice(str(number), found.name or found.where, found.where, current=number == session.hit)
        for number, found in enumerate(session.hits)
    ]


def unread(session: Session) -> list[Choice] | str:
    """Return what can be done with files that were not read: all of them first, then each by itself."""
    files = putting_aside.unread(session)
    if not files:
        return tr(messages.ALL_READ)
    everything = [
        Choice(putting_aside.READ_ALL, tr(messages.READ_ALL_AGAIN).format(len(files))),
        Choice(putting_aside.FORGET_ALL, tr(messages.FORGET_ALL).format(len(files))),
    ]
    ways = ((putting_aside.READ, messages.READ_AGAIN), (putting_aside.FORGET, messages.FORGET))
    return everything + [
        Choice(f"{way}{path}", tr(words).format(_file(path))) for path, _ in files for way, words in ways
    ]


def commands(session: Session) -> list[Choice]:
    """Return the commands of the main screen with their keys."""
    width = titles_width(actions(Where.MAIN))
    return [
        Choice(
            action.id,
            fit(tr(action.title), width) + tr(action.description),
            session.glyphs.named(keys_text(action)),
        )
        for action in actions(Where.MAIN)
        if action.palette
    ]


def _statement(statement: str, current: OpenDisclosure, state: ViewState) -> Choice:
    """Offer a statement under its number and title; a table of no form under what it prints, marked as such."""
    here = state.view is View.STATEMENT and displayed_statement(state, current) == statement
    mark = tr(OTHER_TABLE) if is_other(statement) else current.number(statement)
    parts = (tr(VIEW_TITLES[View.STATEMENT]), mark, full_title(current, statement))
    missing = "" if current.found(statement) else tr(messages.MISSING)
    return Choice(f"{View.STATEMENT}{SEPARATOR}{statement}", " ".join(filter(None, parts)) + missing, current=here)


class Menu(NamedTuple):
    """A menu: what it offers, and what the choice does."""

    title: str
    offer: Callable[[Session], list[Choice] | str]
    """The choices; a sentence where there are none."""
    take: Callable[[Session, str], str] | None
    """None: the choice is the id of an action."""
    read: Callable[[Session, str], Intake | str] | None = None
    """What is to be read where something is; a sentence where not."""


MENUS: dict[str, Menu] = {
    "views": Menu(
        messages.CHOOSE_VIEW,
        partial(in_both_languages, views),
        lambda session, value: session.show(*view_of(value)),
    ),
    "baselines": Menu(messages.CHOOSE_BASELINE, baselines, lambda session, value: session.compare_with(value)),
    "columns": Menu(messages.CHOOSE_SORT, columns, lambda session, value: session.sort(value)),
    "commands": Menu(messages.CHOOSE_COMMAND, partial(in_both_languages, commands), None),
    "unread": Menu(messages.UNREAD_MENU, unread, None, putting_aside.read_again),
    "hits": Menu(messages.CHOOSE_HIT, hits, lambda session, value: session.show_hit(int(value))),
    "repeated": Menu(messages.CHOOSE_PLACE, repeated, lambda session, value: session.show_repeated(int(value))),
}
"""What a picker can be opened on."""
