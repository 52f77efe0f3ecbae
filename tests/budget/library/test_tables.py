from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import polars as pl
import pytest

from budget.library import parts
from budget.library.frames import SCHEMAS, Frames, frames, spoken
from budget.library.library import Library
from budget.library.parts import DamagedPartError
from budget.library.tables import write_tables
from budget.system.files import ExportError
from tests.budget.library.test_library import VERSION, disclosure, documents, keep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def kept(tmp_path: Path) -> Library:
    """Three disclosures in three parts, of which the first has been read twice."""
    library = Library(tmp_path / "library", VERSION)
    for path in [*documents(tmp_path / "in", "甲", "乙", "丙"), tmp_path / "in" / "甲.txt"]:
        keep(library, [disclosure(path, f"{path.stem}局")])
    return library


def listed(library: Library) -> list[str]:
    return library.contents().frames.disclosures["disclosure_id"].to_list()


def read(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name / "*.parquet").sort("disclosure_id", maintain_order=True)


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_every_frame_is_written_once_for_each_disclosure(kept: Library, tmp_path: Path) -> None:
    assert write_tables(tmp_path / "tables", kept.everything(listed(kept))) == 3
    paths = [tmp_path / "in" / f"{name}.txt" for name in "甲乙丙"]
    expected = frames([disclosure(path, f"{path.stem}局") for path in paths])
    for name in SCHEMAS:
        frame = getattr(expected, name)
        frame = spoken(frame) if name == "notices" else frame
        assert read(tmp_path / "tables", name).equals(frame.sort("disclosure_id", maintain_order=True)), name
    assert left_behind(tmp_path) == []


def test_a_part_swept_meanwhile_is_no_failure(kept: Library, tmp_path: Path) -> None:
    ids = listed(kept)
    pieces = kept.everything(ids)
    next(pieces)
    other = Library(kept.folder, VERSION)
    other.add(frames([disclosure(tmp_path / "in" / f"{name}.txt", f"{name}局") for name in "甲乙丙"]))
    other.sweep()
    assert len(list(kept.folder.glob("*.part"))) == 1
    (rest,) = pieces
    assert rest.disclosures.height == 2


def test_what_is_gone_is_told(kept: Library) -> None:
    ids = listed(kept)
    for path in kept.folder.glob("*.part"):
        path.unlink()
    with pytest.raises(DamagedPartError):
        list(kept.everything(ids))


def test_a_part_of_an_older_version_lacks_what_it_never_had(kept: Library, tmp_path: Path) -> None:
    path = max(kept.folder.glob("*.part"))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != "terms.parquet"}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content.replace(parts.SCHEMA.encode(), b"0" * len(parts.SCHEMA)))
    assert write_tables(tmp_path / "tables", kept.everything(listed(kept))) == 3
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(DamagedPartError):
        list(kept.everything(listed(kept)))


def test_a_failure_leaves_what_was_there(kept: Library, tmp_path: Path) -> None:
    def broken() -> Iterator[Frames]:
        yield next(kept.everything(listed(kept)))
        raise DamagedPartError("坏了。")

    target = tmp_path / "tables"
    with pytest.raises(DamagedPartError):
        write_tables(target, broken())
    assert not target.exists()
    write_tables(target, kept.everything(listed(kept)))
    with pytest.raises(DamagedPartError):
        write_tables(target, broken(), overwrite=True)
    assert read(target, "disclosures").height == 3
    assert left_behind(tmp_path) == []


def test_nothing_else_is_ever_replaced(kept: Library, tmp_path: Path) -> None:
    target = tmp_path / "tables"
    target.mkdir()
    assert write_tables(target, kept.everything(listed(kept))) == 3, "an empty folder is in nobody's way"
    with pytest.raises(ExportError) as caught:
        write_tables(target, kept.everything(listed(kept)))
    assert caught.value.exists
    assert write_tables(target, kept.everything(listed(kept)[:1]), overwrite=True) == 1
    assert read(target, "disclosures").height == 1
    (target / "mine.txt").touch()
    file = tmp_path / "file"
    file.touch()
    for other in (target, file, tmp_path / "none" / "tables"):
        with pytest.raises(ExportError):
            write_tables(other, kept.everything(listed(kept)), overwrite=True)
    assert (target / "mine.txt").exists()
    assert file.is_file()
    assert left_behind(tmp_path) == []
