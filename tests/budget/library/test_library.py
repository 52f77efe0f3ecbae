from __future__ import annotations

import errno
import hashlib
import json
import os
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from budget.library import library as library_module
from budget.library import parts
from budget.library.frames import SCHEMAS, Frames, frames
from budget.library.library import MANY, OLD, Library
from budget.library.parts import DamagedPartError
from budget.model.disclosure import (
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
)
from tools.documents.strategies import share

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


def keep(library: Library, disclosures: list[Disclosure]) -> None:
    library.add(frames(disclosures))


def bodies(library: Library) -> list[str]:
    return library.contents().frames.disclosures["body"].to_list()


def part_files(library: Library) -> list[str]:
    return sorted(path.name for path in library.folder.iterdir())


def test_what_was_kept_comes_back_in_every_frame(kept: Library, tmp_path: Path) -> None:
    one, two = (disclosure(path, path.stem) for path in documents(tmp_path / "in", "甲局", "乙局"))
    keep(kept, [one])
    keep(kept, [two])
    contents = kept.contents()
    assert contents.messages == ()
    expected = frames([one, two])
    assert_frame_equal(contents.frames.disclosures, expected.disclosures)
    assert_frame_equal(contents.frames.listed(), expected.listed())
    for each in (one, two):
        held = contents.frames.of(each.head.disclosure_id)
        for name in ("statements", "lines", "cells", "notices"):
            assert_frame_equal(getattr(held, name), getattr(frames([each]), name))
    assert_frame_equal(kept.notices_of(expected.disclosures["disclosure_id"]), expected.notices)
    assert contents.frames.lines.is_empty()
    assert contents.frames.passages.is_empty()
    for each in (one, two):
        assert_frame_equal(kept.passages(each.head.disclosure_id), frames([each]).passages)
    assert kept.passages("0" * 16).is_empty()


def test_an_empty_or_missing_folder_is_an_empty_library(kept: Library) -> None:
    contents = kept.contents()
    assert contents.messages == ()
    assert {name: getattr(contents.frames, name).schema for name in SCHEMAS} == SCHEMAS
    kept.sweep()
    assert not kept.folder.exists()


def test_the_same_file_replaces_itself_and_other_files_of_one_year_are_both_kept(kept: Library, tmp_path: Path) -> None:
    first, second = documents(tmp_path / "in", "初稿", "定稿")
    keep(kept, [disclosure(first)])
    keep(kept, [disclosure(second)])
    keep(kept, [disclosure(first, "改名后的局")])
    assert bodies(kept) == ["某局", "改名后的局"]
    assert len(part_files(kept)) == 3
    kept.sweep()
    assert len(part_files(kept)) == 2
    assert bodies(kept) == ["某局", "改名后的局"]


def test_a_document_without_passages_is_kept(kept: Library, tmp_path: Path) -> None:
    bare = disclosure(documents(tmp_path / "in", "甲")[0])._replace(passages=())
    keep(kept, [bare])
    assert kept.passages(bare.head.disclosure_id).is_empty()


def test_a_clock_set_back_does_not_make_the_new_part_the_older(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = documents(tmp_path / "in", "甲")[0]
    keep(kept, [disclosure(path, "从前")])
    monkeypatch.setattr(time, "time_ns", lambda: 1)
    keep(kept, [disclosure(path, "后来")])
    assert bodies(kept) == ["后来"]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "noise", "member", "foreign"])
def test_a_damaged_part_is_named_and_loses_nothing_else(kept: Library, tmp_path: Path, damage: str) -> None:
    good, bad = documents(tmp_path / "in", "好", "坏")
    keep(kept, [disclosure(good, "好局")])
    keep(kept, [disclosure(bad, "坏局")])
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
    assert contents.frames.of(disclosure(good).head.disclosure_id).cells.height == 1
    assert len(contents.messages) == 1
    assert str(part) in contents.messages[0]
    kept.sweep()
    assert part.exists(), "a damaged part is never thrown away"
    keep(kept, [disclosure(bad, "坏局")])
    assert bodies(kept) == ["好局", "坏局"]


ENTRY = {"disclosure_id": "0" * 16, "sha256": "0" * 64, "loader_version": VERSION, "source_path": "/x"}
FOREIGN = {
    "nested": "[" * 100_000 + "]" * 100_000,
    "a list": "[]",
    "a number": "7",
    "no text": '{"format": 1, "schema": "", "disclosures": 5}',
    "a text as version": json.dumps({"format": 1, "schema": "", "disclosures": [{**ENTRY, "loader_version": "6"}]}),
    "a truth as version": json.dumps({"format": 1, "schema": "", "disclosures": [{**ENTRY, "loader_version": True}]}),
    "a number as id": json.dumps({"format": 1, "schema": "", "disclosures": [{**ENTRY, "disclosure_id": 7}]}),
    "a text as format": json.dumps({"format": "1", "schema": "", "disclosures": []}),
    "another field": json.dumps({"format": 1, "schema": "", "disclosures": [{**ENTRY, "other": 1}]}),
    "huge": " " * (parts.MOST_MANIFEST + 1),
}


@pytest.mark.parametrize("manifest", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_part_is_named_and_takes_nothing_down(kept: Library, tmp_path: Path, manifest: str) -> None:
    keep(kept, [disclosure(documents(tmp_path / "in", "a")[0])])
    with zipfile.ZipFile(kept.folder / "9-foreign.part", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", manifest)
    contents = Library(kept.folder, VERSION).contents()
    assert contents.frames.disclosures.height == 1
    assert len(contents.messages) == 1
    assert "9-foreign.part" in contents.messages[0]
    assert "已损坏" in contents.messages[0]


@pytest.mark.long
@pytest.mark.parametrize("name", ["disclosures", "statements", "headline", "lines"])
def test_hostile_content_with_right_checksums_takes_nothing_down(kept: Library, tmp_path: Path, name: str) -> None:
    """Polars meets bytes that are no Parquet file, or almost one."""
    good, bad = documents(tmp_path / "in", "好", "坏")
    keep(kept, [disclosure(good, "好局")])
    keep(kept, [disclosure(bad, "坏局")])
    part = kept.folder / part_files(kept)[-1]
    with zipfile.ZipFile(part) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    rng = Random(name)
    for _ in range(share(200)):
        content = bytearray(members[f"{name}.parquet"])
        for _ in range(rng.choice((1, 3, 20))):
            content[rng.randrange(len(content))] = rng.randrange(256)
        with zipfile.ZipFile(part, "w") as archive:
            for member, data in members.items():
                archive.writestr(member, bytes(content) if member == f"{name}.parquet" else data)
        library = Library(kept.folder, VERSION)
        assert "好局" in library.contents().frames.disclosures["body"].to_list()
        with suppress(DamagedPartError):
            library.rows(disclosure(bad).head.disclosure_id)
        assert library.rows(disclosure(good).head.disclosure_id)["lines"].height == 1


def test_a_damaged_part_keeps_no_other_from_being_merged(kept: Library, tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", *map(str, range(MANY + 2)))
    for path in paths:
        keep(kept, [disclosure(path)])
    damaged = kept.folder / part_files(kept)[1]
    content = damaged.read_bytes()
    middle = content.index(b"PAR1", content.index(b"lines.parquet")) + 20
    damaged.write_bytes(content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :])
    kept.sweep()
    kept.sweep()  # what was merged is removed when its successor is complete
    assert len(part_files(kept)) == 2
    assert damaged.name in part_files(kept)
    assert kept.contents().frames.disclosures.height == len(paths)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_among_the_parts_is_not_waited_for(kept: Library, tmp_path: Path) -> None:
    keep(kept, [disclosure(documents(tmp_path / "in", "a")[0])])
    os.mkfifo(kept.folder / "9-pipe.part")
    library = Library(kept.folder, VERSION)
    contents = library.contents()
    assert contents.frames.disclosures.height == 1
    assert "9-pipe.part" in contents.messages[0]
    library.sweep()
    assert (kept.folder / "9-pipe.part").is_fifo()


def test_damage_among_the_rows_is_told_when_they_are_asked_for_and_the_older_part_serves_from_then_on(
    kept: Library, tmp_path: Path
) -> None:
    path = documents(tmp_path / "in", "甲")[0]
    keep(kept, [disclosure(path, "从前")])
    keep(kept, [disclosure(path, "后来")])
    older, newest = part_files(kept)
    content = (kept.folder / newest).read_bytes()
    for member in (b"cells.parquet", b"passages/"):  # the cells of the newest part, then its text
        middle = content.index(b"PAR1", content.index(member)) + 20
        content = content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :]
    (kept.folder / newest).write_bytes(content)
    kept.sweep()
    assert part_files(kept) == [older, newest]
    key = disclosure(path).head.disclosure_id
    contents = kept.contents()
    assert contents.frames.disclosures["body"].to_list() == ["后来"]
    with pytest.raises(DamagedPartError, match=newest):
        contents.frames.of(key)
    assert contents.frames.of(key).cells.height == 1
    again = kept.contents()
    assert again.frames.disclosures["body"].to_list() == ["从前"]
    assert newest in again.messages[0]
    assert kept.passages(key).height == 2


def test_a_part_of_a_newer_format_is_left_alone(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(kept, [disclosure(documents(tmp_path / "in", "甲")[0])])
    monkeypatch.setattr(parts, "FORMAT", 0)
    contents = kept.contents()
    assert contents.frames.disclosures.is_empty()
    assert "升级" in contents.messages[0]


def test_what_an_older_loader_has_read_is_shown_with_a_notice_and_named(kept: Library, tmp_path: Path) -> None:
    old, new = documents(tmp_path / "in", "旧", "新")
    keep(kept, [disclosure(old, version=VERSION - 1), disclosure(new)])
    read = kept.contents().frames
    first, second = (disclosure(path).head.disclosure_id for path in (old, new))
    assert [OLD in read.of(key).notices["text"] for key in (first, second)] == [True, False]
    assert read.listed().select("uncertain", "notice").rows() == [(1, OLD), (0, None)]
    assert [entry.source_path for entry in kept.outdated()] == [str(old)]
    assert kept.holds(disclosure(new).head.sha256)
    assert not kept.holds(disclosure(old).head.sha256)
    keep(kept, [disclosure(old)])
    assert kept.outdated() == []
    assert kept.holds(disclosure(old).head.sha256)
    assert not kept.holds("0" * 64)


def test_what_a_newer_program_has_read_is_kept(kept: Library, tmp_path: Path) -> None:
    keep(kept, [disclosure(documents(tmp_path / "in", "甲")[0], version=VERSION + 1)])
    contents = kept.contents()
    assert contents.frames.disclosures["loader_version"].to_list() == [VERSION + 1]
    assert OLD not in contents.frames.listed()["notice"]
    assert kept.outdated() == []


def test_another_schema_is_conformed_and_named(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    cells = contents.frames.of(key).cells
    assert cells.schema == SCHEMAS["cells"]
    assert cells["solved_by"].to_list() == [None]
    assert OLD in contents.frames.of(key).notices["text"]
    assert kept.passages(key)["heading"].to_list() == [None, None]
    assert [entry.disclosure_id for entry in kept.outdated()] == [key]


def test_a_full_disk_leaves_what_was_there(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = documents(tmp_path / "in", "一", "二")
    keep(kept, [disclosure(one)])
    before = part_files(kept)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(kept, [disclosure(two)])
    assert part_files(kept) == before
    assert bodies(kept) == ["某局"]


def test_a_read_only_folder_can_be_read(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = documents(tmp_path / "in", "一", "二")
    keep(kept, [disclosure(one)])
    keep(kept, [disclosure(one)])

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for method in ("open", "unlink", "mkdir", "replace"):  # a superuser writes into read-only folders
        monkeypatch.setattr(Path, method, refuse)
    with pytest.raises(PermissionError):
        keep(kept, [disclosure(two)])
    kept.sweep()
    assert bodies(kept) == ["某局"]


def test_an_unreadable_part_is_named(kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(kept, [disclosure(documents(tmp_path / "in", "甲")[0])])

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
        keep(kept, [disclosure(path, path.stem)])
    before = kept.contents().frames
    kept.sweep()
    assert len([name for name in part_files(kept) if name.endswith(parts.SUFFIX)]) == 3
    after = kept.contents().frames
    assert_frame_equal(after.listed(), before.listed())
    for path in paths:
        made = disclosure(path, path.stem)
        assert_frame_equal(before.of(made.head.disclosure_id).cells, frames([made]).cells)
        assert_frame_equal(after.of(made.head.disclosure_id).lines, frames([made]).lines)
        assert_frame_equal(kept.passages(made.head.disclosure_id), frames([made]).passages)
    keep(kept, [disclosure(paths[0], "改名")])
    assert "第0份" not in bodies(kept)
    assert "改名" in bodies(kept)


def test_what_is_gone_from_the_disk_is_told_and_not_shown_as_empty(kept: Library, tmp_path: Path) -> None:
    keep(kept, [disclosure(documents(tmp_path / "in", "甲")[0])])
    (id_,) = kept.contents().frames.disclosures["disclosure_id"]
    for path in kept.folder.iterdir():
        path.unlink()
    kept.folder.rmdir()
    with pytest.raises(DamagedPartError, match="已找不到这份资料"):
        kept.rows(id_)
    assert kept.rows("never held")["lines"].is_empty()


def test_a_part_swept_since_it_was_listed_is_no_failure(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = documents(tmp_path / "in", "甲")[0]
    keep(kept, [disclosure(path, "旧名")])
    original = parts.read_listed
    calls: Iterator[int] = iter(range(100))

    def swept(part: parts.Part) -> Frames:
        if next(calls) == 0:
            keep(kept, [disclosure(path, "新名")])
            kept.sweep()
        return original(part)

    monkeypatch.setattr(parts, "read_listed", swept)
    assert bodies(kept) == ["新名"]


def test_what_was_added_while_the_parts_were_listed_is_there(
    kept: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (disclosure(path, path.stem) for path in documents(tmp_path / "in", "甲", "乙"))
    keep(kept, [first])
    original = Library._live

    def added(library: Library, listed: list[parts.Part]) -> dict[str, tuple[parts.Part, parts.Entry]]:
        monkeypatch.undo()
        keep(kept, [second])
        return original(library, listed)

    monkeypatch.setattr(Library, "_live", added)
    kept._list_again()
    assert kept.rows(second.head.disclosure_id)["lines"].height == 1
