"""Measure the first paint and figures of whole processes. A bare Textual application takes turns with them.

`yusuan 文件` before it has read anything, and with a snapshot: the last screen, and a document that was read before.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import sample_data
from tools.bench.terminal.pty_harness import Terminal

RUNS = 15
FIRST = "正在读取"
DOCUMENT = next(path for path in sample_data.paths() if path.name == "changji-2025.txt")
LIBRARY_FIGURE, DOCUMENT_FIGURE = "1,140.42", "781.45"
"""Figures that only the library and only the document's overview show."""


class Case(NamedTuple):
    """A program and what its first paint shows. And how often the bare application's time it may take."""

    title: str
    command: list[str]
    first: str
    home: str
    budget: float | None


def seconds(case: Case) -> float:
    """The seconds until the first words or figures are out."""
    terminal = Terminal([sys.executable, *case.command], columns=80, rows=24, YUSUAN_HOME=case.home)
    try:
        return terminal.wait_for(case.first)
    finally:
        terminal.close()


def browse(case: Case) -> None:
    """Browse what a case shows until its picture is kept, and leave."""
    terminal = Terminal([sys.executable, *case.command], columns=80, rows=24, YUSUAN_HOME=case.home)
    terminal.wait_for(case.first)
    terminal.settle(2.0)
    terminal.press(b"q", timeout=10.0)
    while not terminal.ended:
        terminal.read(1.0)
    time.sleep(0.5)
    terminal.close()


def main() -> int:
    """Print medians, ratios, budgets and whether they are met; 1 where one is not."""
    bare_app = str(Path(__file__).resolve().parent / "terminal" / "bare_app.py")
    with tempfile.TemporaryDirectory() as folder:
        fresh, used = f"{folder}/fresh", f"{folder}/used"
        bare = Case("最小的 Textual 程序", [bare_app], FIRST, fresh, None)
        paint = Case("yusuan 文件，首次显示", ["-m", "tui", str(DOCUMENT)], FIRST, fresh, 1.2)
        library = Case("yusuan，上次的画面（资料库）", ["-m", "tui"], LIBRARY_FIGURE, used, 1.3)
        document = Case("yusuan 文件，读过的资料", ["-m", "tui", str(DOCUMENT)], DOCUMENT_FIGURE, f"{folder}/doc", 1.3)
        # VisiData's first data of the same cells as CSV belongs here, from an environment of its own: 1.0 times.
        browse(library)
        browse(document)
        cases = (bare, paint, library, document)
        for case in cases:
            seconds(case)  # writes the byte code that an installed program has
        found: dict[str, list[float]] = {case.title: [] for case in cases}
        for _ in range(RUNS):
            for case in cases:
                found[case.title].append(seconds(case))
    base = statistics.median(found[bare.title])
    met = True
    for case in cases:
        times = found[case.title]
        said = f"{case.title} {1000 * statistics.median(times):.0f} ms（最快 {1000 * min(times):.0f}）"
        if case.budget is not None:
            ratio = statistics.median(times) / base
            met &= ratio <= case.budget
            said += f"：{ratio:.2f} 倍，预算 {case.budget} 倍，{'达到' if ratio <= case.budget else '未达到'}"
        print(said)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
