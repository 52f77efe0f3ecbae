"""Whole processes, from the command to the figures, against their peers.

The peer is VisiData on the same cells as CSV (`.venv-peers`, which `python3 tasks.py bench` makes), the floors are a
bare Textual application and an interpreter that imports Polars and pydantic. `--write` puts the table into
`docs/speed.md`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import sample_data
from tools.bench.terminal.pty_harness import Terminal
from tools.documents.files import pdf
from tools.documents.files.layout import Layout
from tools.documents.files.render import write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.known_forms.forms import draw

ROOT = Path(__file__).resolve().parents[2]
VISIDATA = ROOT / ".venv-peers" / "bin" / "visidata"
PAGE = ROOT / "docs" / "speed.md"
MARK = "<!-- tasks.py bench: whole processes -->"
RUNS = 7
FIGURE = "卫生健康支出"
"""What the first screen of the sample shows."""
CELL = "revenue_detail"
"""What a CSV of the cells shows in its first columns."""
FLOOR = "import polars, pydantic"
TEXTS, PDFS = 120, 12
TEXTS_A_SECOND, PDFS_A_SECOND = 90.0, 7.4


class Line(NamedTuple):
    """One measured thing: its median, what it is compared with, and the ratio that is allowed."""

    name: str
    ours: float
    peer: str
    theirs: float
    most: float

    @property
    def reached(self) -> bool:
        """Whether the budget is met."""
        return self.ours <= self.most * self.theirs

    def text(self) -> str:
        """The line of the table."""
        ratio = self.ours / self.theirs
        verdict = "达到" if self.reached else "未达到"
        seconds = f"{1000 * self.ours:.0f} ms | {self.peer} {1000 * self.theirs:.0f} ms"
        return f"| {self.name} | {seconds} | {ratio:.2f} | {self.most:.1f} | {verdict} |"


def first_data(command: list[str], home: str, text: str = FIGURE) -> float:
    """Seconds until a text is on the screen."""
    terminal = Terminal(command, columns=80, rows=24, YUSUAN_HOME=home)
    try:
        return terminal.wait_for(text)
    finally:
        terminal.close()


def command_seconds(command: list[str], home: str) -> float:
    """Seconds of a command without a screen."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = time.perf_counter()
    subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env={**environment, "YUSUAN_HOME": home})
    return time.perf_counter() - before


def reading(path: Path) -> float:
    """Seconds that reading a document takes where everything is imported; the first of a process."""
    program = (
        "import sys, time; from pathlib import Path; from loaders.load import load;"
        "before = time.perf_counter(); load(Path(sys.argv[1])); print(time.perf_counter() - before)"
    )
    found = subprocess.run([sys.executable, "-c", program, str(path)], check=True, capture_output=True, cwd=ROOT)
    return float(found.stdout)


def measured(folder: Path) -> list[Line]:
    """All lines, every contender once in each round."""
    text, page, cells = sample_data.paths()[0], folder / "document.pdf", folder / "cells.csv"
    page.write_bytes(pdf.write(draw("shanghai", 7).made(), pdf.random_look(7))[0])
    home, kept = folder / "home", folder / "kept"
    ours, python = [sys.executable, "-m", "tui"], [sys.executable, "-c"]
    command_seconds([*ours, "export", str(text), "--frame", "cells", "-o", str(cells), "--force"], str(home))
    first_data([*ours, str(text)], str(kept))
    commands = {
        "bare": lambda: first_data([sys.executable, "tools/bench/terminal/bare_app.py"], str(home), "正在读取"),
        "visidata": lambda: first_data([str(VISIDATA), str(cells)], str(home), CELL),
        "text": lambda: first_data([*ours, str(text)], tempfile.mkdtemp(dir=folder)),
        "known": lambda: first_data([*ours, str(text)], str(kept)),
        "pdf": lambda: first_data([*ours, str(page)], tempfile.mkdtemp(dir=folder), "合计"),
        "floor": lambda: command_seconds([*python, FLOOR], str(home)),
        "export": lambda: command_seconds([*ours, "export", str(text), "--frame", "cells"], str(home)),
        "check": lambda: command_seconds([*ours, "check", str(text)], str(home)),
        "overview": lambda: command_seconds([*ours, str(text)], str(home)),
        "export pdf": lambda: command_seconds([*ours, "export", str(page), "--frame", "cells"], str(home)),
        "reading": lambda: reading(text),
        "reading pdf": lambda: reading(page),
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, run in commands.items():
            found[name].append(run())
    took = {name: statistics.median(times) for name, times in found.items()}
    least = took["floor"] + took["reading"]
    return [
        Line("已读过的资料，首屏数字", took["known"], "VisiData", took["visidata"], 1.0),
        Line("已读过的资料，首屏数字", took["known"], "最小的 Textual 程序", took["bare"], 1.3),
        Line("新的文本，首屏数字", took["text"], "VisiData", took["visidata"], 1.6),
        Line("新的 PDF，首屏数字", took["pdf"], "VisiData", took["visidata"], 2.2),
        Line("export 一份文本", took["export"], "导入加读取", least, 1.5),
        Line("check 一份文本", took["check"], "导入加读取", least, 1.5),
        Line("概览 一份文本", took["overview"], "导入加读取", least, 1.5),
        Line("export 一份 PDF", took["export pdf"], "导入加读取", took["floor"] + took["reading pdf"], 2.0),
    ]


def throughput(folder: Path) -> list[str]:
    """Documents a second of a folder, without what one start takes."""
    lines = []
    for name, count, least in (("文本", TEXTS, TEXTS_A_SECOND), ("PDF", PDFS, PDFS_A_SECOND)):
        place = folder / name
        place.mkdir()
        for seed in range(count):
            if name == "文本":
                (place / f"{seed}.txt").write_bytes(write(grow(Shape(seed=seed, items=6)), Layout(seed=seed)).data)
            else:
                made = draw("shanghai", seed, 6).made()
                (place / f"{seed}.pdf").write_bytes(pdf.write(made, pdf.random_look(seed))[0])
        command = [sys.executable, "-m", "tui", "export", str(place), "--frame", "disclosures"]
        took = command_seconds(command, str(folder / "home"))
        rate = count / took
        lines.append(
            f"| 文件夹，{count} 份{name} | {took:.1f} s | {rate:.1f} 份/秒 | | {least:.1f} 份/秒 | "
            f"{'达到' if rate >= least else '未达到'} |"
        )
    return lines


def main() -> int:
    """Print the table; 1 where a budget is missed."""
    if not VISIDATA.exists():
        print("没有对照程序：请用 python3 tasks.py bench 运行")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        lines = measured(Path(folder))
        rates = throughput(Path(folder))
    heads = ["| 测什么 | 用时 | 对照 | 倍数 | 预算 | 结果 |", "| --- | --- | --- | --- | --- | --- |"]
    table = "\n".join([*heads, *(line.text() for line in lines), *rates])
    print(table)
    if "--write" in sys.argv:
        before = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{before}{MARK}\n\n{table}\n", encoding="utf-8")
    return 0 if all(line.reached for line in lines) and "未达到" not in "".join(rates) else 1


if __name__ == "__main__":
    sys.exit(main())
