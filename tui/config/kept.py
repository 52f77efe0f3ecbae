"""Checked settings, kept with what they were made from: a configuration that has not changed is not checked again.

On the way to the first paint: without pydantic.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from tui.config.settings import NAMES, Settings
from tui.library import made_from, small_files
from tui.library.documents import home

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "settings.json"
FOLDER = "screens"
"""Beside the library, where the pictures are."""
MOST_BYTES = 1 << 18
"""A larger file is no configuration."""


def source(path: Path | None, variables: Mapping[str, str]) -> dict[str, Any] | None:
    """What settings are made from: the file by its hash, the variables, the program; None where that cannot be told."""
    import hashlib

    sha256 = ""
    if path is not None:
        data = small_files.plain_bytes(path, MOST_BYTES)
        if data is None:
            return None
        sha256 = hashlib.sha256(data).hexdigest()
    folder = os.path.expanduser("~")  # noqa: PTH111 - `Path` fails where nobody is at home
    return {
        "program": made_from.fingerprint(),
        "file": str(path or ""),
        "sha256": sha256,
        "variables": dict(variables),
        "folder": folder,
    }


def read(made: Mapping[str, Any]) -> tuple[Settings, dict[str, tuple[str, str]]] | None:
    """The settings that were made from this, and where each comes from; None where none are kept."""
    found = small_files.read(home() / FOLDER / NAME) or {}
    if found.get("made_from") != made:
        return None
    try:
        origins = {name: _origin(*found["origins"][name]) for name in found["origins"]}
        return _settings(found["settings"]), origins
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def write(made: Mapping[str, Any], settings: Settings, origins: Mapping[str, tuple[str, str]]) -> None:
    """Keep settings; it never fails."""
    value = {"made_from": dict(made), "settings": vars(settings), "origins": dict(origins)}
    small_files.write(home() / FOLDER / NAME, value)


def _settings(value: Mapping[str, Any]) -> Settings:
    if set(value) != set(NAMES):
        raise ValueError
    types = get_type_hints(Settings)
    for name, one in value.items():
        allowed = get_args(types[name]) if name != "keys" else ()
        if allowed and one not in allowed:
            raise ValueError
    if not isinstance(value["mouse"], bool) or not isinstance(value["export_folder"], str):
        raise TypeError
    keys = {id_: tuple(map(_printable, each)) for id_, each in value["keys"].items()}
    return Settings(**{**value, "keys": keys})


def _printable(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError
    return value


def _origin(word: object, where: object) -> tuple[str, str]:
    return _printable(word), _printable(where)
