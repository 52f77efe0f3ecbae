"""A pattern out of its kept form is the pattern that would be compiled, and nothing that is odd is used."""

from __future__ import annotations

import marshal
import re
from typing import TYPE_CHECKING

import pytest

from budget.system import compiled_patterns
from tests.support.pumping import used_patterns

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ("", "一、2024年部门预算 1,234.56万元", "（一）基本支出：人员经费 12.3%", "abc-_. 单位：万元", "\n\t 合计")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled_patterns, "PATH", tmp_path / "__pycache__" / "patterns.bin")
    compiled_patterns._kept.cache_clear()
    return tmp_path / "__pycache__" / "patterns.bin"


def found_by(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> list[tuple[object, ...]]:
    matches = pattern.finditer(text.encode()) if isinstance(pattern.pattern, bytes) else pattern.finditer(text)  # type: ignore[arg-type,call-overload]
    return [(match.span(), match.groups(), match.lastgroup) for match in matches]


@pytest.mark.long
def test_every_kept_pattern_is_the_compiled_one(path: Path) -> None:
    used = [(one.source, one.flags) for one in used_patterns()]
    compiled_patterns.keep(used)
    assert len(compiled_patterns._kept()) == len({(source, int(flags)) for source, flags in used}) > 500
    for source, flags in used:
        kept, other = compiled_patterns.compiled(source, flags), re.compile(source, flags)
        assert kept == other, "which compares flags, source and code"
        assert (kept.groups, dict(kept.groupindex)) == (other.groups, dict(other.groupindex))
        assert [found_by(kept, text) for text in TEXTS] == [found_by(other, text) for text in TEXTS]


def test_what_is_not_kept_is_compiled(path: Path) -> None:
    compiled_patterns.keep([("a+", 0)])
    assert compiled_patterns.compiled("A+", re.IGNORECASE).fullmatch("aa")
    assert compiled_patterns.compiled("a+", re.IGNORECASE).fullmatch("AA"), "flags are part of what is looked for"


@pytest.mark.parametrize(
    "content", [b"", b"\x00", marshal.dumps(1), marshal.dumps((("3", "another"), {("a", 0): ()})), b"\xff" * 50]
)
def test_a_file_of_another_python_or_none_of_ours_is_not_used(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert compiled_patterns.compiled("a", 0).fullmatch("a")


def test_they_are_kept_anew_where_a_module_is_newer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr(compiled_patterns, "keep", lambda patterns: (kept.append(len(patterns)), path.touch()))
    path.parent.mkdir()
    assert compiled_patterns.main(["budget"]) == 0
    assert compiled_patterns.main(["budget"]) == 0
    assert len(kept) == 1
    assert kept[0] > 50
