"""Public names use the words of the field, and docstrings begin with a short sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGES = ("budget", "loaders", "tui", "sample_data", "tools", "tests/support")
PRIVATE = {
    "said", "seen", "whole", "shown", "heads", "holdings", "hiring", "errands", "asks", "taking", "answer", "answers",
    "book", "seat", "seats", "parts", "turned",
}  # fmt: skip
"""Words that a newcomer would not search for."""
NOT_YET: tuple[str, ...] = ()
"""Packages whose names are still to be gone through: a set to shrink, until it is empty."""
LONG_SENTENCES_YET: tuple[str, ...] = ()
"""Packages and modules whose docstrings still begin with long sentences: a set to shrink, too."""
MOST_WORDS = 12
ALLOWED = {
    "budget/library/parts.py": "a part is a file of the library, as in a partitioned data set",
}


def files() -> Iterator[Path]:
    """The modules whose names are kept clean."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not name.startswith(NOT_YET):
                yield path


def names(body: list[ast.stmt]) -> Iterator[str]:
    """Public names that a module or class defines: classes, functions, constants, fields."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not node.name.startswith(("_", "test_")):
                yield node.name
                if isinstance(node, ast.ClassDef):
                    yield from names(node.body)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                found = (part.id for part in ast.walk(target) if isinstance(part, ast.Name))
                yield from (name for name in found if not name.startswith("_"))


def docstrings(tree: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[str, str]]:
    """The docstrings of a module or class and of all that is public in it, each with its name."""
    own = [(name, tree)]
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from docstrings(node, f"{name}.{node.name}")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith(("_", "test_")):
            own.append((f"{name}.{node.name}", node))
    yield from ((place, text) for place, node in own if (text := ast.get_docstring(node)) is not None)


def first_sentence(text: str) -> str:
    """The first sentence of a docstring: up to a full stop, semicolon or colon before a blank.

    Without one it is the first paragraph.
    """
    paragraph = re.split(r"\n\s*\n", text.strip(), maxsplit=1)[0]
    return re.split(r"(?<=[.;:])(?:\s|$)", paragraph, maxsplit=1)[0]


def words(name: str) -> set[str]:
    """The words of a name in any of the three spellings."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


@pytest.mark.parametrize("name", ["Seen", "said_of", "WHOLE_ROW", "HTMLHeads", "_x.parts"])
def test_private_english_is_recognised(name: str) -> None:
    assert words(name) & PRIVATE


def test_no_public_name_has_a_word_of_the_private_english() -> None:
    found = []
    for path in files():
        place = str(path.relative_to(ROOT))
        own = list(names(ast.parse(path.read_text(encoding="utf-8")).body))
        if place not in ALLOWED:
            own.append(path.stem)
        found += [f"{place}: {name}" for name in own if words(name) & PRIVATE]
    assert not found


def test_every_exception_is_still_needed() -> None:
    assert all(words(Path(place).stem) & PRIVATE and (ROOT / place).exists() for place in ALLOWED)
    assert all((ROOT / package).is_dir() for package in NOT_YET)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One a.b sentence, 1.5 long. And more.", "One a.b sentence, 1.5 long."),
        ("First half; the rest.", "First half;"),
        ("Two\nlines: more", "Two\nlines:"),
        ("No mark\n\nParagraph.", "No mark"),
    ],
)
def test_the_first_sentence_ends_at_a_mark_or_a_blank_line(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_docstrings_begin_with_a_short_sentence() -> None:
    found = []
    for path in (ROOT / "tasks.py", *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))):
        place = path.relative_to(ROOT)
        if not any(place.is_relative_to(other) for other in LONG_SENTENCES_YET):
            for name, text in docstrings(ast.parse(path.read_text(encoding="utf-8")), str(place)):
                sentence = first_sentence(text)
                if len(sentence.split()) > MOST_WORDS or not sentence.endswith((".", ";", ":")):
                    found.append(f"{name}: {sentence}")
    assert not found


def test_every_place_of_long_sentences_exists() -> None:
    assert all((ROOT / place).exists() for place in LONG_SENTENCES_YET)
