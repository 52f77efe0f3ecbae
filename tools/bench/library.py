"""Libraries of 10,000 and 100,000 disclosures: time to open, to show, to compare, to find, and memory.

`python -m tools.bench.library [COUNT ...] [--each N] [--in FOLDER] [--write]`: libraries with so many disclosures, in
parts of N, kept in the folder (another run finds them there), the table written into `docs/speed.md`.

The disclosures are copies of the samples under other names and years, with all their lines and cells, and with project
names of their own, as no two departments have.  Each measuring is a process of its own, so that its memory is its own;
of some measurings the least counts, because other programs take their time from the others.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

import sample_data
from budget.library import parts
from budget.library.file_index import IndexedFile, update
from budget.library.frames import SCHEMAS, Frames, frames
from budget.library.library import Library
from budget.views import navigation
from budget.views.registry import view_table
from budget.views.state import Sort, ViewState
from loaders.load import LOADER_VERSION, load
from tui.library.documents import HOME, find_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

COUNTS = (10_000, 100_000)
EACH = 256
"""Disclosures of a part: what sweeping makes of smaller ones."""
RUNS = 3
"""Measurings of a library."""
TIMES = 9
"""Times that an action is done in each."""
SPARE = 8
"""Hexadecimal digits of an id that tell the copies apart."""
PAGE = Path(__file__).parents[2] / "docs" / "speed.md"
BEGIN, END = "<!-- python -m tools.bench.library --write -->", "<!-- end -->"


class Measure(NamedTuple):
    """What is measured, with budgets by the number of disclosures."""

    title: str
    unit: str = "ms"
    most: Mapping[int, float] = MappingProxyType({})


MEASURES = {
    "open": Measure("打开资料库", most={100_000: 1_000}),
    "first": Measure("资料库视图，首次", most={10_000: 50}),
    "sort": Measure("资料库视图，排序", most={10_000: 50}),
    "filter": Measure("资料库视图，筛选", most={10_000: 50}),
    "one": Measure("打开其中一份", most={10_000: 50, 100_000: 50}),
    "compare first": Measure("对比其中一份与上年，首次（要认出全部单位的名称）"),
    "compare": Measure("对比其中一份与上年", most={10_000: 50, 100_000: 50}),
    "missing": Measure("在全部资料中查找，没有的", most={10_000: 300, 100_000: 300}),
    "common": Measure("在全部资料中查找，常见的", most={10_000: 300, 100_000: 300}),
    "rare": Measure("在全部资料中查找，一份里有的"),
    "some": Measure("在全部资料中查找，几百份里有的"),
    "initials": Measure("在全部资料中查找，没有的拼音首字母"),
    "unchanged": Measure("文件夹中的文件都未改变", most={10_000: 1_000}),
    "peak": Measure("内存峰值", "MB", {10_000: 500, 100_000: 700}),
}
WORDS = {
    "missing": "没有这样的名称",
    "common": "医疗保障经办",
    "rare": "00002718",
    "some": "777",
    "initials": "zzzz",
}
"""What is looked for."""


def fill(home: Path, folder: Path, count: int, each: int) -> None:
    """Make the library, the files, and the index that knows them."""
    library = home / "library"
    folder.mkdir(parents=True)
    samples = frames([load(path) for path in sample_data.paths()])
    # byte for byte those of the samples: nothing that is measured reads them
    texts = {key[:SPARE]: parts.to_parquet(samples.of(key).passages) for key in samples.disclosures["disclosure_id"]}
    seen: dict[str, IndexedFile] = {}
    for stamp, made in enumerate(_copies(samples, count, each), 1):
        passages = {key: texts[key[:SPARE]] for key in made.disclosures["disclosure_id"]}
        parts.write(library, stamp, made, passages)
        for sha256, name in made.disclosures.select("sha256", "source_name").iter_rows():
            path = folder / f"{sha256[:16]}-{name}"
            path.write_bytes(sha256.encode())
            status = path.stat()
            seen[str(path)] = IndexedFile(status.st_size, status.st_mtime_ns, sha256, LOADER_VERSION)
    update(library, seen)
    Library(library, LOADER_VERSION).sweep()  # as whenever documents have been read


def _copies(samples: Frames, count: int, each: int) -> Iterator[Frames]:
    """The samples again and again under other ids, bodies and project names, so many together."""
    different = samples.disclosures.height
    times = -(-each // different)
    own = pl.DataFrame({"number": range(times)}, schema={"number": pl.Int64})
    many = {name: getattr(samples, name).join(own, how="cross") for name in SCHEMAS}
    for first in range(0, -(-count // different), times):
        mark = (pl.col("number") + first).cast(pl.String).str.zfill(SPARE)
        key = pl.col("disclosure_id").str.head(SPARE) + mark
        project = pl.when(pl.col("project") != "").then(pl.col("project") + mark).otherwise("project")
        made: dict[str, Any] = {}
        for name, schema in SCHEMAS.items():
            frame = many[name].with_columns(disclosure_id=key)
            if name == "disclosures":
                frame = frame.with_columns(
                    sha256=pl.col("disclosure_id") + pl.col("sha256").str.tail(48),
                    body=pl.col("body") + mark,
                    aliases=pl.concat_list(pl.col("body") + "（本级）" + mark),
                )
            elif name in {"lines", "cells"}:
                frame = frame.with_columns(project=project)
            made[name] = frame.select(schema.names())
        yield Frames(**made)


def median_ms(action: Callable[[], object]) -> float:
    """Median time of an action in milliseconds."""
    return statistics.median(once_ms(action) for _ in range(TIMES))


def once_ms(action: Callable[[], object]) -> float:
    """Time of an action that is done once, in milliseconds."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1_000


def measured(folder: str) -> dict[str, float]:
    """In the process that is measured: each figure by its name."""
    from tui.library import start as opening
    from tui.library.intake import Intake
    from tui.session.search import places

    start = time.perf_counter()
    loaded = opening.load_library()
    took = {"open": (time.perf_counter() - start) * 1_000}
    found, library = loaded.frames, ViewState()
    ids = found.disclosures["disclosure_id"].sort().to_list()
    took["first"] = once_ms(lambda: view_table(library, found))
    took["sort"] = median_ms(lambda: view_table(library.replace(sort=Sort("total")), found))
    took["filter"] = median_ms(lambda: view_table(library.replace(filter="局00"), found))
    some = iter(ids[:: len(ids) // (3 * TIMES)])
    took["one"] = median_ms(lambda: view_table(navigation.open_disclosure(library, found, next(some)), found))
    later = found.disclosures.filter(pl.col("fiscal_year") == pl.col("fiscal_year").max())["disclosure_id"].sort()
    mark = iter(later.to_list()[7 :: len(later) // (2 * TIMES)])

    def compare() -> None:
        shown = next(mark)
        state = navigation.open_disclosure(library, found, shown)
        before = navigation.default_baseline(found, shown)
        assert before is not None
        view_table(navigation.set_baseline(state, before), found)

    took["compare first"] = once_ms(compare)
    took["compare"] = median_ms(compare)
    for name, word in WORDS.items():
        took[name] = once_ms(partial(places, library, found, word))
    hits = {name: len(places(library, found, word)) for name, word in WORDS.items()}
    assert not hits["missing"]
    assert not hits["initials"]
    assert all(hits[name] for name in ("common", "rare", "some"))

    def known() -> None:
        paths, _ = find_documents([folder])
        assert loaded.loaded_library is not None
        (*_, last) = Intake(loaded.loaded_library, paths).run()
        assert last.done == last.total == len(ids)
        assert last.failed == 0

    took["unchanged"] = once_ms(known)
    took["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return took


def measure(place: Path) -> dict[str, float]:
    """The least of some measurings of the library in a folder."""
    runs: list[dict[str, float]] = []
    for _ in range(RUNS):
        done = subprocess.run(
            [sys.executable, "-m", "tools.bench.library", "--measured", str(place / "in")],
            env={**os.environ, HOME: str(place / "home")},
            stdout=subprocess.PIPE,
            check=True,
        )
        runs.append(json.loads(done.stdout))
    return {name: min(run[name] for run in runs) for name in MEASURES}


def filled(place: Path, count: int, each: int) -> Path:
    """A folder with a library of so many disclosures; one that is there already is taken as it is."""
    made = place / f"{count}-{each}"
    if not made.exists():
        unfinished = made.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        fill(unfinished / "home", unfinished / "in", count, each)
        _moved_files(unfinished, made)
        unfinished.rename(made)
    files = list((made / "home" / "library").iterdir())
    size = sum(path.stat().st_size for path in files) / (1 << 20)
    print(f"资料库 {count} 份，{len(files)} 个文件，{size:.0f} MB", flush=True)
    return made


def _moved_files(former: Path, now: Path) -> None:
    """Let the index know the files by the paths that they will have."""
    from budget.library import file_index

    library = former / "home" / "library"
    seen = file_index.read(library)
    file_index.forget(library, seen)
    update(library, {path.replace(str(former), str(now)): one for path, one in seen.items()})


def rows(count: int, took: dict[str, float]) -> list[str]:
    """The rows of the table for a library of so many disclosures."""
    lines = []
    for name, what in MEASURES.items():
        most = what.most.get(count)
        verdict = "" if most is None else "达到" if took[name] <= most else "未达到"
        budget = "" if most is None else f"{most:,.0f} {what.unit}"
        lines.append(f"| {count:,} | {what.title} | {took[name]:,.0f} {what.unit} | {budget} | {verdict} |")
    return lines


def write(table: str) -> None:
    """Put the table into the page, in place of the former one."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def main(given: list[str]) -> int:
    """Fill libraries and measure them; 1 where a budget is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--in", dest="place", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--measured")
    asked = parser.parse_args(given)
    if asked.measured:
        print(json.dumps(measured(asked.measured)))
        return 0
    table = ["| 份数 | 测什么 | 用时 | 预算 | 结果 |", "| ---: | --- | ---: | ---: | --- |"]
    with tempfile.TemporaryDirectory() as temporary:
        for count in asked.counts:
            table += rows(count, measure(filled(asked.place or Path(temporary), count, asked.each)))
    print("\n".join(table))
    if asked.write:
        write("\n".join(table))
    return 1 if "未达到" in "".join(table) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
