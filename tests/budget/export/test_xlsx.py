from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from budget.export.table import to_bytes, to_xlsx
from budget.export.xlsx import ABOUT, CUT, LONGEST
from budget.library.frames import frames
from budget.model.disclosure import ColumnStatus, MoneyUnit
from budget.model.money import FEN
from budget.reading.disclosure import opened as known
from budget.views import view_table
from budget.views.registry import every_state
from budget.views.state import Scope, View, ViewState
from tests.support.builders import T3, T7, R, disclosure, total
from tools.documents.strategies import share

if TYPE_CHECKING:
    import pytest
    from openpyxl.worksheet.worksheet import Worksheet

    from budget.views.table import ViewTable
    from tests.budget.conftest import Two

DAY = date(2026, 1, 2)


def table_of(rows: list[R], unit: MoneyUnit = MoneyUnit.WAN, body: str = "某州林草局") -> ViewTable:
    document = disclosure(2025, {T3: rows}, body=body)
    return view_table(ViewState(document.head.disclosure_id, view=View.EXPENDITURE, unit=unit), frames([document]))


def opened(data: bytes) -> list[Worksheet]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).worksheets)


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    heads, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in others]


def raw(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def test_a_sheet_has_codes_as_text_amounts_as_numbers_and_a_header_that_stays(small: Two) -> None:
    state = ViewState(small.now, small.before, View.EXPENDITURE, Scope.ALL_FUNDS, ("213", "21302"))
    sheet, about = opened(to_bytes(view_table(state, small.frames), "xlsx", on=DAY))
    assert sheet.freeze_panes == "A2"
    (line,) = [cells for cells in sheet.iter_rows() if cells[0].value == "2130205"]
    assert (line[0].data_type, line[0].number_format) == ("s", "@")
    assert (line[2].data_type, line[2].number_format, line[2].value) == ("n", "#,##0.00", 13.01)
    assert sheet["C1"].value == "2025（万元）"
    assert rows(sheet)[-1]["行别"] == "合计"
    assert rows(sheet)[-1]["编码"] == "21302"
    assert about.title == ABOUT


def test_the_last_sheet_says_what_is_exported(small: Two) -> None:
    table = view_table(ViewState(small.now, small.before, View.EXPENDITURE), small.frames)
    facts = {row["事项"]: row["内容"] for row in rows(opened(to_xlsx([table], DAY))[-1])}
    sha = dict(small.frames.disclosures.select("disclosure_id", "sha256").iter_rows())
    assert facts["部门（单位）"] == "某州林草局"
    assert (facts["年度"], facts["对比年度"], facts["金额单位"]) == ("2025", "2024", "万元")
    assert (facts["原文件"], facts["SHA-256"], facts["对比 SHA-256"]) == ("2025.txt", sha[small.now], sha[small.before])
    assert facts["导出日期"] == "2026年1月2日"
    assert facts["行数"] == str(table.frame.height + table.totals.height)
    assert "导出日期" not in raw(to_xlsx([table]))


def test_notes_and_hidden_rows_are_told(small: Two) -> None:
    state = ViewState(small.now, "", View.EXPENDITURE, Scope.ALL_FUNDS, filter="林")
    table = replace(view_table(state, small.frames), notes=("缺一页",))
    about = rows(opened(to_xlsx([table]))[-1])
    assert {"工作表": "支出 · 全部资金", "事项": "说明", "内容": "缺一页"} in about
    assert [row["内容"] for row in about if row["事项"] == "筛选隐去的行数"] == [str(table.hidden)]


def test_the_same_input_gives_the_same_bytes(small: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    table = view_table(ViewState(small.now, view=View.EXPENDITURE), small.frames)
    first = to_xlsx([table], DAY)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert to_xlsx([table], DAY) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert "2000-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode("utf-8")


@settings(max_examples=share(40), deadline=None)
@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=6), st.sampled_from(MoneyUnit))
def test_amounts_are_exact_whatever_their_size(amounts: list[int], unit: MoneyUnit) -> None:
    lines = [R(str(200 + number), "名", {"total": str(Decimal(fen) / 100)}) for number, fen in enumerate(amounts)]
    table = table_of(lines, unit)
    sheet = opened(to_xlsx([table]))[0]
    column = next(cell.column for cell in sheet[1] if cell.value == f"合计（{unit.value}）")
    for number, fen in enumerate(amounts, start=2):
        exact = Decimal(fen) / 100 * FEN[MoneyUnit.WAN] / FEN[unit]
        cell = sheet.cell(number, column)
        if cell.data_type == "s":
            assert Decimal(str(cell.value)) == exact
            assert sum(letter.isdigit() for letter in str(cell.value)) > 15
        else:
            assert Decimal(str(cell.value)) == exact
            shown = cell.number_format.partition(".")[2]
            assert round(exact, len(shown)) == exact


@given(
    st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/C calc'!A0", "＝1", "{=1}", "http://a.b", "_x000D_", "1"])
)
@settings(deadline=None)
def test_no_text_of_a_document_is_a_formula_a_link_or_a_number(text: str) -> None:
    data = to_xlsx([table_of([R("208", text, {"total": "1.00"})], body=text)])
    sheet = opened(data)[0]
    (name,) = [cell for cell in sheet[2] if cell.value == text]
    assert name.data_type == "s"
    assert name.number_format == "@"
    assert name.quotePrefix is (text[0] in "=+-@＝")
    assert "<f>" not in raw(data)
    assert "<hyperlink" not in raw(data)


@settings(max_examples=share(30), deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
@example("\ufffe\uffff\U0001ffff\x00\x1b[2J", "\u202e'\t=1")
def test_whatever_a_document_says_the_workbook_is_whole(name: str, body: str) -> None:
    data = to_xlsx([table_of([R("208", name, {"total": "1.00"})], body=body)])
    sheet, _ = opened(data)
    assert sheet.max_row >= 2
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw(data))


def test_names_of_sheets_are_valid_and_unique() -> None:
    table = table_of([R("208", "甲", {"total": "1.00"})])
    titles = ["a/b:c*?[d]\\", "A b", "a b", "长" * 60, "长" * 60, "History", "''", "", ABOUT, "\x1b[31m"]
    names = [sheet.title for sheet in opened(to_xlsx([replace(table, title=title) for title in titles]))]
    assert len({name.lower() for name in names}) == len(titles) + 1
    for name in names:
        assert 1 <= len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.lower() != "history"


def test_what_is_not_simply_printed_is_said_beside_the_row() -> None:
    solved = [total(total="4.00"), R("208", "甲", {"total": "4.00"}, status=ColumnStatus.SOLVED)]
    assert "已解出" in rows(opened(to_xlsx([table_of(solved)]))[0])[0]["说明"]
    sure = [total(total="4.00"), R("208", "甲", {"total": "4.00"})]
    assert "说明" not in rows(opened(to_xlsx([table_of(sure)]))[0])[0]


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so() -> None:
    name = "长" * (LONGEST + 5)
    (cell,) = [
        cell for cell in opened(to_xlsx([table_of([R("208", name, {"total": "1.00"})])]))[0][2] if cell.column == 2
    ]
    assert str(cell.value) == name[:LONGEST] + CUT


def test_columns_are_as_wide_as_chinese_text(small: Two) -> None:
    table = view_table(ViewState(small.now, view=View.STATEMENT, scope=T7.value), small.frames)
    sheet = opened(to_xlsx([table]))[0]
    (column,) = [cell.column_letter for cell in sheet[1] if cell.value == "名称"]
    longest = table.frame["name"].str.len_chars().max()
    assert isinstance(longest, int)
    assert 60 >= sheet.column_dimensions[column].width >= longest


def test_all_views_are_a_sheet_each(small: Two) -> None:
    state = ViewState(small.now, small.before)
    states = every_state(state, small.frames)
    assert {each.view for each in states} == set(View) - {View.LIBRARY, View.NOTES}
    tables = [view_table(each, small.frames) for each in states]
    found = opened(to_xlsx(tables))
    assert len(found) == len(states) + 2  # the charts, and what the sheets are
    for sheet, table in zip(found, tables, strict=False):
        assert sheet.max_row == 1 + table.frame.height + table.totals.height
        assert [cell.value for cell in sheet[1]][: len(table.columns)] == [
            column.title + (f"（{table.unit.value}）" if column.kind == "amount" else "") for column in table.columns
        ]
    assert [each.scope for each in states if each.view is View.STATEMENT] == list(
        known(small.frames, small.now).statements
    )
