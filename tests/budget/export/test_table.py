from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.export.table import (
    ExportError,
    neutral,
    proposed_name,
    raw_frame_csv,
    to_bytes,
    to_csv,
    to_json,
    write_bytes,
)
from budget.library.frames import SCHEMAS, frames
from budget.model.disclosure import ColumnStatus, MoneyUnit
from budget.model.money import FEN, yuan_text
from budget.views import view_table
from budget.views.state import Scope, View, ViewState
from budget.views.table import ColumnKind
from tests.support.builders import T3, T7, R, disclosure, total

if TYPE_CHECKING:
    from pathlib import Path

    from budget.views.table import ViewTable
    from tests.budget.conftest import Two


def table_of(rows: list[R], unit: MoneyUnit = MoneyUnit.WAN) -> ViewTable:
    document = disclosure(2025, {T3: rows})
    return view_table(ViewState(document.head.disclosure_id, view=View.EXPENDITURE, unit=unit), frames([document]))


def parsed(data: bytes, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(encoding), newline="")))


def test_csv_opens_in_a_spreadsheet(small: Two) -> None:
    data = to_csv(view_table(ViewState(small.now, small.before, View.EXPENDITURE), small.frames))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    rows = parsed(data)
    assert list(rows[0])[:6] == ["编码", "名称", "2025（万元）", "2024（万元）", "增减（万元）", "增减%"]
    assert rows[-1]["行别"] == "合计"
    assert [row["编码"] for row in rows] == ["208", "213", ""]


def test_all_rows_are_exported_and_gb18030_carries_them(small: Two) -> None:
    table = view_table(ViewState(small.now, view=View.STATEMENT, scope=T7.value), small.frames)
    rows = parsed(to_csv(table, "gb18030"), "gb18030")
    assert [row["名称"] for row in rows] == table.frame["name"].to_list()
    assert "2025年苗木补助" in [row["名称"] for row in rows]


FEN_TEXTS = st.integers(-(10**11), 10**11).map(lambda scaled: str(Decimal(scaled) / 100))


@given(st.lists(st.tuples(FEN_TEXTS, st.none() | FEN_TEXTS), min_size=1, max_size=6), st.sampled_from(MoneyUnit))
def test_amounts_parse_back_exactly_in_every_unit(amounts: list[tuple[str, str | None]], unit: MoneyUnit) -> None:
    rows = [
        R(str(200 + number), "名", {"total": first} | ({"basic": second} if second else {}))
        for number, (first, second) in enumerate(amounts)
    ]
    table = table_of(rows, unit)
    back = parsed(to_csv(table))
    shown = json.loads(to_json(table))["rows"]
    titles = {
        column.id: f"{column.title}（{unit.value}）" for column in table.columns if column.kind is ColumnKind.AMOUNT
    }
    for number, (first, second) in enumerate(amounts):
        for measure, text in (("total", first), ("basic", second)):
            field, value = back[number][titles[measure]], shown[number]["values"][measure]
            if text is None:
                assert (field, value) == ("", None)
            else:
                expected = Decimal(text) * FEN[MoneyUnit.WAN] / FEN[unit]
                assert Decimal(field) == Decimal(value) == expected


def test_column_status_is_a_column_only_where_something_is_not_printed() -> None:
    sure = [total(total="4.00"), R("208", "甲", {"total": "4.00"})]
    solved = [total(total="4.00"), R("208", "甲", {"total": "4.00"}, status=ColumnStatus.SOLVED)]
    assert "所在列" not in parsed(to_csv(table_of(sure)))[0]
    assert [row["所在列"] for row in parsed(to_csv(table_of(solved)))] == ["已解出", "原表"]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\x00=1", "　=1", "＝1", "\ufeff=1", "\tabc", "=100%"],
)
def test_formulas_are_neutralised(text: str) -> None:
    assert neutral(text).startswith("'")
    name = next(iter(parsed(to_csv(table_of([R("208", text, {"total": "1.00"})])))))
    assert name["名称"].startswith("'")


@given(st.text(max_size=20))
def test_no_text_of_a_document_is_run_or_disturbs_the_file(text: str) -> None:
    rows = parsed(to_csv(table_of([R("208", text, {"total": "1.00"})])))
    assert rows[0]["合计（万元）"] == "1.00"
    name = rows[0]["名称"]
    assert not re.match(r"\s*[=+\-@]", name)
    assert not re.search(r"[\x00-\x1f\x7f]", name)


def test_plain_texts_stay_as_they_are() -> None:
    for text in ("行政运行", "“三公”经费", "2024年补助（本级）", "甲-乙", "1.1"):
        assert neutral(text) == text


def test_json_and_markdown_carry_their_provenance(small: Two) -> None:
    state = ViewState(small.now, small.before, View.EXPENDITURE, Scope.ALL_FUNDS, ("213", "21302"))
    table = view_table(state, small.frames)
    document = json.loads(to_bytes(table, "json"))
    sha = dict(small.frames.disclosures.select("disclosure_id", "sha256").iter_rows())
    assert document["provenance"] == {
        "body": "某州林草局", "fiscal_year": "2025", "phase": "预算", "source": "2025.txt", "sha256": sha[small.now],
        "baseline_body": "某州林草局", "baseline_fiscal_year": "2024", "baseline_phase": "预算",
        "baseline_source": "2024.txt", "baseline_sha256": sha[small.before],
        "view": "expenditure", "scope": "all-funds", "place": "21302 林业和草原", "unit": "万元",
    }  # fmt: skip
    text = to_bytes(table, "md").decode("utf-8")
    assert sha[small.now] in text
    assert "| 2130205 | 森林资源培育 | 13.01 | 13.01 | 0.00 |" in text
    assert [row["values"]["code"] for row in document["totals"]] == ["21302"]


def test_markdown_keeps_hostile_names_in_their_cell() -> None:
    text = to_bytes(table_of([R("208", "甲|乙\n# [红](x) `c` <b>", {"total": "1.00"})]), "md").decode("utf-8")
    line = next(line for line in text.splitlines() if "甲" in line)
    assert line.count("|") - line.count("\\|") == 9
    assert "\\[红\\]" in line
    assert "\\<b\\>" in line


def test_raw_frames_are_raw_and_exact(small: Two) -> None:
    rows = parsed(raw_frame_csv(small.frames, "cells"))
    assert {"disclosure_id", "statement", "code", "name", "project", "measure", "column_status", "page", "line"} <= set(
        rows[0]
    )
    assert {row["body"] for row in rows} == {"某州林草局"}
    assert [row["amount_yuan"] for row in rows] == [yuan_text(fen) for fen in small.frames.cells["amount_fen"]]
    for name in SCHEMAS:
        assert len(parsed(raw_frame_csv(small.frames, name))) == getattr(small.frames, name).height


@settings(deadline=None)
@given(st.integers(-(10**13), 10**13), st.text(alphabet='=+-@",\r\n\t|a局', max_size=6))
def test_raw_amounts_and_texts_come_back_as_they_are(fen: int, name: str) -> None:
    document = disclosure(2025, {T3: [R("208", name, {"total": str(Decimal(fen) / 100)})]}, unit=MoneyUnit.YUAN)
    (row,) = parsed(raw_frame_csv(frames([document]), "cells"))
    assert row["amount_yuan"] == yuan_text(fen)
    assert row["name"] == name


def test_the_proposed_name_says_what_is_in_the_file(small: Two) -> None:
    state = ViewState(small.now, small.before, View.EXPENDITURE, Scope.GENERAL_PUBLIC, ("213",))
    assert proposed_name(state, small.frames) == "某州林草局_2025对比2024_支出_一般公共预算_213.csv"
    assert proposed_name(ViewState(), small.frames, "md") == "资料库.md"


def test_the_proposed_name_is_legal_everywhere() -> None:
    document = disclosure(2025, {T3: []}, body='..\\a/b:c*d?"<e>|\x1b[31m' + "局" * 400)
    name = proposed_name(ViewState(document.head.disclosure_id, view=View.EXPENDITURE), frames([document]))
    assert not set(name) & set('<>:"/\\|?*\x1b')
    assert not name.startswith(".")
    assert len(name.encode("utf-8")) <= 255


def test_a_file_is_written_whole_and_not_overwritten_unasked(tmp_path: Path) -> None:
    target = tmp_path / "表.csv"
    assert write_bytes(target, b"one") == target
    with pytest.raises(ExportError, match="已经存在") as caught:
        write_bytes(target, b"two")
    assert caught.value.exists
    assert target.read_bytes() == b"one"
    write_bytes(target, b"two", overwrite=True)
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("overwrite", [False, True])
def test_failures_are_one_plain_sentence_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, overwrite: bool
) -> None:
    with pytest.raises(ExportError, match="文件夹不存在"):
        write_bytes(tmp_path / "no" / "a.csv", b"", overwrite=overwrite)
    with pytest.raises(ExportError, match="是一个文件夹"):
        write_bytes(tmp_path, b"", overwrite=overwrite)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="磁盘已满"):
        write_bytes(tmp_path / "a.csv", b"data", overwrite=overwrite)
    assert list(tmp_path.iterdir()) == []


def test_no_permission_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", held)
    with pytest.raises(ExportError, match="没有权限，或文件正被其他程序"):
        write_bytes(tmp_path / "a.csv", b"data", overwrite=True)
    assert list(tmp_path.iterdir()) == []
