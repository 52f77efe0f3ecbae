from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from polars.testing import assert_frame_equal

from budget.library import library as library_module
from budget.library import names, parts
from budget.library.gathered import catalogue
from budget.library.library import Library
from tests.budget.library.test_library import VERSION, bodies, disclosure, documents, keep, part_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library of five documents, one of which has been read twice, with its catalogue."""
    monkeypatch.setattr(library_module, "MANY", 2)
    monkeypatch.setattr(library_module, "FULL", 2)
    library = Library(tmp_path / "library", VERSION)
    paths = documents(tmp_path / "in", "甲", "乙", "丙", "丁", "戊")
    for path in (*paths, paths[1]):
        keep(library, [disclosure(path, path.stem)])
    library.sweep()
    assert (library.folder / names.CATALOGUE).exists()
    return library


def again(library: Library) -> Library:
    """The same library, as the next program opens it."""
    return Library(library.folder, VERSION)


def unread(path: Path) -> catalogue.Catalogued:
    raise AssertionError(path)


def test_a_library_is_listed_from_its_catalogue_as_from_its_parts(
    kept: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "described", unread)
    found = again(kept).contents()
    monkeypatch.undo()
    (kept.folder / names.CATALOGUE).unlink()
    expected = again(kept).contents()
    assert found.messages == expected.messages == ()
    assert sorted(found.frames.disclosures["body"]) == sorted("甲乙丙丁戊")
    assert_frame_equal(found.frames.disclosures, expected.frames.disclosures)
    assert_frame_equal(found.frames.listed(), expected.frames.listed())
    for key in found.frames.disclosures["disclosure_id"]:
        assert_frame_equal(found.frames.of(key).cells, expected.frames.of(key).cells)


def test_opening_writes_the_catalogue_where_a_killed_program_has_not(
    kept: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = again(kept).contents().frames
    (kept.folder / names.CATALOGUE).unlink()
    again(kept).contents()
    monkeypatch.setattr(catalogue, "described", unread)
    assert_frame_equal(again(kept).contents().frames.listed(), expected.listed())


def test_what_was_added_removed_or_read_by_an_older_loader_since_is_seen(kept: Library, tmp_path: Path) -> None:
    new, former = documents(tmp_path / "in", "己", "甲")
    keep(again(kept), [disclosure(new, "己"), disclosure(former, "改名")])
    assert set(bodies(again(kept))) == set("乙丙丁戊己") | {"改名"}
    other = again(kept)
    other.contents()
    other.remove(disclosure(former).head.disclosure_id)
    assert set(bodies(again(kept))) == set("乙丙丁戊己")
    later = Library(kept.folder, VERSION + 1)
    assert later.contents().frames.listed()["uncertain"].to_list() == [1] * 5
    assert len(later.outdated()) == 5


def test_a_part_that_was_changed_or_taken_away_since_is_not_listed(kept: Library) -> None:
    before = again(kept).contents().frames.disclosures.height
    first, second, *_ = (name for name in part_files(kept) if name.endswith(names.PART))
    (kept.folder / first).write_bytes(b"noise")
    found = again(kept).contents()
    assert len(found.messages) == 1
    assert first in found.messages[0]
    (kept.folder / second).unlink()
    assert again(kept).contents().frames.disclosures.height < found.frames.disclosures.height < before


@pytest.mark.parametrize("content", [b"", b"noise", b"PAR1" * 9])
def test_a_damaged_catalogue_costs_nothing_but_time(kept: Library, content: bytes) -> None:
    expected = again(kept).contents().frames
    (kept.folder / names.CATALOGUE).write_bytes(content)
    found = again(kept).contents()
    assert found.messages == ()
    assert_frame_equal(found.frames.disclosures, expected.disclosures)


def test_a_catalogue_of_another_version_is_not_used(kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert catalogue.read(kept.folder)
    monkeypatch.setattr(catalogue, "VERSION", catalogue.VERSION + 1)
    assert catalogue.read(kept.folder) == {}


def test_a_catalogue_of_another_schema_is_not_used(kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SCHEMA", "another")
    assert catalogue.read(kept.folder) == {}
