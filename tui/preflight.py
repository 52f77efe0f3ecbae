"""Look at the processor before Polars is imported: without AVX2 it would die with the terminal in raw mode.

Only the standard library; what cannot be found out does not stop the program.
"""

from __future__ import annotations

import importlib.util
import platform
import sys
from pathlib import Path

from budget.language import N_, tr

NEEDED = frozenset({"avx2", "fma", "bmi1", "bmi2"})
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
    """One plain sentence where the processor cannot run the installed Polars, else None."""
    if platform.machine().lower() not in {"x86_64", "amd64"} or has_compatible_runtime():
        return None
    return tr(SENTENCE).format(sys.executable) if processor_is_enough() is False else None


def has_compatible_runtime() -> bool:
    """Whether the build of Polars for older processors is installed."""
    return importlib.util.find_spec("_polars_runtime_compat") is not None


def processor_is_enough() -> bool | None:
    """Whether an x86-64 processor has what Polars needs; None where nobody says."""
    if platform.system() == "Windows":
        return windows_has_avx2()
    try:
        return enough(CPUINFO.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None


def enough(cpuinfo: str) -> bool | None:
    """Whether the flags of a /proc/cpuinfo text are enough; None where it has no flags."""
    for line in cpuinfo.splitlines():
        name, _, flags = line.partition(":")
        if name.strip() == "flags":
            return set(flags.split()) >= NEEDED
    return None


def windows_has_avx2() -> bool | None:
    """Ask the system; versions of Windows that do not know the question would answer no, and are not asked."""
    import ctypes

    kernel = getattr(ctypes, "windll", None)
    build = int(platform.version().split(".")[-1] or 0)
    if kernel is None or build < FIRST_BUILD_THAT_KNOWS:
        return None
    return bool(kernel.kernel32.IsProcessorFeaturePresent(AVX2_ON_WINDOWS))
