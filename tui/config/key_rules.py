"""Keys of one's own: which keys and actions there are, and what may not be."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from textual.keys import Keys

from budget.i18n.language import N_, words
from tui.actions import ACTIONS, Where, key_text
from tui.config.settings import NAMES
from tui.terminal.fullwidth import plain_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NEVER_SENT = frozenset({"return", "ctrl+i", "ctrl+m", "ctrl-at"})
"""Names for what terminals send as enter, tab and ctrl+@."""
NAMED = frozenset(key.value for key in Keys if not key.value.startswith("<")) - NEVER_SENT
OF_TEXTUAL = {"ctrl+c": "", "ctrl+q": "quit"}
"""Keys that are answered before ours -> the only action that may have them."""
INDISPENSABLE = ("quit", "help")
WHILE_TYPING = ("cursor_up", "cursor_down", "page_up", "page_down")
"""Actions that answer while something is typed, too: the keys of the input line are not theirs."""

Trouble = tuple[tuple[str | int, ...], str]
"""Path below `keys`, and a kept sentence (`budget.i18n.language.shown`)."""

_MAIN = {action.id: action for action in ACTIONS if action.where is Where.MAIN}
_PROMPT_KEYS = frozenset(key for action in ACTIONS if action.where is Where.PROMPT for key in action.keys)


def keys_of(chosen: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The keys of each chosen action as the registry has them, each once."""
    return {id_: tuple(dict.fromkeys(map(normal, keys))) for id_, keys in chosen.items()}


def normal(key: str) -> str:
    """A key as the registry names it: characters of the keyboard, full-width ones too, names in lower case."""
    if len(key) > 1:
        return key.strip().lower()
    character = plain_key(key)
    return "space" if character == " " else character


def troubles_of(chosen: Mapping[str, Sequence[str]]) -> list[Trouble]:
    """What is wrong with keys as they are written in the file."""
    found = [trouble for id_, keys in chosen.items() for trouble in _wrong(id_, keys)]
    return found or list(_twice(chosen))


def _wrong(id_: str, keys: Sequence[str]) -> Iterator[Trouble]:
    if id_ not in _MAIN:
        yield (id_,), _no_action(id_)
        return
    if not keys and id_ in INDISPENSABLE:
        yield (id_,), words(N_("动作 {} 不能没有键"), id_)
    for number, written in enumerate(keys):
        key = normal(written)
        if not (key in NAMED or (len(key) == 1 and key.isprintable())):
            close = get_close_matches(key, NAMED, n=3)
            said = words(N_("没有键 “{}”；键是一个字符，或 f2、pagedown、ctrl+s 这样的名称"), written)
            yield (id_, number), words(N_("{}；是不是 {}？"), said, " ".join(close)) if close else said
        elif key in OF_TEXTUAL and OF_TEXTUAL[key] != id_:
            yield (id_, number), words(N_("键 {} 另有用处，不能用于 {}"), key_text(key), id_)
        elif key in _PROMPT_KEYS and id_ in WHILE_TYPING:
            yield (id_, number), words(N_("键 {} 在输入行中另有用处，不能用于 {}"), key_text(key), id_)


def _no_action(id_: str) -> str:
    if id_ in NAMES:
        return words(N_("{} 不是动作，是设置：要写在文件开头，[keys] 之前"), id_)
    close = get_close_matches(id_.lower(), _MAIN, n=3, cutoff=0.5)
    if close:
        return words(N_("没有动作 {}，是不是 {}？全部动作见 yusuan config --init 写出的文件"), id_, " ".join(close))
    return words(N_("没有动作 {}，全部动作见 yusuan config --init 写出的文件"), id_)


def _twice(chosen: Mapping[str, Sequence[str]]) -> Iterator[Trouble]:
    """A key of two actions: said where the file gives it to the later one."""
    holders: dict[str, str] = {key: id_ for id_, action in _MAIN.items() if id_ not in chosen for key in action.keys}
    for id_, written in chosen.items():
        for number, key in enumerate(map(normal, written)):
            holder = holders.setdefault(key, id_)
            if holder != id_:
                yield (
                    (id_, number),
                    words(
                        N_("键 {} 同时用于 {}（{}）和 {}（{}），请给其中一个换一个键"),
                        *(key_text(key), holder, words(_MAIN[holder].title), id_, words(_MAIN[id_].title)),
                    ),
                )
