"""For which machines there are packages, and what they are called; needs the standard library alone."""

from __future__ import annotations

import platform
import sys

MACHINES = ("x86_64", "aarch64")
"""Kinds of processors that the wheels of every package are published for."""
SYSTEMS = ("windows", "linux")
_ALSO = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64"}


def system() -> str:
    """The operating system in small letters: windows, linux, darwin."""
    return platform.system().lower()


def machine() -> str:
    """The kind of processor, by one name on every system."""
    found = platform.machine().lower()
    return _ALSO.get(found, found)


def problem() -> str | None:
    """Why the bundle cannot be made on this machine, or None.

    There are no packages for it, or it is not one of those in use.
    """
    if system() not in SYSTEMS:
        return "免安装文件夹只为 Windows 和 Linux 制作；在其他系统上请用 python3 tasks.py run。"
    if machine() in MACHINES:
        return None
    return (
        f"没有为这种处理器（{machine()}）发布的安装包：Polars、PDFium 等只有 x86-64 和 aarch64 的。"
        "龙芯（LoongArch）、申威等计算机上不能用；请在 x86-64 或 aarch64 的计算机上打开资料。"
    )


def main() -> int:
    """Say what is wrong with this machine, if anything; 0 where nothing is."""
    trouble = problem()
    if trouble:
        print(trouble)
    return int(trouble is not None)


if __name__ == "__main__":
    sys.exit(main())
