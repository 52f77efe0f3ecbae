"""Where the check uses the bundle: at another path, read-only, with another home and without Python."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from typing import NamedTuple

from tools.bundle.bundle import place
from tools.bundle.contents import NAME

DATA = Path(".local/share") / NAME
"""Below the home: the only folder that is written to unasked (platformdirs)."""
TOOLS = ("sh", "dirname", "readlink", "uname", "getconf", "sort", "head")
"""What the launcher needs of the system."""


class Stage(NamedTuple):
    """Where the bundle is used."""

    bundle: Path  # unpacked, read-only
    home: Path
    documents: Path
    tools: Path
    scratch: Path

    def environment(self, **more: str) -> dict[str, str]:
        """All that the program is told."""
        plain = {"HOME": str(self.home), "TMPDIR": str(self.scratch), "PATH": str(self.tools), "LANG": "C"}
        return {**plain, "TERM": "xterm-256color", **more}


def prepared(folder: Path) -> Stage:
    """Unpack the archive and lay out everything else beside it."""
    stage = Stage(
        bundle=folder / "U 盘（只读）" / place().name,
        home=folder / "家 目录",
        documents=folder / "资料" / "文件",
        tools=folder / "tools",
        scratch=folder / "scratch",
    )
    for path in (stage.bundle.parent, stage.home, stage.documents, stage.tools, stage.scratch):
        path.mkdir(parents=True)
    shutil.unpack_archive(place().with_name(f"{place().name}.tar.gz"), stage.bundle.parent)
    for path in (stage.bundle, *stage.bundle.rglob("*")):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    for name in TOOLS:
        found = next(path for path in (Path("/bin") / name, Path("/usr/bin") / name) if path.exists())
        (stage.tools / name).symlink_to(found)
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
