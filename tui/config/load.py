"""Load the settings from options, environment, configuration file and defaults.

In this order, and it is known which of them each comes from. On the way to the first paint: without a file and without
variables nothing is imported but where the file would be.
"""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import replace
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.i18n.language import LANGUAGES, N_, Message
from budget.system.paths import path_of
from tui.config.settings import IN_ENVIRONMENT, Settings, unit_of
from tui.library.documents import HOME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONFIG = "YUSUAN_CONFIG"
"""The environment variable that names another file than `config.toml` of the user's folder."""
FILE_NAME = "config.toml"
OPTION, NO_FILE = "--config", "--no-config"
VARIABLE = "YUSUAN_{}"
DEFAULT, FILE = (N_("默认"), ""), (N_("配置文件"), "")
ENVIRONMENT, COMMAND_LINE = N_("环境变量"), N_("命令行")
_OPTIONS = {"lang": "language", "theme": "theme", "unit": "money_unit", "glyphs": "glyphs", "encoding": "encoding"}
"""Options of the command line -> settings of the same values."""


class Effective(NamedTuple):
    """The settings that count, their sources, and what is wrong with them."""

    settings: Settings = Settings()
    origins: Mapping[str, tuple[str, str]] = {}
    """Where settings come from, a marked word and the name of the variable or option; `DEFAULT` is left out."""
    troubles: tuple[str, ...] = ()
    """Kept sentences (`budget.i18n.language.Message`); with any of them the program does not start."""
    file: Path | None = None
    """The configuration file, there or not; None where none is asked for."""
    source: Mapping[str, Any] | None = None
    """What checked settings were made from; None where they were not checked, or need not be."""

    def over(self, values: Mapping[str, Any], origins: Mapping[str, tuple[str, str]]) -> Effective:
        """Return the settings with values of a stronger source."""
        return self._replace(settings=replace(self.settings, **values), origins={**self.origins, **origins})


def config_file(given: Sequence[str] = ()) -> tuple[Path | None, bool]:
    """Return the configuration file, and whether someone has named it. None where the command line asks for none."""
    if NO_FILE in _options(given):
        return None, False
    named = early_option(given, OPTION) or os.environ.get(CONFIG)
    if named:
        return path_of(named).absolute(), True
    home = os.environ.get(HOME)  # whoever moves the data moves the configuration: a stick, a test
    if home:
        return path_of(home).absolute() / FILE_NAME, False
    import platformdirs

    return Path(platformdirs.user_config_dir("yusuan", appauthor=False)) / FILE_NAME, False


def early_option(given: Sequence[str], option: str) -> str:
    """Return the value of an option before the command line is parsed.

    The last one counts, as for argparse; "" for none.
    """
    found = ""
    words_ = _options(given)
    for word, following in zip_longest(words_, words_[1:], fillvalue=""):
        if word == option:
            found = following or found
        elif word.startswith(f"{option}="):
            found = word.removeprefix(f"{option}=") or found
    return found


def language_of(given: Sequence[str], found: Effective) -> str:
    """The language for a command line that is not parsed yet: help and errors are in it, too."""
    asked = early_option(given, "--lang")
    return asked if asked in LANGUAGES else found.settings.language


def effective(given: Sequence[str] = (), *, kept: bool = False) -> Effective:
    """Return the settings from file and environment. The command line, which is not parsed yet, may name the file.

    `kept` allows settings that were checked before, where they were made from the same.
    """
    path, named = config_file(given)
    found = Effective(file=path)
    variables = {name: VARIABLE.format(name.upper()) for name in IN_ENVIRONMENT}
    written = {name: text for name, variable in variables.items() if (text := os.environ.get(variable))}
    there = path is not None and (named or _is_there(path))
    if not there and not written:
        return found
    source = None
    if kept:
        from tui.config import kept as kept_settings

        source = kept_settings.source(path if there else None, written)
        known = kept_settings.read(source) if source is not None else None
        if known is not None:
            return Effective(*known, file=path)
    from tui.config.schema import from_text, read, validate

    if path is not None and there:
        data, unread = read(path)
        settings, wrong = validate(data)
        troubles = (*unread, *(Message.of(N_("{}：{}"), path, trouble) for trouble in wrong))
        found = Effective(settings, dict.fromkeys(data, FILE), troubles, path)
    for name, text in written.items():
        settings, wrong = validate({name: from_text(name, text)})
        place = Message.of(N_("环境变量 {}"), variables[name])
        found = found._replace(troubles=(*found.troubles, *(Message.of(N_("{}：{}"), place, each) for each in wrong)))
        found = found.over({name: getattr(settings, name)}, {name: (ENVIRONMENT, variables[name])})
    return found if found.troubles else found._replace(source=source)


def keep(found: Effective) -> None:
    """Keep checked settings for the next start. What they were made from must still be the same."""
    if found.source is None:
        return
    from tui.config import kept

    path = Path(found.source["file"]) if found.source["file"] else None
    if kept.source(path, found.source["variables"]) == found.source:
        kept.write(found.source, found.settings, found.origins)


def with_options(found: Effective, parsed: Namespace) -> Effective:
    """Add the options of the command line, the strongest of all."""
    asked = {setting: (getattr(parsed, option, None), f"--{option}") for option, setting in _OPTIONS.items()}
    if getattr(parsed, "ascii", False):
        asked["glyphs"] = ("ascii", "--ascii")
    if getattr(parsed, "no_mouse", False):
        asked["mouse"] = (False, "--no-mouse")
    given = {name: (value, option) for name, (value, option) in asked.items() if value is not None}
    values = {name: value for name, (value, _) in given.items()}
    return found.over(values, {name: (COMMAND_LINE, option) for name, (_, option) in given.items()})


def for_export(found: Effective, parsed: Namespace) -> Namespace:
    """Return the options of an export with settings in the gaps.

    These are the money unit of views and the encoding of CSV files.
    """
    given = {**vars(parsed)}
    if given["frame"] is None:
        given["unit"] = unit_of(given["unit"] or found.settings.money_unit) or None
    if given["output"] is not None and (given["frame"] is not None or given["format"] == "csv"):
        given["encoding"] = given["encoding"] or found.settings.encoding
    return Namespace(**given)


def _options(given: Sequence[str]) -> list[str]:
    """The words of a command line that may be options: what follows `--` is none."""
    return list(takewhile(lambda word: word != "--", given))


def _is_there(path: Path) -> bool:
    """Whether there is anything of this name, readable or not: what cannot be looked at will be complained of."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True
