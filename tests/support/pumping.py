"""Texts that make a backtracking pattern work.

What the pattern repeats, again and again, and then something that it does not expect.
"""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import re
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from budget.system import patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

_Part: TypeAlias = Any
"""A part of a parsed pattern: the parser of the standard library names no types."""
ROOT = Path(__file__).parents[2]
PACKAGES = ("budget", "loaders", "tui")
ALPHABET = '1０一a A表预是的元万年（(）)：:，,。；;、.-—/\t\n\\|《》“"<>[]{}=+*#&_%％~～@①△…·ｘ\x00\x7fé啊'
"""Characters to choose from, where a pattern allows many."""
ENDS = ("", "\x01", "12.5万元。", "啊", "表")
"""What follows the repeated part: the end, a sign of no meaning, an amount, a word."""
ANCHORED = {"match", "fullmatch"}
CALLS = {"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
MOST_SAMPLES = 6
MOST_BODIES = 40
_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}


class Used(NamedTuple):
    """A pattern of the project, and where it is used."""

    name: str
    source: str | bytes
    flags: int
    anchored: bool
    """Only ever asked whether the beginning of a text matches."""


@functools.cache
def used_patterns() -> tuple[Used, ...]:
    """Every pattern of the project: those made by `lazy_pattern`, and those written where they are used."""
    paths = [path for name in PACKAGES for path in _modules(name)]
    modules = {_module_name(path): list(ast.walk(ast.parse(path.read_text(encoding="utf-8")))) for path in paths}
    names: dict[int, set[tuple[str, str]]] = {}
    for module in modules:
        if not module.endswith("__main__"):
            for name, value in vars(importlib.import_module(module)).items():
                names.setdefault(id(value), set()).add((module, name))
    anchored = _anchored(modules)
    found = []
    for one in gc.get_objects():
        if type(one) is patterns.LazyPattern:
            where = names.get(id(one), set())
            is_anchored = bool(where & anchored)
            name = ".".join(min(where)) if where else "?"
            found.append(Used(name, one.pattern, one.given_flags, is_anchored))
    found += [used for module, nodes in modules.items() for used in _written(module, nodes)]
    return tuple(sorted(set(found), key=lambda used: (used.name, str(used.source))))


def _modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _anchored(modules: dict[str, list[ast.AST]]) -> set[tuple[str, str]]:
    """The patterns, by module and name, that are used for nothing but `match` and `fullmatch`, wherever they stand."""
    methods: dict[tuple[str, str], set[str]] = {}
    for module, nodes in modules.items():
        origin = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in nodes
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        called = set()
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called.add(id(node.value))
                used = methods.setdefault(origin.get(node.value.id, (module, node.value.id)), set())
                used |= {node.attr} - {"pattern"}
        for part, target in _listed(nodes):
            called.add(id(part))
            used = methods.setdefault(origin.get(part.id, (module, part.id)), set())
            used |= methods.get((module, target), {"passed on"})
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
                methods.setdefault(origin.get(node.id, (module, node.id)), set()).add("passed on")
    return {where for where, used in methods.items() if used and used <= ANCHORED}


def _listed(nodes: list[ast.AST]) -> Iterator[tuple[ast.Name, str]]:
    """The names in the tuple of a loop, each with the name of the loop that stands for it: for pattern in (_A, _B)."""
    for node in nodes:
        if not isinstance(node, ast.For | ast.comprehension) or not isinstance(node.iter, ast.Tuple):
            continue
        target = node.target.elts[0] if isinstance(node.target, ast.Tuple) else node.target
        for element in node.iter.elts:
            first = element.elts[0] if isinstance(element, ast.Tuple) and element.elts else element
            if isinstance(first, ast.Name) and isinstance(target, ast.Name):
                yield first, target.id


def _written(module: str, nodes: list[ast.AST]) -> Iterator[Used]:
    """The patterns of `re.sub("…", …)` and the like."""
    for node in nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in CALLS):
            continue
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            is_anchored = node.func.attr in ANCHORED
            yield Used(f"{module}:{node.args[0].value}", node.args[0].value, 0, is_anchored)


def pumps(source: str | bytes, flags: int) -> list[tuple[str, str]]:
    """What to begin with, and what to repeat."""
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = list(parser.parse(text, flags & ~re.ASCII if isinstance(source, bytes) else flags))
    bodies: dict[tuple[str, str], None] = {}
    for before, body in _repeats(tree):
        for sample in _samples(body, MOST_BODIES):
            if sample:
                bodies[before, sample] = None
                bodies["", sample] = None
                bodies["", (before + sample)[-40:]] = None
        if before:
            bodies["", before[-40:]] = None
    return list(bodies)


def _repeats(tree: _Part, before: str = "") -> Iterator[tuple[str, _Part]]:
    """Every repetition, with a text that leads to it."""
    for code, value in tree:
        if code in _REPEATS and value[1] > 1:
            yield before, value[2]
        for inner in _inner(code, value):
            yield from _repeats(inner, before)
        before += (_samples([(code, value)]) or [""])[0]


def _inner(code: _Part, value: _Part) -> list[_Part]:
    """The parts that a part is made of."""
    if code in _REPEATS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[-1]]
    if code is op.ATOMIC_GROUP:
        return [value]
    if code is op.BRANCH:
        return list(value[1])
    return [value[1]] if code in {op.ASSERT, op.ASSERT_NOT} else []


def _samples(tree: _Part, most: int = MOST_SAMPLES) -> list[str]:
    """Some texts that a part of a pattern matches."""
    texts = [""]
    for code, value in tree:
        choices = _choices(code, value, most)
        texts = [text + choice for text in texts for choice in choices][:most] if choices else texts
    return texts


def _choices(code: _Part, value: _Part, most: int) -> list[str]:
    if code is op.LITERAL:
        return [chr(value)]
    if code in {op.NOT_LITERAL, op.ANY, op.IN}:
        return _characters(code, value)
    if code in {op.ASSERT, op.ASSERT_NOT}:
        return []
    each = [_samples(inner, most) for inner in _inner(code, value)]
    texts = [text for number in range(most) for texts in each for text in texts[number : number + 1]][:most]
    if code in _REPEATS:
        least, largest, _ = value
        return [text * max(least, 1) for text in texts] + ([] if least or not largest else [""])
    return texts


def _characters(code: _Part, value: _Part) -> list[str]:
    """Characters that a set takes: of each of its parts one, and of the usual ones some."""
    item = re.compile("(?s:.)") if code is op.ANY else None
    if code is op.NOT_LITERAL:
        return [char for char in ALPHABET if ord(char) != value][:4]
    if item is not None:
        return ["啊", "1", " "]
    found: dict[str, None] = {}
    negated = value[0][0] is op.NEGATE
    if not negated:
        for kind, what in value:
            if kind is op.LITERAL:
                found[chr(what)] = None
            elif kind is op.RANGE:
                found[chr(what[0])] = None
            elif kind is op.CATEGORY:
                sample = {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a"}
                other = {op.CATEGORY_NOT_DIGIT: "啊", op.CATEGORY_NOT_SPACE: "啊", op.CATEGORY_NOT_WORD: "，"}
                found[(sample | other).get(what, "a")] = None
        return list(found)[:12]
    for char in "啊1a (，。)：\n元" + ALPHABET:
        if not any(_is_in(char, kind, what) for kind, what in value[1:]):
            found[char] = None
    return list(found)[:5]


def _is_in(char: str, kind: _Part, what: _Part) -> bool:
    if kind is op.LITERAL:
        return ord(char) == what
    if kind is op.RANGE:
        return bool(what[0] <= ord(char) <= what[1])
    tests = {
        op.CATEGORY_DIGIT: char.isdigit(), op.CATEGORY_NOT_DIGIT: not char.isdigit(),
        op.CATEGORY_SPACE: char.isspace(), op.CATEGORY_NOT_SPACE: not char.isspace(),
        op.CATEGORY_WORD: char.isalnum() or char == "_", op.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
    }  # fmt: skip
    return tests.get(what, False)
