"""Running the command line in tests."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from loaders.workers import start
from tests.support import reading
from tui.cli import main
from tui.library import documents, intake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

    from loaders.workers.result import ReadResult

ROOT = Path(__file__).parents[2]


class Ran(NamedTuple):
    """What a command printed and how it ended."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode("utf-8")

    @property
    def rows(self) -> list[dict[str, str]]:
        """Standard output as the rows of a CSV file."""
        return list(csv.DictReader(io.StringIO(self.out.decode("utf-8-sig"), newline="")))


class Command:
    """Run the command line in this process, with its own library folder. Samples are read once for all tests."""

    def __init__(self, home: Path, captured: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch) -> None:
        patch.setenv(documents.HOME, str(home))
        patch.setattr(intake, "results", _read_here)
        patch.setattr(start, "Reserve", _NoReserve)
        self.captured = captured

    def __call__(self, *given: object) -> Ran:
        status = main.main([str(argument) for argument in given])
        out, err = self.captured.readouterr()
        return Ran(status, out, err.decode("utf-8"))


class _NoReserve:
    """Nobody is started in advance."""

    hire = staticmethod(start.hire)

    def __init__(self, first: Path | None = None) -> None:
        """Nothing is read early."""

    def dismiss(self) -> None:
        """Nobody has to leave."""


def _read_here(
    paths: object, unread: Iterable[Path | ReadResult], stop: object, hire: object = None, waits: object = None
) -> Iterator[ReadResult]:
    """Read in this process, for command-line tests."""
    return (reading.attempted(one) if isinstance(one, Path) else one for one in unread)


def program(*given: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *map(str, given)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
