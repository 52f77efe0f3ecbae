"""The command `yusuan config`: what counts and where it comes from, where the file is, and a file to begin with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.system.files import ExportError, reason, write_bytes
from tui.config.load import DEFAULT
from tui.config.schema import DEFAULTS, allowed
from tui.config.settings import DESCRIPTIONS
from tui.terminal.cells import padded
from tui.terminal.output import FAILED, OK, complain, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.config.load import Effective

NAME_WIDTH, VALUE_WIDTH = 24, 14
"""Cells of the columns of names and values; longer ones push what follows."""


def show(found: Effective) -> int:
    """Print each setting with its value and where it comes from. The first line names the configuration file."""
    path = found.file
    if path is None:
        say([tr("不读配置文件。")])
    else:
        say([(tr("配置文件 {}") if path.exists() else tr("配置文件 {}（没有这个文件）")).format(path)])
    say(effective_lines(found))
    return OK


def effective_lines(found: Effective) -> Iterator[str]:
    """Give one line a setting: name, value, source.

    The value is written as in the file; keys that were chosen have a line each.
    """
    values = {**vars(found.settings)}
    keys = {f"keys.{id_}": chosen for id_, chosen in values.pop("keys").items()}
    for name, value in {**values, **(keys or {"keys": {}})}.items():
        source, place = found.origins.get(name.partition(".")[0], DEFAULT)
        yield f"{name:<{NAME_WIDTH}} {padded(written(value), VALUE_WIDTH)} {tr(source)} {place}".rstrip()


def write_template(path: Path) -> int:
    """Write a commented configuration file where there is none.

    Returns 1 where there is one, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        done = write_bytes(path, template().encode("utf-8"))
    except ExportError as error:
        complain([tr("{}。").format(error)])
        return FAILED
    except OSError as error:
        complain([tr("没有写入 {}：{}。").format(path, reason(error))])
        return FAILED
    complain([tr("已写入 {}").format(done)])
    return OK


def template() -> str:
    """Return a configuration file with every setting as a comment.

    Each says what it is, what it may be, its default.
    """
    from tui.action import Where
    from tui.actions import actions

    lines = [tr("# yusuan 的配置。去掉行首的 # 即生效；没有写的为默认值。")]
    for name, default in DEFAULTS.items():
        values = " ".join(allowed(name))
        lines += ["", f"# {tr(DESCRIPTIONS[name])}", *(["# " + tr("可用的值：") + values] if values else [])]
        lines.append("# [keys]" if name == "keys" else f"# {name} = {written(default)}")
    width = max(len(action.id) for action in actions(Where.MAIN))
    for action in actions(Where.MAIN):
        lines.append(f"# {action.id:<{width}} = {written(action.keys)}  # {tr(action.title)}")
    return "\n".join(lines) + "\n"


def markdown() -> str:
    """The table of all settings for the docs."""
    lines = ["| 设置 | 可用的值 | 默认 | 说明 |", "| --- | --- | --- | --- |"]
    for name, default in DEFAULTS.items():
        codes = " ".join(f"`{value}`" for value in allowed(name))
        usual = "" if name == "keys" else f"`{written(default)}`"
        lines.append(f"| `{name}` | {codes} | {usual} | {DESCRIPTIONS[name]} |")
    return "\n".join(lines) + "\n"


def written(value: object) -> str:
    """A value as it is written in the file: of text, truth and lists, JSON is TOML."""
    return json.dumps(value, ensure_ascii=False)
