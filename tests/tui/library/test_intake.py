"""Folders on their way into the library: what is read, what is not read twice, what becomes of the rest."""

from __future__ import annotations

import errno
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import polars as pl
import pytest

import sample_data
from budget.library import file_index, parts
from budget.library.frames import frames
from budget.library.gathered.search_index import Sought
from budget.library.library import OLD, Library
from loaders.load import LOADER_VERSION, load
from loaders.workers import memory, pool
from loaders.workers import start as hiring
from loaders.workers.pool import WorkersFailedError
from loaders.workers.result import ReadResult
from tests.support.command import program
from tui.cli import export
from tui.library import documents as start
from tui.library import start as opening
from tui.library.intake import Intake, Progress
from tui.library.shelf import LoadedLibrary

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator

SAMPLES = sample_data.paths()
TEXT = SAMPLES[1].read_text(encoding="utf-8")


def nobody() -> NoReturn:
    """In place of starting a worker: nothing should have to be read."""
    pytest.fail("a worker was started")


def held(folder: Path, version: int = LOADER_VERSION) -> LoadedLibrary:
    """What a library in this folder holds, as a program that has just been started finds it."""
    return LoadedLibrary(Library(folder / "library", version))


def documents(folder: Path, count: int = 6) -> list[Path]:
    """So many different documents."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"{TEXT}\n第{number}份\n", encoding="utf-8")
    return paths


def run(intake: Intake) -> list[Progress]:
    return list(intake.run())


def took(folder: Path, paths: list[Path], *, asked: bool = False) -> Intake:
    """An intake that has read all it can."""
    intake = Intake(held(folder), paths, asked=asked)
    run(intake)
    return intake


def untouched(folder: Path, paths: list[Path]) -> Intake:
    """An intake that may start no worker; many text files, so that nothing is read here either."""
    intake = Intake(held(folder), paths)
    intake.hire = nobody
    run(intake)
    return intake


def test_a_folder_is_read_and_its_rows_arrive(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in")
    (tmp_path / "in" / "novel.txt").write_text("大雪。" * 500, encoding="utf-8")
    intake = Intake(held(tmp_path), [*paths, tmp_path / "in" / "novel.txt"])
    reports = run(intake)
    last = reports[-1]
    assert (last.done, last.total, last.failed) == (7, 7, 1)
    arrived = [report.arrived for report in reports if report.arrived is not None]
    ids = {key for frames in arrived for key in frames.disclosures["disclosure_id"]}
    assert ids == set(intake.ids) == {load(path).head.disclosure_id for path in paths}
    assert "novel.txt" in intake.failures[0]
    for key in ids:
        assert arrived[0].of(key).cells.height == held(tmp_path).frames.of(key).cells.height > 100
    assert all(frames.lines.is_empty() for frames in arrived), "rows stay on the shelf"


@pytest.mark.long
def test_unchanged_files_are_not_read_again_and_failures_are_remembered(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in")
    paths[3].write_text("大雪。" * 500, encoding="utf-8")
    first = took(tmp_path, paths)
    again = untouched(tmp_path, paths)
    assert (again.done, again.total) == (6, 6)
    assert set(again.ids) == set(first.ids)
    assert again.failures == first.failures
    assert held(tmp_path).failures() == [(str(paths[3]), first.failures[0])]
    paths[3].unlink()
    assert held(tmp_path).failures() == []


@pytest.mark.long
def test_a_file_that_was_only_touched_copied_or_moved_is_not_read_again(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in")
    paths[2].write_text("大雪。" * 500, encoding="utf-8")
    first = took(tmp_path, paths)
    os.utime(paths[0], (1, 1))
    moved = [path.rename(path.with_name(f"moved-{path.name}")) for path in paths[1:4]]
    copy = tmp_path / "in" / "copy.txt"
    copy.write_bytes(paths[4].read_bytes())
    again = untouched(tmp_path, [paths[0], *moved, copy])
    assert set(again.ids) <= set(first.ids)
    assert len(again.ids) == 4
    assert again.failures == [f"moved-{sentence}" for sentence in first.failures]
    assert untouched(tmp_path, [paths[0], *moved, copy]).done == 5


@pytest.mark.long
def test_a_file_that_has_changed_is_read_again(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in")
    paths[0].write_text("大雪。" * 500, encoding="utf-8")
    took(tmp_path, paths)
    paths[0].write_text(TEXT + "\n改\n", encoding="utf-8")
    again = took(tmp_path, paths)
    assert again.failures == []
    assert load(paths[0]).head.disclosure_id in again.ids


@pytest.mark.long
def test_another_version_of_the_loaders_reads_failures_again(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in")
    paths[0].write_text("大雪。" * 500, encoding="utf-8")
    took(tmp_path, paths)
    newer = Intake(held(tmp_path, LOADER_VERSION + 1), paths)
    newer.hire = broken
    with pytest.raises(WorkersFailedError):
        run(newer)


def broken() -> subprocess.Popen[bytes]:
    return hiring.start([sys.executable, "-c", "raise SystemExit(4)"])


@pytest.mark.long
def test_a_file_that_is_named_is_tried_again_though_it_failed(tmp_path: Path) -> None:
    (path,) = documents(tmp_path / "in", 1)
    held_before = held(tmp_path)
    held_before.note(path, (path.stat().st_size, path.stat().st_mtime_ns), "0" * 64, "从前读不了。")
    held_before.write_notes()
    assert took(tmp_path, [path]).failures == ["从前读不了。"]
    assert took(tmp_path, [path], asked=True).failures == []


@pytest.mark.long
def test_a_file_that_is_named_is_read_again_where_its_part_is_damaged(tmp_path: Path) -> None:
    (path,) = documents(tmp_path / "in", 1)
    key = next(iter(took(tmp_path, [path], asked=True).ids))
    (part,) = (tmp_path / "library").glob("*.part")
    content = part.read_bytes()
    at = content.index(b"PAR1", content.index(b"cells.parquet")) + 20
    part.write_bytes(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])
    with pytest.raises(parts.DamagedPartError):
        held(tmp_path).frames.of(key)
    assert took(tmp_path, [path], asked=True).failures == []
    assert held(tmp_path).frames.of(key).cells.height > 100


def test_copies_in_one_folder_are_read_once(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", 2)
    novel = tmp_path / "in" / "novel.txt"
    novel.write_text("大雪。" * 500, encoding="utf-8")
    copies = []
    for number in range(6):
        for path in (paths[0], novel):
            copies.append(path.with_name(f"copy-{number}-{path.name}"))
            copies[-1].write_bytes(path.read_bytes())
    intake = took(tmp_path, [*paths, novel, *copies])
    assert (intake.done, len(intake.ids), len(intake.failures)) == (15, 2, 7)
    assert held(tmp_path).frames.disclosures.height == 2
    said = held(tmp_path).failures()
    assert len(said) == 7
    moved = tmp_path / "moved.txt"
    moved.write_bytes(novel.read_bytes())
    said.append((str(moved), untouched(tmp_path, [moved]).failures[0]))
    assert all(sentence.startswith(f"{Path(path).name}：") for path, sentence in said), said


@pytest.mark.long
def test_stopping_keeps_what_has_been_read(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", 40)
    intake = Intake(held(tmp_path), paths)
    for progress in intake.run():
        if progress.done >= 3:
            intake.stop.set()
    kept = held(tmp_path).frames.disclosures.height
    assert 3 <= kept == intake.done < 40
    assert took(tmp_path, paths).done == 40
    assert held(tmp_path).frames.disclosures.height == 40


@pytest.mark.long
def test_a_library_that_cannot_be_written_costs_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parts, "write", full)
    paths = documents(tmp_path / "in", 5)
    intake = took(tmp_path, paths)
    assert len(intake.messages) == 1
    assert "没有存入资料库" in intake.messages[0]
    for key in intake.ids:
        assert intake.loaded_library.rows(key)["cells"].height > 100
        assert intake.loaded_library.passages(key).height > 100
    assert sum(one.lines["disclosure_id"].n_unique() for one in intake.loaded_library.pieces(Sought("2"))) == 5
    monkeypatch.undo()
    assert took(tmp_path, paths).messages == []
    assert held(tmp_path).frames.disclosures.height == 5, "the index does not claim what the library does not hold"


def test_what_a_cluster_stores_is_known_and_what_is_no_fault_of_a_file_is_forgotten(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", 2)

    class Cluster:
        def results(self, unread: Iterable[Path], sha256_of: Callable[[Path], str], *_: object) -> Iterator[ReadResult]:
            first, second = unread
            Library(tmp_path / "library", LOADER_VERSION).add(frames([load(first)]))
            assert sha256_of(first) == load(first).head.sha256
            yield ReadResult(first)
            yield ReadResult(second, None, "不怪它。", passing=True)

    intake = Intake(held(tmp_path), paths)
    intake.cluster = Cluster()
    run(intake)
    assert (intake.failures, len(intake.ids), intake.done) == (["不怪它。"], 1, 2)
    assert set(file_index.read(tmp_path / "library")) == {str(paths[0])}
    again = Intake(held(tmp_path), paths)
    assert [path.name for path in paths if not again._is_known(path)] == ["1.txt"]


@pytest.mark.long
def test_what_an_older_version_has_read_is_read_again_behind_the_scenes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(start.HOME, str(tmp_path))
    paths = documents(tmp_path / "in", 3)
    made = [load(path) for path in paths]
    older = [one._replace(head=one.head._replace(loader_version=0)) for one in made]
    from budget.library.frames import frames

    held(tmp_path).library.add(frames(older))
    paths[1].write_text("另一份", encoding="utf-8")
    loaded = opening.load_library()
    keys = loaded.frames.disclosures["disclosure_id"]
    assert [OLD in loaded.frames.of(key).notices["text"] for key in keys] == [True] * 3
    assert loaded.intake is not None
    reports = run(loaded.intake)
    assert (reports[-1].done, reports[-1].total) == (2, 2)
    assert set(loaded.intake.ids) == {made[0].head.disclosure_id, made[2].head.disclosure_id}
    after = held(tmp_path).frames
    old = [key for key in after.disclosures["disclosure_id"] if OLD in after.of(key).notices["text"]]
    assert old == [made[1].head.disclosure_id]
    assert after.disclosures.filter(pl.col("loader_version") == LOADER_VERSION).height == 2


@pytest.mark.long
def test_a_damaged_index_only_costs_time(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", 5)
    took(tmp_path, paths)
    (tmp_path / "library" / file_index.NAME).write_bytes(b"noise")
    assert untouched(tmp_path, paths).done == 5, "the content is known"
    assert len(file_index.read(tmp_path / "library")) == 5


@pytest.mark.skipif(os.name == "nt", reason="names that are no text are of POSIX")
@pytest.mark.long
def test_names_that_are_no_text_are_remembered(tmp_path: Path) -> None:
    documents(tmp_path / "in", 5)
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/in/\xff.txt"))
    odd.write_text("大雪。" * 500, encoding="utf-8")
    paths, _ = start.find_documents([str(tmp_path / "in")])
    assert len(took(tmp_path, paths).failures) == 1
    assert untouched(tmp_path, paths).done == 6


def test_the_documents_below_a_folder_are_those_of_every_format(tmp_path: Path) -> None:
    wanted = {f"表{suffix}" for suffix in start.SUFFIXES} | {"大写.PDF", "下层.et"}
    (tmp_path / "下" / "层").mkdir(parents=True)
    (tmp_path / "文件夹.pdf").mkdir()
    for name in (*wanted, "~$打开的.docx", ".隐藏.pdf", "程序.exe", "表"):
        (tmp_path / ("下/层" if name == "下层.et" else "") / name).write_bytes(b"")
    found, messages = start.find_documents([str(tmp_path)])
    assert {path.name for path in found} == wanted
    assert messages == []


@pytest.mark.long
def test_a_link_to_a_folder_above_does_not_lead_around_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    try:
        (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    found, _ = start.find_documents([str(tmp_path)])
    assert found == [tmp_path / "a.txt"]


@pytest.mark.long
def test_documents_are_put_together_in_the_order_of_their_paths(tmp_path: Path) -> None:
    paths = documents(tmp_path / "in", 8)
    novel = tmp_path / "in" / "novel.txt"
    novel.write_text("大雪。" * 500, encoding="utf-8")
    found = export.read([*paths[::-1], novel, paths[3]])
    expected = [load(path).head.disclosure_id for path in paths[::-1]]
    assert found.frames.disclosures["disclosure_id"].to_list() == expected
    assert len(found.messages) == 1
    assert found.frames.lines["disclosure_id"].n_unique() == 8


@pytest.mark.long
def test_exporting_a_folder_names_every_file_that_could_not_be_read(tmp_path: Path) -> None:
    documents(tmp_path / "in", 5)
    for name in ("甲", "乙"):
        (tmp_path / "in" / name).mkdir()
        (tmp_path / "in" / name / "预算.txt").write_text("大雪。" * 500, encoding="utf-8")
    done = program("export", tmp_path / "in", "--view", "library")
    assert done.returncode == 1
    told = done.stderr.decode("utf-8").splitlines()
    assert sorted(line.split("：")[1] for line in told) == sorted(
        str(tmp_path / "in" / name / "预算.txt") for name in ("甲", "乙")
    )
    assert done.stdout.decode("utf-8").count("昌吉州医疗保障局") == 5


def test_few_plain_files_start_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = documents(tmp_path / "in", 5)
    assert start.is_small(paths[:4])
    assert not start.is_small(paths)
    (tmp_path / "x.pdf").write_bytes(b"")
    assert not start.is_small([tmp_path / "x.pdf"])
    monkeypatch.setattr(start, "SMALL", 1000)
    assert not start.is_small(paths[:1])


@pytest.mark.skipif(os.name == "nt", reason="pipes with a name are of POSIX")
def test_a_pipe_is_read_here(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert start.is_small([pipe])
    writer = threading.Thread(target=pipe.write_text, args=(TEXT,), kwargs={"encoding": "utf-8"})
    writer.start()
    intake = Intake(held(tmp_path), [pipe], asked=True)
    intake.hire = nobody
    run(intake)
    writer.join()
    assert intake.failures == []
    assert len(intake.ids) == 1


@pytest.mark.long
def test_that_memory_for_several_is_lacking_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "has_room", lambda: False)
    monkeypatch.setattr(pool, "worker_count", lambda: 3)
    intake = took(tmp_path, documents(tmp_path / "in", 3))
    assert len(intake.ids) == 3
    assert intake.messages == ["机器的空闲内存不多，同时读的资料少了，会慢一些。"]


def test_a_reserve_that_is_not_needed_is_ended() -> None:
    reserve = hiring.Reserve()
    process = reserve._waiting[0]
    assert process.poll() is None
    reserve.dismiss()
    assert process.returncode is not None
    hired = reserve.hire()
    assert hired is not process
    hired.kill()
    hired.communicate()
