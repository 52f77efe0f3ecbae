"""What the application is started with: frames, the first state, and what there is to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budget.frames import Frames
    from budget.views.state import ViewState
    from tui.holdings import Holdings
    from tui.intake import Intake


@dataclass(frozen=True, slots=True)
class LoadedFrames:
    """What a loading callable returns from the worker thread."""

    frames: Frames
    state: ViewState | None = None
    """Where to begin; None: where `budget.views.starting_state` says."""
    messages: tuple[str, ...] = ()
    """One plain Chinese sentence for each document that could not be read."""
    holdings: Holdings | None = None
    """Where texts come from that `frames` does not hold, and where further documents are kept; None: nowhere."""
    intake: Intake | None = None
    """Documents to be read while the browser is in use."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the application shows things, whatever it shows."""

    ascii: bool = False
    """Draw bars and marks with ASCII characters only."""
    mouse: bool = True
    """False leaves the mouse to the terminal, for selecting text."""
