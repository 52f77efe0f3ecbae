"""Load what the browser starts with: documents, library or sample data. It runs in the worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.library.frames import without
from budget.library.library import Library
from budget.model.disclosure import UnreadableDocumentError
from budget.views.state import ViewState
from loaders.version import LOADER_VERSION
from loaders.workers.pool import WorkersFailedError
from tui.library.documents import home, is_small
from tui.library.intake import Intake
from tui.library.last_state import restored
from tui.library.loaded import LoadedFrames
from tui.library.made_from import LIBRARY, SAMPLES
from tui.library.samples import sample_ids
from tui.library.shelf import LoadedLibrary

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from loaders.workers.start import Hire


def open_library() -> LoadedLibrary:
    """Open the user's library."""
    return LoadedLibrary(Library(home() / LIBRARY, LOADER_VERSION))


def open_samples() -> LoadedLibrary:
    """Open the library of the sample data."""
    return LoadedLibrary(Library(home() / SAMPLES, LOADER_VERSION), is_sample=True)


def sample_intake(held: LoadedLibrary) -> Intake:
    """Return the reading of the sample data into their library; what is there already is not read again."""
    import sample_data

    return Intake(held, list(sample_data.paths()))


def load_library(last: Mapping[str, Any] | None = None) -> LoadedFrames:
    """Load the library, or the samples where it is empty.

    It begins with the `last` state, where what that shows is still there. What an older version has read is read again
    while the browser is in use.
    """
    held = open_library()
    if not held.frames.disclosures.is_empty():
        begin = restored(last, held.frames) if last else None
        return _loaded(held, begin or ViewState(), Intake(held, (), held.outdated()))
    samples = open_samples()
    samples.frames = without(samples.frames, set(samples.frames.disclosures["disclosure_id"]) - sample_ids())
    now = _read_now(sample_intake(samples))
    begin = restored(last, samples.frames) if last else None
    return _loaded(samples, begin or ViewState(), None, now)


def library_of(paths: Sequence[Path]) -> LoadedLibrary:
    """Return the library that documents go into: the user's, unless all are samples."""
    import sample_data

    return open_samples() if set(paths) <= set(sample_data.paths()) else open_library()


def load_documents(
    paths: Sequence[Path],
    stop: threading.Event | None = None,
    hire: Hire | None = None,
    *,
    asked: bool = True,
    shows_first: bool = False,
) -> LoadedFrames:
    """Load documents into the library and open them.

    One is opened at its overview, several are shown by the library. One document, and a few small ones, are read at
    once; others are left to the intake of what is returned, which stores what has been read where `shows_first`. `hire`
    starts a worker process, `asked` tells that the files were named one by one.

    Raises:
        UnreadableDocumentError: none of those read at once could be read.
    """
    held = library_of(paths)
    intake = Intake(held, paths, asked=asked)
    if len(paths) > 1 and not is_small(paths):
        return _loaded(held, ViewState(), intake)
    intake.stop, intake.hire = stop or intake.stop, hire or intake.hire
    intake.shows_first = shows_first
    _read_now(intake)
    if not intake.ids:
        held.write_notes()
        raise UnreadableDocumentError(" ".join(intake.failures or intake.messages))
    named = (held.disclosure_of(path) for path in paths)
    first = next((key for key in named if key in intake.ids), next(iter(intake.ids)))
    state = ViewState(cursor=first)
    if len(intake.ids) == 1:
        from budget.views.navigation import open_disclosure

        state = open_disclosure(ViewState(), held.frames, first)
    return _loaded(held, state, Intake(held, (), held.outdated()), intake)


def _read_now(intake: Intake) -> Intake:
    """Read all documents of an intake before anything is shown."""
    try:
        for progress in intake.run():
            if progress.arrived is not None:
                intake.loaded_library.add(progress.arrived)
    except WorkersFailedError as error:
        intake.failures.append(str(error))
    return intake


def _loaded(held: LoadedLibrary, state: ViewState, later: Intake | None, now: Intake | None = None) -> LoadedFrames:
    """What the browser starts with; `now` has been read, `later` is read while it is in use."""
    sentences = (*now.failures, *now.messages) if now is not None else ()
    return LoadedFrames(held.frames, state, (*sentences, *held.messages), loaded_library=held, intake=later)
