"""What the application is started with: frames, the first state, and how to read more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

    from budget.frames import Frames
    from budget.views.state import ViewState


@dataclass(frozen=True, slots=True)
class LoadedFrames:
    """What a loading callable returns from the worker thread."""

    frames: Frames
    state: ViewState | None = None
    """Where to begin; None: where `budget.views.starting_state` says."""
    messages: tuple[str, ...] = ()
    """One plain Chinese sentence for each document that could not be read."""
    read: Callable[[Path], Frames] | None = None
    """Reads one more document in a worker thread; raises UnreadableDocumentError.  None: `loaders.load`."""
    passages: Callable[[str], pl.DataFrame] | None = None
    """Text of a disclosure_id (schema PASSAGES) where `frames.passages` does not hold it, as for a library."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the application shows things, whatever it shows."""

    ascii: bool = False
    """Draw bars and marks with ASCII characters only."""
    mouse: bool = True
    """False leaves the mouse to the terminal, for selecting text."""
