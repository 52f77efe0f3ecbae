"""The compiled forms of the patterns, kept beside the byte code: compiling hundreds takes as long as a reading.

A form is found by the source and the flags of its pattern, and only by the Python that it was made by: it cannot be
out of date.  Where none is kept, or none can be used, the pattern is compiled.
`python -m budget.system.compiled_patterns PACKAGE...` keeps those of all modules of some packages.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from array import array
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

_sre: Any = import_module("_sre")
PATH = Path(__file__).parent / "__pycache__" / f"patterns.{sys.implementation.cache_tag}.bin"
_MADE_BY = (*sys.version_info[:2], _sre.MAGIC, _sre.CODESIZE, sys.byteorder)


class _Form(NamedTuple):
    """What `_sre.compile` takes: of the code its bytes."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    names_in_order: tuple[str | None, ...]


def compiled(source: str | bytes, flags: int) -> re.Pattern[Any]:
    """Return a compiled pattern, from its kept form where there is one."""
    form = _kept().get((source, int(flags)))
    if form is None:
        return re.compile(source, flags)
    own, code, *rest = form
    pattern: re.Pattern[Any] = _sre.compile(source, own, array("I", code).tolist(), *rest)
    return pattern


@cache
def _kept() -> dict[tuple[str | bytes, int], _Form]:
    """Read the forms once; none where they were made by another Python."""
    try:
        made_by, forms = marshal.loads(PATH.read_bytes())  # noqa: S302 - ours, as the byte code beside it
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return forms if made_by == _MADE_BY else {}


def keep(patterns: list[tuple[str | bytes, int]]) -> None:
    """Keep the forms of some patterns, given as sources and flags."""
    forms = {(source, int(flags)): tuple(_form(source, int(flags))) for source, flags in patterns}
    PATH.parent.mkdir(exist_ok=True)
    new = PATH.with_suffix(f".{os.getpid()}")
    new.write_bytes(marshal.dumps((_MADE_BY, forms)))
    new.replace(PATH)


def _form(source: str | bytes, flags: int) -> _Form:
    """Compile a pattern as `re` does, but for the last step."""
    parser, compiler = import_module("re._parser"), import_module("re._compiler")
    parsed = parser.parse(source, flags)
    code = array("I", map(int, compiler._code(parsed, flags)))  # noqa: SLF001 - the one step that `re` has no name for
    names = {name: int(number) for name, number in parsed.state.groupdict.items()}
    in_order: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        in_order[number] = name
    return _Form(flags | parsed.state.flags, code.tobytes(), parsed.state.groups - 1, names, tuple(in_order))


def _modules(package: str) -> list[str]:
    """The modules of a package, and it; but for the program that it is."""
    from pkgutil import walk_packages

    root = import_module(package)
    found = [module.name for module in walk_packages(root.__path__, f"{package}.")]
    return [package, *(name for name in found if not name.endswith("__main__"))]


def main(packages: list[str]) -> int:
    """Keep the forms of all patterns where a module is newer."""
    from budget.system.patterns import MADE

    folders = [Path(import_module(package).__path__[0]) for package in packages]
    if not PATH.exists() or any(
        path.stat().st_mtime >= PATH.stat().st_mtime for folder in folders for path in folder.rglob("*.py")
    ):
        for name in (name for package in packages for name in _modules(package)):
            import_module(name)
        keep([(pattern.pattern, pattern.given_flags) for pattern in MADE])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
