"""The command `yusuan config`: what counts and where it comes from, where the file is, and a file to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from budget.system.files import ExportError, reason, write_bytes
from tui.config.schema import DEFAULTS, allowed_text, descriptions
from tui.config.settings import NAMES, Origin, Source
from tui.terminal.output import FAILED, OK, complain, say
from tui.terminal.text import padded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.config.settings import Effective

NAME_WIDTH, VALUE_WIDTH = 24, 14
"""Cells of the columns of names and values; longer ones push what follows."""


def show(found: Effective) -> int:
    """Print which file is read, and each setting with its value and where it comes from."""
    path = found.file
    if path is None:
        say([tr("不读配置文件。")])
    else:
        say([(tr("配置文件 {}") if path.exists() else tr("配置文件 {}（没有这个文件）")).format(path)])
    say(effective_lines(found))
    return OK


def effective_lines(found: Effective) -> Iterator[str]:
    """One line a setting: name, value as it would stand in the file, source; then the keys that are not the usual."""
    for name in NAMES:
        if name != "keys":
            yield _line(name, written(getattr(found.settings, name)), found.origins.get(name, Origin()))
    for id_, keys in found.settings.keys.items():
        yield _line(f"keys.{id_}", written(list(keys)), found.origins.get(f"keys.{id_}", Origin()))
    if not found.settings.keys:
        yield _line("keys", "{}", Origin())


def write_template(path: Path) -> int:
    """Write a commented file where there is none; 1 where there is one, or it cannot be written."""
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
    """A file in which every setting stands as a comment: what it is, what it may be, its default."""
    from tui.actions import Where, actions

    lines = [tr("# yusuan 的配置。去掉行首的 # 即生效；没有写的为默认值。")]
    for name, description in descriptions().items():
        allowed = allowed_text(name)
        lines += ["", f"# {tr(description)}", *(["# " + tr("可用的值：") + allowed] if allowed else [])]
        lines.append("# [keys]" if name == "keys" else f"# {name} = {written(getattr(DEFAULTS, name))}")
    width = max(len(action.id) for action in actions(Where.MAIN))
    for action in actions(Where.MAIN):
        lines.append(f"# {action.id:<{width}} = {written(list(action.keys))}  # {tr(action.title)}")
    return "\n".join(lines) + "\n"


def markdown() -> str:
    """The table of all settings for the docs."""
    head = ["| 设置 | 可用的值 | 默认 | 说明 |", "| --- | --- | --- | --- |"]
    rows = [
        f"| `{name}` | {_codes(allowed_text(name))} | {_default(name)} | {description} |"
        for name, description in descriptions().items()
    ]
    return "\n".join([*head, *rows]) + "\n"


def written(value: object) -> str:
    """A value as it is written in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _line(name: str, value: str, origin: Origin) -> str:
    place = f" {origin.place}" if origin.source is not Source.DEFAULT else ""
    return f"{name:<{NAME_WIDTH}} {padded(value, VALUE_WIDTH)} {tr(origin.source.value)}{place}"


def _codes(allowed: str) -> str:
    return " ".join(f"`{value}`" for value in allowed.split())


def _default(name: str) -> str:
    return "" if name == "keys" else f"`{written(getattr(DEFAULTS, name))}`"
