"""Random keys and sizes in a real terminal: the program lives, answers, and leaves the terminal as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.documents.strategies import share

if TYPE_CHECKING:
    from pathlib import Path

keys = pytest.importorskip("tools.soak.keys", reason="no pseudo-terminals", exc_type=ImportError)


@pytest.mark.parametrize("quits", [True, pytest.param(False, marks=pytest.mark.long)])
def test_random_keys_and_sizes_take_nothing_down(quits: bool, tmp_path: Path) -> None:
    documents = keys.write_documents(tmp_path, 3)
    found = keys.walk(tmp_path, documents, share(500 if quits else 1_500), seed=16, quits=quits)
    assert not found.faults, "\n".join(found.faults)
    assert found.last > 0


def test_a_program_that_leaves_in_disorder_is_found(tmp_path: Path) -> None:
    program = keys.Program(tmp_path, keys.write_documents(tmp_path, 1))
    assert program.leave(keys.signal.SIGKILL) == [
        "signal 9: the screen was not left",
        "signal 9: the terminal is not as it was",
    ]


def test_a_program_that_lets_the_terminal_go_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = r"import os, time; os.write(1, b'\x1b[?1049h'); os.closerange(0, 3); time.sleep(0.5)"
    run = keys.os.execv
    monkeypatch.setattr(keys.os, "execv", lambda path, _: run(path, [path, "-S", "-c", script]))
    program = keys.Program(tmp_path, tmp_path)
    assert not program.read(anything=True)
    assert program.ended()
