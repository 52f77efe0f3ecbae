"""A library of 10,000 disclosures and the folder of their files: time to open, time to show, memory.

The disclosures are copies of the samples under other names and years, with all their lines, cells and texts.  What is
measured runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

import sample_data
from budget.library.file_index import IndexedFile, update
from budget.library.frames import SCHEMAS, Frames, frames
from budget.views import navigation
from budget.views.registry import view_table
from budget.views.state import Sort, ViewState
from loaders.load import LOADER_VERSION, load
from tui.library.documents import HOME, find_documents

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 10_000
MOST_MB = 500
MOST_VIEW_MS = 50.0
MOST_KNOWN_MS = 1_000.0
RUNS = 9
SPARE = 8
"""Hexadecimal digits of an id that tell the copies apart."""


def fill(home: Path, folder: Path) -> None:
    """Make the library, the files, and the index that knows them."""
    from budget.library.library import Library

    library = Library(home / "library", LOADER_VERSION)
    samples = frames([load(path) for path in sample_data.paths()])
    each = samples.disclosures.height
    seen: dict[str, IndexedFile] = {}
    folder.mkdir()
    for first in range(0, COUNT, 252):
        made = _copies(samples, range(first // each, min(first + 252, COUNT) // each + 1))
        library.add(made)
        for sha256, name in made.disclosures.select("sha256", "source_name").iter_rows():
            path = folder / f"{sha256[:16]}-{name}"
            path.write_text(sha256, encoding="utf-8")
            status = path.stat()
            seen[str(path)] = IndexedFile(status.st_size, status.st_mtime_ns, sha256, LOADER_VERSION)
    update(library.folder, seen)


def _copies(samples: Frames, numbers: range) -> Frames:
    """The samples so many times, each time with other ids and bodies."""
    own = pl.DataFrame({"number": list(numbers)}, schema={"number": pl.Int64})
    mark = pl.col("number").cast(pl.String).str.zfill(SPARE)
    key = pl.col("disclosure_id").str.head(16 - SPARE) + mark
    made: dict[str, Any] = {}
    for name, schema in SCHEMAS.items():
        frame = getattr(samples, name).join(own, how="cross").with_columns(disclosure_id=key)
        if name == "disclosures":
            frame = frame.with_columns(
                sha256=pl.col("disclosure_id") + pl.col("sha256").str.tail(48), body=pl.col("body") + mark
            )
        made[name] = frame.select(schema.names())
    return Frames(**made)


def median_ms(action: Callable[[], object]) -> float:
    """Median time of an action in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1_000)
    return statistics.median(times)


def once_ms(action: Callable[[], object]) -> float:
    """Time of an action that is done once, in milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1_000


def measure(folder: str) -> int:
    """In the process that is measured: print each figure; 1 where a budget is missed."""
    from tui.library import start as opening
    from tui.library.intake import Intake

    start = time.perf_counter()
    loaded = opening.load_library()
    opened = (time.perf_counter() - start) * 1_000
    found = loaded.frames
    ids = found.disclosures["disclosure_id"].to_list()
    first = once_ms(lambda: view_table(ViewState(), found))
    again = median_ms(lambda: view_table(ViewState(sort=Sort("total")), found))
    some = iter(ids[:: max(len(ids) // (2 * RUNS), 1)])
    one = median_ms(lambda: view_table(navigation.open_disclosure(ViewState(), found, next(some)), found))
    search = once_ms(lambda: navigation_hits(found, "医疗保障经办"))
    rare = once_ms(lambda: navigation_hits(found, "没有这样的名称"))

    def known() -> None:
        paths, _ = find_documents([folder])
        assert loaded.loaded_library is not None
        (*_, last) = Intake(loaded.loaded_library, paths).run()
        assert last.done == last.total == len(ids)
        assert last.failed == 0

    unchanged = once_ms(known)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    missed = False
    for what, value, most, unit in (
        (f"读出资料库（{len(ids)} 份）", opened, None, "ms"),
        ("资料库视图，首次", first, MOST_VIEW_MS, "ms"),
        ("资料库视图，排序", again, MOST_VIEW_MS, "ms"),
        ("打开其中一份", one, MOST_VIEW_MS, "ms"),
        ("在全部资料中查找，常见的", search, None, "ms"),
        ("在全部资料中查找，没有的", rare, None, "ms"),
        ("文件夹中的文件都未改变", unchanged, MOST_KNOWN_MS, "ms"),
        ("内存峰值", peak, MOST_MB, "MB"),
    ):
        over = most is not None and value > most
        missed |= over
        verdict = "" if most is None else f"，预算 {most:.0f} {unit}：{'未达到' if over else '达到'}"
        print(f"{what} {value:.0f} {unit}{verdict}")
    return int(missed)


def navigation_hits(found: Frames, query: str) -> object:
    """Search in all disclosures."""
    from budget.search.statements import hits

    return hits(found, "", query)


def main() -> int:
    """Fill a library and measure it; 1 where a budget is missed."""
    with tempfile.TemporaryDirectory() as place:
        home, folder = Path(place, "home"), Path(place, "in")
        fill(home, folder)
        size = sum(path.stat().st_size for path in (home / "library").iterdir()) / (1 << 20)
        print(f"资料库 {size:.0f} MB")
        environment = {**os.environ, HOME: str(home)}
        return subprocess.run(
            [sys.executable, "-m", "tools.bench.library", str(folder)], env=environment, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1]) if len(sys.argv) > 1 else main())
