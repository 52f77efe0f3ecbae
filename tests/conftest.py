"""What holds for every test, and the two tiers.

No test reads or writes what the user keeps (configuration, library, environment), and none reads a clock: the tests
run side by side on a busy machine.  What must not take long gets a limit of processor time (`tests.support.limits`),
and what is waited for is waited for by its own sign; the only deadlines end a test that would otherwise hang.

`pytest` and `python3 tasks.py test` run the quick tier: every module and every property, with a tenth of the examples
and of the damaged files (`tools.documents.strategies.share`), of long products only pairs
(`tests.support.tiers.tiered`), and of what is shown, commanded or read as a whole only the first parameter of each
test.  `pytest --all` and `python3 tasks.py test --all`, which `.ci/run` uses, run everything.
A test or parameter that only the second runs carries the mark `long`; its module and what it checks must keep a
test without it, which `tests/test_tiers.py` sees to for modules.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tools.documents.strategies import QUICK
from tui.library import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WHOLE = ("tests/tui/", "tests/journeys/")
"""Tests that start the program or read whole documents: each parameter costs much, and says little that is new."""
FOR_TESTS = {"YUSUAN_SHARED", "YUSUAN_REWRITE_GOLDENS"}

# How long an example takes says how busy the machine is: the tests run side by side.
settings.register_profile("yusuan", deadline=None)
settings.load_profile("yusuan")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs the long tier too."""
    parser.addoption("--all", action="store_true", help="run the long tier too, as .ci/run does")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the tier before any module is imported; `--hypothesis-profile` still has the last word."""
    settings.load_profile("yusuan" if config.getoption("--all") else QUICK)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only the long tier runs."""
    if config.getoption("--all"):
        return
    short = [item for item in items if item.get_closest_marker("long") is None]
    kept = {item.nodeid for item in _first(short)}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
    items[:] = [item for item in items if item.nodeid in kept]


def _first(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Of each test in the folders of whole programs the first parameter; all of the others."""
    seen = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if test not in seen or not test.startswith(WHOLE):
            yield item
        seen.add(test)


@pytest.fixture(autouse=True, scope="session")
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("YUSUAN_") and name not in FOR_TESTS]:
            patch.delenv(name)
        patch.setenv(documents.HOME, str(tmp_path_factory.mktemp("home")))
        yield
