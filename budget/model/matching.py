"""Does a row match what was typed: code prefix, part of the name, or pinyin initials."""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from itertools import groupby

_IMPORTING = threading.Lock()
"""Held while pypinyin is imported, which screen and warming thread may want at once."""


def normalise(text: str) -> str:
    """Full-width letters and digits become half-width, letters lower case, blanks go."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def initials(text: str) -> str:
    """Pinyin initials of a text: “三公”经费 -> sgjf; letters and digits stay, signs go."""
    said = (letter for letter in normalise(text) if letter.isalnum())
    return "".join(_spelt("".join(run)) for _, run in groupby(said, str.isascii))


@lru_cache(maxsize=65_536)
def _spelt(run: str) -> str:
    """The initials of characters that are all ASCII, which are left as they are, or none of them."""
    if run.isascii():
        return run
    # imported here because it costs more than opening a document
    with _IMPORTING:
        from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(run, style=Style.FIRST_LETTER))


def pinyin_version() -> str:
    """The version of the dictionary that initials come from."""
    with _IMPORTING:
        import pypinyin

    return str(pypinyin.__version__)


def matches(query: str, code: str, *names: str) -> bool:
    """Whether a row with this code and these names matches the query; an empty query matches every row."""
    wanted = normalise(query)
    if not wanted or (code and code.startswith(wanted)):
        return True
    if any(wanted in normalise(name) for name in names):
        return True
    return is_initials(wanted) and any(wanted in initials(name) for name in names)


def is_initials(wanted: str) -> bool:
    """Whether a normalised query can be pinyin initials: ASCII letters, digits among them at most."""
    return wanted.isascii() and wanted.isalnum() and any(letter.isalpha() for letter in wanted)
