"""The text of config.toml, and in one sentence why there is none: not readable, not UTF-8, not TOML."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

from budget.i18n.language import N_, words
from budget.system.files import kept_reason

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1 << 18
"""More than any configuration needs: what is larger is something else."""
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_LANGUAGE = re.compile(r"""^[ \t]*language[ \t]*=[ \t]*["']?(\w+)""", re.MULTILINE)
_FULL_WIDTH = re.compile(r"[“”‘’＝＃［］，]")
_CAUSES = (
    (r"Unescaped '\\|Invalid hex value|Escaped character", N_("双引号中的反斜线要写成两个，或改用单引号")),
    (r"Cannot overwrite|Cannot declare .* twice|Duplicate|Cannot redefine|Cannot mutate", N_("同一个名称写了两次")),
    (r"Expected '=' after a key", N_("名称后面要有等号")),
    (r"Invalid value|Unterminated|Illegal character|Expected '\"|Expected \"'", N_("值不对；文字要放在一对引号里")),
    (r"Expected '\]|Unclosed array", N_("方括号没有成对")),
    (r"Expected newline", N_("一行只能写一个设置")),
)
"""What `tomllib` says -> what is said instead; all else is said in general."""


class BadConfigError(Exception):
    """There is no text to read; `kept` is the sentence, for `budget.i18n.language.shown`."""

    def __init__(self, message: str, *values: object) -> None:
        self.kept = words(message, *values)
        super().__init__(self.kept)


def read_text(path: Path) -> str:
    """The text of the file, a byte order mark taken away.

    Raises:
        BadConfigError: there is no such file, it cannot be read, is too large or is not UTF-8.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BadConfigError(N_("{} 是文件夹，不是配置文件"), path)
        if not stat.S_ISREG(status.st_mode):
            raise BadConfigError(N_("{} 不是普通文件，不能作配置文件"), path)  # a pipe might never end
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadConfigError(N_("读不了配置文件 {}：{}"), path, kept_reason(error)) from error
    if len(data) > MOST_BYTES:
        raise BadConfigError(N_("{} 超过 {} KB，不像配置文件"), path, MOST_BYTES >> 10)
    return _decoded(path, data)


def syntax_trouble(path: Path, text: str, error: Exception) -> str:
    """A kept sentence on what `tomllib` could not read: file, line, column and the likely cause."""
    said = str(error)
    at = _AT.search(said)
    if at is None:
        return words(N_("{} 不是 TOML：数字太长或括号嵌套太深"), path)
    lines = text.split("\n")
    line, column = (int(at[1]), int(at[2])) if at[1] else (len(lines), len(lines[-1]) + 1)
    cause = next((cause for pattern, cause in _CAUSES if re.search(pattern, said)), N_("不合 TOML 的写法"))
    if _FULL_WIDTH.match(lines[line - 1][column - 1 :]):
        cause = N_("用了全角标点；引号、等号、方括号和逗号要用半角")
    return words(N_("{} 第 {} 行第 {} 列：{}"), path, line, column, words(cause))


def language_line(text: str) -> str:
    """The language that a text asks for which is no TOML as a whole, "" for none: in it is said what is wrong."""
    found = _LANGUAGE.search(text)
    return found[1] if found else ""


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadConfigError(N_("{} 是 UTF-16，请另存为 UTF-8"), path)
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        raise BadConfigError(N_("{} 第 {} 行不是 UTF-8，请另存为 UTF-8"), path, line) from None
    raise BadConfigError(N_("{} 第 {} 行不是 UTF-8，像是 GBK（记事本的 ANSI），请另存为 UTF-8"), path, line)
