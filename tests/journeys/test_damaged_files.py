"""A damaged file of any format gives a disclosure or one plain sentence: no traceback, no crash, no hang."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest

from tests.journeys.fuzzing import FORMATS, Result, work
from tools.documents.strategies import share

if TYPE_CHECKING:
    from pathlib import Path

CASES = 2000
"""Files in all formats together."""
LIMIT = 20.0
"""Seconds for one file."""


@pytest.mark.parametrize("format_", FORMATS)
def test_damaged_files(format_: str, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    seeds = range(share(CASES // len(FORMATS)))
    worker = context.Process(target=work, args=(format_, seeds, tmp_path, there), daemon=True)
    worker.start()
    there.close()
    faults: list[str] = []
    read = 0
    try:
        for seed in seeds:
            result = _next(here, format_, seed)
            read += result.read
            if result.fault:
                faults.append(f"{format_} {seed}: {result.fault}")
    finally:
        worker.kill()
        worker.join()
    assert not faults, f"{len(faults)} of {len(seeds)} files\n" + "\n".join(faults[:3])
    assert read, "no damaged file was read: the damage is too great to say anything"


def _next(pipe: multiprocessing.connection.Connection, format_: str, seed: int) -> Result:
    try:
        for _ in range(2):  # the seed, then what came of it
            if not pipe.poll(LIMIT):
                pytest.fail(f"{format_} {seed}: no answer within {LIMIT:.0f} s")
            result = pipe.recv()
    except EOFError:
        pytest.fail(f"{format_} {seed}: the process died")
    assert isinstance(result, Result)
    return result
