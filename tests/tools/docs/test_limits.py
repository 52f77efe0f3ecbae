"""No limit of reading is missing in the documentation."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from tools.docs.limits import LIMITS, Limit, formatted

ROOT = Path(__file__).parents[3]


def constants() -> set[tuple[str, str]]:
    """The names of the readers' modules that end in LIMIT, with their modules."""
    found = set()
    for path in (ROOT / "loaders").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                found |= {(module, name) for name in names if name.endswith("LIMIT")}
    return found


def test_every_limit_is_listed() -> None:
    listed = {(one.module, one.name) for one in LIMITS}
    assert constants() > {("loaders.formats.html", "TAG_LIMIT")}
    assert constants() - listed == set()
    assert len(listed) == len(LIMITS)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: f"{one.module}.{one.name}")
def test_every_limit_is_a_number_that_the_code_holds(limit: Limit) -> None:
    assert getattr(import_module(limit.module), limit.name) > 0
    assert not formatted(limit).startswith("0 ")
