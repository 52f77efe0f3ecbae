"""Frames for the tests of the domain: a small bureau that is always there, the reference pair where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from budget.library.frames import Frames, frames
from tests.support.builders import forest
from tests.support.reference import changji


class Two(NamedTuple):
    """Frames with the ids of this year's disclosure and of last year's."""

    frames: Frames
    now: str
    before: str


@pytest.fixture(scope="session")
def small() -> Two:
    """The small bureau, 2025 and 2024."""
    now, before = forest(2025), forest(2024)
    return Two(frames([before, now]), now.head.disclosure_id, before.head.disclosure_id)


@pytest.fixture(scope="session")
def pair() -> Two:
    """The reference pair, read by eye from the originals."""
    shared = os.environ.get("YUSUAN_SHARED")
    if not shared:
        pytest.skip("YUSUAN_SHARED is not set: the reference pair is not tested")
    return Two(changji(Path(shared)), "changji2025cells", "changji2024cells")
