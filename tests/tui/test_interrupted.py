"""Ctrl+C ends the program without a word, from its first statement to its last."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.support.command import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
BY_THE_SYSTEM, BY_THE_COMMAND = -signal.SIGINT, 130
"""A shell sees 130 in both cases."""
INTERRUPTED_AT = """
import atexit, os, runpy, sys

sys.modules.pop("signal", None)  # as in an interpreter that has just started
moment = sys.argv.pop(1)
interrupt = lambda: os.kill(os.getpid(), 2)
sys.addaudithook(lambda event, given: interrupt() if event == "import" and given[0] == moment else None)
if moment == "end":
    atexit.register(interrupt)
runpy.run_module("tui", run_name="__main__", alter_sys=True)
"""


def interrupted(moment: str, *, ignored: bool = False) -> tuple[int, bytes, bytes]:
    """Status and words of a command that gets the signal when a module is about to be imported, or at the end."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_AT, moment, "config", "--no-config"],
        cwd=ROOT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        preexec_fn=(lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)) if ignored else None,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("signal", BY_THE_COMMAND),
        ("tui.cli.main", BY_THE_SYSTEM),
        ("argparse", BY_THE_SYSTEM),
        ("tui.cli.config", BY_THE_COMMAND),
    ],
)
def test_it_is_interrupted_quietly(moment: str, status: int) -> None:
    assert interrupted(moment) == (status, b"", b"")


def test_it_is_interrupted_quietly_when_it_leaves() -> None:
    status, said, complained = interrupted("end")
    assert (status, complained) == (BY_THE_SYSTEM, b"")
    assert said


def test_who_has_the_signal_ignored_is_not_interrupted() -> None:
    status, said, complained = interrupted("argparse", ignored=True)
    assert (status, complained) == (0, b"")
    assert said
