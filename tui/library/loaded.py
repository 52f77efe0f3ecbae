"""What the browser starts with: frames, first state, documents to read, options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from budget.library.frames import Frames
    from budget.views.state import ViewState
    from tui.library.intake import Intake
    from tui.library.shelf import LoadedLibrary


@dataclass(frozen=True, slots=True)
class LoadedFrames:
    """What the browser starts with. It is returned by the loading callable from the worker thread."""

    frames: Frames
    state: ViewState | None = None
    """Where to begin; None: where `budget.views.starting_state` says."""
    messages: tuple[str, ...] = ()
    """One plain Chinese sentence for each document that could not be read."""
    loaded_library: LoadedLibrary | None = None
    """Where texts come from that `frames` does not hold, and where further documents are kept; None: nowhere."""
    intake: Intake | None = None
    """Documents to be read while the browser is in use."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the browser shows and writes things, whatever it shows."""

    ascii: bool = False
    """Draw bars and marks with ASCII characters only."""
    mouse: bool = True
    """False leaves the mouse to the terminal, for selecting text."""
    theme: str = "terminal"
    """terminal, dark or light."""
    money_unit: str = ""
    """The unit that views begin with: 元, 万元 or 亿元; "": the one in which they are printed."""
    encoding: str = "utf-8-sig"
    """Of the CSV files that are written: utf-8-sig, utf-8 or gb18030."""
    export_folder: Path | None = None
    """Where exports and copied rows are written, absolute; None: where the program was started."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of actions of the main screen by action id, in place of those of the registry."""
