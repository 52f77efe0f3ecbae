"""Documents that tests read again and again: each is read once in a process, for what is read never changes."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sample_data
from budget.library.frames import Frames, frames
from loaders.load import load
from loaders.workers import result

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.model.disclosure import Disclosure
    from loaders.workers.result import ReadResult

UNCHANGING = tuple(
    Path(folder).resolve() for folder in (Path(sample_data.__file__).parent, os.environ.get("YUSUAN_SHARED")) if folder
)
"""Folders in which no test writes: the samples, and the originals where they are at hand."""


@cache
def loaded(path: Path) -> Disclosure:
    """The disclosure of a sample or an original.

    Raises:
        AssertionError: the file may change while the tests run.
    """
    assert is_unchanging(path), f"{path} is neither a sample nor an original"
    return load(path)


@cache
def loaded_frames(*paths: Path) -> Frames:
    """The frames of samples or originals, in the order of their paths."""
    return frames([loaded(path) for path in paths])


def attempted(path: Path) -> ReadResult:
    """The result of a reading in this process, for command-line tests. Those of samples and originals are kept."""
    return _attempted(path, load) if is_unchanging(path) else result.attempt(path, load)


def is_unchanging(path: Path) -> bool:
    """Whether no test writes to a file and its path is absolute. Such a path means the same wherever a test is."""
    return path.is_absolute() and any(path.resolve().is_relative_to(folder) for folder in UNCHANGING)


@cache
def _attempted(path: Path, read: Callable[[Path], Disclosure]) -> ReadResult:
    """Per function that reads, for a test may put another in its place."""
    return result.attempt(path, read)
