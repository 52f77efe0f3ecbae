"""Documents read on a Dask cluster: what its workers look at first, what they store, and what a killed one costs."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

import sample_data
from budget.i18n.language import Message
from budget.library import parts
from budget.library.frames import frames
from budget.library.library import Library
from loaders.load import load
from loaders.version import LOADER_VERSION
from loaders.workers import cluster, pool
from loaders.workers.cluster import ClusterFailedError, Order, connected, examine, read_into
from loaders.workers.result import attempt
from tests.support.cluster import kill_one, local_cluster
from tools.documents.files.layout import Layout
from tools.documents.files.render import write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.model import SOURCES
from tui.library.intake import Intake
from tui.library.shelf import LoadedLibrary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from distributed import LocalCluster

TEXT = sample_data.paths()[1].read_text(encoding="utf-8")
MEMORY = 1 << 30


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """An order for a library; documents are read in this process."""

    def here(paths: Iterable[Path], *_: object, **__: object) -> Iterator[Any]:
        return (attempt(path) for path in paths)

    monkeypatch.setattr(pool, "results", here)
    monkeypatch.setenv("YUSUAN_WORKER_MEMORY", str(MEMORY))
    (tmp_path / "library").mkdir()
    return Order(str(tmp_path / "library"), cluster.version(), MEMORY, 60.0)


def document(folder: Path, name: str) -> tuple[str, str]:
    """A document and its SHA-256."""
    path = folder / name
    path.write_text(f"{TEXT}\n{name}\n", encoding="utf-8")
    return str(path), load(path).head.sha256


def listed(folder: str | Path) -> list[str]:
    return sorted(Library(Path(folder), LOADER_VERSION).contents().frames.disclosures["source_name"])


def test_a_task_that_is_run_twice_gives_its_documents_once(order: Order, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"no document")
    given = [document(tmp_path, "甲.txt"), document(tmp_path, "乙.txt"), (str(tmp_path / "broken.pdf"), "")]
    first = read_into(order, given)
    assert [(Path(one.path).name, bool(one.kept), one.passing) for one in first.outcomes] == [
        ("甲.txt", False, False), ("乙.txt", False, False), ("broken.pdf", True, False)
    ]  # fmt: skip
    assert read_into(order, given) == first
    assert len(list(Path(order.folder).glob("*.part"))) == 2
    assert listed(order.folder) == ["乙.txt", "甲.txt"]
    Library(Path(order.folder), LOADER_VERSION).sweep()
    assert len(list(Path(order.folder).glob("*.part"))) == 1
    assert listed(order.folder) == ["乙.txt", "甲.txt"]


def test_another_file_at_the_same_path_is_not_stored(order: Order, tmp_path: Path) -> None:
    path, sha256 = document(tmp_path, "甲.txt")
    Path(path).write_text(f"{TEXT}\n另一份\n", encoding="utf-8")
    gone = (str(tmp_path / "none.txt"), sha256)
    found = read_into(order, [(path, sha256), gone])
    assert found.trouble == ""
    assert [one.passing and "另一个文件" in Message(one.kept).text() for one in found.outcomes] == [True, True]
    assert listed(order.folder) == []


def test_a_library_that_cannot_be_written_stops_everything(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parts, "write", full)
    assert "磁盘已满" in Message(read_into(order, [document(tmp_path, "甲.txt")]).trouble).text()


def test_a_worker_of_another_version_reads_nothing(order: Order, tmp_path: Path) -> None:
    other = order._replace(version="0")
    assert "另一个版本" in Message(examine(other, "", "")).text()
    found = read_into(other, [document(tmp_path, "甲.txt")])
    assert ("另一个版本" in Message(found.trouble).text(), found.outcomes) == (True, [])
    assert listed(order.folder) == []


def test_a_worker_must_see_the_library_and_the_documents(order: Order, tmp_path: Path) -> None:
    token = Path(order.folder, "token")
    assert "看不到资料库" in Message(examine(order, token.name, "")).text()
    token.touch()
    assert examine(order, token.name, str(tmp_path)) == ""
    assert "none.txt" in Message(examine(order, token.name, str(tmp_path / "none.txt"))).text()
    assert [path.name for path in token.parent.iterdir()] == [token.name], "what was tried is not left behind"


@pytest.mark.parametrize(
    ("workers", "said"),
    [
        ({}, "没有工作进程"),
        ({"tcp://a:1": "2026.8.0"}, ""),
        ({"tcp://a:1": "2026.8.0", "tcp://b:2": "2025.1.0"}, "b:2"),
    ],
)
def test_the_versions_of_distributed_are_the_same(workers: dict[str, str], said: str) -> None:
    def packages(number: str) -> dict[str, Any]:
        return {"packages": {"distributed": number}}

    found = {name: packages(number) for name, number in workers.items()}
    everybody = {"client": packages("2026.8.0"), "scheduler": packages("2026.8.0"), "workers": found}
    if not said:
        cluster._compare(everybody)
        return
    with pytest.raises(ClusterFailedError, match=said):
        cluster._compare(everybody)


# A cluster of two worker processes


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    with local_cluster() as found:
        yield found


def generated(folder: Path, count: int) -> list[Path]:
    """So many different disclosures as text."""
    folder.mkdir()
    paths = [folder / f"{seed:03d}.txt" for seed in range(count)]
    for seed, path in enumerate(paths):
        shape = Shape(seed=seed, items=4, sources=SOURCES[:1] + SOURCES[8:])
        path.write_text(write(grow(shape), Layout()).text, encoding="utf-8")
    return paths


def loaded(folder: Path) -> LoadedLibrary:
    return LoadedLibrary(Library(folder, LOADER_VERSION))


@pytest.mark.long
def test_a_killed_worker_loses_nothing_and_doubles_nothing(tmp_path: Path, workers: LocalCluster) -> None:
    paths = generated(tmp_path / "in", 40)
    intake = Intake(loaded(tmp_path / "library"), paths)
    killed = 0
    with connected(workers.scheduler_address, tmp_path / "library", paths[0]) as intake.cluster:
        for report in intake.run():
            if report.done >= len(paths) // 4 and not killed:
                killed = kill_one(workers)
    assert killed
    assert intake.failures == []
    assert len(intake.ids) == intake.done == len(paths)
    found = loaded(tmp_path / "library")
    expected = frames([load(path) for path in paths])
    key = "disclosure_id"
    assert found.frames.disclosures.sort(key).equals(expected.disclosures.sort(key))
    for disclosure in expected.disclosures[key]:
        rows = found.library.rows(disclosure)
        assert all(frame.equals(getattr(expected.of(disclosure), name)) for name, frame in rows.items())
        assert found.passages(disclosure).equals(expected.of(disclosure).passages)
    assert list(map(str, filter(lambda path: path.suffix == ".tmp", (tmp_path / "library").iterdir()))) == []
    again = Intake(found, paths)
    again.hire = pytest.fail
    assert [report.done for report in again.run()][-1] == len(paths), "the index knows them"


@pytest.mark.long
def test_what_cannot_be_read_there_is_told_and_a_stop_is_heard(tmp_path: Path, workers: LocalCluster) -> None:
    paths = generated(tmp_path / "in", 30)
    (tmp_path / "in" / "broken.pdf").write_bytes(b"no document")
    intake = Intake(loaded(tmp_path / "library"), [tmp_path / "in" / "broken.pdf", *paths])
    with connected(workers.scheduler_address, tmp_path / "library", paths[0]) as intake.cluster:
        for report in intake.run():
            if report.done:
                intake.stop.set()
    assert 0 < intake.done < 31
    assert [sentence for sentence in intake.failures if "broken.pdf" not in sentence] == []
    assert len(loaded(tmp_path / "library").frames.disclosures) >= len(intake.ids)


@pytest.mark.long
def test_a_scheduler_that_vanishes_is_told(tmp_path: Path) -> None:
    paths = generated(tmp_path / "in", 30)
    intake = Intake(loaded(tmp_path / "library"), paths)
    with local_cluster(1) as workers:

        def read() -> None:
            for report in intake.run():
                if report.done:
                    workers.close()

        with (
            connected(workers.scheduler_address, tmp_path / "library", paths[0]) as intake.cluster,
            pytest.raises(ClusterFailedError, match="失去联系"),
        ):
            read()
    assert 0 < intake.done < 30
    assert len(loaded(tmp_path / "library").frames.disclosures) >= intake.done, "what was stored stays"


@pytest.mark.long
def test_a_cluster_whose_workers_are_all_gone_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ALONE_SECONDS", 1.0)
    paths = generated(tmp_path / "in", 30)
    with local_cluster(1) as workers:

        def read(found: cluster.Cluster) -> None:
            for _ in found.results(paths, lambda _: "", threading.Event(), len(paths)):
                workers.scale(0)

        with (
            connected(workers.scheduler_address, tmp_path / "library", paths[0]) as found,
            pytest.raises(ClusterFailedError, match="工作进程都不在了"),
        ):
            read(found)


@pytest.mark.long
def test_a_document_that_the_workers_do_not_see_is_told(tmp_path: Path, workers: LocalCluster) -> None:
    library = tmp_path / "library"

    def connect() -> None:
        with connected(workers.scheduler_address, library, tmp_path / "absent.txt"):
            pytest.fail("it is not fit")

    with pytest.raises(ClusterFailedError, match=r"absent\.txt"):
        connect()
    assert list(library.iterdir()) == []


@pytest.mark.long
def test_a_task_that_fails_stops_everything_with_one_sentence(
    tmp_path: Path, workers: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "read_into", _fail)
    paths = generated(tmp_path / "in", 3)
    with (
        connected(workers.scheduler_address, tmp_path / "library", paths[0]) as found,
        pytest.raises(ClusterFailedError, match="ZeroDivisionError"),
    ):
        list(found.results(paths, lambda _: "", threading.Event(), len(paths)))


def _fail(*_: object) -> float:
    return 1 / 0
