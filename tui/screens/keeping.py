"""What a screen leaves for the next start. And how the data take its place.

Imported once there is a session.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.library.last_state import written
from tui.session.snapshot import Detail, Side, Snapshot
from tui.terminal.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.session.kept_screens import KeptScreens
    from tui.session.session import Session
    from tui.widgets.body import Body
    from tui.widgets.detail import DetailPane


def take_place(snapshot: Snapshot, session: Session, body: Body) -> bool:
    """Move the session's cursor to where the snapshot's stands; whether both show the same rows."""
    begun = {**written(session.state), "cursor": snapshot.state.get("cursor")}
    same = begun == snapshot.state and session.grid.row_count == snapshot.grid.row_count
    row = body.cursor_row
    if same:
        session.move(body.cursor)
    elif row is not None and body.cursor != snapshot.cursor:
        session.move_to_key(row.key)
    return same


class Keeper:
    """A screen at rest, with what keeps it; the files are written in a thread, or when the terminal is given back.

    `shown` is the snapshot where the data have not taken its place yet, `reading` tells that documents are being read.
    """

    def __init__(
        self,
        kept: KeptScreens,
        session: Session,
        body: Body,
        detail: DetailPane,
        shown: Snapshot | None,
        *,
        reading: bool,
    ) -> None:
        self.kept, self.session, self.body, self.detail = kept, session, body, detail
        self.shown, self.reading = shown, reading

    def keep_at_end(self) -> None:
        """Keep the last screen once the terminal is given back. A first view not kept before, too.

        What was shown before it was stored is stored at the latest now.
        """
        assert self.session.loaded_library is not None
        work: list[Callable[[], object]] = [self.session.loaded_library.keep, self._last()]
        if self.shown is None and self.kept.is_without_picture:
            work += self._first_view()
        self.kept.at_end = lambda: [each() for each in work]

    def first_views(self) -> Iterator[Callable[[], None]]:
        """What keeps the first screen that has come to rest. And the first view of a document."""
        if (
            self.shown is not None
            or self.session.missing_audit() is not None
            or self.session.frames.disclosures.is_empty()
        ):
            return
        if not self.kept.has_last and not self.reading:
            self.kept.has_last = True
            yield self._last()
        yield from self._first_view()

    def _first_view(self) -> Iterator[Callable[[], None]]:
        shown = self.session.state.disclosure
        sha256 = "" if shown in self.kept.documents else self.session.first_view()
        if sha256:
            self.kept.documents.add(shown)
            picture = self._picture()
            detail = picture.detail if self.session.index == 0 else None
            sides = picture.sides if self.session.index == 0 else ()
            yield partial(self.kept.keep_document, sha256, replace(picture, cursor=0, detail=detail, sides=sides))

    def _last(self) -> Callable[[], None]:
        shelf = self.session.loaded_library
        assert shelf is not None
        known = dict(shelf.files) if shelf.is_kept and not self.reading else None
        return partial(self.kept.keep_last, self._picture(), known, shelf.unread(), self.kept.next_number())

    def _picture(self) -> Snapshot:
        session, pane = self.session, self.detail
        detail = None if pane.due else Detail(*pane.shown_size, pane.shown)
        if self.shown is not None:
            moved = self.shown.cursor != session.index
            return replace(
                self.shown,
                cursor=session.index,
                detail=None if moved else self.shown.detail,
                sides=() if moved else self.shown.sides,
                state=written(session.state),
            )
        return Snapshot(
            place=tuple(map(visible, session.table.breadcrumb)),
            context=visible(session.context),
            grid=session.grid,
            cursor=session.index,
            lines=tuple(self.body.text.lines) if session.shows_text else None,
            detail=detail,
            sides=self._sides(),
            audited=session.missing_audit() is None and bool(session.state.disclosure),
            state=written(session.state),
        )

    def _sides(self) -> tuple[Side, ...]:
        """The panes beside the table; none where they have not followed the cursor yet."""
        sides = self.body.sides
        return () if sides is None else tuple(Side(*shown) for shown in sides.shown)
