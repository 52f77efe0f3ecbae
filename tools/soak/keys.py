"""Press random keys in a real terminal of random sizes.

The program must live and leave in order.  Letters, arrows, control and function keys, full-width characters, pasted
text, mouse and wheel, without pauses; a program that a key has ended is started again.  After each batch it must answer
a new size, and escape is pressed: a line to type into would take the keys of all batches to come, as most of the first
5,000 once did.  At the end it is ended by a signal, and the terminal must be as it was.

Memory is measured in the walk without keys that quit.  It begins with every view once: random keys come to some of them
only after thousands, and what a view takes the first time, modules and caches with a bound, is no leak.  From FIRST
random keys on memory must be flat.  Run as `python -m tools.soak.keys [KEYS] [SEED]`; Linux and macOS only.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

KEYS = 20_000
BATCH = 50
FIRST = 5_000
"""Keys after which memory must be flat."""
GROWTH = 0.05
LATEST = FIRST // BATCH // 2
"""Readings of the memory of which the least counts: what is thrown away is there until the collector comes."""
QUIET = 0.02
"""Seconds without output after which the program is taken to have painted."""
LOOKS = 2
HANGING = 120.0
"""Seconds without an answer after which the program counts as frozen."""
DOCUMENTS = 20
VIEWS = 60
"""Rows of the list of views, or more: further steps down stay at its last row."""
ALONE = 0.3
"""Seconds after which an escape cannot be the beginning of a sequence."""
ROOT = Path(__file__).resolve().parents[2]
CHUNK = 1 << 16
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LEFT_SCREEN = b"\x1b[?1049l"
TRACES = (b"Traceback", "意外错误".encode(), b"textual run")
# No slash: what is typed as the name of a file stays in the folder of the run.
LETTERS = [
    letter.encode() for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!?<>[]{}=+- .,;:'\""
]
NAMED = [
    *(b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1b[5~", b"\x1b[6~", b"\x1b[3~", b"\x1b[2~"),
    *(
        b"\x1bOP",
        b"\x1bOQ",
        b"\x1bOR",
        b"\x1bOS",
        b"\x1b[15~",
        b"\x1b[17~",
        b"\x1b[24~",
        b"\x1b[Z",
        b"\r",
        b"\t",
        b"\x7f",
    ),
]
CONTROL = [bytes([code]) for code in (1, 2, 4, 5, 6, 11, 12, 14, 16, 18, 20, 21, 23, 24, 25, 27)]
WIDE = [letter.encode() for letter in "？！、《》【】／ｑａｂ預算支出，。"]
QUITTING = (b"q", "ｑ".encode())
PASTED = [f"\x1b[200~{text}\x1b[201~".encode() for text in ("2101", "行政运行\n甲", "=1+1\t[/b]", "\x1b[31m")]


class Outcome(NamedTuple):
    """Faults, programs started, least KB after the first keys and last."""

    faults: list[str]
    started: int
    first: int
    last: int


def key(rng: Random, columns: int, rows: int, *, quits: bool = True) -> bytes:
    """What a terminal sends for one random key or click."""
    kind = rng.choices(("letter", "named", "control", "wide", "pasted", "mouse"), (40, 40, 8, 6, 2, 4))[0]
    if kind == "mouse":
        button = rng.choice((0, 0, 2, 64, 65))
        place = f"\x1b[<{button};{rng.randint(1, columns)};{rng.randint(1, rows)}"
        return f"{place}M{place}m".encode()
    kinds = {"letter": LETTERS, "named": NAMED, "control": CONTROL, "wide": WIDE, "pasted": PASTED}
    chosen = rng.choice(kinds[kind])
    return b"m" if chosen in QUITTING and not quits else chosen


class Program:
    """The browser in a terminal of its own."""

    def __init__(self, folder: Path, documents: Path) -> None:
        self.output = b""
        self.log = folder / "home" / "errors.log"
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update({"TERM": "xterm-256color", "YUSUAN_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)})
            os.execv(sys.executable, [sys.executable, "-m", "tui", str(documents)])  # noqa: S606 - the command is our own
        self.modes = termios.tcgetattr(self.terminal)[:4]
        self.resize(80, 24)
        self.status: int | None = None
        self.read(until=b"\x1b[?1049h")
        self.settle()

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        with suppress(OSError):
            fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, data: bytes) -> None:
        """Type, and take what comes meanwhile."""
        while data and not self.ended():
            _, writable, _ = select.select([], [self.terminal], [], 0.1)
            if writable:
                try:
                    data = data[os.write(self.terminal, data[:512]) :]
                except OSError:
                    break
            self.read()

    def escape(self) -> None:
        """Leave a question or a list. It would take all keys to come."""
        self.send(b"\x1b")
        time.sleep(ALONE)
        self.settle()

    def read(self, *, until: bytes | None = None, anything: bool = False) -> bool:
        """Take what has come; wait for a text, or for anything, no longer than HANGING. False where it did not come."""
        start, before = time.monotonic(), len(self.output)
        while True:
            waits = (until is not None and until not in self.output[before:]) or (
                anything and len(self.output) == before
            )
            ready, _, _ = select.select([self.terminal], [], [], QUIET)
            if ready:
                try:
                    data = os.read(self.terminal, CHUNK)
                except OSError:
                    data = b""
                if not data:  # it has let the terminal go, and is about to end
                    while not self.ended() and time.monotonic() - start <= HANGING:
                        time.sleep(QUIET)
                    return not waits
                self.output += data
            elif not waits:
                return True
            elif self.ended() or time.monotonic() - start > HANGING:
                return False

    def settle(self) -> None:
        """Take what comes until all its threads sleep, twice in a row; no longer than HANGING."""
        start, idle = time.monotonic(), 0
        while idle < LOOKS and not self.ended() and time.monotonic() - start < HANGING:
            before = len(self.output)
            self.read()
            idle = idle + 1 if self.sleeps() and len(self.output) == before else 0

    def sleeps(self) -> bool:
        """Whether none of its threads wants the processor; where the system does not say, so it seems."""
        with suppress(OSError, IndexError):
            stats = [path.read_text(encoding="utf-8") for path in Path(f"/proc/{self.pid}/task").glob("*/stat")]
            return all(stat.rpartition(")")[2].split()[0] != "R" for stat in stats)
        return True

    def ended(self) -> bool:
        """Whether the program has ended."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def pause(self) -> None:
        """Stop it and let it go on."""
        if not self.ended():
            os.kill(self.pid, signal.SIGSTOP)
            os.kill(self.pid, signal.SIGCONT)
            self.settle()

    def memory(self) -> int:
        """KB that it holds; 0 where the system does not say."""
        with suppress(OSError):
            for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
                if line.startswith("VmRSS"):
                    return int(line.split()[1])
        return 0

    def leave(self, sent: int) -> list[str]:
        """End it by a signal; what was not in order."""
        if not self.ended():
            os.kill(self.pid, sent)
        return self.left(f"signal {sent}", {-sent, 0, 130, 128 + sent})

    def left(self, why: str, allowed: set[int]) -> list[str]:
        """What was not in order when it ended."""
        start = time.monotonic()
        while not self.ended() and time.monotonic() - start < HANGING:
            self.read()
            time.sleep(0.01)
        self.read()
        found = []
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            found.append(f"{why}: it did not end")
        elif self.status not in allowed:
            found.append(f"{why}: status {self.status}")
            with suppress(OSError):
                found.append(f"{why}: {self.log.read_text(encoding='utf-8')}")
        found += [f"{why}: {self.output[self.output.index(one) :][:300]!r}" for one in TRACES if one in self.output]
        if LEFT_SCREEN not in self.output:
            found.append(f"{why}: the screen was not left")
        if termios.tcgetattr(self.terminal)[:4] != self.modes:
            found.append(f"{why}: the terminal is not as it was")
        os.close(self.terminal)
        return found


def see_all(program: Program) -> None:
    """Choose each row of the list of views, each in another document."""
    for row in range(VIEWS):
        for data in (b"\r", b"m", b"\x1b[B" * row + b"\r"):
            program.send(data)
            program.settle()
        program.escape()
        for data in (b"\x7f\x7f\x7f", b"\x1b[B"):
            program.send(data)
            program.settle()


def walk(folder: Path, documents: Path, keys: int, seed: int, *, quits: bool) -> Outcome:
    """Press so many keys, those that quit among them or not; what was not in order."""
    rng = Random(seed)
    faults: list[str] = []
    started = 0
    held: list[int] = []
    program: Program | None = None
    columns, rows = 80, 24
    for done in range(0, keys, BATCH):
        if program is None:
            program = Program(folder, documents)
            started += 1
            if not quits:
                see_all(program)
        program.send(b"".join(key(rng, columns, rows, quits=quits) for _ in range(BATCH)))
        program.settle()
        program.escape()
        columns, rows = rng.choice(((80, 24), (140, 45), (rng.randint(5, 500), rng.randint(1, 200))))
        program.resize(columns, rows)
        program.settle()
        columns, rows = (
            100 + done // BATCH % 2,
            30,
        )  # another size in any case, and what is painted for it is the answer
        program.resize(columns, rows)
        if not program.read(anything=True) and not program.ended():
            faults.append(f"key {done}: no answer")
        if program.ended():
            faults += program.left(f"key {done}", {0})
            program = None
            continue
        program.output = program.output[-CHUNK:]
        held.append(program.memory())
        if faults:
            break
    for sent in ENDING:
        program = program or Program(folder, documents)
        program.pause()
        faults += program.leave(sent)
        program = None
    first, last = held[: FIRST // BATCH][-LATEST:], held[-LATEST:]
    return Outcome(faults, started, min(first, default=0), min(last, default=0))


def write_documents(folder: Path, count: int = DOCUMENTS) -> Path:
    """Documents of random forms, as texts; the folder that holds them."""
    from tools.documents import any_form
    from tools.documents.any_form import files

    documents = folder / "documents"
    documents.mkdir()
    for seed in range(count):
        (documents / f"{seed}.txt").write_bytes(files.text(any_form.draw(seed), "tsv"))
    return documents


def main(given: list[str]) -> int:
    """Walk and print what was found; 1 where something was not in order."""
    keys, seed = (int(word) for word in (given + [str(KEYS), "1"][len(given) :])[:2])
    status = 0
    for quits, share in ((True, keys // 4), (False, keys - keys // 4)):
        with tempfile.TemporaryDirectory() as folder:
            found = walk(Path(folder), write_documents(Path(folder)), share, seed, quits=quits)
        grown = found.last / found.first - 1 if found.first and not quits else 0.0
        print(
            f"按键 {share} 个，启动 {found.started} 次，"
            f"内存 {found.first >> 10} → {found.last >> 10} MB（{grown:+.1%}），问题 {len(found.faults)} 个",
            *found.faults[:5],
            sep="\n",
        )
        status |= bool(found.faults) or grown > GROWTH
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
