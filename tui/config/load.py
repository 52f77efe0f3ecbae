"""config.toml and the environment variables, one over the other, each wrong thing as a sentence with its place."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from budget.i18n.language import LANGUAGES, N_, listed, words
from tui.config.file import BadConfigError, language_line, read_text, syntax_trouble
from tui.config.schema import DEFAULTS, NOT_ABSOLUTE, NOT_ALLOWED, Config, allowed_text
from tui.config.settings import ALLOWED, NAMES, VARIABLE, Effective, Origin, Settings, Source
from tui.config.toml_lines import key_lines, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tui.config.toml_lines import KeyPath

LONGEST = 60
"""Characters of a wrong value that are shown."""
TRUTHS = {"true": True, "1": True, "false": False, "0": False}

WANTED = {
    NOT_ALLOWED: N_("{} 不能是 {}"),
    NOT_ABSOLUTE: N_("{} 应是完整的路径，不是 {}"),
    "bool_type": N_("{} 只能是 true 或 false（不带引号），不是 {}"),
    "dict_type": N_("{} 是一张表，单独一行写 [keys]，下面每行一个动作，不是 {}"),
}
"""Types of errors of the model -> what is said of them."""
TEXT_WANTED = N_("{} 应是带引号的文字，不是 {}")
KEYS_WANTED = N_("{} 应是带引号的键，或这样的键的列表，不是 {}")


def effective(path: Path | None, written: Mapping[str, str]) -> Effective:
    """What a file says, and over it what environment variables say (name of the setting -> text)."""
    found = _of_file(path) if path is not None else Effective()
    values = {name: TRUTHS.get(text, text) if _is_truth(name) else text for name, text in written.items()}
    variables = {name: VARIABLE.format(name.upper()) for name in values}
    config, troubles = validated(values, lambda at: (0, words(N_("环境变量 {}"), variables[str(at[0])])))
    if config is None:
        return found._replace(troubles=(*found.troubles, *(said for _, said in troubles)))
    origins = {name: Origin(Source.ENVIRONMENT, variables[name]) for name in values}
    return found.with_values({name: getattr(config, name) for name in values}, origins)


def _of_file(path: Path) -> Effective:
    try:
        text = read_text(path)
        data = tomllib.loads(text)
    except BadConfigError as error:
        return Effective(troubles=(error.kept,))
    except (ValueError, RecursionError) as error:
        return _refused({"language": language_line(text)}, [syntax_trouble(path, text, error)])
    lines = key_lines(text)
    config, troubles = validated(
        data, lambda at: (line_of(lines, at), words(N_("{} 第 {} 行"), path, line_of(lines, at)))
    )
    keys: dict[str, tuple[str, ...]] = {}
    chosen = _lists(data.get("keys"))
    if chosen:
        from tui.config.key_rules import keys_of, troubles_of

        for at, said in troubles_of(chosen):
            line = line_of(lines, ("keys", *at))
            troubles.append((line, words(N_("{} 第 {} 行：{}"), path, line, said)))
        keys = keys_of(chosen)
    if config is None or troubles:
        return _refused(data, [said for _, said in sorted(troubles)])
    origins = {name: Origin(Source.FILE, f"{path}:{line_of(lines, (name,))}") for name in data}
    origins |= {f"keys.{id_}": Origin(Source.FILE, f"{path}:{line_of(lines, ('keys', id_))}") for id_ in keys}
    values = {name: getattr(config, name) for name in data if name != "keys"}
    return Effective().with_values({**values, "keys": keys}, origins)


def _lists(written: object) -> dict[str, list[str]]:
    """The keys of a file as lists; what is no text is left out, for the model complains of it."""
    if not isinstance(written, dict):
        return {}
    lists = {id_: [keys] if isinstance(keys, str) else keys for id_, keys in written.items()}
    return {
        id_: keys for id_, keys in lists.items() if isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    }


def _refused(data: Mapping[str, Any], troubles: Iterable[str]) -> Effective:
    """Nothing of a file that is wrong somewhere, but the language in which that is said."""
    language = data.get("language")
    settings = Settings(language=language) if language in LANGUAGES else Settings()
    return Effective(settings, troubles=tuple(troubles))


def validated(
    data: Mapping[str, Any], where: Callable[[KeyPath], tuple[int, str]]
) -> tuple[Config | None, list[tuple[int, str]]]:
    """The model of these values; or a line and a kept sentence for each that is wrong, in the order of the lines.

    `where` gives the line and the words for the place of a key.
    """
    try:
        return Config.model_validate(dict(data)), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
    said = [(*where(one["loc"]), _said(one["loc"], one["type"], one["input"])) for one in found]
    return None, [(line, words(N_("{}：{}"), place, wrong)) for line, place, wrong in sorted(said)]


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The names that are most like a misspelt one, at most three."""
    return get_close_matches(word.lower(), list(known), n=3, cutoff=0.5)


def _said(at: KeyPath, kind: str, value: object) -> str:
    """A kept sentence without its place: what is wrong, and what would be right."""
    name = str(at[0])
    if kind == "extra_forbidden":
        return _unknown(name, value)
    if len(at) > 1:  # below [keys]
        return words(KEYS_WANTED, ".".join(map(str, at[:2])), _toml(value))
    said = words(WANTED.get(kind, TEXT_WANTED), name, _toml(value))
    if name not in ALLOWED:
        return said
    close = nearest(str(value), ALLOWED[name])
    if close:
        return words(N_("{}；可用的有 {}，最接近的是 {}"), said, allowed_text(name), close[0])
    return words(N_("{}；可用的有 {}"), said, allowed_text(name))


def _unknown(name: str, value: object) -> str:
    inside = [key for key in value if key in NAMES] if isinstance(value, dict) else []
    if inside:
        return words(N_("没有 [{}] 这张表；{} 要写在文件开头，不放在任何表里"), name, listed(inside))
    close = nearest(name, NAMES)
    if close:
        return words(N_("没有设置 {}，是不是 {}？可用的有 {}"), name, close[0], " ".join(NAMES))
    return words(N_("没有设置 {}，可用的有 {}"), name, " ".join(NAMES))


def _is_truth(name: str) -> bool:
    return isinstance(getattr(DEFAULTS, name), bool)


def _toml(value: object) -> str:
    """A value about as it stands in the file, cut where it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + ".."
