"""From a text document to frames, against a floor: splitting the text and building one frame of as many cells.

The floor is what no loader can avoid: read the file, split it into lines and words, and hand Polars one frame with
as many rows as the document has cells and the columns of `budget.library.frames.CELLS`.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

import sample_data
from budget.library.frames import CELLS, frames
from loaders.load import load
from loaders.solver.search import placements
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.model.disclosure import Disclosure

BUDGET_MS = 50.0
RUNS = 15


def median_ms(action: Callable[[], object]) -> float:
    """Median time of RUNS runs in milliseconds, after one unmeasured run."""
    action()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1_000)
    return statistics.median(times)


def load_anew(path: Path) -> Disclosure:
    """Load without anything kept from the run before: a user opens a document once."""
    placements.cache_clear()
    normal.cache_clear()
    return load(path)


def floor(path: Path, cells: int) -> object:
    """Read and split the text, and build one frame of `cells` rows."""
    words = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    examples = {pl.String: "卫生健康支出", pl.Int32: 1, pl.Int64: 1}
    row = [examples.get(dtype.base_type(), []) for dtype in CELLS.dtypes()]
    return words, pl.DataFrame([row] * cells, schema=CELLS, orient="row")


def main() -> int:
    """Measure the samples, and the originals where YUSUAN_SHARED names them; 1 where the budget is missed."""
    paths = list(sample_data.paths())
    shared = os.environ.get("YUSUAN_SHARED")
    if shared:
        paths += sorted((Path(shared) / "disclosures").glob("*.txt"))
    missed = False
    print(f"文本 → 数据表，{RUNS} 次的中位数，预算 {BUDGET_MS:.0f} ms；下限 = 拆分文本并建立同样行数的一个数据表")
    for path in paths:
        cells = len(load(path).cells)
        took = median_ms(lambda path=path: frames([load_anew(path)]))
        least = median_ms(lambda path=path, cells=cells: floor(path, cells))
        missed |= took > BUDGET_MS
        verdict = "未达到" if took > BUDGET_MS else "达到"
        ratio = f"下限 {least:.1f} ms，{took / least:.1f} 倍"
        print(f"{path.parent.name}/{path.name}: {cells} 格 {took:.1f} ms，{ratio}，{verdict}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
