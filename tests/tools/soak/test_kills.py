"""Programs killed at random moments leave a library that can be read and has lost nothing that was committed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from budget.library.library import Library
from loaders.load import LOADER_VERSION
from tools.documents.strategies import share
from tools.soak import kills

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="a killed program leaves its files open for a moment on Windows")
def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    assert kills.run(tmp_path, share(20), seed=16) == []
    assert kills.committed(tmp_path) > 0


def test_what_is_lost_or_changed_is_found(tmp_path: Path) -> None:
    Library(tmp_path / "library", LOADER_VERSION)
    log = tmp_path / "0.log"
    kills.write_down(log, "0" * 16, 7)
    assert kills.faults(tmp_path, [log]) == ["0000000000000000 is lost"]
