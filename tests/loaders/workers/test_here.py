"""Pipes are read in this process: they too have an end, and nobody waits for one that is not wanted."""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING

import pytest

import sample_data
from loaders.workers.here import read_here

if TYPE_CHECKING:
    from pathlib import Path

    from budget.model.disclosure import Disclosure

ENDLESS = 3_600.0
SAMPLE = sample_data.paths()[0]


class Endless:
    """Reads without end, and tells when it has been interrupted."""

    def __init__(self) -> None:
        self.began, self.ended = threading.Event(), threading.Event()

    def __call__(self, path: Path) -> Disclosure:
        self.began.set()
        try:
            while True:
                re.match("a{1,9}", "aaa")
        except Exception as error:  # a reader that catches what goes wrong
            raise AssertionError from error
        finally:
            self.ended.set()


def test_a_document_is_read() -> None:
    found = read_here(SAMPLE, threading.Event(), seconds=ENDLESS)
    assert found is not None
    assert found.frames is not None
    assert not found.failure


def test_one_that_takes_too_long_is_interrupted_and_costs_a_sentence() -> None:
    endless = Endless()
    found = read_here(SAMPLE, threading.Event(), seconds=0.1, read=endless)
    assert found is not None
    assert found.frames is None
    assert found.failure == f"{SAMPLE}：读了 0.1 秒还没有读完，已停止，没有读入。"
    assert endless.ended.wait(ENDLESS)


def test_stopping_waits_for_nothing() -> None:
    endless, stop = Endless(), threading.Event()
    threading.Thread(target=lambda: (endless.began.wait(), stop.set())).start()
    assert read_here(SAMPLE, stop, seconds=ENDLESS, read=endless) is None
    assert endless.ended.wait(ENDLESS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_that_nobody_writes_to_is_left(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    try:
        found = read_here(pipe, threading.Event(), seconds=0.1)
        assert found is not None
        assert "0.1 秒" in found.failure
    finally:
        os.close(os.open(pipe, os.O_RDWR | os.O_NONBLOCK))
