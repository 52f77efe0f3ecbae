"""Documents read on an existing Dask cluster: each of its workers writes finished parts into the shared library.

A task is some documents: the Dask worker reads them in a process of ours, bounded as anywhere else, and adds what came
of them to the library as one part.  So a task that is run twice, because its worker was killed or thought dead, gives
a part that supersedes the other: nothing is lost, nothing counts twice.  Over the network go paths and sentences; the
documents and the library lie in folders that have the same path on every machine.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import threading
import time
import uuid
import warnings
from asyncio import CancelledError
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.i18n.language import N_, Message, sentence
from budget.system.files import kept_reason
from budget.system.paths import readable, system
from loaders.version import LOADER_VERSION
from loaders.workers import memory, pool, start
from loaders.workers.result import ReadResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from budget.library.frames import Frames

MOST_TOGETHER = 32
"""Documents of one task, which are one part: what a killed worker costs."""
SHARES = 4
"""Tasks that each thread of the cluster gets at least, where there are documents enough."""
AHEAD = 2
"""Tasks for each thread that are handed out at once."""
CONNECT_SECONDS = 10
ALONE_SECONDS = 60.0
"""Seconds without any worker, or without the scheduler, after which the cluster is given up."""
_POLL = 0.2
TEMPORARY = ".tmp"
"""The ending of what the library sweeps where it was left behind."""


class ClusterFailedError(Exception):
    """The cluster cannot be used, or no more; the message is one plain sentence."""

    def __init__(self, text: str, *values: object) -> None:
        super().__init__(sentence(text, [str(value) for value in values]))


class Order(NamedTuple):
    """What a task is told besides its documents."""

    folder: str
    """The library."""
    version: str
    """That of the program that asks, see `version`."""
    memory: int
    """Bytes that a reading process may use."""
    seconds: float
    """Time limit of one document."""


class Report(NamedTuple):
    """What became of a task."""

    trouble: str
    """Why the cluster cannot go on, as `budget.i18n.language.Message` keeps it; "" where it can."""
    outcomes: list[Outcome]


class Outcome(NamedTuple):
    """What became of one document."""

    path: str
    kept: str
    """Why it is not in the library, as `budget.i18n.language.Message` keeps it; "" where it is."""
    passing: bool = False
    """The document is not to blame."""


def version() -> str:
    """What programs must have in common to fill one library: the loaders and the schema of the parts."""
    from budget.library.parts import SCHEMA

    return f"{LOADER_VERSION}.{SCHEMA[:8]}"


# In a worker of the cluster

_ROOM: list[threading.Semaphore] = []
_FIRST = threading.Lock()


def examine(order: Order, token: str, document: str) -> str:
    """In a worker of the cluster: say why it cannot be used, a kept sentence; "" where it can.

    `token` is a file that the asking program has put into the library, `document` one that will be read.
    """
    if order.version != version():
        return Message.of(_OTHER_VERSION, _here())
    folder = Path(order.folder)
    try:
        seen = (folder / token).is_file()
        mine = folder / f"{uuid.uuid4().hex[:12]}{TEMPORARY}"
        if seen:
            mine.touch()
            mine.unlink()
    except OSError as error:
        return Message.of(_NOT_WRITTEN, _here(), readable(folder), kept_reason(error))
    if not seen:
        return Message.of(N_("工作进程 {} 看不到资料库 {}：它须在各台机器路径相同的共享文件夹里。"), _here(), folder)
    if document and not system(Path(document)).exists():
        text = N_("工作进程 {} 看不到 {}：资料须在各台机器路径相同的共享文件夹里。")
        return Message.of(text, _here(), document)
    return ""


def read_into(order: Order, documents: Sequence[tuple[str, str]]) -> Report:
    """In a worker of the cluster: read documents, each with its SHA-256, and add them to the library as one part."""
    if order.version != version():
        return Report(Message.of(_OTHER_VERSION, _here()), [])
    with _room():
        start.allow(order.memory)
        given = [Path(path) for path, _ in documents]
        found = {str(one.path): one for one in pool.results(given, start.hire, workers=1, seconds=order.seconds)}
    outcomes, read = [], []
    for path, sha256 in documents:
        one = found[path]
        if _is_other(one, sha256):
            outcomes.append(Outcome(path, Message.of(_OTHER_FILE, path, _here()), passing=True))
        elif one.frames is None:
            outcomes.append(Outcome(path, one.kept))
        else:
            read.append(one.frames)
            outcomes.append(Outcome(path, ""))
    return Report(_add(Path(order.folder), read), outcomes)


_OTHER_VERSION = N_("工作进程 {} 上的 yusuan 是另一个版本：各台机器须装同一版本。")
_OTHER_FILE = N_("{}：工作进程 {} 看到的是另一个文件，或看不到；资料须在各台机器路径相同的共享文件夹里。")
_NOT_WRITTEN = N_("工作进程 {} 写不进资料库 {}：{}。")


def _is_other(one: ReadResult, sha256: str) -> bool:
    """Whether the file is not the one that the asking program has seen; it could not see some."""
    if not sha256:
        return False
    if one.frames is not None:
        return bool(one.frames.disclosures["sha256"].item() != sha256)
    try:
        with system(one.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != sha256
    except (OSError, ValueError):
        return True


def _add(folder: Path, read: list[Frames]) -> str:
    """Add what was read to the library, or say why it cannot be, a kept sentence."""
    if not read:
        return ""
    from budget.library.frames import concat
    from budget.library.library import Library

    different = {one.disclosures["disclosure_id"].item(): one for one in read}
    try:
        Library(folder, LOADER_VERSION).add(concat(list(different.values())))
    except OSError as error:
        return Message.of(_NOT_WRITTEN, _here(), readable(folder), kept_reason(error))
    return ""


def _room() -> threading.Semaphore:
    """As many reading processes at once as one program of ours has, however many threads this worker has."""
    with _FIRST:
        if not _ROOM:
            _ROOM.append(threading.Semaphore(pool.worker_count()))
    return _ROOM[0]


def _here() -> str:
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:  # not in a worker
        return ""


# In the program that asks


class Cluster:
    """A Dask cluster that was found fit to read documents."""

    def __init__(self, client: Any, order: Order) -> None:  # noqa: ANN401 - of a package that need not be there
        self._client = client
        self._order = order

    def results(
        self, unread: Iterable[Path | ReadResult], sha256_of: Callable[[Path], str], stop: threading.Event, total: int
    ) -> Iterator[ReadResult]:
        """Let documents be read, of `total` in all; those without a failure are in the library.

        What is no path among them is passed on.

        Raises:
            ClusterFailedError: the scheduler or all workers are gone; what was stored stays.
        """
        done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        waiting: dict[str, tuple[Any, list[tuple[str, str]]]] = {}
        passed: list[ReadResult] = []
        batches = self._batches(iter(unread), sha256_of, passed, total)
        watch = _Watch(self._client)
        more = True
        try:
            while not stop.is_set():
                while more and len(waiting) < AHEAD * max(watch.threads, 1):
                    batch = next(batches, None)
                    more = batch is not None
                    if batch:
                        with _in_touch():
                            future = self._client.submit(read_into, self._order, batch, pure=False)
                            future.add_done_callback(done.put)
                        waiting[future.key] = (future, batch)
                yield from passed
                passed.clear()
                if not waiting:
                    return
                try:
                    future = done.get(timeout=_POLL)
                except queue.Empty:
                    watch.look()
                    continue
                _, batch = waiting.pop(future.key)
                for one in self._outcomes(future, batch):
                    yield ReadResult(Path(one.path), None, one.kept, passing=one.passing)
        finally:
            with suppress(Exception):  # the scheduler may be gone
                self._client.cancel([future for future, _ in waiting.values()])

    def _batches(
        self,
        unread: Iterator[Path | ReadResult],
        sha256_of: Callable[[Path], str],
        passed: list[ReadResult],
        total: int,
    ) -> Iterator[list[tuple[str, str]]]:
        """The documents of one task after the other, an empty one where none was a path."""
        with _in_touch():
            threads = sum(self._client.nthreads().values())
        size = min(MOST_TOGETHER, max(1, total // (SHARES * max(threads, 1))))
        while some := list(islice(unread, size)):
            passed += [one for one in some if isinstance(one, ReadResult)]
            yield [(str(one), sha256_of(one)) for one in some if isinstance(one, Path)]

    def _outcomes(self, future: Any, batch: list[tuple[str, str]]) -> list[Outcome]:  # noqa: ANN401 - as above
        """What a task says; its documents have a sentence each where it failed."""
        from distributed import KilledWorker

        with _in_touch():
            error = None if future.status == "finished" else future.exception(timeout=CONNECT_SECONDS)
            report = Report("", []) if error else Report(*future.result(timeout=CONNECT_SECONDS))
        if isinstance(error, KilledWorker):
            text = N_("{}：读它的工作进程几次意外终止，没有读入。")
            return [Outcome(path, Message.of(text, path), passing=True) for path, _ in batch]
        if error:  # whoever fails at once would take all that is left
            raise ClusterFailedError(N_("在集群上读取时出错（{}），已停止。"), _in_short(error))
        if report.trouble:
            raise ClusterFailedError(Message(report.trouble).text())
        return [Outcome(*one) for one in report.outcomes]


_LOST = N_("与集群的调度进程失去联系，已停止；已经存入资料库的不受影响，再运行一次就接着读。")
_NO_WORKERS = N_("集群的工作进程都不在了，已停止；已经存入资料库的不受影响，再运行一次就接着读。")


@contextmanager
def _in_touch() -> Iterator[None]:
    """Ask the scheduler; whatever the package raises then, it is not there: what a task raised is no exception here."""
    try:
        yield
    except (Exception, CancelledError):  # noqa: BLE001 - as it says
        raise ClusterFailedError(_LOST) from None


class _Watch:
    """Looks whether there is still somebody who reads."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - as above
        self._client = client
        self._last = time.monotonic()
        with _in_touch():
            self.threads = sum(client.nthreads().values())

    def look(self) -> None:
        """Count the threads of the cluster; raises ClusterFailedError where there have been none for long."""
        try:
            if self._client.status == "running":
                self.threads = sum(self._client.nthreads().values())
                if self.threads:
                    self._last = time.monotonic()
                    return
            text = _NO_WORKERS
        except Exception:  # noqa: BLE001 - whatever a lost connection raises
            text = _LOST
        if self._client.status == "closed":
            raise ClusterFailedError(_LOST)
        if time.monotonic() - self._last > ALONE_SECONDS:
            raise ClusterFailedError(text)


@contextmanager
def connected(address: str, folder: Path, document: Path | None = None) -> Iterator[Cluster]:
    """Connect to a cluster whose workers see this library and document.

    Raises:
        ClusterFailedError: there is none, or it is not fit.
    """
    with _silence():
        client = _connect(address)
        try:
            order = Order(str(folder), version(), memory.limit(), pool.SECONDS)
            _examine(client, order, document)
            yield Cluster(client, order)
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.close(timeout=2)


def _connect(address: str) -> Any:  # noqa: ANN401 - as above
    try:
        import distributed
    except ImportError:
        raise ClusterFailedError(
            N_("没有安装 distributed，用不了 --scheduler：请安装 yusuan[cluster]，或去掉 --scheduler 在本机读。")
        ) from None
    try:
        _check_address(address)
    except ValueError:
        raise ClusterFailedError(N_("{} 不是调度进程的地址：应写成 主机:端口，如 10.0.0.1:8786。"), address) from None
    found: list[Any] = []

    def meet() -> None:
        make: Any = distributed.Client
        with suppress(Exception):  # whatever answers at this address
            found.append(make(address, timeout=CONNECT_SECONDS, set_as_default=False))

    # its own limit ends while nobody answers, but not while another server than Dask's waits for a request
    thread = threading.Thread(target=meet, daemon=True)
    thread.start()
    thread.join(1.5 * CONNECT_SECONDS)
    if not found:
        text = N_("连接不上集群的调度进程 {}：没有应答，或那里不是同一版本的 Dask 调度进程。")
        raise ClusterFailedError(text, address)
    return found[0]


def _check_address(address: str) -> None:
    """Raise ValueError where this is no address; a client that is made of one is not closed without a traceback."""
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    scheme, place = parse_address(address)
    get_backend(scheme)
    if scheme != "inproc":
        parse_host_port(place)


def _examine(client: Any, order: Order, document: Path | None) -> None:  # noqa: ANN401 - as above
    """Raise ClusterFailedError where the versions differ, or a worker does not see what it must."""
    with _in_touch():
        found = client.get_versions()
    _compare(found)
    try:
        there = client.run_on_scheduler(version)
    except Exception:  # noqa: BLE001 - it does not know the function
        there = ""
    if there != order.version:
        raise ClusterFailedError(N_("集群的调度进程上没有安装同一版本的 yusuan。"))
    folder = Path(order.folder)
    token = folder / f"{uuid.uuid4().hex[:12]}{TEMPORARY}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        token.touch()
    except OSError as error:
        raise ClusterFailedError(N_("写不进资料库 {}：{}。"), readable(folder), kept_reason(error)) from None
    try:
        with _in_touch():
            said = client.run(examine, order, token.name, str(document or ""), on_error="return")
    finally:
        with suppress(OSError):
            token.unlink()
    for worker, kept in said.items():
        if isinstance(kept, BaseException) and "ModuleNotFoundError" in repr(kept):
            raise ClusterFailedError(N_("工作进程 {} 上没有安装同一版本的 yusuan。"), worker)
        if isinstance(kept, BaseException):
            raise ClusterFailedError(N_("工作进程 {} 用不了（{}）。"), worker, _in_short(kept))
        if kept:
            raise ClusterFailedError(Message(kept).text())


def _compare(found: Mapping[str, Any]) -> None:
    """Raise where the cluster has no workers, or another version of distributed than this program."""
    if not found["workers"]:
        raise ClusterFailedError(N_("集群里现在没有工作进程，请先启动。"))
    here = found["client"]["packages"]["distributed"]
    there = {"scheduler": found["scheduler"], **found["workers"]}
    for name, one in there.items():
        other = one["packages"]["distributed"] if one else "?"
        if other != here:
            text = N_("集群的 {} 上 distributed 是 {}，这里是 {}：须装同一版本。")
            raise ClusterFailedError(text, name, other, here)


def _in_short(error: BaseException | None) -> str:
    """The kind of an error and the first line of what it says."""
    said = str(error).partition("\n")[0][:100]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


@contextmanager
def _silence() -> Iterator[None]:
    """Without what Dask logs: whatever concerns the user is said in a sentence of ours."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
