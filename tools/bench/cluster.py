"""Documents a second on a Dask cluster, against `yusuan load` without one.

Both have two workers on one machine, so the ratio is what the cluster costs.  Then a worker is killed half way: the
library must be the one that was read without a cluster, nothing lost and nothing twice.  Run as
`python -m tools.bench.cluster [DOCUMENTS]`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from budget.library import parts
from budget.library.library import Library
from budget.library.parts import DamagedPartError
from loaders.version import LOADER_VERSION
from tests.support.cluster import kill_one, local_cluster
from tools.documents.files.layout import Layout
from tools.documents.files.render import write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.model import SOURCES
from tui.library.documents import HOME

if TYPE_CHECKING:
    from distributed import LocalCluster

DOCUMENTS = 2_000
WORKERS = 2
LEAST_RATIO = 0.8
"""Of the documents a second without a cluster."""
ROOT = Path(__file__).resolve().parents[2]


def main(count: int = DOCUMENTS) -> int:
    """Measure and kill; 1 where the ratio or the library is not what it should be."""
    with tempfile.TemporaryDirectory() as place, local_cluster(WORKERS) as cluster:
        folder, alone, together, killed = (Path(place, name) for name in ("in", "alone", "together", "killed"))
        generate(folder, count)
        local = timed(load(folder, alone))
        shared = timed(load(folder, together, cluster.scheduler_address))
        ratio = local / shared
        print(
            f"{count} 份生成的文本，{WORKERS} 个进程：本机 {count / local:.1f} 份/秒，集群 {count / shared:.1f} 份/秒"
        )
        missed = verdict(f"集群是本机的 {ratio:.2f} 倍，至少 {LEAST_RATIO:g} 倍", passed=ratio >= LEAST_RATIO)
        missed |= verdict("集群读成的资料库与本机的相同", passed=different(alone, together) == 0)
        process = load(folder, killed, cluster.scheduler_address)
        at = kill_half_way(process, killed, cluster, count)
        status = process.wait()
        missed |= verdict(f"读完 {at} 份时强制结束一个工作进程，读取照常完成", passed=0 < at < count and status == 0)
        held = sum(map(bool, bodies(killed).values()))
        lost, wrong = count - held, different(alone, killed)
        missed |= verdict(
            f"少 {lost} 份，与本机不同 {wrong} 份，重复 {twice(killed)} 份", passed=not lost and not wrong
        )
    return int(missed)


def generate(folder: Path, count: int) -> None:
    """Write so many different disclosures as text."""
    folder.mkdir()
    for seed in range(count):
        shape = Shape(seed=seed, items=8, sources=SOURCES[:1] + SOURCES[8:])
        (folder / f"{seed:05d}.txt").write_text(write(grow(shape), Layout()).text, encoding="utf-8")


def load(folder: Path, home: Path, scheduler: str = "") -> subprocess.Popen[bytes]:
    """Start `yusuan load` with a library of its own."""
    command = [sys.executable, "-m", "tui", "load", str(folder), *(["--scheduler", scheduler] if scheduler else [])]
    environment = {**os.environ, HOME: str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(process: subprocess.Popen[bytes]) -> float:
    """Seconds until the process has ended well."""
    start = time.perf_counter()
    if process.wait():
        raise RuntimeError("the documents were not loaded")
    return time.perf_counter() - start


def kill_half_way(process: subprocess.Popen[bytes], home: Path, cluster: LocalCluster, count: int) -> int:
    """Kill a worker once half of the documents are in the library; return how many there were."""
    while process.poll() is None:
        held = len(bodies(home))
        if held >= count // 2:
            kill_one(cluster)
            return held
        time.sleep(0.2)
    return 0


def bodies(home: Path) -> Counter[str]:
    """How many parts hold each disclosure."""
    found: Counter[str] = Counter()
    for path in (home / "library").glob(f"*{parts.SUFFIX}"):
        with suppress(OSError, DamagedPartError):
            found.update(entry.disclosure_id for entry in parts.describe(path).entries)
    return found


def twice(home: Path) -> int:
    """Disclosures that are listed more than once."""
    listed = Library(home / "library", LOADER_VERSION).contents().frames.disclosures["disclosure_id"]
    return len(listed) - listed.n_unique()


def different(one: Path, other: Path) -> int:
    """Count the disclosures whose rows or texts differ."""
    first, second = (Library(home / "library", LOADER_VERSION) for home in (one, other))
    known, found = (set(each.contents().frames.disclosures["disclosure_id"]) for each in (first, second))
    count = len(known ^ found)
    for key in known & found:
        rows, others = first.rows(key), second.rows(key)
        same = all(frame.equals(others[name]) for name, frame in rows.items())
        count += not (same and first.passages(key).equals(second.passages(key)))
    return count


def verdict(text: str, *, passed: bool) -> int:
    """Print a sentence with its verdict; 1 where it is missed."""
    print(f"{text}：{'达到' if passed else '未达到'}", flush=True)
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])) if len(sys.argv) > 1 else main())
