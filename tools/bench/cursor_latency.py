"""Measure the time from cursor key to picture at 1,000,000 rows.

It ends at the first byte of the new picture, through a pseudo-terminal.
"""

from __future__ import annotations

import statistics
import sys

from tools.bench.terminal.pty_harness import Terminal

BUDGET = 0.005
"""Seconds, median of single steps down."""
KEYS = {"Down": b"\x1b[B", "Up": b"\x1b[A", "PageDown": b"\x1b[6~", "End": b"\x1b[F", "Home": b"\x1b[H"}
TIMES = {"Down": 200, "Up": 100, "PageDown": 40, "End": 1, "Home": 1}


def main() -> int:
    """Print the medians, the budget, and whether it is met."""
    terminal = Terminal([sys.executable, "-m", "tools.bench.million_rows"])
    try:
        terminal.wait_for("部门", timeout=120)
        terminal.settle(1.0)
        medians = {}
        for name, key in KEYS.items():
            times = [terminal.press(key) for _ in range(TIMES[name])]
            medians[name] = statistics.median(times)
    finally:
        terminal.close()
    for name, median in medians.items():
        print(f"{name:<9} {1000 * median:6.1f} ms 中位数")
    met = medians["Down"] <= BUDGET
    print(
        f"光标下移（1,000,000 行）{1000 * medians['Down']:.1f} ms，预算 {1000 * BUDGET:.0f} ms："
        f"{'达到' if met else '未达到'}"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
