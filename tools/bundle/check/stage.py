"""Where the check uses the bundle: at another path, read-only, with another home and without Python."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from typing import NamedTuple

from tools.bundle import interpreter, machines, parcel
from tools.bundle.bundle import place
from tools.bundle.contents import NAME

DATA = Path(".local/share") / NAME
"""Below the home: the only folder that is written to unasked (platformdirs)."""
TOOLS = ("sh", "dirname", "readlink", "uname", "getconf", "sort", "head")
"""What the launcher needs of the system."""


class Stage(NamedTuple):
    """Where the bundle is used."""

    machine: str
    bundle: Path  # unpacked, read-only
    home: Path
    documents: Path
    tools: Path
    scratch: Path

    def environment(self, **more: str) -> dict[str, str]:
        """All that the program is told."""
        plain = {"HOME": str(self.home), "TMPDIR": str(self.scratch), "PATH": str(self.tools), "LANG": "C"}
        if self.machine != machines.machine():
            plain |= {"YUSUAN_LOADER": emulator(self.machine), "QEMU_LD_PREFIX": str(libraries(self.machine))}
        return {**plain, "TERM": "xterm-256color", **more}


def emulator(machine: str) -> str:
    """What runs programs of another processor; "" where it is not there."""
    return shutil.which(f"qemu-{machine}") or ""


def libraries(machine: str) -> Path:
    """Where the C library of another processor lies, as in a root."""
    return interpreter.cache() / f"root-{machine}"


def lacks(machine: str) -> str:
    """What is missing to run programs of another processor; "" when all is."""
    if not emulator(machine):
        return f"没有 qemu-{machine}（Debian 的 qemu-user）：{machine} 的文件夹不能在这里试用。"
    if not libraries(machine).is_dir():
        return f"没有 {libraries(machine)}：请把那种处理器的 libc6、libgcc-s1 解压到那里（dpkg -x）。"
    return ""


def prepared(folder: Path, machine: str) -> Stage:
    """Unpack the archive and lay out everything else beside it."""
    built = place(machine)
    stage = Stage(
        machine=machine,
        bundle=folder / "U 盘（只读）" / built.name,
        home=folder / "家 目录",
        documents=folder / "资料" / "文件",
        tools=folder / "tools",
        scratch=folder / "scratch",
    )
    for path in (stage.bundle.parent, stage.home, stage.documents, stage.tools, stage.scratch):
        path.mkdir(parents=True)
    shutil.unpack_archive(built.with_name(f"{built.name}{parcel.PACKED}"), stage.bundle.parent)
    for path in (stage.bundle, *stage.bundle.rglob("*")):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    for name in TOOLS:
        found = next(path for path in (Path("/bin") / name, Path("/usr/bin") / name) if path.exists())
        (stage.tools / name).symlink_to(found)
    if machine != machines.machine():  # the launcher asks what processor it is on
        (stage.tools / "uname").unlink()
        (stage.tools / "uname").write_text(f"#!/bin/sh\necho {machine}\n", encoding="utf-8")
        (stage.tools / "uname").chmod(0o755)
    return stage


def loosen(folder: Path) -> None:
    """Let what was made read-only be deleted."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of everything below a folder."""
    found = {path: path.lstat() for path in folder.rglob("*")}
    return {str(path.relative_to(folder)): (state.st_size, state.st_mtime_ns) for path, state in found.items()}


def strays(stage: Stage) -> list[str]:
    """Files that were written anywhere but in the user's data folder; none at all in it is trouble too."""
    written = [path.relative_to(stage.home) for path in stage.home.rglob("*") if path.is_file()]
    stray = [f"~/{path}" for path in written if not path.is_relative_to(DATA)]
    stray += [str(path) for path in stage.scratch.rglob("*")]
    return stray or ([] if written else ["资料库没有写入"])
