"""The memory that reading may take: of one worker, and of all of them together."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from budget.i18n.language import N_, Message

DEFAULT = 1 << 30
"""Bytes that one worker may use."""
RESERVED = 4
"""Times as much address space: libraries reserve more than they use; what asks for more than this gets none."""
SHARE = 2
"""All workers together use at most the memory of the machine divided by this."""
EXCEEDED = 75
"""The exit status of a worker that has used too much."""
VARIABLE = "YUSUAN_WORKER_MEMORY"
"""How a worker is told its bytes."""
_POLL = 0.05


def limit() -> int:
    """Bytes that this worker, or a worker of this program, may use."""
    given = os.environ.get(VARIABLE, "")
    return int(given) if given.isdecimal() else DEFAULT


def at_once(workers: int) -> int:
    """How many of so many workers have room together; one has in any case."""
    whole = machine()
    return max(1, min(workers, whole // SHARE // limit())) if whole else workers


def has_room() -> bool:
    """Whether the machine has memory for one more document.

    Whoever uses the rest; yes where the system does not say.
    """
    free = available()
    return not free or free >= limit()


def too_much(path: object) -> str:
    """The sentence of a document that took too much memory."""
    text = N_("{}：读取用的内存超过 {} GB 的限度，已停止，没有读入；可用设置 reading_memory 放宽。")
    return Message.of(text, path, f"{limit() / (1 << 30):g}")


def bound() -> None:
    """End this process as soon as it uses more than its limit."""
    if sys.platform != "win32":
        import resource

        for what, most in ((resource.RLIMIT_AS, RESERVED * limit()), (resource.RLIMIT_CORE, 0)):
            with suppress(OSError, ValueError):  # a lower limit stands already
                resource.setrlimit(what, (most, most))
    threading.Thread(target=_watch, args=(limit(),), daemon=True).start()


def _watch(most: int) -> None:
    while used() <= most:
        time.sleep(_POLL)
    os._exit(EXCEEDED)


def used() -> int:
    """Bytes of memory that this process uses, or has used; 0 where the system does not say."""
    if sys.platform == "win32":
        return _windows_peak()
    else:  # noqa: RET505 - else the type checker takes one of the two for dead code
        try:  # Linux; the peak that it tells is the parent's, where that one used more
            pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            import resource

            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            return peak if sys.platform == "darwin" else peak << 10


def available() -> int:
    """Bytes of memory that programs can still get; 0 where the system does not say."""
    if sys.platform == "win32":
        return _windows_memory()[1]
    with suppress(OSError, ValueError, IndexError):  # Linux alone counts what it can give back
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) << 10
    return 0


def machine() -> int:
    """Bytes of memory of the machine; 0 where the system does not say."""
    if sys.platform == "win32":
        return _windows_memory()[0]
    else:  # noqa: RET505 - as above
        try:
            return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError):
            return 0


def _windows_peak() -> int:
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_uint32),
            ("faults", ctypes.c_uint32),
            ("peak", ctypes.c_size_t),
            ("others", ctypes.c_size_t * 7),
        )

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    counters = Counters(size=ctypes.sizeof(Counters))
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size)
    return int(counters.peak)


def _windows_memory() -> tuple[int, int]:
    """All memory and what is free of it."""
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (("size", ctypes.c_uint32), ("load", ctypes.c_uint32), ("bytes", ctypes.c_uint64 * 7))

    status = Status(size=ctypes.sizeof(Status))
    ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined]
    return int(status.bytes[0]), int(status.bytes[1])
