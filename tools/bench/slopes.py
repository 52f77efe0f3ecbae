"""How reading time grows with size, for documents that repeat one thing.

Each kind is read at 1, 2 and 4 times a size, in a worker's way and in processor time.  Twice the size takes at most
2.2 times as long, and a megabyte at most 3 s: of the file, or of what it holds unpacked where that is more.  Run as
`python -m tools.bench.slopes [kind ...]`; it prints the figure, its budget and 达到 or 未达到.
"""

from __future__ import annotations

import io
import itertools
import os
import signal
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.workers.result import attempt_rows
from tools.bench.checks import verdict
from tools.bench.growing import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.bench.growing import Kind

FACTOR = 2.2
SECONDS_A_MEGABYTE = 3.0
TICK = 0.01
"""Seconds: what took less may read as nothing."""
MOST_SECONDS = 90
RUNS = 4
SMALL = 0.15
"""Seconds below which a factor says nothing: the clock and the first imports say more."""


@contextmanager
def _limited() -> Iterator[None]:
    """Give up after many seconds, where the system has a timer."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGPROF, _give_up)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class _TooLongError(BaseException):
    """A reading took more than the seconds that this program waits."""


def _give_up(*_: object) -> None:
    raise _TooLongError


def seconds(paths: list[Path]) -> tuple[list[float], bool]:
    """Processor seconds of reading each, and whether one was refused: it was read no further than to that.

    The least of some runs that alternate; infinite where given up.
    """
    took = [float("inf")] * len(paths)
    refused = False
    for _ in range(RUNS):
        for at, path in enumerate(paths):
            before = time.process_time()
            try:
                with _limited():
                    rows, _ = attempt_rows(path)
            except _TooLongError:
                return took, refused
            refused = refused or rows is None
            took[at] = min(took[at], time.process_time() - before)
    return took, refused


def unpacked(data: bytes) -> int:
    """Bytes of a file, or of what it holds unpacked: zip members, streams."""
    if data.startswith(b"%PDF"):
        import pikepdf

        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = (page.Contents for page in pdf.pages)
            return sum(len(content.read_bytes()) for content in pages)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return len(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(member.file_size for member in archive.infolist())


def slope(name: str, kind: Kind, folder: Path) -> bool:
    """Measure one kind and print it."""
    paths, sizes = [], []
    for times_ in (1, 2, 4):
        data = kind.make(times_ * kind.size)
        paths.append(folder / f"{times_}{kind.ending}")
        paths[-1].write_bytes(data)
        sizes.append(unpacked(data) / 1_000_000)
    times, refused = seconds(paths)
    factors = [after / max(before, TICK) for before, after in itertools.pairwise(times)]
    factor = max((one for one, after in zip(factors, times[1:], strict=True) if after > SMALL), default=0.0)
    more = times[-1] - times[0]  # without what every reading costs
    rate = more / max(sizes[-1] - sizes[0], 1e-6) if more > SMALL else 0.0
    steep, slow = factor > FACTOR, rate > SECONDS_A_MEGABYTE
    shown = "、".join(f"{one:.2f}" for one in times)
    print(
        f"{name}：{sizes[0]:.2f} MB 起，1、2、4 倍用 {shown} s，加倍至多 {factor:.2f} 倍（预算 {FACTOR}），"
        f"每 MB {rate:.1f} s（预算 {SECONDS_A_MEGABYTE:.0f}）{verdict(good=not steep and not slow)}"
        f"{'，读到拒绝为止' if refused else ''}",
        flush=True,
    )
    return not steep and not slow


def main() -> int:
    """Measure the kinds whose names hold a given word, or all; 1 where a budget is missed."""
    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        attempt_rows(Path(os.devnull))  # what is imported once
        chosen = {name: kind for name, kind in KINDS.items() if not wanted or any(word in name for word in wanted)}
        results = [slope(name, kind, Path(folder)) for name, kind in chosen.items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
