"""Lines as tokens: what stands between blanks, or in the cells of a tab-separated line."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from budget.system.patterns import lazy_pattern
from budget.vocabulary import simplified

LINE_LIMIT = 20_000
"""Characters; a longer line is cut for reading (its text is kept)."""
CJK = r"[\u3400-\u9fff\uf900-\ufaff]"
_CONTROL = lazy_pattern(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\ufeff]")
_SPACED = lazy_pattern(
    r"(?<!\S)(?:收\s*入\s*|支\s*出\s*)?[总合小]\s+计(?!\S)|(?<!\S)[收支]\s+[入出]\s*[总合]\s*计(?!\S)"
)
_PIPE_RULE = lazy_pattern(r"[\s|:+-]+")
_LATIN_GAP = lazy_pattern(
    r"(?<=[A-Za-z0-9])[\s\u200b\ufeff]+(?=[A-Za-z])|(?<=[A-Za-z])[\s\u200b\ufeff]+(?=[A-Za-z0-9])"
)


class Token(NamedTuple):
    """A piece of a line; `cell` is its index where the line has tabs, else None."""

    text: str
    line: int
    cell: int | None = None


class SourceLine(NamedTuple):
    """A line of the document that is not blank; `tokens` are filled in for the lines of tables."""

    no: int
    text: str
    tokens: tuple[Token, ...] = ()

    @property
    def tabbed(self) -> bool:
        """True where the line tells its cells apart."""
        return bool(self.tokens) and self.tokens[0].cell is not None


def source_line(no: int, text: str) -> SourceLine:
    """Split one line into tokens; totals printed as 合 计 are one token."""
    text = _CONTROL.sub("", text[:LINE_LIMIT])
    if "计" in text:
        text = _SPACED.sub(lambda match: compact(match[0]), text)
    stripped = text.strip()
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
        text = "" if _PIPE_RULE.fullmatch(stripped) else "\t".join(stripped[1:-1].split("|"))
    if "\t" in text.strip():
        cells = ((index, tidy(cell)) for index, cell in enumerate(text.split("\t")))
        tokens = tuple(Token(cell, no, index) for index, cell in cells if cell)
    else:
        tokens = tuple(Token(piece, no) for piece in text.split())
    return SourceLine(no, text, tokens)


def has_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character, as CJK has it."""
    return any("\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" for character in text)


def compact(text: str) -> str:
    """The text without any blanks."""
    if " " not in text and text.isprintable():  # no other blank is printable
        return text
    text = "".join(text.split())
    return text if text.isprintable() else text.translate(_INVISIBLE)


def tidy(text: str) -> str:
    """The text without layout blanks; one blank stays between Latin words and numbers."""
    text = text.strip()
    if " " not in text and text.isprintable():
        return text
    text = _LATIN_GAP.sub(_KEPT, text)
    return compact(text).replace(_KEPT, " ")


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """For comparing: no blanks, half-width letters, simplified characters, no quotation marks."""
    text = compact(text)
    text = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(simplified())
    return text.translate(_MARKS) if _MARKED.search(text) else text


_KEPT = "\ue000"
_INVISIBLE = dict.fromkeys((*range(32), 127, 8203, 65279))
_MARKED = lazy_pattern("[\"'“”‘’〔〕﹝﹞]")
_MARKS = str.maketrans({**dict.fromkeys("\"'“”‘’"), "〔": "[", "〕": "]", "﹝": "[", "﹞": "]"})


def joined(tokens: list[Token] | tuple[Token, ...]) -> str:
    """The tokens' text as one name."""
    return tidy(
        "".join(token.text if not _latin_seam(tokens, i) else " " + token.text for i, token in enumerate(tokens))
    )


def _latin_seam(tokens: list[Token] | tuple[Token, ...], index: int) -> bool:
    """True where a blank between two Latin words of one line must be kept."""
    if index == 0 or tokens[index].line != tokens[index - 1].line:
        return False
    before, after = tokens[index - 1].text[-1:], tokens[index].text[:1]
    return before.isascii() and after.isascii() and (before + after).isalnum() and not (before + after).isdigit()
