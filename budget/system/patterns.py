"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, AnyStr, cast

from budget.system.compiled_patterns import compiled

if TYPE_CHECKING:
    import re

_METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")


MADE: list[LazyPattern] = []
"""The patterns of all modules that have been imported."""


class LazyPattern:
    """Stands for a pattern: from its first use on, its methods are those of the compiled one."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source
        self.given_flags = flags
        MADE.append(self)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        pattern = compiled(self.pattern, self.given_flags)
        self.__dict__.update({method: getattr(pattern, method) for method in _METHODS})
        return getattr(pattern, name)


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled when it is first used.

    It stands for `re.compile(source, flags)`, which hundreds of modules cannot afford at the start.
    """
    return cast("re.Pattern[AnyStr]", LazyPattern(source, flags))
