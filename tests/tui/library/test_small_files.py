"""Small files that only save work: whatever is odd about one, it counts as absent, and nothing waits for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tui.library import small_files

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_written_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "below" / "one.json"
    value = {"文": ["\ud800 \x1b", 1.5, None, True]}
    assert small_files.write(path, value)
    assert small_files.read(path) == value
    assert small_files.write(path, {"b": 2})
    assert small_files.read(path) == {"b": 2}
    assert [each.name for each in path.parent.iterdir()] == ["one.json"], "nothing temporary is left"


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff\xfe{}", b'{"a":' + b"[" * 100_000, b'{"a":"' + b"x" * (1 << 20) + b'"}', b"\0"],
)
def test_an_odd_content_counts_as_absent(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(data)
    assert small_files.read(path) is None


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")
def test_what_is_no_plain_file_counts_as_absent_and_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("{}", encoding="utf-8")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    (tmp_path / "folder.json").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    assert small_files.read(tmp_path / "real.json") == {}
    for name in ("link.json", "folder.json", "pipe.json", "none.json", "real.json/below", "\0"):
        assert small_files.read(tmp_path / name) is None


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_what_a_link_leads_to_is_left_alone_and_no_pipe_is_written_to(tmp_path: Path) -> None:
    target = tmp_path / "of-someone.json"
    target.write_text("kept", encoding="utf-8")
    (tmp_path / "one.json").symlink_to(target)
    os.mkfifo(tmp_path / "pipe.json")
    assert not small_files.write(tmp_path / "one.json", {"a": 1})
    assert not small_files.write(tmp_path / "pipe.json", {"a": 1})
    assert target.read_text(encoding="utf-8") == "kept"


def test_what_cannot_be_written_costs_nothing_but_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not small_files.write(tmp_path / "file" / "one.json", {})
    assert not small_files.write(tmp_path / "large.json", {"a": "x" * small_files.MOST_BYTES})
    assert not (tmp_path / "large.json").exists()
