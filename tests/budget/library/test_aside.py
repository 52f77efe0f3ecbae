"""Disclosures removed from the library, and hidden ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from polars.testing import assert_frame_equal

from budget.library import aside, parts
from budget.library import library as library_module
from budget.library.library import Library
from budget.library.parts import DamagedPartError
from tests.budget.library.test_library import VERSION, bodies, disclosure, documents, keep, kept, part_files

if TYPE_CHECKING:
    from pathlib import Path

    from budget.library.frames import Frames

__all__ = ["kept"]


def two(library: Library, folder: Path) -> list[str]:
    """Two disclosures in one part; their ids."""
    found = [disclosure(path, path.stem) for path in documents(folder, "甲局", "乙局")]
    keep(library, found)
    return [one.head.disclosure_id for one in found]


def test_a_removed_disclosure_is_gone_for_every_program(kept: Library, tmp_path: Path) -> None:
    first, second = two(kept, tmp_path / "in")
    text = kept.passages(first)
    taken = kept.remove(first)
    again = Library(kept.folder, VERSION)
    assert bodies(kept) == bodies(again) == ["乙局"]
    assert not again.holds(taken.disclosures["sha256"].item())
    assert again.passages(second).height == 2
    assert_frame_equal(taken.passages, text)
    assert taken.cells.height == 1


def test_what_was_taken_can_be_added_again(kept: Library, tmp_path: Path) -> None:
    first, _ = two(kept, tmp_path / "in")
    cells = kept.rows(first)["cells"]
    kept.add(kept.remove(first))
    assert sorted(bodies(Library(kept.folder, VERSION))) == ["乙局", "甲局"]
    assert_frame_equal(kept.rows(first)["cells"], cells)


def test_sweeping_takes_a_removed_disclosure_off_the_disk(kept: Library, tmp_path: Path) -> None:
    first, _ = two(kept, tmp_path / "in")
    kept.remove(first)
    kept.sweep()
    (part,) = [name for name in part_files(kept) if name.endswith(".part")]
    assert first.encode() not in (kept.folder / part).read_bytes()
    assert bodies(Library(kept.folder, VERSION)) == ["乙局"]
    assert bodies(kept) == ["乙局"]


def test_the_last_disclosure_of_a_part_takes_the_part_with_it(kept: Library, tmp_path: Path) -> None:
    (path,) = documents(tmp_path / "in", "甲局")
    keep(kept, [disclosure(path)])
    kept.remove(disclosure(path).head.disclosure_id)
    kept.sweep()
    assert part_files(kept) == [aside.ASIDE]
    assert bodies(kept) == []
    keep(kept, [disclosure(path)])
    assert bodies(Library(kept.folder, VERSION)) == ["某局"], "read again, it is back"


def test_hidden_disclosures_are_kept_as_such(kept: Library, tmp_path: Path) -> None:
    first, second = two(kept, tmp_path / "in")
    kept.hide(first, hidden=True)
    kept.hide(second, hidden=True)
    kept.hide(second, hidden=False)
    assert Library(kept.folder, VERSION).hidden == {first}
    kept.remove(first)
    assert kept.hidden == frozenset()


def test_noise_puts_nothing_aside(kept: Library, tmp_path: Path) -> None:
    two(kept, tmp_path / "in")
    for noise in (b"", b"[]", b'{"removed": 1, "hidden": []}', b"\xff", b'{"removed": {"a": "x"}, "hidden": []}'):
        (kept.folder / aside.ASIDE).write_bytes(noise)
        assert aside.read(kept.folder) == aside.Aside()
        assert sorted(bodies(kept)) == ["乙局", "甲局"]


def test_what_was_merged_or_removed_since_it_was_listed_can_be_removed_or_is_told(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "MANY", 1)
    found = [disclosure(path, path.stem) for path in documents(tmp_path / "in", "甲局", "乙局", "丙局")]
    for one in found:
        keep(kept, [one])
    first, second, _ = (one.head.disclosure_id for one in found)
    other = Library(kept.folder, VERSION)
    other.contents()
    other.sweep()
    assert kept.remove(first).cells.height == 1
    assert sorted(bodies(other)) == ["丙局", "乙局"]
    other.remove(second)
    other.sweep()
    with pytest.raises(DamagedPartError, match="已找不到这份资料"):
        kept.remove(second)


def test_what_is_forgotten_needs_not_be_read(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = two(kept, tmp_path / "in")
    monkeypatch.setattr(parts, "read", None)
    kept.forget(first)
    before = aside.read(kept.folder)
    kept.forget("never held")
    assert aside.read(kept.folder) == before
    assert bodies(Library(kept.folder, VERSION)) == ["乙局"]


@pytest.mark.parametrize("is_merged", [True, False])
def test_what_is_removed_while_its_part_is_written_anew_stays_removed(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_merged: bool
) -> None:
    monkeypatch.setattr(library_module, "MANY", 1 if is_merged else 9)
    found = [disclosure(path, path.stem) for path in documents(tmp_path / "in", "甲局", "乙局", "丙局")]
    keep(kept, found[:2])
    keep(kept, found[2:])
    first, second, _ = (one.head.disclosure_id for one in found)
    user, original = Library(kept.folder, VERSION), parts.write
    user.contents()
    if not is_merged:
        user.remove(second)

    def written(folder: Path, stamp: int, made: Frames, passages: dict[str, bytes]) -> parts.Part:
        if first in user._held:
            user.remove(first)
        return original(folder, stamp, made, passages)

    monkeypatch.setattr(parts, "write", written)
    for _ in range(2):
        kept.sweep()
        assert sorted(bodies(Library(kept.folder, VERSION))) == (["丙局", "乙局"] if is_merged else ["丙局"])


def test_what_was_removed_and_is_back_is_merged(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "MANY", 1)
    found = [disclosure(path, path.stem) for path in documents(tmp_path / "in", "甲局", "乙局")]
    for one in found:
        keep(kept, [one])
    kept.add(kept.remove(found[1].head.disclosure_id))
    kept.sweep()
    assert len([name for name in part_files(kept) if name.endswith(parts.SUFFIX)]) == 1
    assert sorted(bodies(Library(kept.folder, VERSION))) == ["乙局", "甲局"]
