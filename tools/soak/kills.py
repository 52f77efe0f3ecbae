"""Kill a program that loads documents into a library, at random moments, and look at what is left.

The program reads documents through worker processes, changes and removes some, and sweeps; what it has committed it
writes down.  After each kill every disclosure that was committed must be in the library with its figure, and nothing
may be damaged.  Run as `python -m tools.soak.kills [KILLS] [SEED]`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from budget.library.library import Library
from budget.system.files import write_bytes
from loaders.load import LOADER_VERSION

KILLS = 200
WITHIN = 3.0
"""Seconds within which programs are killed, one after the other."""
AT_ONCE = 4
"""Programs that work on one library."""
HOME = "YUSUAN_HOME"
ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "{year}年甲局部门预算\n\n部门支出总体情况表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n"
    "201 一般公共服务支出 {figure}.00 {figure}.00 0.00\n合计 {figure}.00 {figure}.00 0.00\n"
)


def write_down(log: Path, sha256: str, figure: int) -> None:
    """Note what the library has said that it keeps."""
    with log.open("a", encoding="ascii") as file:
        file.write(f"{sha256} {figure}\n")
        file.flush()
        os.fsync(file.fileno())


def work(folder: Path, log: Path, seed: str) -> None:
    """Load, change, remove and sweep without end."""
    from tui.library.intake import Intake
    from tui.library.start import open_library

    rng = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    print("ready", flush=True)
    while True:
        for name in rng.sample(range(6), rng.randint(1, 3)):
            text = TEXT.format(year=2020 + name, figure=rng.randint(1, 10**6))
            write_bytes(folder / f"{name}.txt", text.encode(), overwrite=True)
        held = open_library()
        documents = sorted(folder.glob("*.txt"))
        for _ in Intake(held, documents).run():
            pass
        for path in documents:
            key = held.disclosure_of(path)
            figure = _figure(held.rows(key)["cells"]["amount_fen"].to_list())
            if key and figure:
                write_down(log, key, figure)
        print("kept", flush=True)
        if rng.random() < 1 / 3:
            rng.choice(documents).unlink()
        held.library.sweep()


def _figure(amounts: list[int]) -> int:
    return max(amounts, default=0)


def faults(home: Path, logs: list[Path]) -> list[str]:
    """What is wrong with a library: sentences about damage, and what was committed and is not there."""
    library = Library(home / "library", LOADER_VERSION)
    contents = library.contents()
    found = list(contents.messages)
    there = set(contents.frames.disclosures["disclosure_id"])
    for line in {line for log in logs if log.exists() for line in log.read_text(encoding="ascii").splitlines()}:
        key, _, figure = line.partition(" ")
        if key not in there:
            found.append(f"{key} is lost")
        elif _figure(library.rows(key)["cells"]["amount_fen"].to_list()) != int(figure):
            found.append(f"{key} has another figure")
    return found


def run(home: Path, kills: int, seed: int) -> list[str]:
    """Kill so many programs that work on one library; what was wrong afterwards."""
    rng = Random(seed)
    found: list[str] = []
    logs = [home / f"{place}.log" for place in range(AT_ONCE)]
    left = kills
    while left > 0 and not found:
        running = [_start(home, log, f"{seed} {left} {log.stem}") for log in logs[: min(AT_ONCE, left)]]
        for process in running:
            assert process.stdout is not None
            for _ in range(rng.choice((1, 2, 2))):  # before, while or after something has been kept
                process.stdout.readline()
        for process in running:
            time.sleep(rng.random() * WITHIN / len(running))
            if process.poll() is not None:
                assert process.stderr is not None
                found.append(f"ended by itself: {process.stderr.read().decode()[-500:]}")
            process.kill()
        for process in running:
            process.communicate()
        left -= len(running)
        found += faults(home, logs)
    return found


def _start(home: Path, log: Path, seed: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tools.soak.kills", "work", str(home / f"documents-{log.stem}"), str(log), seed],
        cwd=ROOT,
        env={**os.environ, HOME: str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def committed(home: Path) -> int:
    """How many different disclosures were committed."""
    return len({line for log in home.glob("*.log") for line in log.read_text(encoding="ascii").splitlines()})


def main(given: list[str]) -> int:
    """Work, or kill and print what was found; 1 where something was lost."""
    if given[:1] == ["work"]:
        with suppress(KeyboardInterrupt):
            work(Path(given[1]), Path(given[2]), given[3])
        return 0
    kills, seed = (int(word) for word in (given + [str(KILLS), "1"][len(given) :])[:2])
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), kills, seed)
        kept = committed(Path(folder))
    print(f"强制结束 {kills} 次（{AT_ONCE} 个程序同时），提交 {kept} 份，问题 {len(found)} 个", *found[:5], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
