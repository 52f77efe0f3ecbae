"""The lines of keys: of texts that are written key by key, and of all texts that `tomllib` accepts."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tui.config.toml_lines import KeyPath, key_lines, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BARE = st.from_regex(r"[A-Za-z0-9_-]{1,4}", fullmatch=True)
NAMES = st.one_of(BARE, st.sampled_from(["a b", "中文", "x.y", "=", "#", "[z]", "'", '"', ""]))
TRICKY = "[a]\nb = 1 # c\n'\"' {x = ["
SCALARS = st.sampled_from(
    ["1", "-0.5e3", "true", "inf", "1979-05-27 07:32:00", '"# ] }"', "'[x]'", '"\\"\\u0041"', '""', "''"]
)
LONG = st.sampled_from(
    [f"'''\n{TRICKY}'''", "'''a'''''", '"""\nb = 2\n\\"""c"""', '"""""x"""""', '"""a\\\n  b"""', "''''a'''"]
)


class Writer:
    """A text and the line of everything that has been named in it."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.text = draw, ""
        self.lines: dict[KeyPath, int] = {}

    def name(self, path: KeyPath) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def key(self, key: str) -> None:
        quoted = not key or not all(char.isascii() and (char.isalnum() or char in "_-") for char in key)
        literal = "'" not in key and self.draw(st.booleans())
        if quoted or self.draw(st.booleans()):
            key = f"'{key}'" if literal else json.dumps(key, ensure_ascii=self.draw(st.booleans()))
        self.text += key

    def gap(self) -> None:
        self.text += self.draw(st.sampled_from(["", " ", "\t"]))

    def pairs(self, path: KeyPath, depth: int, between: str) -> None:
        names = self.draw(st.lists(NAMES, unique=True, max_size=3))
        for number, name in enumerate(names):
            self.text += between if number else ""
            here = (*path, name)
            self.name(here)
            self.key(name)
            if self.draw(st.booleans()):
                self.gap()
                self.text += "."
                self.gap()
                inner = self.draw(NAMES)
                here = (*here, inner)
                self.name(here)
                self.key(inner)
            self.gap()
            self.text += "="
            self.gap()
            self.value(here, depth)

    def value(self, path: KeyPath, depth: int) -> None:
        kind = self.draw(st.integers(0, 3 if depth else 1))
        if kind < 2:
            self.text += self.draw(LONG if kind else SCALARS)
        elif kind == 2:
            self.text += "{ "
            self.pairs(path, depth - 1, " , ")
            self.text += " }"
        else:
            self.array(path, depth - 1)

    def array(self, path: KeyPath, depth: int) -> None:
        self.text += "["
        for index in range(self.draw(st.integers(0, 3))):
            self.text += self.draw(st.sampled_from(["", "\n", ' # ] "\n', "\r\n\t"]))
            self.name((*path, index))
            self.value((*path, index), depth)
            self.text += self.draw(st.sampled_from([",", " ,\n", "# ,\n,"]))
        self.text += self.draw(st.sampled_from(["]", "\n]", "# ]\n]"]))

    def tables(self) -> None:
        for name in self.draw(st.lists(NAMES, unique=True, max_size=3)):
            path: KeyPath = (f"t{name}",)
            many = self.draw(st.integers(0, 2))
            for index in range(max(many, 1)):
                self.text += self.draw(st.sampled_from(["\n", "\n# [no]\n", "\n\n \t"]))
                self.name(path)
                inside = (*path, index) if many else path
                self.name(inside)
                self.text += "[[" if many else "["
                self.gap()
                self.key(str(path[0]))
                self.gap()
                self.text += ("]]" if many else "]") + " # = 1\n"
                self.pairs(inside, 2, "\n")


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, dict[KeyPath, int]]:
    writer = Writer(draw)
    writer.pairs((), 2, " # x = 1\n")
    writer.tables()
    return writer.text, writer.lines


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inside:
        yield (*path, key)
        yield from paths(below, (*path, key))


@given(texts())
def test_every_key_stands_on_its_line(written: tuple[str, dict[KeyPath, int]]) -> None:
    text, lines = written
    assert set(paths(tomllib.loads(text))) == set(lines), "the test writes what it says"
    assert key_lines(text) == lines


@given(texts(), st.sampled_from(list("ab='\"[]{},.#\\\n 1")), st.integers(0, 10_000))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_every_text_that_is_toml_is_read_to_its_end(
    written: tuple[str, dict[KeyPath, int]], char: str, number: int
) -> None:
    at = number % (len(written[0]) + 1)
    text = written[0][:at] + char + written[0][at:]
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(False)
    assert set(key_lines(text)) == set(paths(data))


def test_the_line_of_what_is_not_there_is_that_of_its_table() -> None:
    text = "a = 1\n[keys]\nquit = ['x',\n'y']\n"
    assert [line_of(key_lines(text), path) for path in (("keys", "quit", 1), ("keys", "no"), ("no",))] == [4, 2, 1]


def test_deep_arrays_need_no_deep_calls() -> None:
    text = "a = " + "[" * 400 + "]" * 400
    assert len(key_lines(text)) == 400


def test_what_is_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="no TOML"):
        key_lines("= 1")
