"""Find the files that are documents, and the folder of yusuan. Imported before anything that takes time."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.system.paths import named, path_of, plain_form, system

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

HOME = "YUSUAN_HOME"
"""The environment variable that names another folder than the user's data folder."""
TEXT_SUFFIXES = (".txt", ".md", ".text")
SUFFIXES = (
    *(*TEXT_SUFFIXES, ".pdf", ".docx", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".ods"),
    *(".html", ".htm", ".mht", ".mhtml", ".ofd"),
)
"""The endings that a folder is searched for; what a file is, its content says."""

OF_THE_SYSTEM = {"$RECYCLE.BIN", "System Volume Information"}
"""Folders on every disk of Windows that nobody means who names the disk."""
NAME_ROOM = 64
"""Characters of the names of what is kept, below the folder that they are kept in."""

FEW, SMALL = 4, 1 << 20
"""So many text files of so many bytes together are read at once; all else is read in worker processes."""
MOST_HASHED = 1 << 28
"""Bytes: larger files are not compared by their content; the loaders refuse them by their size."""


def home() -> Path:
    """Return the folder that yusuan keeps its files in. The library, the copied rows, the error log."""
    moved = os.environ.get(HOME)
    if moved:
        return system(path_of(moved), room=NAME_ROOM)
    import platformdirs

    return system(Path(platformdirs.user_data_dir("yusuan", appauthor=False)), room=NAME_ROOM)


def is_folder(given: str) -> bool:
    """Whether a path of the command line is a folder."""
    return any(system(Path(path).absolute()).is_dir() for path in named([given]))


def find_documents(paths: Iterable[str], stopped: Callable[[], bool] = lambda: False) -> tuple[list[Path], list[str]]:
    """Return the files to read, and a sentence for each bad path; those found until it is stopped.

    Files below a folder come in order of their names; a path is bad where there is nothing to read.
    """
    found: dict[Path, None] = {}
    messages = []
    for given in named(paths):
        path = Path(given).absolute()
        at = system(path)
        try:
            if given and at.is_dir():
                refused: list[OSError] = []
                inside = [Path(name) for name in sorted(_below(path, refused.append, stopped))]
                found.update(dict.fromkeys(inside))
                messages += [_not_opened(given, path, error) for error in refused]
                if not inside and not refused:
                    messages.append(tr("文件夹 {} 中没有可以读的文件（{}）。").format(given, " ".join(SUFFIXES)))
            elif not given or not at.exists():
                messages.append(tr("没有这个文件或文件夹：{}").format(given))
            elif at.is_char_device() or at.is_block_device() or at.is_socket():
                messages.append(tr("{} 是设备，不是文件。").format(given))  # it may never end
            else:
                found[path] = None
        except (OSError, ValueError) as error:
            from budget.system.files import reason

            messages.append(tr("打不开 {}：{}。").format(given, reason(error)))
    return list(found), messages


def is_small(paths: Sequence[Path]) -> bool:
    """Whether these are a few text files of moderate size. Their first figures are waited for together."""
    sizes = [status.st_size for path in paths if (status := _status(path)) is not None]
    texts = all(path.suffix.lower() in TEXT_SUFFIXES for path in paths if not is_stream(path))
    return texts and len(paths) <= FEW and sum(sizes) <= SMALL


def is_stream(path: Path) -> bool:
    """Whether this is a pipe or the like. Another process could not read it."""
    status = _status(path)
    return status is not None and not stat.S_ISREG(status.st_mode)


def _status(path: Path) -> os.stat_result | None:
    try:
        return system(path).stat()
    except (OSError, ValueError):
        return None  # whoever reads it will say what is wrong


def content_of(path: Path) -> tuple[tuple[int, int] | None, str]:
    """Size and time of a file, and the SHA-256 of its content; "" where it is too large or no plain file.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    import hashlib

    at = system(path)
    status = at.stat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_HASHED:
        return None, ""
    with at.open("rb") as file:
        return (status.st_size, status.st_mtime_ns), hashlib.file_digest(file, "sha256").hexdigest()


def _below(folder: Path, refused: Callable[[OSError], None], stopped: Callable[[], bool]) -> Iterator[str]:
    """The documents below a folder; folders that are links are not followed, for they may lead back."""
    for inside, folders, names in os.walk(system(folder, deep=True), onerror=refused):
        if stopped():
            return
        folders[:] = [name for name in folders if name not in OF_THE_SYSTEM]
        for name in names:
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$")):  # ~$: of an open Word document
                path = os.path.join(inside, name)  # noqa: PTH118 - ten thousand paths cost time
                if os.path.isfile(path):  # noqa: PTH113
                    yield plain_form(path)


def _not_opened(given: str, folder: Path, error: OSError) -> str:
    """That a folder, or one below it, keeps its documents to itself."""
    from budget.system.files import reason

    below = plain_form(os.fspath(error.filename or folder))
    return tr("打不开文件夹 {}：{}。").format(given if Path(below) == folder else below, reason(error))
