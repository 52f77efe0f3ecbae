"""Documents read without the library, for the commands that print or export."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, NamedTuple

from loaders.pool import WorkersFailedError
from tui.console import progress
from tui.intake import answers, together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from budget.library.frames import Frames
    from loaders.answer import Answer


class Reading(NamedTuple):
    """The frames of documents in the order of their paths, and one plain sentence for each that could not be read."""

    frames: Frames
    messages: list[str]


def read(paths: Sequence[Path]) -> Reading:
    """Read these documents; one that cannot be read costs its sentence and nothing else."""
    found: list[Answer] = []
    failed = 0
    shown = sys.stderr.isatty()
    messages: list[str] = []
    try:
        for answer in answers(paths, paths, threading.Event()):
            found.append(answer)
            failed += bool(answer.failure)
            if shown and len(paths) > 1:
                progress(len(found), len(paths), failed, answer.path.name)
    except WorkersFailedError as error:
        messages.append(str(error))
    finally:
        if shown and len(paths) > 1:
            progress()
    frames, failures = together(found, paths)
    return Reading(frames, [*failures, *messages])
