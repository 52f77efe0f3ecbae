"""Write a file completely or not at all; explain why the system refuses."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message, tr
from budget.system import paths

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_HELD = (32, 33, 1224)
"""What Windows says of a file that another program has open, has locked or has mapped."""
_DENIED = 5
_MEANT = {
    **dict.fromkeys(_HELD, errno.EBUSY),
    19: errno.EROFS,
    21: errno.ENODEV,
    **dict.fromkeys((39, 112), errno.ENOSPC),
    **dict.fromkeys((51, 53, 64, 67, 1231), errno.EHOSTUNREACH),
    123: errno.EILSEQ,
    206: errno.ENAMETOOLONG,
    267: errno.ENOTDIR,
    1295: errno.EDQUOT,
}
"""Errors of Windows -> what they mean; by itself Python turns them into "denied", "not found" or "invalid"."""
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""How a device is opened: a pipe that nobody reads is an error."""
_NO_FILE = 15
"""ENOTBLK, which Windows does not have."""
_PAUSES = (0.01, 0.03, 0.1, 0.3)
"""Seconds between attempts to rename a file that a virus scanner or an indexer is just looking at."""

_SENTENCES = {
    errno.ENOSPC: N_("磁盘已满，没有写入 {}：请腾出空间，或换一个位置"),
    errno.EDQUOT: N_("磁盘配额已用完，没有写入 {}：请腾出空间，或换一个位置"),
    errno.EROFS: N_("{} 所在的磁盘只能读：请换一个位置"),
    errno.ENOENT: N_("{} 所在的文件夹不存在：请先建立，或换一个位置"),
    errno.ENOTDIR: N_("{} 的上一级不是文件夹：请换一个位置"),
    errno.EISDIR: N_("{} 是一个文件夹：请给出文件名"),
    errno.ENAMETOOLONG: N_("文件名太长，没有写入 {}：请换一个短些的名字"),
    errno.EEXIST: N_("{} 已经存在，没有覆盖"),
    errno.EACCES: N_("没有写入 {}：没有权限，或文件正被其他程序（如 Excel）打开；请关闭后再试，或换一个位置"),
    errno.EPERM: N_("没有写入 {}：没有权限，或文件正被其他程序（如 Excel）打开；请关闭后再试，或换一个位置"),
    errno.EBUSY: N_("{} 正被其他程序（如 Excel、WPS）打开，没有写入：请关闭后再试，或换一个文件名"),
    errno.EHOSTUNREACH: N_("没有写入 {}：连接不上这个网络位置，请检查网络，或换一个位置"),
    errno.ENODEV: N_("没有写入 {}：磁盘没有准备好，可能已经拔出；请检查，或换一个位置"),
    errno.EILSEQ: N_("没有写入 {}：系统不允许这样的文件名，请换一个名字"),
    errno.EIO: N_("没有写入 {}：磁盘读写出错，请换一个位置"),
    errno.ELOOP: N_("没有写入 {}：这是链接；请写出它所指的文件，或换一个文件名"),
    _NO_FILE: N_("没有写入 {}：这是磁盘，不是文件"),
    errno.ENXIO: N_("没有写入 {}：没有程序在读这个管道"),
    errno.EPIPE: N_("没有写完 {}：读这个管道的程序已经结束"),
    errno.ETXTBSY: N_("没有写入 {}：文件正被其他程序打开；请关闭后再试"),
}
_REASONS = {
    errno.EACCES: N_("没有权限"),
    errno.EPERM: N_("没有权限"),
    errno.EROFS: N_("这里是只读的"),
    errno.ENOSPC: N_("磁盘已满"),
    errno.EDQUOT: N_("磁盘配额已满"),
    errno.ENOENT: N_("没有这个文件或文件夹"),
    errno.ENOTDIR: N_("路径中有一段不是文件夹"),
    errno.EISDIR: N_("这是文件夹"),
    errno.ENAMETOOLONG: N_("名称太长"),
    errno.EEXIST: N_("同名的文件已存在"),
    errno.EBADF: N_("已经关闭"),
    errno.EIO: N_("读写出错"),
    errno.EBUSY: N_("正被其他程序（如 Excel、WPS）打开"),
    errno.ETXTBSY: N_("正被其他程序打开"),
    errno.EHOSTUNREACH: N_("连接不上网络位置"),
    errno.ENODEV: N_("磁盘没有准备好"),
    errno.EILSEQ: N_("系统不允许这样的名称"),
}


class ExportError(Exception):
    """A file that could not be written; the message is one plain sentence: file, cause, what to do."""

    def __init__(self, message: str, *, exists: bool = False) -> None:
        super().__init__(message)
        self.exists = exists
        """The file is there already and overwriting was not allowed."""


def reason(error: OSError | ValueError) -> str:
    """The system's reason for a refusal, in the language of the interface."""
    return Message(kept_reason(error)).text()


def told(error: Exception) -> str:
    """What went wrong; of an error of the system the file and the reason."""
    if not isinstance(error, OSError):
        return str(error)
    name = error.filename
    return tr("{0}：{1}").format(paths.plain_form(name), reason(error)) if isinstance(name, str) else reason(error)


def kept_reason(error: OSError | ValueError) -> str:
    """The system's reason for a refusal, as a `budget.i18n.language.Message`.

    Without one of ours it is in the system's own words.
    """
    if not isinstance(error, OSError):
        return Message.of(N_("名称中有系统不允许的字符"))
    known = _REASONS.get(_meant(error))
    return Message.of(known) if known else error.strerror or str(error)


def write_bytes(path: Path, data: bytes, *, overwrite: bool = False) -> Path:
    """Write through a temporary file in the same folder and rename it.

    Returns the absolute path.  A device or a pipe is written to, never replaced; a link is refused.

    Raises:
        ExportError: what went wrong; an existing file is left as it is unless `overwrite`.
    """
    shown_path = type(path)(paths.plain_form(os.path.expanduser(path)))  # noqa: PTH111 - `Path` fails on "~nobody"
    target = shown_path
    try:
        shown_path = shown_path.absolute()  # the current folder may be gone
        target = paths.system(shown_path)
        temporary = paths.system(shown_path.parent / f".yusuan-{os.urandom(8).hex()}.tmp")
        if _is_stream(target):
            _write_stream(target, data)
            return shown_path
        _check(target, overwrite=overwrite)
        _write_new(temporary, data)
        try:
            put(temporary, target, overwrite=overwrite)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        meant = _meant(error) if isinstance(error, OSError) else errno.EILSEQ
        if isinstance(error, PermissionError) and is_held(target):
            meant = errno.EBUSY
        plain = _SENTENCES.get(meant, N_("没有写入 {}：系统报告错误，请换一个位置再试"))
        raise ExportError(tr(plain).format(shown_path), exists=meant == errno.EEXIST) from error
    return shown_path


def put(temporary: Path, target: Path, *, overwrite: bool) -> None:
    """Give a finished file its name; without `overwrite` a file that appeared meanwhile is left alone.

    Raises:
        OSError: the system refused, on Windows several times.
    """
    if not (overwrite or paths.on_windows()):
        _link(temporary, target)
        return
    rename = temporary.replace if overwrite else temporary.rename  # on Windows the latter fails where the name is taken
    for pause in _PAUSES:
        try:
            rename(target)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in {_DENIED, *_HELD}:
                raise
            time.sleep(pause)
        else:
            return
    rename(target)


def is_held(path: Path) -> bool:
    """Whether Windows refuses a file because another program has it open; elsewhere programs share their files."""
    if sys.platform == "win32":
        import _winapi  # `open` says "denied" whatever the reason

        try:
            handle = _winapi.CreateFile(str(path), _winapi.GENERIC_READ, 0, 0, _winapi.OPEN_EXISTING, 0, 0)
        except OSError as error:
            return error.winerror in _HELD
        _winapi.CloseHandle(handle)
    return False


def _check(target: Path, *, overwrite: bool) -> None:
    """Raise what Windows would pass over, and what is no business of the temporary file."""
    if paths.on_windows() and paths.is_unfit(target.name):  # a device or a stream would swallow it without a word
        raise OSError(errno.EILSEQ, "")
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if target.is_symlink() and (overwrite or not target.exists()):  # the name would go, or what it means is elsewhere
        raise OSError(errno.ELOOP, "")
    if target.is_block_device():
        raise OSError(_NO_FILE, "")
    if not overwrite and target.exists():
        raise FileExistsError(errno.EEXIST, "")


def _is_stream(target: Path) -> bool:
    """Whether a name means a device, a pipe or a socket, also through a link such as /dev/stdout."""
    return not paths.on_windows() and (target.is_char_device() or target.is_fifo() or target.is_socket())


def _write_stream(target: Path, data: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY | _AT_ONCE)  # a pipe that nobody reads is an error
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb", buffering=0) as stream:
        left = memoryview(data)
        while left:
            left = left[stream.write(left) :]


def _meant(error: OSError) -> int:
    return _MEANT.get(getattr(error, "winerror", None) or 0, error.errno or 0)


def _write_new(path: Path, data: bytes) -> None:
    """Write a new file, under no name until it is whole where the system can: nothing is left of a killed program."""
    try:
        descriptor = os.open(path.parent, os.O_WRONLY | os.O_TMPFILE, 0o666)  # type: ignore[attr-defined,unused-ignore]
    except (AttributeError, OSError):  # another system, or a file system without such files
        _write_named(path, data)
        return
    with os.fdopen(descriptor, "wb") as file:
        _fill(file, data)
        # a descriptor of a folder, which an absolute path has no need of, makes the system follow the link
        os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)


def _fill(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _write_named(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _fill(file, data)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def _link(temporary: Path, target: Path) -> None:
    try:
        os.link(temporary, target)  # fails where the name is taken, which a rename on POSIX does not
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        temporary.rename(target)
