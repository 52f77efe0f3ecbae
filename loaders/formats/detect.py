"""Detect file formats by content: suffixes are often wrong (a .xls that is a web page, a .doc that is RTF)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from budget.i18n.language import N_
from budget.model.disclosure import UnreadableDocumentError
from budget.system.patterns import lazy_pattern
from loaders.formats import ole, refusals

if TYPE_CHECKING:
    from loaders.formats.package import Package

_SNIFFED = 16_384
_PDF_WITHIN = 1024
"""A PDF may begin with some bytes of something else."""

_PICTURE = N_("{}：这是图片，里面没有可读的文字；请取得原文件，或先用文字识别软件转换。")
_ARCHIVE = N_("{}：这是压缩包；请先解压，再打开里面的文件。")
_PROGRAM = N_("{}：这是程序，不是文档；请检查文件。")
_SLIDES = N_("{}：这是演示文稿；请取得文字或表格形式的原文件。")
_OTHERS: Final = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (rb"{\rtf", N_("{}：这是 RTF 文件；请用 Word 或 WPS 另存为 docx 后再打开。")),
    (b"%!PS", N_("{}：这是 PostScript 文件；请另存为 PDF 后再打开。")),
    (b"SQLite format 3", N_("{}：这是数据库文件；请导出为表格后再打开。")),
)
"""First bytes, and the sentence that says what such a file is and what to do.

Those of two letters count only where a zero byte follows.
"""

_HTML = lazy_pattern(r"<(?:!doctype\s+html|html|head|body|table|meta|frameset|div|title)\b", re.IGNORECASE)
_XML_ROOT = lazy_pattern(r"<\?xml\b.*?<(?![?!])(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
_XML = N_("{}：这是 XML 格式的数据；请用 Office 或 WPS 另存为 docx 或 xlsx 后再打开。")
_XML_TEXT = N_("{}：这是 XML 格式的文档；请用 Office 或 WPS 另存为 docx 或 xlsx 后再打开。")
_XML_SHEET = N_("{}：这是 XML 格式的表格；请用 Office 或 WPS 另存为 docx 或 xlsx 后再打开。")
_XML_ROOTS = {"Workbook": _XML_SHEET, "wordDocument": _XML_TEXT, "package": _XML_TEXT}
"""Root elements of Office documents that are one XML file."""
_MAIL_HEAD = lazy_pattern(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}", re.ASCII)


def format_of(data: bytes, name: str) -> str:
    """The format of a file: text, pdf, docx, doc, xlsx, xls, ods, html or ofd; `name` is for the sentence.

    Raises:
        UnreadableDocumentError: it is something else; the sentence says what, and what to do.
    """
    head = data[:_SNIFFED]
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data, name)
    if data.startswith(ole.SIGNATURE):
        return _compound(data, name)
    for start, what in _OTHERS:
        if data.startswith(start) and (len(start) > 2 or b"\x00" in head):  # noqa: PLR2004 - two letters may be text
            raise UnreadableDocumentError(what, name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnreadableDocumentError(_PICTURE, name)
    return _marked_up(head, name)


def is_mail(data: bytes) -> bool:
    """Whether the file is a web page saved as one file (MHTML): mail headers, then parts."""
    head = data[:_SNIFFED].replace(b"\r\n", b"\n").lstrip()
    fields = _MAIL_HEAD.match(head)
    return bool(fields) and b"mime-version:" in head.lower() and b"multipart/" in head.lower()


def _marked_up(head: bytes, name: str) -> str:
    if is_mail(head):
        return "html"
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16", errors="replace") if wide else head.decode("latin-1").removeprefix("ï»¿")
    text = text.lstrip("\ufeff \t\r\n\x00")
    if not text.startswith("<"):
        return "text"
    root = _XML_ROOT.match(text)
    if root and root[1].lower() != "html":
        raise UnreadableDocumentError(_XML_ROOTS.get(root[1], _XML), name)
    return "html" if _HTML.search(text) else "text"


def _zipped(data: bytes, name: str) -> str:
    from loaders.formats import package

    files = package.open_package(data, name)
    for member, kind in (
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "xlsx"),
        ("OFD.xml", "ofd"),
    ):
        if files.has(member):
            return kind
    if files.has("mimetype"):
        kind = (files.read("mimetype") or b"").decode("latin-1").strip()
        if "opendocument.spreadsheet" in kind:
            return "ods"
        if "opendocument" in kind:
            raise UnreadableDocumentError(N_("{}：这是 OpenDocument 文档；请另存为 docx 后再打开。"), name)
    if files.has("xl/workbook.bin"):
        raise UnreadableDocumentError(N_("{}：这是二进制的 xlsb 表格；请另存为 xlsx 后再打开。"), name)
    if files.has("ppt/presentation.xml"):
        raise UnreadableDocumentError(_SLIDES, name)
    return _by_content_types(files, name)


def _by_content_types(files: Package, name: str) -> str:
    """Office packages whose main part has an unusual path are known by the list of content types."""
    types = (files.read("[Content_Types].xml") or b"").decode("utf-8", errors="replace")
    if "wordprocessingml.document" in types:
        return "docx"
    if "spreadsheetml.sheet.main" in types:
        return "xlsx"
    raise UnreadableDocumentError(_ARCHIVE, name)


def _compound(data: bytes, name: str) -> str:
    compound = ole.open_compound(data, name)
    if compound.has("EncryptedPackage") or compound.has("EncryptionInfo"):
        raise refusals.encrypted(name)
    if compound.has("WordDocument"):
        return "doc"
    if compound.has("Workbook") or compound.has("Book"):
        return "xls"
    if compound.has("PowerPoint Document"):
        raise UnreadableDocumentError(_SLIDES, name)
    text = N_("{}：不是 Word 或 Excel 文件，无法识别；请在原软件中另存为 docx、xlsx 或 PDF。")
    raise UnreadableDocumentError(text, name)
