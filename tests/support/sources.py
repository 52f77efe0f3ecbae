"""Chinese words in the source: which of them are marked for the catalogue, and which are not."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
MARKERS = frozenset({"tr", "N_"})
OF_DOCUMENTS = frozenset(
    {
        *("startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "rsplit", "partition"),
        *("rpartition", "find", "rfind", "index", "count", "strip", "lstrip", "rstrip"),
        *(
            "compile",
            "match",
            "fullmatch",
            "search",
            "sub",
            "findall",
            "finditer",
            "maketrans",
            "translate",
        ),
        *(
            "contains",
            "contains_any",
            "starts_with",
            "ends_with",
            "extract",
            "replace_all",
            "strip_chars",
            "count_matches",
        ),
    }
)
"""Methods that take the words of a document apart: their arguments are such words."""


class Word(NamedTuple):
    """A literal with Chinese characters that is not marked: where it stands, and in which top-level definition."""

    path: str
    line: int
    within: str
    text: str


def unmarked(path: Path, name: str, *, constants: bool = True, compared: bool = True) -> list[Word]:
    """Chinese literals of a module that are not marked for the catalogue.

    Without `constants` those outside functions do not count, but strings with places (f"...") do wherever they stand;
    without `compared` those do not that are compared with the words of a document or used to take them apart.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        Word(name, node.lineno, _name(top), ast.unparse(node))
        for top in tree.body
        for node in _words(top, free=compared, inside=constants)
    ]


def marked(path: Path) -> set[str]:
    """The messages that a module marks for the catalogue."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if _is_marking(node)]
    return {
        str(node.args[0].value)
        for node in calls
        if isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant)
    }


def marked_in_strings(path: Path) -> list[int]:
    """Lines whose f-strings hold a marked message. The collector overlooks it there."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    return [
        inside.lineno
        for node in strings
        for inside in ast.walk(node)
        if isinstance(inside, ast.Call) and _is_marking(inside)
    ]


def _words(node: ast.AST, *, free: bool, inside: bool) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The unmarked literals below a node; `inside`: in a function, `free`: whatever is done with them."""
    if isinstance(node, ast.Constant):
        if inside and _is_chinese(node):
            yield node
    elif isinstance(node, ast.JoinedStr):
        if any(map(_is_chinese, node.values)):
            yield node
        for part in node.values:
            yield from () if isinstance(part, ast.Constant) else _words(part, free=free, inside=inside)
    else:
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in _looked_at(node, free=free):
            yield from _words(child, free=free, inside=inside)


def _looked_at(node: ast.AST, *, free: bool) -> Iterator[ast.AST]:
    """The parts of a node in which a literal would have to be marked."""
    if _is_marking(node) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):  # or a docstring
        return
    if free or not isinstance(node, ast.Compare | ast.Match | ast.Call):
        yield from ast.iter_child_nodes(node)
    elif isinstance(node, ast.Match):
        yield from (statement for case in node.cases for statement in case.body)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OF_DOCUMENTS:
        yield node.func.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lazy_pattern":
        return
    elif isinstance(node, ast.Call):
        yield from ast.iter_child_nodes(node)


def _is_chinese(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(HAN.search(node.value))


def _is_marking(node: ast.AST) -> bool:
    """Whether a node is a call that marks a message, and nothing but one: the collector reads no expressions."""
    return (
        isinstance(node, ast.Call)
        and (node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")) in MARKERS
        and len(node.args) == 1
        and isinstance(node.args[0], ast.Constant)
    )


def _name(top: ast.stmt) -> str:
    if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return top.name
    if isinstance(top, ast.Assign):
        return ast.unparse(top.targets[0]).strip("()").replace(", ", ",")
    return ast.unparse(top.target) if isinstance(top, ast.AnnAssign) else ""
