"""Writing a file whole or not at all, and why the system refuses, in plain words."""

from __future__ import annotations

import errno
import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SENTENCES = {
    errno.ENOSPC: "磁盘已满，没有写入 {}：请腾出空间，或换一个位置",
    errno.EDQUOT: "磁盘配额已用完，没有写入 {}：请腾出空间，或换一个位置",
    errno.EROFS: "{} 所在的磁盘只能读：请换一个位置",
    errno.ENOENT: "{} 所在的文件夹不存在：请先建立，或换一个位置",
    errno.ENOTDIR: "{} 的上一级不是文件夹：请换一个位置",
    errno.EISDIR: "{} 是一个文件夹：请给出文件名",
    errno.ENAMETOOLONG: "文件名太长，没有写入 {}：请换一个短些的名字",
    errno.EEXIST: "{} 已经存在，没有覆盖",
    errno.EACCES: "没有写入 {}：没有权限，或文件正被其他程序（如 Excel）打开；请关闭后再试，或换一个位置",
    errno.EPERM: "没有写入 {}：没有权限，或文件正被其他程序（如 Excel）打开；请关闭后再试，或换一个位置",
    errno.EBUSY: "没有写入 {}：文件正被其他程序（如 Excel）打开；请关闭后再试",
    errno.ETXTBSY: "没有写入 {}：文件正被其他程序打开；请关闭后再试",
}
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.EEXIST: "同名的文件已存在",
    errno.EIO: "读写出错",
}


class ExportError(Exception):
    """A file that could not be written; the message is one plain Chinese sentence: file, cause, what to do."""

    def __init__(self, message: str, *, exists: bool = False) -> None:
        super().__init__(message)
        self.exists = exists
        """The file is there already and overwriting was not allowed."""


def reason(error: OSError | ValueError) -> str:
    """Why the system refused, in a few Chinese words."""
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, error.strerror or str(error))
    return "名称中有系统不允许的字符"


def write_bytes(path: Path, data: bytes, *, overwrite: bool = False) -> Path:
    """Write through a temporary file in the same folder, renamed at the end; returns the absolute path.

    Raises:
        ExportError: what went wrong; an existing file is left as it is unless `overwrite`.
    """
    target = path.expanduser().absolute()
    temporary = target.parent / f".yusuan-{secrets.token_hex(8)}.tmp"
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if not overwrite and target.exists():
            raise FileExistsError(errno.EEXIST, "")
        _write_new(temporary, data)
        try:
            _put(temporary, target, overwrite=overwrite)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        plain = _SENTENCES.get(error.errno or 0, "没有写入 {}：系统报告错误，请换一个位置再试")
        raise ExportError(plain.format(target), exists=error.errno == errno.EEXIST) from error
    return target


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _put(temporary: Path, target: Path, *, overwrite: bool) -> None:
    """Give the finished file its name; without `overwrite` a file that appeared meanwhile is left alone."""
    if overwrite:
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)  # fails where the name is taken, which a rename on POSIX does not
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        temporary.rename(target)
