"""Measure the time from `yusuan FILE` to its first paint. A bare Textual application is measured in turns with it."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import sample_data
from tools.bench.pty_harness import Terminal

RATIO = 1.2
"""Times the bare application's first paint."""
RUNS = 15
FIRST = "正在读取"


def first_paint(command: list[str], home: str) -> float:
    """Return the seconds until the first words are out."""
    terminal = Terminal([sys.executable, *command], columns=80, rows=24, YUSUAN_HOME=home)
    try:
        return terminal.wait_for(FIRST)
    finally:
        terminal.close()


def main() -> int:
    """Print both medians, their ratio, the budget, and whether it is met."""
    here = Path(__file__).resolve().parent
    document = str(next(iter(sample_data.paths())))
    bare: list[float] = []
    ours: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        first_paint(["-m", "tui", document], home)  # writes the byte code that an installed program has
        for _ in range(RUNS):
            bare.append(first_paint([str(here / "bare_app.py")], home))
            ours.append(first_paint(["-m", "tui", document], home))
    ratio = statistics.median(ours) / statistics.median(bare)
    print(f"最小的 Textual 程序 {1000 * statistics.median(bare):.0f} ms（最快 {1000 * min(bare):.0f}）")
    print(f"yusuan 文件 {1000 * statistics.median(ours):.0f} ms（最快 {1000 * min(ours):.0f}）")
    print(f"首次显示 {ratio:.2f} 倍，预算 {RATIO} 倍：{'达到' if ratio <= RATIO else '未达到'}")
    return 0 if ratio <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
