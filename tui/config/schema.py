"""Validate config.toml against the model of the settings.

Everything wrong gives a sentence that names the key and what may be there.
"""

from __future__ import annotations

import json
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from pydantic import ConfigDict, ValidationError, create_model

from budget.i18n.language import N_, Message
from budget.system.files import kept_reason
from budget.system.patterns import lazy_pattern
from tui.config.settings import NAMES, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_BYTES = 1 << 18
"""More than any configuration needs: what is larger is something else."""
LONGEST = 60
"""Characters of a wrong value that are shown."""
INDISPENSABLE = ("quit", "help")
OF_TEXTUAL = {"ctrl+c": "", "ctrl+q": "quit"}
"""Keys that are answered before ours -> the only action that may have them."""
WHILE_TYPING = ("cursor_up", "cursor_down", "page_up", "page_down")
"""Actions that answer while something is typed, too: the keys of the input line are not theirs."""
NEVER_SENT = frozenset({"return", "ctrl+i", "ctrl+m", "ctrl-at"})
"""Names for what terminals send as enter, tab and ctrl+@."""
DEFAULTS: dict[str, Any] = vars(Settings())
_TYPES: dict[str, Any] = get_type_hints(Settings)
_FIELDS: dict[str, Any] = {name: (_TYPES[name], default) for name, default in DEFAULTS.items()}
Config = create_model("Config", __config__=ConfigDict(extra="forbid", strict=True), **_FIELDS)
"""The model of config.toml: the fields of `Settings`, nothing else, every value of its type."""
_AT = lazy_pattern(r"\(at line (\d+), column (\d+)\)")
_LANGUAGE = lazy_pattern(r"""^[ \t]*language[ \t]*=[ \t]*["']?(zh|en)\b""", re.MULTILINE)


def allowed(name: str) -> tuple[str, ...]:
    """Return the values that a setting may have.

    They are spelled as in the file; none for a setting that is free text.
    """
    return ("true", "false") if _TYPES[name] is bool else () if name == "keys" else get_args(_TYPES[name])


def read(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Read a configuration file: its values, or why it is unreadable.

    The reason is a kept sentence; beside it stands the language where that can be seen.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        return {}, (Message.of(N_("读不了配置文件 {}：{}"), path, kept_reason(error)),)
    if len(data) > MOST_BYTES:
        return {}, (Message.of(N_("{} 超过 {} KB，不像配置文件"), path, MOST_BYTES >> 10),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return {}, (Message.of(N_("{} 不是 UTF-8，请另存为 UTF-8"), path),)
    try:
        return tomllib.loads(text), ()
    except (ValueError, RecursionError) as error:
        at, language = _AT.search(str(error)), _LANGUAGE.search(text)
    place = Message.of(N_("{} 第 {} 行第 {} 列"), path, at[1], at[2]) if at else path
    wording = N_("{}：不合 TOML 的写法（一行一项，名称 = 值；文字放在一对半角引号里，其中的反斜线写成两个）")
    return ({"language": language[1]} if language else {}), (Message.of(wording, place),)


def from_text(name: str, text: str) -> object:
    """The value that the text of an environment variable means."""
    truths = {"true": True, "1": True, "false": False, "0": False}
    return truths.get(text, text) if _TYPES[name] is bool else text


def validate(data: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """Return the settings of the valid values, and the faults.

    There is a kept sentence for each value that is wrong.
    """
    keys = data.get("keys")
    if isinstance(keys, dict):
        data = {**data, "keys": {id_: _as_keys(value) for id_, value in keys.items()}}
    try:
        found = vars(Config.model_validate(dict(data)))
    except ValidationError as error:
        wrong = {each["loc"][:2]: each for each in error.errors(include_url=False)}
        rest = {name: value for name, value in data.items() if (name,) not in wrong}
        if isinstance(keys, dict):
            rest["keys"] = {id_: value for id_, value in keys.items() if ("keys", id_) not in wrong}
        settings, more = validate(rest)
        return settings, [*(_fault(at, each["type"], each["input"]) for at, each in wrong.items()), *more]
    folder = _expanded(found["export_folder"])
    relative = Message.of(N_("{} 应是完整的路径，不是 {}"), "export_folder", _spelled(found["export_folder"]))
    troubles = [*([relative] if folder is None else []), *(key_faults(found["keys"]) if found["keys"] else ())]
    chosen = keys_of(found["keys"]) if not troubles else {}
    return Settings(**{**found, "export_folder": folder or "", "keys": chosen}), troubles


def _as_keys(value: object) -> object:
    """One key is a list of one."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _fault(at: tuple[str | int, ...], kind: str, value: object) -> str:
    """What is wrong with a value, what may stand there, and the most like it."""
    name, spelled = ".".join(map(str, at)), _spelled(value)
    if kind == "extra_forbidden":
        text = _guessed(Message.of(N_("没有设置 {}"), name), name, NAMES)
        return Message.of(N_("{}；可用的有 {}"), text, " ".join(NAMES))
    if len(at) > 1:
        return Message.of(N_("{} 应是带引号的键，或这样的键的列表，不是 {}"), name, spelled)
    if name == "keys":
        return Message.of(N_("{} 是一张表，单独一行写 [keys]，下面每行一个动作，不是 {}"), name, spelled)
    if kind == "bool_type":
        return Message.of(N_("{} 只能是 true 或 false（不带引号），不是 {}"), name, spelled)
    if allowed(name):
        text = _guessed(Message.of(N_("{} 不能是 {}"), name, spelled), str(value), allowed(name))
        return Message.of(N_("{}；可用的有 {}"), text, " ".join(allowed(name)))
    return Message.of(N_("{} 应是带引号的文字，不是 {}"), name, spelled)


def _guessed(text: str, word: str, known: Sequence[str]) -> str:
    """What is wrong with a word, with the known one that is most like it."""
    close = get_close_matches(word.lower(), known, n=1)
    return Message.of(N_("{}，最接近的是 {}"), text, close[0]) if close else text


def _expanded(folder: str) -> str | None:
    """A folder as a whole path, "" for none; None where it is not whole."""
    try:
        path = Path(folder).expanduser()
    except RuntimeError:  # ~ of nobody
        return None
    absolute = path.is_absolute() and "\0" not in folder
    return str(path) if folder and absolute else None if folder else ""


def _spelled(value: object) -> str:
    """A value about as it stands in the file, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else text[:LONGEST] + ".."


def keys_of(chosen: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the chosen keys of each action, each once. They are named as the registry names them."""
    return {id_: tuple(dict.fromkeys(map(_normal, keys))) for id_, keys in chosen.items()}


def key_faults(chosen: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Give a sentence for each chosen key that is wrong.

    It is no key, of no action, that of another action, or needed elsewhere.
    """
    from tui.action import Where
    from tui.actions import ACTIONS, key_text

    own = {action.id: action for action in ACTIONS if action.where is Where.MAIN}
    typing = {key for action in ACTIONS if action.where is Where.PROMPT for key in action.keys}
    holders = {key: id_ for id_, action in own.items() if id_ not in chosen for key in action.keys}
    known = key_names()
    for id_, written in chosen.items():
        if id_ in NAMES:
            yield Message.of(N_("{} 不是动作，是设置：要写在文件开头，[keys] 之前"), id_)
        elif id_ not in own:
            text = _guessed(Message.of(N_("没有动作 {}"), id_), id_, list(own))
            yield Message.of(N_("{}；全部动作见 yusuan config --init 写出的文件"), text)
        elif not written and id_ in INDISPENSABLE:
            yield Message.of(N_("动作 {} 不能没有键"), id_)
        for key in map(_normal, written if id_ in own else ()):
            holder = holders.setdefault(key, id_)
            if not (key in known or (len(key) == 1 and key.isprintable())):
                text = _guessed(Message.of(N_("没有键 “{}”"), key), key, known)
                yield Message.of(N_("{}；键是一个字符，或 f2、pagedown、ctrl+s 这样的名称"), text)
            elif OF_TEXTUAL.get(key, id_) != id_ or (key in typing and id_ in WHILE_TYPING):
                yield Message.of(N_("键 {} 另有用处，不能用于 {}"), key_text(key), id_)
            elif holder != id_:
                both = (name for one in (holder, id_) for name in (one, Message.of(own[one].title)))
                wording = N_("键 {} 同时用于 {}（{}）和 {}（{}），请给其中一个换一个键")
                yield Message.of(wording, key_text(key), *both)


def key_names() -> list[str]:
    """The names of keys that are no characters, as Textual has them."""
    from textual.keys import Keys

    return [key.value for key in Keys if not key.value.startswith("<") and key.value not in NEVER_SENT]


def _normal(key: str) -> str:
    """A key as the registry names it: characters of the keyboard, full-width ones too, names in lower case."""
    from tui.terminal.fullwidth import plain_key

    if len(key) > 1:
        return key.strip().lower()
    character = plain_key(key)
    return "space" if character == " " else character
