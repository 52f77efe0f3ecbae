"""The frames as plain Parquet files, a folder for each frame: for DuckDB, Spark and other programs.

A part of the library is an archive, because one rename publishes it whole; other programs do not look into archives.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.library.frames import SCHEMAS, spoken
from budget.library.parts import to_parquet
from budget.system.files import ExportError, reason
from budget.system.paths import system

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from budget.library.frames import Frames


def write_tables(target: Path, pieces: Iterable[Frames], *, overwrite: bool = False) -> int:
    """Write frames with different disclosures as `FRAME/NUMBER.parquet`; return how many disclosures.

    The folder appears when it is complete; with `overwrite` it replaces one of the same kind.

    Raises:
        ExportError: it cannot be written, or holds something else; what was there stays.
    """
    shown, target = target.absolute(), system(target.absolute())
    temporary = target.parent / f".yusuan-{os.urandom(8).hex()}.tmp"
    try:
        there = _names(target)
        if there and not (overwrite and there <= set(SCHEMAS)):
            text = tr("{} 已经存在，没有覆盖") if there <= set(SCHEMAS) else tr("{} 里有别的文件，没有覆盖")
            raise ExportError(text.format(shown), exists=there <= set(SCHEMAS))
        count = _write(temporary, pieces)
        if target.is_dir():
            for name in there:
                shutil.rmtree(target / name)
            target.rmdir()
        temporary.rename(target)
    except OSError as error:
        raise ExportError(tr("没有写入 {}：{}").format(shown, reason(error))) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(temporary)
    return count


def _names(target: Path) -> set[str]:
    """What is in the folder; raises OSError where it is a file."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.EEXIST, "")
    return {path.name for path in target.iterdir()} if target.is_dir() else set()


def _write(folder: Path, pieces: Iterable[Frames]) -> int:
    """Write a file of each frame for each piece."""
    count = 0
    folder.mkdir()
    for name in SCHEMAS:
        (folder / name).mkdir()
    for number, frames in enumerate(pieces):
        for name in SCHEMAS:
            frame = getattr(frames, name)
            content = to_parquet(spoken(frame) if name == "notices" else frame)
            (folder / name / f"{number:05d}.parquet").write_bytes(content)
        count += frames.disclosures.height
    return count
