"""What the program goes by: options, environment, config.toml and defaults, in this order, and which of them it was.

On the way to the first paint: without a file and without variables nothing is imported but where the file would be.
"""

from __future__ import annotations

import os
from argparse import Namespace
from enum import Enum
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.i18n.language import CHINESE, LANGUAGES, N_
from budget.system.paths import path_of
from tui.cli.help import ENCODINGS, THEMES
from tui.cli.help import UNITS as NAMED_UNITS
from tui.library.documents import HOME
from tui.library.loaded import Options
from tui.terminal.capabilities import GLYPHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONFIG = "YUSUAN_CONFIG"
"""The environment variable that names another file than `config.toml` of the user's folder."""
FILE_NAME = "config.toml"
OPTION, NO_FILE = "--config", "--no-config"
VARIABLE = "YUSUAN_{}"

PRINTED = "printed"
UNITS = {PRINTED: "", **{unit: unit for unit in NAMED_UNITS}, **{name: unit for unit, name in NAMED_UNITS.items()}}
"""Money units as they may be written -> as `Options` has them; "" for each view's own."""


class Settings(NamedTuple):
    """One value for each setting; the defaults are those of the program."""

    language: str = CHINESE
    theme: str = "terminal"
    money_unit: str = PRINTED
    glyphs: str = "auto"
    mouse: bool = True
    encoding: str = "utf-8-sig"
    export_folder: str = ""
    keys: Mapping[str, tuple[str, ...]] = {}
    """Keys by the ids of actions of the main screen, as Textual names them."""

    @property
    def unit(self) -> str:
        """The money unit of views, "" for each one's own."""
        return UNITS[self.money_unit]

    def options(self, *, draws_ascii: bool) -> Options:
        """What the browser is started with, on a console that is drawn on with ASCII or with blocks."""
        return Options(
            ascii=draws_ascii,
            mouse=self.mouse,
            theme=self.theme,
            money_unit=self.unit,
            encoding=self.encoding,
            export_folder=Path(self.export_folder) if self.export_folder else None,
            keys=self.keys,
        )


NAMES = Settings._fields
ALLOWED: Mapping[str, Sequence[str]] = {
    "language": LANGUAGES,
    "theme": THEMES,
    "money_unit": tuple(UNITS),
    "glyphs": GLYPHS,
    "encoding": ENCODINGS,
}
"""The settings that take one of a few words."""
IN_ENVIRONMENT = tuple(name for name in NAMES if name != "keys")
"""The settings that an environment variable may give."""
_OPTIONS = {"lang": "language", "theme": "theme", "unit": "money_unit", "glyphs": "glyphs", "encoding": "encoding"}
"""Options of the command line -> settings of the same values."""


class Source(Enum):
    """Where a value comes from, the strongest last; the value is what `yusuan config` says."""

    DEFAULT = N_("默认")
    FILE = N_("配置文件")
    ENVIRONMENT = N_("环境变量")
    OPTION = N_("命令行")


class Origin(NamedTuple):
    """Where a value comes from: the source, and the file with the line, the variable or the option."""

    source: Source = Source.DEFAULT
    place: str = ""


class Effective(NamedTuple):
    """The settings that count, and what is wrong with where they come from."""

    settings: Settings = Settings()
    origins: Mapping[str, Origin] = {}
    """Of settings and of `keys.<action>`; what is not there is a default."""
    troubles: tuple[str, ...] = ()
    """Kept sentences (`budget.i18n.language.shown`); with any of them the program does not start."""
    file: Path | None = None
    """The configuration file, there or not; None where none is asked for."""

    def with_values(self, values: Mapping[str, Any], origins: Mapping[str, Origin]) -> Effective:
        """With values from a stronger source."""
        return self._replace(settings=self.settings._replace(**values), origins={**self.origins, **origins})


def config_file(given: Sequence[str] = ()) -> tuple[Path | None, bool]:
    """The file of a command line, and whether someone has named it; None where it asks for none."""
    if NO_FILE in _options(given):
        return None, False
    named = early(given, OPTION) or os.environ.get(CONFIG)
    if named:
        return path_of(named).absolute(), True
    home = os.environ.get(HOME)  # whoever moves the data moves the configuration: a stick, a test
    if home:
        return path_of(home).absolute() / FILE_NAME, False
    import platformdirs

    return Path(platformdirs.user_config_dir("yusuan", appauthor=False)) / FILE_NAME, False


def early(given: Sequence[str], option: str) -> str:
    """The value of an option in a command line that is not parsed yet, the last one as for argparse; "" for none."""
    found = ""
    words = _options(given)
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word == option:
            found = following or found
        elif word.startswith(f"{option}="):
            found = word.removeprefix(f"{option}=") or found
    return found


def language_of(given: Sequence[str], found: Effective) -> str:
    """The language for a command line that is not parsed yet: help and errors are in it, too."""
    asked = early(given, "--lang")
    return asked if asked in LANGUAGES else found.settings.language


def variables() -> dict[str, str]:
    """The settings that environment variables give, by name; an empty variable gives none."""
    given = {name: os.environ.get(VARIABLE.format(name.upper()), "") for name in IN_ENVIRONMENT}
    return {name: value for name, value in given.items() if value}


def effective(given: Sequence[str] = ()) -> Effective:
    """What file and environment say, for a command line that is not parsed yet."""
    path, named = config_file(given)
    written = variables()
    there = path is not None and (named or _is_there(path))
    if not there and not written:
        return Effective(file=path)
    from tui.config import load

    return load.effective(path if there else None, written)._replace(file=path)


def with_options(found: Effective, parsed: Namespace) -> Effective:
    """With what the options of a command line say, the strongest of all."""
    asked = {setting: (getattr(parsed, option, None), f"--{option}") for option, setting in _OPTIONS.items()}
    if getattr(parsed, "ascii", False):
        asked["glyphs"] = ("ascii", "--ascii")
    if getattr(parsed, "no_mouse", False):
        asked["mouse"] = (False, "--no-mouse")
    given = {name: (value, option) for name, (value, option) in asked.items() if value is not None}
    origins = {name: Origin(Source.OPTION, option) for name, (_, option) in given.items()}
    return found.with_values({name: value for name, (value, _) in given.items()}, origins)


def for_export(found: Effective, parsed: Namespace) -> Namespace:
    """The options of an export, those that were not given filled in: the unit of views, the encoding of CSV files."""
    given = {**vars(parsed)}
    if given["frame"] is None:
        given["unit"] = given["unit"] or found.settings.unit or None
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
