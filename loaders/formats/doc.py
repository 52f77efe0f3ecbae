"""Word's binary documents (.doc, .wps): turned into .docx by msdoc2docx, then read as one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from budget.model.disclosure import Notice, Severity, UnreadableDocumentError
from loaders.document import Document
from loaders.formats import docx
from loaders.formats.refusals import damaged, encrypted, missing

if TYPE_CHECKING:
    from collections.abc import Iterable

_INPUT_LIMIT = 64 * 1024 * 1024
_STREAM_LIMIT = 64 * 1024 * 1024
_ENTRY_LIMIT = 20_000
_CONCERNED = {
    "TABLE_MARKER_DEFERRED": N_("表格"),
    "TABLE_GRID_MISMATCH": N_("表格"),
    "TABLE_DEPTH_LIMITED": N_("表格"),
    "TABLE_CELL_DEFINITION_MISMATCH": N_("表格"),
    "MALFORMED_TABLE_FLATTENED": N_("表格"),
    "MAIN_TEXTBOX_TABLE_MALFORMED": N_("文本框"),
    "GROUPED_MAIN_TEXTBOXES_DEFERRED": N_("文本框"),
    "INVALID_UTF16": N_("个别字符"),
    "UNSUPPORTED_CONTROL_CHARACTER": N_("个别字符"),
    "UNTERMINATED_FIELD": N_("域"),
    "NOTE_REFERENCE_DEFERRED": N_("脚注"),
    "OLE_OBJECT_STORAGE_MISSING": N_("嵌入的文件"),
    "OLE_OBJECT_OMITTED": N_("嵌入的文件"),
}
"""The converter's warnings that concern what is printed, and what they concern; the others are about looks."""


def read(data: bytes, name: str) -> Document:
    """Read a binary Word document.

    Raises:
        UnreadableDocumentError: it is encrypted, damaged, older than Word 97, beyond the limits, or has no text.
    """
    converted, warnings = _convert(data, name)
    found, notices = docx.blocks(converted, name)
    return Document(format="doc", blocks=found, notices=(*notices, *_notices(warnings)))


def _convert(data: bytes, name: str) -> tuple[bytes, list[str]]:
    """The document as .docx, and the codes of the converter's warnings."""
    try:
        from doc2docx import convert  # type: ignore[import-untyped]
        from doc2docx.cfb import CompoundFileLimits  # type: ignore[import-untyped]
        from doc2docx.errors import (  # type: ignore[import-untyped]
            EncryptedDocumentError,
            InvalidWordDocument,
            UnsupportedFeatureError,
        )
    except ImportError:
        raise missing(name, "msdoc2docx") from None
    limits = CompoundFileLimits(_INPUT_LIMIT, _STREAM_LIMIT, _ENTRY_LIMIT)
    with tempfile.TemporaryDirectory(prefix="yusuan-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "source.doc"), Path(folder, "target.docx")
        source.write_bytes(data)
        try:
            report = convert(source, target, limits=limits).report
            return target.read_bytes(), [str(warning.code) for warning in report.warnings]
        except EncryptedDocumentError:
            raise encrypted(name) from None
        except UnsupportedFeatureError:
            text = N_("{}：这种 Word 文档（可能早于 Word 97）不能直接读取，请用 Word 或 WPS 另存为 docx 后再打开。")
            raise UnreadableDocumentError(text, name) from None
        except InvalidWordDocument:
            text = N_("{}：Word 文档已损坏或格式特殊，无法读取，请用 Word 或 WPS 另存为 docx 后再打开。")
            raise UnreadableDocumentError(text, name) from None
        except Exception:  # noqa: BLE001 - the converter meets hostile bytes; whatever it trips over, the file is at fault
            raise damaged(name) from None


def _notices(codes: Iterable[str]) -> list[Notice]:
    """What the converter could not carry over as it was, where it concerns what is printed."""
    lost = sorted({_CONCERNED[code] for code in codes if code in _CONCERNED})
    if not lost:
        return []
    text = N_("旧式 Word 文档里的{}可能没有完整读出，请与原文件核对。")
    return [Notice.of(Severity.UNCERTAIN, text, Message.listed(map(Message.of, lost)))]
