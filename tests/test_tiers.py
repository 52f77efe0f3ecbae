"""The tiers lose nothing: every module and every property is in the quick one, and no test reads a clock."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.limits import TooSlowError, is_within, processor_seconds
from tests.support.tiers import EACH, PAIRS, covering, thinned, tiered
from tools.documents.strategies import QUICK, share

HERE = Path(__file__).parent
MODULES = sorted(HERE.rglob("*.py"))
CLOCKS = {"time", "monotonic", "perf_counter", "process_time", "thread_time"}
CLOCKS |= {f"{name}_ns" for name in CLOCKS}
LIMITS = HERE / "support" / "limits.py"
"""Where there is no timer to interrupt a block, its processor time is read: nowhere else."""


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The tests of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [node for node in found if node.name.startswith("test_")]


def decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [ast.unparse(node) for node in function.decorator_list]


def is_long(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(each.startswith("pytest.mark.long") for each in decorators(function))


def test_every_module_and_every_property_is_in_the_quick_tier() -> None:
    properties = 0
    for path in MODULES:
        tests = functions(path)
        assert not tests or not all(map(is_long, tests)), path
        marks = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("pytestmark")]
        assert not any("long" in line for line in marks), path
        for test in tests:
            is_property = any(each.startswith("given(") for each in decorators(test))
            properties += is_property
            assert not (is_property and is_long(test)), (path, test.name)
    assert properties > 30


def test_no_test_reads_a_clock() -> None:
    for path in MODULES:
        if path == LIMITS:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        read = [ast.unparse(call) for call in calls if ast.unparse(call.func) in {f"time.{name}" for name in CLOCKS}]
        assert not read, path


@pytest.mark.parametrize(
    ("lengths", "together"),
    [((1,), EACH), ((4,), EACH), *itertools.product([(2, 3), (3, 2, 2), (2, 3, 4, 2)], [EACH, PAIRS])],
)
def test_a_cover_holds_every_combination_and_is_small(lengths: tuple[int, ...], together: int) -> None:
    chosen = covering(lengths, together)
    for axes in itertools.combinations(range(len(lengths)), together):
        wanted = set(itertools.product(*(range(lengths[axis]) for axis in axes)))
        assert {tuple(places[axis] for axis in axes) for places in chosen} == wanted
    assert len(chosen) == len(set(chosen))
    longest = sorted(lengths)[-together:]
    assert len(chosen) <= 2 * longest[0] * (longest[1] if together > 1 else 1)


def test_the_long_tier_is_the_whole_product() -> None:
    made = tiered("ab", [1, 2, 3], "xyz")
    assert [each.values for each in made] == list(itertools.product("ab", [1, 2, 3], "xyz"))
    quick = [each for each in made if not each.marks]
    assert 9 <= len(quick) < len(made)
    assert [each.values for each in thinned("abcdefg", 3)] == [(letter,) for letter in "abcdefg"]
    assert [each.values for each in thinned("abcdefg", 3) if not each.marks] == [("a",), ("d",), ("g",)]


def test_the_tier_says_how_much_is_drawn(request: pytest.FixtureRequest) -> None:
    everything = request.config.getoption("--all")
    if not request.config.getoption("--hypothesis-profile", None):
        assert (settings.get_current_profile_name() == QUICK) == (not everything)
        assert [share(count) for count in (1, 5, 6, 150)] == ([1, 5, 6, 150] if everything else [1, 1, 1, 15])
    if not everything:
        assert not [item.nodeid for item in request.session.items if item.get_closest_marker("long")]


def test_what_takes_too_long_is_interrupted() -> None:
    def endless() -> None:
        while True:
            pass

    with pytest.raises(TooSlowError, match=r"0\.05 s of processor time: a loop"), processor_seconds(0.05, "a loop"):
        endless()
    assert not is_within(0.02, endless, tries=2)
    assert is_within(5, lambda: None)
