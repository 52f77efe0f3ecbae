"""Starting worker processes; it imports little, so that a worker can get ready while the program still imports.

They are started afresh, never forked (a process forked after Polars has run hangs), with pipes in place of the
terminal and outside its process group, so that nothing is printed and Ctrl+C does not reach them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loaders.workers.memory import VARIABLE


def allow(memory: int) -> None:
    """Let workers that are started from now on use so many bytes."""
    os.environ[VARIABLE] = str(memory)


Hire = Callable[[], "subprocess.Popen[bytes]"]
"""What starts a worker process."""

FLAG = "--worker"
"""What a program that is one file with its interpreter is started with to be a worker."""
LOADER = "YUSUAN_LOADER"
"""The system's loader, where the interpreter had to be started by it: nothing on a FAT stick is executable."""


def hire(first: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a worker (`loaders.workers.worker`); raises OSError where the system refuses.

    It reads the document `first` before it is asked for it.
    """
    return start([*command(), *([str(first)] if first else [])])


def command() -> list[str]:
    """The command that starts a worker."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    alone = "-I" if sys.flags.isolated else "-P"  # never a module out of the folder of the documents
    return [*filter(None, [os.environ.get(LOADER)]), sys.executable, alone, "-m", "loaders.workers.worker"]


def start(given: list[str]) -> subprocess.Popen[bytes]:
    """Start a command as a worker."""
    return subprocess.Popen(  # noqa: S603 - the command is our own
        given,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        **_apart(),
    )


def _environment() -> dict[str, str]:
    """That of the parent, with the place of our packages; one thread each, for there are many workers."""
    here = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    modest = {"POLARS_MAX_THREADS": "1", "MALLOC_ARENA_MAX": "2"}  # each thread's heap counts against the memory
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, here)), **modest}


def _apart() -> dict[str, Any]:
    """How to start a process that has no part in the terminal."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    else:  # noqa: RET505 - else the type checker takes one of the two for dead code
        return {"start_new_session": True}


class Reserve:
    """A worker process started in advance, in case one is needed; it begins with the document that it is given."""

    def __init__(self, first: Path | None = None) -> None:
        self._waiting = [hire(first)]

    def hire(self) -> subprocess.Popen[bytes]:
        """That worker, and a new one every time after."""
        return self._waiting.pop() if self._waiting else hire()

    def dismiss(self) -> None:
        """End it where nobody needed it."""
        while self._waiting:
            with self._waiting.pop() as process:
                process.kill()
