"""No test reads or writes what the user keeps: configuration, library, environment.  No test is timed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tui.library import documents

if TYPE_CHECKING:
    from collections.abc import Iterator

FOR_TESTS = {"YUSUAN_SHARED", "YUSUAN_REWRITE_GOLDENS"}

# How long an example takes says how busy the machine is: the tests run side by side.
settings.register_profile("yusuan", deadline=None)
settings.load_profile("yusuan")


@pytest.fixture(autouse=True, scope="session")
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("YUSUAN_") and name not in FOR_TESTS]:
            patch.delenv(name)
        patch.setenv(documents.HOME, str(tmp_path_factory.mktemp("home")))
        yield
