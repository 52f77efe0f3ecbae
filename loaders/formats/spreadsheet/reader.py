"""Spreadsheets (.xlsx, .xls, .et, .ods): one grid a visible sheet, its cells as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from budget.model.disclosure import AmountOrigin, Notice, Severity, UnreadableDocumentError
from budget.system.patterns import lazy_pattern
from loaders.document import Document
from loaders.formats import detect
from loaders.formats.refusals import damaged
from loaders.formats.spreadsheet import ods, xls, xlsx
from loaders.formats.spreadsheet.workbook import address
from loaders.formats.tables import as_blocks, sheet_grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Grid, Paragraph
    from loaders.formats.spreadsheet.workbook import Sheet
    from loaders.formats.tables import Position

_READERS = {"xlsx": xlsx.sheets, "xls": xls.sheets, "ods": ods.sheets}
_ERROR = lazy_pattern(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|N/A)")
_NAMED = 5
"""Addresses that a notice names."""


def read(data: bytes, name: str) -> Document:
    """Read a spreadsheet; its kind is known by its content.

    Raises:
        UnreadableDocumentError: it is encrypted, damaged, beyond the limits, or has no visible content.
    """
    kind = detect.format_of(data, name)
    if kind not in _READERS:
        raise UnreadableDocumentError(N_("{}：不是电子表格，请检查文件。"), name)
    sheets = _READERS[kind](data, name)
    blocks: list[Paragraph | Grid] = []
    for sheet in sheets:
        if not sheet.hidden:
            hidden = (sheet.hidden_rows, sheet.hidden_columns)
            blocks += as_blocks(sheet_grid(sheet.cells, sheet.merged, hidden, sheet.name))
    if not blocks:
        if any(sheet.damaged for sheet in sheets):
            raise damaged(name, Message.of(N_("工作表")))
        text = N_("{}：表格里没有可见的内容，请检查文件，或取消工作表的隐藏后再打开。")
        raise UnreadableDocumentError(text, name)
    return Document(format=kind, blocks=tuple(blocks), notices=tuple(_notices(sheets)))


def _notices(sheets: list[Sheet]) -> Iterator[Notice]:
    hidden = [Message.of(N_("“{}”"), sheet.name) for sheet in sheets if sheet.hidden]
    if hidden:
        names = Message.listed(hidden[:_NAMED])
        which = Message.of(N_("{}等"), names) if len(hidden) > _NAMED else names
        yield Notice.of(Severity.INFO, N_("隐藏的工作表未读取：{}。"), which)
    for sheet in sheets:
        if sheet.hidden:
            continue
        if sheet.damaged:
            yield Notice.of(Severity.LOST, N_("工作表“{}”已损坏，未读取。"), sheet.name)
        if sheet.cut:
            yield Notice.of(Severity.INFO, N_("工作表“{}”中多次重复的行或单元格只读了一部分。"), sheet.name)
        rows = {row for row, _ in sheet.cells} & sheet.hidden_rows
        columns = {column for _, column in sheet.cells} & sheet.hidden_columns
        if rows or columns:
            text = N_("工作表“{}”隐藏的 {} 行、{} 列未读取。")
            yield Notice.of(Severity.INFO, text, sheet.name, len(rows), len(columns))
        if sheet.unsolved:
            text = N_("工作表“{}”有 {} 个公式没有保存结果，未读取（{}）；请用表格软件打开并重新保存。")
            yield Notice.of(Severity.LOST, text, sheet.name, len(sheet.unsolved), _listed(sheet.unsolved))
        errors = [place for place, cell in sheet.cells.items() if _ERROR.fullmatch(cell.text)]
        if errors:
            text = N_("工作表“{}”有 {} 个错误值（{}）。")
            yield Notice.of(Severity.LOST, text, sheet.name, len(errors), _listed(errors))
        count = sum(cell.origin == AmountOrigin.RECONSTRUCTED for cell in sheet.cells.values())
        if count:
            text = N_("工作表“{}”有 {} 个数字没有数字格式，位数为推定。")
            yield Notice.of(Severity.UNCERTAIN, text, sheet.name, count)


def _listed(places: list[Position]) -> str:
    """The first addresses, and whether there are more."""
    names = Message.listed(address(place) for place in places[:_NAMED])
    return Message.of(N_("{} 等"), names) if len(places) > _NAMED else names
