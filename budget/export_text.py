"""Texts of documents in an export: nothing that a spreadsheet runs, nothing that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

# full-width signs too: some spreadsheets take them for the half-width ones
_FORMULA = re.compile(r"[\s\x00-\x20\x7f-\xa0\ufeff]*[=+\-@＝＋－＠]|[\t\r]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")
_FIRST_PICTURE = 0x2400
_LAST_CONTROL = 0x1F
_DELETE = 0x7F
_NO_CHARACTER = 0xFFFE
"""The last two code points of each plane are none, and XML does not allow the first of them."""


def runs(text: str) -> bool:
    """Whether a spreadsheet could take this text for a formula."""
    return _FORMULA.match(text) is not None


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: control characters visible, an apostrophe before what looks like a formula."""
    return ("'" if runs(text) else "") + visible(text)


def visible(text: str) -> str:
    """Control characters as their pictures (␛ for escape); direction marks and broken characters as �."""
    if text.isprintable():
        return text
    return "".join(_visible(letter) for letter in text)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, control characters visible."""
    return _MARKDOWN.sub(r"\\\1", visible(text))


def encodable(text: str) -> str:
    """Text that UTF-8 can hold: halves of a surrogate pair as �."""
    return "".join("�" if unicodedata.category(letter) == "Cs" else letter for letter in text)


def _visible(letter: str) -> str:
    code = ord(letter)
    if code <= _LAST_CONTROL:
        return chr(_FIRST_PICTURE + code)
    if code == _DELETE:
        return "␡"
    if code & _NO_CHARACTER == _NO_CHARACTER:
        return "�"
    return "�" if unicodedata.category(letter) in {"Cc", "Cf", "Cs"} else letter
