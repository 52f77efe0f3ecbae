"""Paths as people give them, and as a system takes them.

People paste them in quotes, as addresses, with the escapes of a shell.  Windows takes long ones only in a form that
nobody should have to read: files are reached through `system`, sentences show the path as it was given.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re
from pathlib import Path, PurePath, PureWindowsPath
from typing import TYPE_CHECKING, TypeVar

from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 248
"""Characters of a Windows path from which it needs the long form: that of a folder, files may have twelve more."""

_LONG, _LONG_SHARE, _DEVICE = "\\\\?\\", "\\\\?\\UNC\\", "\\\\.\\"
_QUOTES = ('""', "''", "“”", "‘’")
_INVISIBLE = " \t\r\n\u200e\u202a\u202c\ufeff"
"""What stands around a path that was copied; the property pages of Windows put a direction mark before it."""
_FORBIDDEN = lazy_pattern(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = lazy_pattern(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)

_P = TypeVar("_P", bound=PurePath)


def on_windows() -> bool:
    """Whether the system is Windows."""
    return os.name == "nt"


def typed(text: str) -> Path:
    """The path that someone typed, pasted or dragged into a prompt."""
    return Path(as_typed(text, windows=on_windows()))


def path_of(text: str) -> Path:
    """The path of an option or a variable: the console of Windows leaves quotes and `~` to the program."""
    return Path(as_typed(text, windows=True) if on_windows() else text)


def as_typed(text: str, *, windows: bool) -> str:
    """A pasted path without its quotes, file address or escapes. `~` is the user's folder."""
    bare = text.strip(_INVISIBLE)
    inner = _unquoted(bare, windows=windows)
    if inner.lower().startswith("file:/"):
        return _from_address(inner, windows=windows)
    if windows:
        whole = inner + "\\" if re.fullmatch("[A-Za-z]:", inner) else inner  # a drive, not the folder last used on it
        return ntpath.expanduser(whole)
    return posixpath.expanduser(re.sub(r"\\([^\w/])", r"\1", inner) if inner == bare else inner)


def named(texts: Iterable[str], *, windows: bool | None = None) -> list[str]:
    """The paths of a command line; the console of Windows leaves quotes, `~` and patterns to the program."""
    if not (on_windows() if windows is None else windows):
        return list(texts)
    import glob

    found: list[str] = []
    for text in texts:
        path = as_typed(text, windows=True)
        pattern = any(char in path.removeprefix(_LONG) for char in "*?")
        found += (sorted(glob.glob(path)) if pattern else []) or [path]  # noqa: PTH207 - text in, text out
    return found


def system(path: _P, *, deep: bool = False, room: int = 0) -> _P:
    """A path as the system takes it: on Windows in the long form where it is long.

    `deep` asks for that form whatever the length, for what stands below may be longer; `room` characters follow.
    """
    if not (on_windows() or isinstance(path, PureWindowsPath)) or not path.is_absolute():
        return path
    return type(path)(long_form(str(path))) if deep or len(str(path)) + room >= LONGEST else path


def long_form(path: str) -> str:
    r"""An absolute Windows path in the form without a length limit. `\\?\D:\x`, `\\?\UNC\server\share\x`."""
    if path.startswith((_LONG, _DEVICE)):
        return path
    plain = ntpath.normpath(path)  # the system leaves this form as it is: no "..", no "/"
    return _LONG_SHARE + plain[2:] if plain.startswith("\\\\") else _LONG + plain


def plain_form(path: str) -> str:
    r"""A path as people write it, without the prefix `\\?\`."""
    if path.startswith(_LONG_SHARE):
        return "\\\\" + path.removeprefix(_LONG_SHARE)
    return path.removeprefix(_LONG)


def readable(path: PurePath) -> str:
    """A path of the system as a sentence shows it."""
    return plain_form(str(path))


def is_unfit(name: str) -> bool:
    """Whether Windows would not take this for the name of a file: a device, a stream, a name that it shortens."""
    return bool(_FORBIDDEN.search(name) or _RESERVED.match(name)) or name != name.rstrip(" .")


def fit(name: str) -> str:
    """A name that every system takes, for a file that is proposed."""
    bare = _FORBIDDEN.sub(" ", name).strip(" .")
    return f"_{bare}" if _RESERVED.match(bare) else bare


def _unquoted(text: str, *, windows: bool) -> str:
    if len(text) > 1 and text[0] + text[-1] in _QUOTES:
        return text[1:-1].replace("'\\''", "'") if text[0] == "'" else text[1:-1]
    return text.strip('"') if windows else text  # of "D:\x\" the console of Windows leaves the last quote


def _from_address(text: str, *, windows: bool) -> str:
    """The path of a `file:` address, its host a server on Windows."""
    from urllib.parse import unquote_to_bytes

    path = os.fsdecode(unquote_to_bytes(os.fsencode(text[len("file:") :])))
    host = ""
    if path.startswith("//"):
        host, _, rest = path[2:].partition("/")
        path = f"/{rest}"
    if not windows:
        return path
    if host not in {"", "localhost"}:
        path = f"//{host}{path}"
    elif re.match(r"/+[A-Za-z]:", path):
        path = path.lstrip("/")
    return path.replace("/", "\\")
