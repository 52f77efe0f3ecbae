"""Look at the processor before Polars is imported.

Without AVX2 Polars would die with the terminal in raw mode. Where its build for older processors is installed too, as
in what is handed to machines without a network, Polars takes that one by itself. Only the standard library; what cannot
be found out does not stop the program.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from pathlib import Path

from budget.i18n.language import N_, tr

NEEDED = frozenset({"avx2", "fma", "bmi1", "bmi2", "abm", "movbe", "pclmulqdq"})
"""What the normal build of Polars uses beyond the one for older processors, as /proc/cpuinfo calls it."""
THREADS = "POLARS_MAX_THREADS"
"""The environment variable in which Polars looks for a number of threads."""
CPUINFO = Path("/proc/cpuinfo")
AVX2_ON_WINDOWS = 40
"""PF_AVX2_INSTRUCTIONS_AVAILABLE of IsProcessorFeaturePresent."""
FIRST_BUILD_THAT_KNOWS = 19041
"""Windows 10, version 2004."""
SENTENCE = N_(
    "这台计算机的处理器没有 AVX2 指令，标准的 Polars 不能在它上面运行；"
    '请在同一环境中安装兼容版：{} -m pip install "polars[rtcompat]"。'
)


def problem() -> str | None:
    """Say why the processor cannot run the installed Polars. None where it can."""
    if not is_x86_64() or has_compatible_runtime():
        return None
    return tr(SENTENCE).format(sys.executable) if processor_runs_polars() is False else None


def is_x86_64() -> bool:
    """Whether the processor is x86-64: older ones lack AVX2."""
    return platform.machine().lower() in {"x86_64", "amd64"}


def has_compatible_runtime() -> bool:
    """Whether the build of Polars for older processors is installed."""
    return importlib.util.find_spec("_polars_runtime_compat") is not None


def has_normal_runtime() -> bool:
    """Whether the build of Polars that needs AVX2 is installed."""
    return importlib.util.find_spec("_polars_runtime_32") is not None


def processor_runs_polars() -> bool | None:
    """Whether an x86-64 processor has what Polars needs. None where nobody says."""
    if platform.system() == "Windows":
        return windows_has_avx2()
    try:
        return has_needed_flags(CPUINFO.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None


def has_needed_flags(cpuinfo: str) -> bool | None:
    """Whether the flags of a /proc/cpuinfo text are enough. None where it has no flags."""
    for line in cpuinfo.splitlines():
        name, _, flags = line.partition(":")
        if name.strip() == "flags":
            return set(flags.split()) >= NEEDED
    return None


def windows_has_avx2() -> bool | None:
    """Ask Windows whether the processor has AVX2.

    Versions that do not know the question would answer no, and are not asked: None.
    """
    import ctypes

    kernel = getattr(ctypes, "windll", None)
    build = int(platform.version().split(".")[-1] or 0)
    if kernel is None or build < FIRST_BUILD_THAT_KNOWS:
        return None
    return bool(kernel.kernel32.IsProcessorFeaturePresent(AVX2_ON_WINDOWS))


def drop_bad_thread_count() -> None:
    """Forget a number of threads that Polars would refuse or panic at."""
    given = os.environ.get(THREADS, "")
    if not (given.isascii() and given.isdigit() and int(given[:9]) > 0):
        os.environ.pop(THREADS, None)
