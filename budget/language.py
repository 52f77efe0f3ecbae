"""The language of what is said to the user: Chinese as it is written in the code, or a gettext catalogue of it.

The Chinese sentence is its own key: `tr("没有选中的行。")`.  Words of documents are never translated, only ours.
What stands in a constant is marked where it is written (`N_`) and translated where it is shown (`tr`).
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
DOMAIN = "yusuan"
FOLDER = Path(__file__).with_name("locale")


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a message of a constant for the catalogue, and return it as it is."""
    return message


def tr(message: str) -> str:
    """Return a message in the language of the interface; the message itself where the catalogue has none."""
    return _Chosen.lookup(message)


def sentence(template: str, values: Sequence[str]) -> str:
    """Return a message that was kept with the values of its places `{}`, in the language of the interface."""
    return tr(template).format(*values) if values else tr(template)


def current() -> str:
    """The language of the interface, one of `LANGUAGES`."""
    return _Chosen.language


def use(language: str) -> None:
    """Choose the language of the interface; ValueError where there is no such language."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _Chosen.language = language
    _Chosen.lookup = _catalogue(language) if language != CHINESE else N_


@contextmanager
def using(language: str) -> Iterator[None]:
    """Another language for as long as the block lasts."""
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


class _Chosen:
    language: str = CHINESE
    lookup: Callable[[str], str] = staticmethod(N_)


def _catalogue(language: str) -> Callable[[str], str]:
    import gettext  # only those who do not read Chinese wait for it

    return gettext.translation(DOMAIN, FOLDER, [language]).gettext
