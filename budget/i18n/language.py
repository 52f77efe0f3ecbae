"""Language of the interface: Chinese as written, or its gettext catalogue.

The Chinese sentence is its own key: `tr("没有选中的行。")`.  Words of documents are never translated, only ours.
What stands in a constant is marked where it is written (`N_`) and translated where it is shown (`tr`).
What is kept in files, or sent by another process, is a `Message` with values, translated where it is shown (`text`,
`sentence`): values are text of documents and never translated, unless they are messages themselves.
"""

from __future__ import annotations

import itertools
import re
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
DOMAIN = "yusuan"
FOLDER = Path(__file__).with_name("locale")
_WORDS, _LIST = "\x1f", "\x1e"
"""What kept words of ours begin with; no text of a document that is printed does."""
_PLACE = re.compile(r"\{(\d{0,2})\}")


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark a constant's message for the catalogue and return it unchanged."""
    return message


def tr(message: str) -> str:
    """Return a message in the language of the interface; the message itself where the catalogue has none."""
    return _Chosen.lookup(message) if message else ""  # a catalogue keeps its own head under ""


def sentence(template: str, values: Sequence[str]) -> str:
    """Translate a kept message and put its values in its places `{}`.

    A value is shown as it is, or translated where it is one of ours (`Message`).  A message without values is
    left alone whatever stands in it, and braces in values are only braces.
    """
    return _filled(tr(template), [Message(value).text() for value in values]) if values else tr(template)


class Message(str):
    """Message kept with the values of its places, translated when displayed.

    It is a string, so that frames, files and other processes hold it: `Message(kept).text()` shows what they held.  A
    message may be a value of another.
    """

    __slots__ = ()

    @classmethod
    def of(cls, message: str, *values: object) -> Message:
        """Keep a marked message and what fills its places `{}`."""
        return cls(_WORDS + _kept(message, *map(str, values)))

    @classmethod
    def listed(cls, values: Iterable[str], between: str = N_("、")) -> Message:
        """Keep several values as one message; `between` is a marked message too."""
        return cls(_LIST + _kept(between, *values))

    def with_value(self, new: str, old: str) -> Message:
        """The same message with a value in place of another; any other string as it is."""
        message, *values = self._parts() or ("",)
        if not self.startswith(_WORDS) or old not in values:
            return self
        return Message.of(message, *(new if value == old else value for value in values))

    def text(self) -> str:
        """Return the sentence in the language of the interface; any other string as it is."""
        parts = self._parts()
        if not parts:
            return str(self)
        message, *values = parts
        if self.startswith(_LIST):
            return tr(message).join(Message(value).text() for value in values)
        return sentence(message, values)

    def _parts(self) -> list[str]:
        """The marked message and its values; nothing for any other string."""
        if not self.startswith((_WORDS, _LIST)):
            return []
        import json

        try:
            message, *values = json.loads(self[1:])
        except (ValueError, TypeError, RecursionError):  # the text of a document that begins with such a character
            return []
        return [str(message), *map(str, values)]


def _kept(*parts: str) -> str:
    return _encoded()(parts)


@cache
def _encoded() -> Callable[[object], str]:
    """What writes JSON: `json.dumps` would begin with a new encoder each time."""
    import json  # nothing is kept on the way to the first paint

    return json.JSONEncoder(ensure_ascii=False).encode


def _filled(template: str, values: Sequence[str]) -> str:
    """Fill the places `{}` or `{0}`; unlike `str.format`, it knows no other and never fails."""
    order = itertools.count()

    def value(place: re.Match[str]) -> str:
        number = int(place[1]) if place[1] else next(order)
        return values[number] if number < len(values) else ""

    return _PLACE.sub(value, template)


JOINTS = (N_("、"), N_("，"), N_("；"), N_(" "))
"""What `joined` puts between the parts of an enumeration, of a sentence, of several, of a head."""


def joined(parts: Iterable[str], between: str = "、") -> str:
    """Join what is shown, empty parts left out: 名称、金额, in English Name, Amount; `between` one of `JOINTS`."""
    return tr(between).join(filter(None, parts))


def day(iso: str) -> str:
    """A date as people write it: 2025年5月30日, given as 2025-05-30."""
    year, month, number = map(int, iso.split("-"))
    return tr("{year}年{month}月{day}日").format(year=year, month=month, day=number)


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
