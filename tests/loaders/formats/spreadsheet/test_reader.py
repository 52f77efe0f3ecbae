"""Spreadsheets: cells as they are printed, sheets as grids, nothing hidden read, nothing dropped silently."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.model.disclosure import AmountOrigin, Severity, UnreadableDocumentError
from loaders.formats import tables
from loaders.formats.spreadsheet import reader
from loaders.formats.spreadsheet.workbook import address
from loaders.formats.spreadsheet.xlsx import position
from tests.support.limits import processor_seconds
from tests.support.packages import grids, plain, refused, replaced, sound, texts, workbook, zipped
from tools.documents.strategies import share

if TYPE_CHECKING:
    from loaders.document import Document

ODS = "application/vnd.oasis.opendocument.spreadsheet"


def cell(place: str, value: str, style: int = 0, kind: str = "n") -> str:
    return f'<c r="{place}" s="{style}" t="{kind}"><v>{value}</v></c>'


def row(*cells: str, more: str = "") -> str:
    return f"<row{more}>{''.join(cells)}</row>"


def read(data: bytes) -> Document:
    document = reader.read(data, "f.xlsx")
    sound(document)
    return document


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_numbers_are_printed_by_their_formats() -> None:
    rows = row(cell("A1", "208"), cell("B1", "1234.5", 1), cell("C1", "85.9"), cell("D1", "7", 2), cell("E1", "0", 3))
    (grid,) = grids(read(workbook(rows + row(text_cell("E2", "末")), styles="#,##0.00\n000\n0.00;-0.00;;@")))
    assert [(one.text, one.origin) for one in grid.cells if one.row == 0] == [
        ("208", AmountOrigin.PRINTED),
        ("1,234.50", AmountOrigin.PRINTED),
        ("85.9", AmountOrigin.RECONSTRUCTED),
        ("007", AmountOrigin.PRINTED),
        ("", AmountOrigin.PRINTED),
    ]


def test_texts_are_read_as_they_stand() -> None:
    strings = "<si><t>科目</t></si><si><r><t>支</t></r><r><t>出</t></r><rPh><t>zhi</t></rPh></si>"
    rows = row(
        cell("A1", "0", kind="s"), cell("B1", "1", kind="s"), cell("C1", "9", kind="s"), cell("D1", "1", kind="b")
    )
    rows += row(text_cell("A2", "甲_x000A_乙"), cell("B2", "文字结果", kind="str"), cell("D2", "0.10", kind="str"))
    (grid,) = grids(read(workbook(rows, strings=strings)))
    assert texts(grid) == [["科目", "支出", "", "TRUE"], ["甲\n乙", "文字结果", "", "0.10"]]


def test_cells_without_addresses_follow_one_another() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>"
    assert texts(grids(read(workbook(rows)))[0]) == [["1", "2"], ["3", "4"]]


def test_edges_are_trimmed_and_gaps_are_blank_cells() -> None:
    (grid,) = grids(read(workbook(row(cell("C4", "1")) + row(cell("E6", "2")))))
    assert texts(grid) == [["1", "", ""], ["", "", ""], ["", "", "2"]]


def test_merged_ranges_are_spans() -> None:
    rows = row(text_cell("A1", "标题"), text_cell("B1", "盖住的")) + row(
        cell("A2", "1"), cell("B2", "2"), cell("C2", "3")
    )
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B1:C2"/><mergeCell ref="Z9:Z10"/></mergeCells>'
    (grid,) = grids(read(workbook(rows, after=merged)))
    assert [plain(one) for one in grid.cells][:2] == [(0, 0, 1, 3, "标题"), (1, 0, 1, 1, "1")]
    assert len(grid.cells) == 4


def test_hidden_rows_and_columns_are_skipped_and_said() -> None:
    rows = row(text_cell("A1", "宽"), more=' r="1"') + row(cell("A2", "1"), cell("B2", "2"), cell("C2", "3"))
    rows += row(cell("A3", "4"), cell("C3", "5"), more=' r="3" hidden="1"')
    merged = '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
    document = read(workbook(rows, before='<cols><col min="2" max="2" hidden="1"/></cols>', after=merged))
    assert [plain(one) for one in grids(document)[0].cells] == [
        (0, 0, 1, 2, "宽"),
        (1, 0, 1, 1, "1"),
        (1, 1, 1, 1, "3"),
    ]
    assert [notice.sentence for notice in document.notices] == ["工作表“表1”隐藏的 1 行、1 列未读取。"]


def test_zeros_that_the_sheet_hides_are_blank() -> None:
    before = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    (grid,) = grids(read(workbook(row(cell("A1", "0"), cell("B1", "1"), cell("C1", "2")), before=before)))
    assert texts(grid) == [["1", "2"]]


def test_formulas_without_result_and_errors_are_said() -> None:
    rows = row(
        cell("A1", "1"), '<c r="B1"><f>A1+1</f></c>', cell("C1", "#REF!", kind="e"), '<c r="D1"><f>A1</f><v>1</v></c>'
    )
    document = read(workbook(rows))
    assert texts(grids(document)[0]) == [["1", "", "#REF!", "1"]]
    assert [(notice.severity, "B1" in notice.sentence, "C1" in notice.sentence) for notice in document.notices] == [
        (Severity.LOST, True, False),
        (Severity.LOST, False, True),
    ]


def test_a_sheet_of_one_cell_is_text() -> None:
    assert read(workbook(row(text_cell("B7", "甲\n乙")))).lines == ("甲", "乙")


def test_a_cell_far_away_costs_nothing() -> None:
    rows = row(cell("A1", "1"), cell("B1", "2")) + row(cell("XFD1048576", "3"))
    (grid,) = grids(read(workbook(rows)))
    assert (grid.rows, grid.columns) == (2, 3)
    assert texts(grid) == [["1", "2", ""], ["", "", "3"]]


def test_a_merged_range_without_end_costs_nothing() -> None:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="C3:A1"/><mergeCell ref="x"/></mergeCells>'
    rows = row(cell("A1", "1"), cell("B1", "2")) + row(cell("A2", "3"), cell("B2", "4"))
    assert read(workbook(rows, after=merged)).lines == ("1",)


def test_hidden_columns_and_merged_ranges_again_and_again_cost_little() -> None:
    columns = '<col min="1" max="16384" hidden="0"/><col min="3" max="16384" hidden="1"/>' * 20_000
    merged = '<mergeCell ref="A1:B3000"/>' * 20_000
    rows = row(cell("A1", "1"), cell("B1", "2")) + row(cell("A5000", "3"), cell("B5000", "4"))
    with processor_seconds(10):
        data = workbook(rows, before=f"<cols>{columns}</cols>", after=f"<mergeCells>{merged}</mergeCells>")
        (grid,) = grids(read(data))
        assert plain(grid.cells[0]) == (0, 0, 1, 2, "1")  # rows in which nothing begins are none


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "CELL_LIMIT", 2)
    assert "单元格" in refused(reader.read, workbook(row(cell("A1", "1"), cell("B1", "2"), cell("C1", "3"))))


def test_a_damaged_part_hides_nothing_else() -> None:
    data = workbook(row(cell("A1", "1.5", 1), cell("B1", "2", 1)), styles="0.00")
    (grid,) = grids(read(replaced(data, {"xl/styles.xml": "<styles"})))
    assert [(one.text, one.origin) for one in grid.cells] == [
        ("1.5", AmountOrigin.RECONSTRUCTED),
        ("2", AmountOrigin.PRINTED),
    ]
    assert "工作表" in refused(reader.read, replaced(data, {"xl/worksheets/sheet1.xml": "<w"}))


def test_hidden_sheets_are_skipped_and_said() -> None:
    data = openpyxl_book()
    document = read(data)
    assert [grid.name for grid in grids(document)] == ["表1"]
    assert document.notices[0].sentence == "隐藏的工作表未读取：“藏”、“深藏”。"
    assert document.notices[0].severity is Severity.INFO


def test_a_book_without_anything_visible_is_refused() -> None:
    assert "没有可见的内容" in refused(reader.read, workbook(""))


def openpyxl_book() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    first = book["Sheet"]
    first.title = "表1"
    first.append(["项目", "金额", "日期"])
    first.append(["行政运行", 1234.5, None])
    first["B2"].number_format = "#,##0.00"
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden")):
        hidden = book.create_sheet(name)
        hidden.append([1, 2])
        hidden.sheet_state = state
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_library_sees_the_same_values() -> None:
    from python_calamine import CalamineWorkbook

    data = openpyxl_book()
    values = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("表1").to_python()
    assert values == [["项目", "金额", "日期"], ["行政运行", 1234.5, ""]]
    assert texts(grids(read(data))[0]) == [["项目", "金额", "日期"], ["行政运行", "1,234.50", ""]]


def xlwt_book(*, far: bool = False) -> bytes:
    import xlwt

    book = xlwt.Workbook()
    first = book.add_sheet("表1")
    styles = [xlwt.easyxf(num_format_str=code) for code in ("#,##0.00", "000", "0.00;-0.00;;@", '0.00"万元"')]
    first.write_merge(0, 0, 0, 4, "收支总表")
    for column, (value, style) in enumerate(
        [(208, None), (1234.5, styles[0]), (7, styles[1]), (0, styles[2]), (85.99, styles[3])]
    ):
        first.write(1, column, value, style or xlwt.Style.default_style)
    first.write(2, 0, 0.1 + 0.2)
    first.write(2, 1, 100)
    first.write(2, 2, -3.25, styles[0])
    first.write(2, 4, True)
    first.write(3, 0, "藏")
    first.row(3).hidden = True
    first.col(5).hidden = True
    first.write(2, 5, "藏")
    hidden = book.add_sheet("藏")
    hidden.visibility = 1
    hidden.write(0, 0, 1)
    if far:
        first.write(65_535, 255, 1)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_binary_workbooks_print_by_their_formats() -> None:
    document = reader.read(xlwt_book(), "f.xls")
    sound(document)
    assert document.format == "xls"
    (grid,) = grids(document)
    assert plain(grid.cells[0]) == (0, 0, 1, 5, "收支总表")
    assert texts(grid)[1:] == [["208", "1,234.50", "007", "", "85.99万元"], ["0.3", "100", "-3.25", "", "TRUE"]]
    assert [one.text for one in grid.cells if one.origin == AmountOrigin.RECONSTRUCTED] == ["0.3"]
    assert [notice.sentence for notice in document.notices] == [
        "隐藏的工作表未读取：“藏”。",
        "工作表“表1”隐藏的 1 行、1 列未读取。",
        "工作表“表1”有 1 个数字没有数字格式，位数为推定。",
    ]


def test_a_cell_far_away_in_a_binary_workbook_costs_nothing() -> None:
    (grid,) = grids(reader.read(xlwt_book(far=True), "f.xls"))
    assert texts(grid)[-1][-1] == "1"
    assert grid.rows * grid.columns < 100


@pytest.mark.parametrize("declared", [(0, 2**32 - 1, 0, 65_535), (5, 2, 9, 3)])
def test_a_binary_workbook_may_claim_what_it_likes(declared: tuple[int, int, int, int]) -> None:
    data = xlwt_book()
    place = data.index(b"\x00\x02\x0e\x00") + 4  # the record of the sheet's extent
    lied = data[:place] + struct.pack("<IIHH", *declared) + data[place + 12 :]
    assert reader.read(lied, "f").lines == reader.read(data, "f").lines


def test_long_texts_of_binary_workbooks_go_on_in_further_records() -> None:
    import xlwt

    written = [("部门预算" if number % 3 else "abcd") * (number * 7 % 900 + 1) + str(number) for number in range(200)]
    book = xlwt.Workbook()
    first = book.add_sheet("长表")
    for number, text in enumerate(written):
        first.write(number, 0, text)
        first.write(number, 1, f"“{number}”")
    out = BytesIO()
    book.save(out)
    (grid,) = grids(reader.read(out.getvalue(), "f"))
    assert texts(grid) == [[text, f"“{number}”"] for number, text in enumerate(written)]


def test_another_library_sees_the_same_binary_values() -> None:
    from python_calamine import CalamineWorkbook

    values = CalamineWorkbook.from_filelike(BytesIO(xlwt_book())).get_sheet_by_name("表1").to_python()
    assert values[0][0] == "收支总表"
    assert values[1] == [208, 1234.5, 7, 0, 85.99, ""]
    assert values[2] == [0.1 + 0.2, 100, -3.25, "", True, "藏"]


def test_a_binary_workbook_with_a_password_is_refused() -> None:
    data = xlwt_book()
    place = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20  # after the workbook's first record
    record = b"\x2f\x00" + data[place + 2 : place + 4]
    assert "密码" in refused(reader.read, data[:place] + record + data[place + 4 :])


def xlwt_formulas() -> bytes:
    import xlwt

    book = xlwt.Workbook()
    first = book.add_sheet("表1")
    first.write(0, 0, 1)
    first.write(0, 1, 0)
    first.write(1, 0, xlwt.Formula("A1+1"))
    first.row(1).set_cell_error(1, "#REF!")
    book.add_sheet("表2").write(0, 0, "乙")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("result", [struct.pack("<d", 0), b"\x03\x00\x00\x00\x00\x00\xff\xff"], ids=["zero", "blank"])
def test_formulas_without_result_and_errors_of_binary_workbooks_are_said(result: bytes) -> None:
    data = bytearray(xlwt_formulas())
    (place,) = records(data, 0x06)
    data[place + 10 : place + 20] = result + b"\x02\x00"  # to be computed when the file is opened
    document = reader.read(bytes(data), "f")
    assert texts(grids(document)[0]) == [["1", "0"], ["", "#REF!"]]
    assert [(notice.severity, "A2" in notice.sentence, "B2" in notice.sentence) for notice in document.notices] == [
        (Severity.LOST, True, False),
        (Severity.LOST, False, True),
    ]


def records(data: bytes, kind: int) -> list[int]:
    """Where the records of a kind stand in a file of xlwt, whose stream of records is whole and comes first."""
    found, place = [], data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    while place + 4 <= len(data):
        this, size = struct.unpack_from("<HH", data, place)
        if this == kind:
            found.append(place)
        place += 4 + size
    return found


def test_charts_of_binary_workbooks_are_named() -> None:
    data = bytearray(xlwt_formulas())
    data[records(data, 0x85)[1] + 9] = 2  # the second sheet is a chart
    document = reader.read(bytes(data), "f")
    assert [grid.name for grid in grids(document)] == ["表1"]
    assert document.notices[0].sentence == "隐藏的工作表未读取：“表2”。"


def test_a_damaged_sheet_of_a_binary_workbook_is_said() -> None:
    data = bytearray(xlwt_formulas())
    struct.pack_into("<I", data, records(data, 0xFD)[0] + 10, 99)  # a text that the workbook does not have
    document = reader.read(bytes(data), "f")
    assert [grid.name for grid in grids(document)] == ["表1"]
    assert document.notices[-1].sentence == "工作表“表2”已损坏，未读取。"


def test_damage_beside_the_cells_of_a_binary_workbook_costs_nothing() -> None:
    whole = xlwt_formulas()
    data = bytearray(whole)
    for kind in (0x31, 0x293, 0x12, 0x1D, 0x41):  # fonts, styles, protection, selections, panes
        for place in records(data, kind):
            size = int.from_bytes(data[place + 2 : place + 4], "little")
            data[place + 4 : place + 4 + size] = b"\xff" * size
    assert bytes(data) != whole
    assert reader.read(bytes(data), "f") == reader.read(whole, "f")


def test_sheets_that_lie_over_one_another_are_not_read_without_end() -> None:
    data = bytearray(xlwt_formulas())
    first, second = records(data, 0x85)
    data[second + 4 : second + 8] = data[first + 4 : first + 8]
    assert [grid.name for grid in grids(reader.read(bytes(data), "f"))] == ["表1", "表2"]  # two of them fit
    many = xlwt_sheets(200)
    entries = records(many, 0x85)
    for entry in entries[1:]:
        many[entry + 4 : entry + 8] = many[entries[0] + 4 : entries[0] + 8]
    assert "损坏" in refused(reader.read, bytes(many))


def xlwt_sheets(count: int) -> bytearray:
    import xlwt

    book = xlwt.Workbook()
    for number in range(count):
        one = book.add_sheet(f"表{number}")
        for row in range(40 if number == 0 else 2):
            one.write(row, 0, row)
    out = BytesIO()
    book.save(out)
    return bytearray(out.getvalue())


def test_too_many_cells_of_a_binary_workbook_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "CELL_LIMIT", 3)
    assert "单元格" in refused(reader.read, xlwt_formulas())


def test_a_binary_workbook_that_claims_endless_texts_is_refused() -> None:
    data = bytearray(xlwt_formulas())
    struct.pack_into("<I", data, records(data, 0xFC)[0] + 8, 2**31)
    assert "内容过多" in refused(reader.read, bytes(data))


def test_cut_binary_workbooks_are_refused() -> None:
    data = xlwt_book()
    for length in (100, 600, len(data) // 2):
        assert refused(reader.read, data[:length])


def ods(rows: str, *, styles: str = "", name: str = "表1", columns: str = "") -> bytes:
    space = 'xmlns:table="t" xmlns:text="x" xmlns:office="o" xmlns:style="s"'
    first = f'<table:table table:name="{name}" table:style-name="ta1">{columns}{rows}</table:table>'
    second = '<table:table table:name="藏" table:style-name="ta2"><table:table-row/></table:table>'
    content = (
        f"<office:document-content {space}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{first}{second}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS, "content.xml": content})


def ods_cell(text: str = "", more: str = "") -> str:
    printed = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell{more}>{printed}</table:table-cell>"


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def test_open_document_sheets_print_their_texts() -> None:
    rows = ods_row(
        ods_cell("收支总表", ' table:number-columns-spanned="3"'),
        '<table:covered-table-cell table:number-columns-repeated="2"/>',
    )
    value = ' office:value="85.990000001"'
    group = ods_row(ods_cell("208", ' office:value="208"'), ods_cell("1,234.50"), ods_cell("", value))
    rows += f"<table:table-row-group>{group}</table:table-row-group>"
    rows += ods_row(ods_cell("藏"), more=' table:visibility="collapse"')
    rows += ods_row(
        ods_cell("0.00", ' table:number-columns-repeated="2"'),
        ods_cell("甲</text:p><text:p>乙"),
        ods_cell("", ' table:number-columns-repeated="16000"'),
    )
    rows += ods_row(ods_cell(), more=' table:number-rows-repeated="1048000"')
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    document = reader.read(ods(rows, styles=hidden), "f.ods")
    sound(document)
    (grid,) = grids(document)
    assert (document.format, grid.name) == ("ods", "表1")
    assert plain(grid.cells[0]) == (0, 0, 1, 3, "收支总表")
    assert texts(grid)[1:] == [["208", "1,234.50", "85.99"], ["0.00", "0.00", "甲\n乙"]]
    assert [one.text for one in grid.cells if one.origin == AmountOrigin.RECONSTRUCTED] == ["85.99"]
    assert document.notices[0].sentence == "隐藏的工作表未读取：“藏”。"


def test_repetition_costs_what_is_kept_and_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.formats.spreadsheet.ods.COPY_LIMIT", 10)
    wide = ods_row(ods_cell("甲"), ods_cell("5", ' table:number-columns-repeated="3"'))
    rows = ods_row(ods_cell("表"), ods_cell("乙"), more=' table:number-rows-repeated="4"') + wide
    document = reader.read(ods(rows), "f.ods")
    assert texts(grids(document)[0]) == [["表", "乙", "", ""]] * 4 + [["甲", "5", "5", "5"]]
    assert not document.notices
    document = reader.read(ods(rows.replace('"4"', '"400"')), "f.ods")
    assert sum(row[:2] == ["表", "乙"] for row in texts(grids(document)[0])) == 6
    assert [notice.sentence for notice in document.notices] == ["工作表“表1”中多次重复的行或单元格只读了一部分。"]


def test_a_sheet_that_two_names_share_is_read_once() -> None:
    book = (
        '<workbook xmlns:r="urn:r"><sheets><sheet name="甲" r:id="r1"/><sheet name="乙" r:id="r1"/></sheets></workbook>'
    )
    data = workbook(row(text_cell("A1", "甲"), cell("B1", "5")))
    document = reader.read(replaced(data, {"xl/workbook.xml": book}), "f.xlsx")
    assert len(grids(document)) == 1
    assert [notice.sentence for notice in document.notices] == ["工作表“乙”已损坏，未读取。"]


def test_an_encrypted_open_document_is_refused() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    assert "密码" in refused(reader.read, replaced(ods(""), {"META-INF/manifest.xml": manifest}))


@pytest.mark.parametrize(("place", "written"), [((0, 0), "A1"), ((1, 27), "AB2"), ((1_048_575, 16_383), "XFD1048576")])
def test_addresses(place: tuple[int, int], written: str) -> None:
    assert address(place) == written
    assert position(written) == place


@given(
    st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.integers(1, 999), min_size=2, max_size=30),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4), st.integers(0, 4)), max_size=6),
    st.sets(st.integers(0, 9), max_size=3),
    st.sets(st.integers(1, 10), max_size=3),
)
@settings(max_examples=share(150), deadline=None)
def test_grids_of_sheets_are_sound(
    values: dict[tuple[int, int], int],
    merged: list[tuple[int, int, int, int]],
    dark_rows: set[int],
    dark_columns: set[int],
) -> None:
    rows = "".join(
        row(*(cell(address(place), str(values[place])) for place in sorted(values) if place[0] == number),
            more=f' r="{number + 1}"' + (' hidden="1"' if number in dark_rows else ""))
        for number in range(10)
    )  # fmt: skip
    ranges = "".join(f'<mergeCell ref="{address((r, c))}:{address((r + h, c + w))}"/>' for r, c, h, w in merged)
    columns = "".join(f'<col min="{number}" max="{number}" hidden="1"/>' for number in dark_columns)
    data = workbook(rows, before=f"<cols>{columns}</cols>", after=f"<mergeCells>{ranges}</mergeCells>")
    visible = {place for place in values if place[0] not in dark_rows and place[1] + 1 not in dark_columns}
    try:
        document = reader.read(data, "f")
    except UnreadableDocumentError:
        assert merged or not visible  # a merged range may cover all that is visible
        return
    sound(document)
    if not merged:
        found = "\n".join(document.lines).replace("\t", "\n").split("\n")
        assert sorted(filter(None, found)) == sorted(str(values[place]) for place in visible)
