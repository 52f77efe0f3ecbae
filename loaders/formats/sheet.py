"""Spreadsheets (.xlsx, .xls, .et, .ods): one grid a visible sheet, its cells as they are printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budget.model import AmountOrigin, Notice, Severity, UnreadableDocumentError
from loaders.document import Document
from loaders.formats import detect, ods, xls, xlsx
from loaders.formats.package import damaged
from loaders.formats.tables import as_blocks, sheet_grid
from loaders.formats.workbook import address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Grid, Paragraph
    from loaders.formats.tables import Position
    from loaders.formats.workbook import Sheet

_READERS = {"xlsx": xlsx.sheets, "xls": xls.sheets, "ods": ods.sheets}
_ERROR = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|N/A)")
_NAMED = 5
"""Addresses that a notice names."""


def read(data: bytes, name: str) -> Document:
    """Read a spreadsheet; its kind is known by its content.

    Raises:
        UnreadableDocumentError: it is encrypted, damaged, beyond the limits, or has no visible content.
    """
    kind = detect.format_of(data, name)
    if kind not in _READERS:
        raise UnreadableDocumentError(f"{name}：不是电子表格，请检查文件。")
    sheets = _READERS[kind](data, name)
    blocks: list[Paragraph | Grid] = []
    for sheet in sheets:
        if not sheet.hidden:
            hidden = (sheet.hidden_rows, sheet.hidden_columns)
            blocks += as_blocks(sheet_grid(sheet.cells, sheet.merged, hidden, sheet.name))
    if not blocks:
        if any(sheet.damaged for sheet in sheets):
            raise damaged(name, "工作表")
        raise UnreadableDocumentError(f"{name}：表格里没有可见的内容，请检查文件，或取消工作表的隐藏后再打开。")
    return Document(format=kind, blocks=tuple(blocks), notices=tuple(_notices(sheets)))


def _notices(sheets: list[Sheet]) -> Iterator[Notice]:
    hidden = [f"“{sheet.name}”" for sheet in sheets if sheet.hidden]
    if hidden:
        text = f"隐藏的工作表未读取：{'、'.join(hidden[:_NAMED])}{'等' if len(hidden) > _NAMED else ''}。"
        yield Notice(severity=Severity.INFO, text=text)
    for sheet in sheets:
        if sheet.hidden:
            continue
        if sheet.damaged:
            yield Notice(severity=Severity.LOST, text=f"工作表“{sheet.name}”已损坏，未读取。")
        rows = {row for row, _ in sheet.cells} & sheet.hidden_rows
        columns = {column for _, column in sheet.cells} & sheet.hidden_columns
        if rows or columns:
            text = f"工作表“{sheet.name}”隐藏的 {len(rows)} 行、{len(columns)} 列未读取。"
            yield Notice(severity=Severity.INFO, text=text)
        if sheet.unsolved:
            which = f"{len(sheet.unsolved)} 个公式没有保存结果，未读取（{_listed(sheet.unsolved)}）"
            text = f"工作表“{sheet.name}”有 {which}；请用表格软件打开并重新保存。"
            yield Notice(severity=Severity.LOST, text=text)
        errors = [place for place, cell in sheet.cells.items() if _ERROR.fullmatch(cell.text)]
        if errors:
            text = f"工作表“{sheet.name}”有 {len(errors)} 个错误值（{_listed(errors)}）。"
            yield Notice(severity=Severity.LOST, text=text)
        count = sum(cell.origin == AmountOrigin.RECONSTRUCTED for cell in sheet.cells.values())
        if count:
            text = f"工作表“{sheet.name}”有 {count} 个数字没有数字格式，位数为推定。"
            yield Notice(severity=Severity.UNCERTAIN, text=text)


def _listed(places: list[Position]) -> str:
    """The first addresses, and whether there are more."""
    names = "、".join(address(place) for place in places[:_NAMED])
    return f"{names} 等" if len(places) > _NAMED else names
