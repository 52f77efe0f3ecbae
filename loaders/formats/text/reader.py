"""Text files: find the encoding, and say plainly when a file is no text."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import TYPE_CHECKING

from budget.i18n.language import N_
from budget.model.disclosure import UnreadableDocumentError
from budget.system.patterns import lazy_pattern
from loaders.document import Document
from loaders.formats.text import tables as text_tables
from loaders.words.tokens import has_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes; a disclosure given as text has a tenth of a megabyte."""

ENDINGS = frozenset({"", ".txt", ".md", ".text"})
"""Endings of names of text files; to save a file of another name as text is no help to who has a damaged one."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = lazy_pattern(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_LINE_END = lazy_pattern(r"\r\n|\r|\n")


def read(data: bytes, name: str) -> Document:
    """The lines of a text file as paragraphs, its tables as grids.

    Raises:
        UnreadableDocumentError: the file is empty, too large, or no text in any known encoding.
    """
    text, encoding = decode(data, name)
    lines = _LINE_END.split(text.removesuffix("\n"))
    return Document("text", text_tables.blocks(lines), encoding=encoding)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Decode by BOM, else strict UTF-8, else UTF-16 without BOM, else GB18030; the text and the name of the encoding.

    A name that ends with "?" says that some bytes were no text in it.

    Raises:
        UnreadableDocumentError: the file is empty, too large, or no text in any of these.
    """
    check_content(data, name)
    check_size(len(data), name)
    for text, encoding in _attempts(data):
        if _is_text(text):
            return text, encoding
    text = N_("{}：不是文本文件，或文字编码无法识别；请另存为 UTF-8 或 GB18030 文本后再打开。")
    if PurePath(name).suffix.lower() not in ENDINGS:
        text = N_("{}：内容不是能读的格式，也不是文本，可能已经损坏、加了密或没有下载完，请重新取得。")
    raise UnreadableDocumentError(text, name)


def check_content(data: bytes, name: str) -> None:
    """Refuse an empty file; blanks, zero bytes and byte-order marks count as nothing.

    Raises:
        UnreadableDocumentError: it is empty.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocumentError(N_("{}：文件是空的，没有可读的内容。"), name)


def check_size(size: int, name: str) -> None:
    """Refuse a file of more bytes than any disclosure has.

    Raises:
        UnreadableDocumentError: it is larger than SIZE_LIMIT.
    """
    if size > SIZE_LIMIT:
        text = N_("{}：文件超过 {} MB，不像一份预算公开文本，请检查文件。")
        raise UnreadableDocumentError(text, name, SIZE_LIMIT >> 20)


def _attempts(data: bytes) -> Iterator[tuple[str, str]]:
    encodings = [encoding for bom, encoding in _BOMS if data.startswith(bom)]
    if not encodings:
        zeros = data[:4000].count(0)
        wide = ["utf-16-le", "utf-16-be"] if zeros else []  # their line ends hold zeros
        encodings = ["utf-8", "gb18030", *wide]
    for encoding in encodings:
        try:
            yield data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    # A few broken bytes in a long text must not lose the rest: they become U+FFFD, and the report says so.
    encoding = encodings[0]
    if encoding == "utf-8" and b"\x00" not in data:
        for fallback in ("utf-8", "gb18030"):
            yield data.decode(fallback, errors="replace"), fallback + "?"
    elif encoding.startswith("utf-16") or encoding == "utf-8-sig":
        yield data.decode(encoding, errors="replace"), encoding + "?"


def _is_text(text: str) -> bool:
    sample = text[:200_000]
    broken = len(_CONTROL.findall(sample))
    return (sample.isascii() or has_chinese(sample)) and broken * 100 <= len(sample)
