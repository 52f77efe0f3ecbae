"""Folders as parcels: checksums of every file, one archive, sizes."""

from __future__ import annotations

import hashlib
import lzma
import shutil
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "SHA256SUMS"
MEGABYTE = 1_000_000
PACKED = ".tar.xz"
"""How a folder for Linux is packed; every system in use unpacks it."""


def files(folder: Path) -> list[Path]:
    """Every file below a folder, in one order everywhere."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> Path:
    """Write the SHA-256 of every file of a folder into it. `sha256sum --check` reads the list."""
    path = folder / SUMS
    path.unlink(missing_ok=True)
    lines = [f"{digest(file)}  {file.relative_to(folder).as_posix()}\n" for file in files(folder)]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path


def without_links(folder: Path) -> None:
    """Put copies in the place of symbolic links: neither archives for Windows nor FAT know any."""
    for path in folder.rglob("*"):
        if path.is_symlink():
            target = path.resolve(strict=True)
            path.unlink()
            shutil.copy2(target, path)


def zipped(folder: Path) -> Path:
    """Pack a folder as a ZIP file beside it; names that are not ASCII are marked as UTF-8."""
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in files(folder):
            archive.write(file, f"{folder.name}/{file.relative_to(folder).as_posix()}")
    return path


def tarred(folder: Path, *, tight: bool = True) -> Path:
    """Pack a folder as a tar file beside it; programs stay programs, and nobody's name is in it.

    `tight` takes minutes and makes it half as large: for what is handed out.
    """

    def nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        return member

    path = folder.with_name(f"{folder.name}{PACKED}")
    # The filter is for the programs of x86; one for ARM there is too, but the xz of old systems does not know it.
    filters = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 6 if tight else 0}]
    with lzma.open(path, "wb", filters=filters) as file, tarfile.open(fileobj=file, mode="w|") as archive:
        archive.add(folder, folder.name, filter=nobody)
    return path


def note_sum(path: Path) -> str:
    """Write the SHA-256 of a file beside it, and return the line."""
    line = f"{digest(path)}  {path.name}"
    path.with_name(f"{path.name}.sha256").write_text(f"{line}\n", encoding="utf-8", newline="\n")
    return line


def size(path: Path) -> str:
    """Size of a file or folder in megabytes of a million bytes."""
    total = sum(file.stat().st_size for file in files(path)) if path.is_dir() else path.stat().st_size
    return f"{total / MEGABYTE:.1f} MB"
