"""On which line of a TOML text each key stands: `tomllib` reads the values, and tells no lines."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""Keys from the outermost table inwards; a number is a place in an array."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_PART = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_SCALAR = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^,\[\]{}\n#]+''',
    re.DOTALL,
)
_TABLE = -1
"""In place of the next index of an array: the container is an inline table."""


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (from 1) on which each key and each element of an array of a valid TOML text is first named."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line (from 1) of what stands at a path, else of what is around it: of the text where nothing is."""
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), 1)


class _Scanner:
    """Walks through a text that `tomllib` has accepted; it looks for keys and steps over everything else."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[KeyPath, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._last: dict[KeyPath, int] = {}  # arrays of tables -> the index of the table that was opened last

    def scan(self) -> None:
        """Walk through the whole text."""
        table: KeyPath = ()
        while self._skip_blank():
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._value(self._pair(table))

    def _header(self) -> KeyPath:
        """[table] or [[array of tables]]; leaves behind the closing bracket."""
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        self._skip_blank()
        path: KeyPath = ()
        begin = self.at
        keys = self._keys()
        for number, key in enumerate(keys, start=1):
            path = self._note((*path, key), begin)
            if brackets > 1 and number == len(keys):
                self._last[path] = self._last.get(path, -1) + 1
            if path in self._last:
                path = self._note((*path, self._last[path]), begin)
        self._skip_blank()
        self.at += brackets
        return path

    def _pair(self, table: KeyPath) -> KeyPath:
        """A key with its equals sign; leaves before the value."""
        begin, path = self.at, table
        for key in self._keys():
            path = self._note((*path, key), begin)
        self._skip_blank()
        self.at += len("=")
        self._skip_blank()
        return path

    def _value(self, path: KeyPath) -> None:
        """A value with all that is in it, step by step: arrays may be nested deeper than calls may be."""
        opened: list[tuple[KeyPath, int]] = []
        while True:
            char = self.text[self.at]
            if char in "[{":
                opened.append((path, 0 if char == "[" else _TABLE))
                self.at += 1
            else:
                self.at = _end(_SCALAR, self.text, self.at)
            while opened and self._skip_blank() and self.text[self.at] in ",]}":
                if self.text[self.at] != ",":
                    opened.pop()
                self.at += 1
            if not opened:
                return
            around, index = opened[-1]
            if index == _TABLE:
                path = self._pair(around)
            else:
                path = self._note((*around, index), self.at)
                opened[-1] = (around, index + 1)

    def _keys(self) -> list[str]:
        """The parts of a key; quoted ones are read by `tomllib`, which knows all escapes."""
        begin, self.at = self.at, _end(_KEY, self.text, self.at)
        read: object = tomllib.loads(self.text[begin : self.at] + " = 0")
        parts = []
        while isinstance(read, dict):
            ((key, read),) = read.items()
            parts.append(key)
        return parts

    def _note(self, path: KeyPath, at: int) -> KeyPath:
        self.lines.setdefault(path, bisect_left(self._ends, at) + 1)
        return path

    def _skip_blank(self) -> bool:
        """Step over blanks and comments; whether there is anything left."""
        self.at = _end(_BLANK, self.text, self.at)
        return self.at < len(self.text)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    if match is None:
        raise ValueError(f"no TOML at {at}")
    return match.end()
