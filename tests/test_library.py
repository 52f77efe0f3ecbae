from __future__ import annotations

import errno
import hashlib
import os
import time
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from budget import library as library_module
from budget import parts
from budget.frames import SCHEMAS, Frames, frames
from budget.library import LATER, OLD, Library
from budget.model import (
    Cell,
    Disclosure,
    DisclosureHead,
    Line,
    Notice,
    Passage,
    ReadingReport,
    Severity,
    StatementHead,
    StatementId,
    UnreadableDocumentError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 3


def disclosure(path: Path, body: str = "某局", year: int = 2025, *, version: int = VERSION) -> Disclosure:
    """A small disclosure whose identity is that of the file at `path`."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    statement = StatementId.EXPENDITURE_DETAIL
    key = digest[:16]
    return Disclosure(
        head=DisclosureHead(
            disclosure_id=key,
            sha256=digest,
            body=body,
            aliases=(body + "（全称）",),
            fiscal_year=year,
            source_path=str(path),
            source_name=path.name,
            loader_version=version,
        ),
        report=ReadingReport(
            statements=(StatementHead(statement=statement, measures=("total", "basic")),),
            notices=(Notice(severity=Severity.INFO, text="表8为空表。"),),
        ),
        lines=(Line(statement, 1, "", "grand_total", "", "", "总计", "总计", "总计", "", 0, None, 5),),
        cells=(Cell(statement, 1, "total", 1_234_500, 5000, "1.23", "solved", ("total",), ("row",), None, 5, None),),
        passages=(Passage(1, None, "", f"{body}{year}年"), Passage(5, None, "第二部分 › 表3", "总计 1.23")),
    )


def documents(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{name}.txt" for name in names]
    for path in paths:
        path.write_text(path.stem, encoding="utf-8")
    return paths


@pytest.fixture
def kept(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", VERSION)


def bodies(library: Library) -> list[str]:
    return library.contents().frames.disclosures["body"].to_list()


def part_files(library: Library) -> list[str]:
    return sorted(path.name for path in library.folder.iterdir())


def test_what_was_kept_comes_back_in_every_frame(kept: Library, tmp_path: Path) -> None:
    one, two = (disclosure(path, path.stem) for path in documents(tmp_path / "in", "甲局", "乙局"))
    kept.add([one])
    kept.add([two])
    contents = kept.contents()
    assert contents.messages == ()
    expected = frames([one, two])
    for field in fields(Frames):
        if field.name != "passages":
            assert_frame_equal(getattr(contents.frames, field.name), getattr(expected, field.name))
    assert contents.frames.passages.is_empty()
    for each in (one, two):
        assert_frame_equal(kept.passages_for(each.head.disclosure_id), frames([each]).passages)
    assert kept.passages_for("0" * 16).is_empty()


def test_an_empty_or_missing_folder_is_an_empty_library(kept: Library) -> None:
    contents = kept.contents()
    assert contents.messages == ()
    assert {name: getattr(contents.frames, name).schema for name in SCHEMAS} == SCHEMAS
    kept.sweep()
    assert not kept.folder.exists()


def test_the_same_file_replaces_itself_and_other_files_of_one_year_are_both_kept(kept: Library, tmp_path: Path) -> None:
    first, second = documents(tmp_path / "in", "初稿", "定稿")
    kept.add([disclosure(first)])
    kept.add([disclosure(second)])
    kept.add([disclosure(first, "改名后的局")])
    assert bodies(kept) == ["某局", "改名后的局"]
    assert len(part_files(kept)) == 3
    kept.sweep()
    assert len(part_files(kept)) == 2
    assert bodies(kept) == ["某局", "改名后的局"]


def test_a_document_without_passages_is_kept(kept: Library, tmp_path: Path) -> None:
    bare = disclosure(documents(tmp_path / "in", "甲")[0]).model_copy(update={"passages": ()})
    kept.add([bare])
    assert kept.passages_for(bare.head.disclosure_id).is_empty()


def test_a_clock_set_back_does_not_make_the_new_part_the_older(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = documents(tmp_path / "in", "甲")[0]
    kept.add([disclosure(path, "从前")])
    monkeypatch.setattr(time, "time_ns", lambda: 1)
    kept.add([disclosure(path, "后来")])
    assert bodies(kept) == ["后来"]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "noise", "member", "foreign"])
def test_a_damaged_part_is_named_and_loses_nothing_else(kept: Library, tmp_path: Path, damage: str) -> None:
    good, bad = documents(tmp_path / "in", "好", "坏")
    kept.add([disclosure(good, "好局")])
    kept.add([disclosure(bad, "坏局")])
    part = kept.folder / part_files(kept)[-1]
    content = part.read_bytes()
    if damage == "cut":
        part.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        middle = content.index(b"PAR1") + 40
        part.write_bytes(content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :])
    elif damage == "empty":
        part.write_bytes(b"")
    elif damage == "noise":
        part.write_bytes(b"\x00\xff" * 5000)
    elif damage == "member":
        with zipfile.ZipFile(part, "w") as archive:
            archive.writestr("manifest.json", '{"format": 1}')
    else:
        part.unlink()
        part = kept.folder / "别的文件.part"
        part.write_text("不是资料库", encoding="utf-8")
    contents = kept.contents()
    assert contents.frames.disclosures["body"].to_list() == ["好局"]
    assert contents.frames.cells.height == 1
    assert len(contents.messages) == 1
    assert str(part) in contents.messages[0]
    kept.sweep()
    assert part.exists(), "a damaged part is never thrown away"
    kept.add([disclosure(bad, "坏局")])
    assert bodies(kept) == ["好局", "坏局"]


def test_while_the_newest_part_is_damaged_the_older_one_serves_and_stays(kept: Library, tmp_path: Path) -> None:
    path = documents(tmp_path / "in", "甲")[0]
    kept.add([disclosure(path, "从前")])
    kept.add([disclosure(path, "后来")])
    older, newest = part_files(kept)
    content = (kept.folder / newest).read_bytes()
    for member in (b"cells.parquet", b"passages/"):  # the frames of the newest part, then its text
        middle = content.index(b"PAR1", content.index(member)) + 20
        content = content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
    (kept.folder / newest).write_bytes(content)
    kept.sweep()
    assert part_files(kept) == [older, newest]
    contents = kept.contents()
    assert contents.frames.disclosures["body"].to_list() == ["从前"]
    assert newest in contents.messages[0]
    assert kept.passages_for(disclosure(path).head.disclosure_id).height == 2


def test_a_part_of_a_newer_format_is_left_alone(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.add([disclosure(documents(tmp_path / "in", "甲")[0])])
    monkeypatch.setattr(parts, "FORMAT", 0)
    contents = kept.contents()
    assert contents.frames.disclosures.is_empty()
    assert "升级" in contents.messages[0]


def test_an_older_loader_version_is_read_again_where_the_file_is_unchanged(kept: Library, tmp_path: Path) -> None:
    here, gone, changed = documents(tmp_path / "in", "在", "不在", "变了")
    kept.add([disclosure(path, path.stem, version=VERSION - 1) for path in (here, gone, changed)])
    gone.unlink()
    changed.write_text("新内容", encoding="utf-8")
    asked: list[Path] = []

    def reload(path: Path) -> Disclosure:
        asked.append(path)
        return disclosure(path, "重新读取的局")

    contents = kept.contents(reload)
    assert asked == [here]
    assert sorted(contents.frames.disclosures["body"]) == sorted(["不在", "变了", "重新读取的局"])
    old = contents.frames.notices.filter(pl.col("text") == OLD)
    assert old.join(contents.frames.disclosures, on="disclosure_id")["body"].to_list() == ["不在", "变了"]
    asked.clear()
    kept.contents(reload)
    assert asked == [], "read again once, not at every start"


@pytest.mark.parametrize("failure", [UnreadableDocumentError, RecursionError])
def test_a_document_that_can_no_longer_be_read_is_shown_as_it_was(
    kept: Library, tmp_path: Path, failure: type[Exception]
) -> None:
    kept.add([disclosure(documents(tmp_path / "in", "甲")[0], version=VERSION - 1)])

    def fail(path: Path) -> Disclosure:
        raise failure(str(path))

    contents = kept.contents(fail)
    assert contents.frames.disclosures.height == 1
    assert OLD in contents.frames.notices["text"]


def test_only_so_many_are_read_again_at_one_start(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "REREAD_AT_ONCE", 1)
    kept.add([disclosure(path, version=VERSION - 1) for path in documents(tmp_path / "in", "一", "二")])
    contents = kept.contents(disclosure)
    assert contents.frames.notices["text"].to_list().count(LATER) == 1
    assert LATER not in kept.contents(disclosure).frames.notices["text"]


def test_what_a_newer_program_has_read_is_kept(kept: Library, tmp_path: Path) -> None:
    kept.add([disclosure(documents(tmp_path / "in", "甲")[0], version=VERSION + 1)])
    contents = kept.contents(lambda path: pytest.fail(f"read again: {path}"))
    assert contents.frames.disclosures["loader_version"].to_list() == [VERSION + 1]
    assert OLD not in contents.frames.notices["text"]


def test_another_schema_is_read_again_or_conformed(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = documents(tmp_path / "in", "甲")[0]
    older = {
        name: pl.Schema({key: dtype for key, dtype in schema.items() if key not in {"solved_by", "heading"}})
        for name, schema in SCHEMAS.items()
    }
    made = frames([disclosure(path)])
    narrowed = Frames(**{name: getattr(made, name).select(older[name].names()) for name in SCHEMAS})
    key = made.disclosures["disclosure_id"][0]
    monkeypatch.setattr(parts, "SCHEMA", "another")
    parts.write(kept.folder, 1, narrowed, {key: parts.to_parquet(narrowed.passages)})
    monkeypatch.undo()
    contents = kept.contents()
    assert contents.frames.cells.schema == SCHEMAS["cells"]
    assert contents.frames.cells["solved_by"].to_list() == [None]
    assert OLD in contents.frames.notices["text"]
    assert kept.passages_for(key)["heading"].to_list() == [None, None]
    assert OLD not in kept.contents(disclosure).frames.notices["text"]


def test_a_full_disk_leaves_what_was_there(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = documents(tmp_path / "in", "一", "二")
    kept.add([disclosure(one)])
    before = part_files(kept)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept.add([disclosure(two)])
    assert part_files(kept) == before
    assert bodies(kept) == ["某局"]


def test_a_full_disk_while_reading_again_still_shows_the_document(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.add([disclosure(documents(tmp_path / "in", "甲")[0], version=VERSION - 1)])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parts, "write", full)
    contents = kept.contents(lambda path: disclosure(path, "新读"))
    assert contents.frames.disclosures["body"].to_list() == ["新读"]


def test_a_read_only_folder_can_be_read(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = documents(tmp_path / "in", "一", "二")
    kept.add([disclosure(one)])
    kept.add([disclosure(one)])

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for method in ("open", "unlink", "mkdir", "replace"):  # a superuser writes into read-only folders
        monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(PermissionError):
        kept.add([disclosure(two)])
    kept.sweep()
    assert bodies(kept) == ["某局"]


def test_an_unreadable_part_is_named(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.add([disclosure(documents(tmp_path / "in", "甲")[0])])

    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    contents = kept.contents()
    assert "读不了" in contents.messages[0]
    assert contents.frames.disclosures.is_empty()


def test_many_small_parts_become_few(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "FULL", 4)
    monkeypatch.setattr(library_module, "MANY", 3)
    paths = documents(tmp_path / "in", *(f"第{number}份" for number in range(11)))
    for path in paths:
        kept.add([disclosure(path, path.stem)])
    before = kept.contents().frames
    kept.sweep()
    assert len(part_files(kept)) == 3
    after = kept.contents().frames
    assert_frame_equal(after.cells, before.cells)
    for path in paths:
        made = disclosure(path, path.stem)
        assert_frame_equal(kept.passages_for(made.head.disclosure_id), frames([made]).passages)
    kept.add([disclosure(paths[0], "改名")])
    assert "第0份" not in bodies(kept)
    assert "改名" in bodies(kept)


def test_a_part_swept_since_it_was_listed_is_no_failure(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = documents(tmp_path / "in", "甲")[0]
    kept.add([disclosure(path, "旧名")])
    original = parts.read
    calls: Iterator[int] = iter(range(100))

    def swept(part: parts.Part, ids: list[str]) -> Frames:
        if next(calls) == 0:
            kept.add([disclosure(path, "新名")])
            kept.sweep()
        return original(part, ids)

    monkeypatch.setattr(parts, "read", swept)
    assert bodies(kept) == ["新名"]
