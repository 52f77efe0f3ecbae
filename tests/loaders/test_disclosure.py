"""What a document says besides its statements, read with them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from budget.export.frame_csv import raw_frame_csv
from budget.library.frames import frames
from budget.model.disclosure import Severity
from loaders import disclosure
from loaders.document import Document
from loaders.formats.text import reader as text_reader
from loaders.load import load
from loaders.narrative import glossary
from loaders.statement import Reading
from tests.support.originals import NAMES, shared

if TYPE_CHECKING:
    from loaders.document import Paragraph

FRAMES = {"stated_changes": "stated_changes.csv", "allocations": "allocations.csv", "indicators": "indicators.csv"}


def original(name: str) -> Path:
    return next((shared() / "disclosures").glob(f"{name}.*"))


@pytest.mark.long
@pytest.mark.parametrize("name", [*NAMES, "wanli-2024", "wanli-2025"])
def test_every_part_of_the_originals_is_read(name: str) -> None:
    loaded = load(original(name))
    assert not [notice for notice in loaded.report.notices if "内部错误" in notice.sentence]
    assert loaded.records.stated_changes
    assert loaded.records.projects
    assert loaded.records.facts
    assert loaded.records.terms
    assert bool(loaded.records.indicators) == (name in NAMES)  # the nine-table form publishes counts only


@pytest.mark.parametrize("frame", FRAMES)
def test_exported_frames_have_the_columns_of_the_reference(frame: str) -> None:
    wanted = (shared() / "reference" / f"changji-2024.{FRAMES[frame]}").read_text(encoding="utf-8-sig").splitlines()[0]
    exported = raw_frame_csv(frames([load(original("changji-2024"))]), frame).decode("utf-8-sig")
    columns = next(csv.reader(io.StringIO(exported)))
    assert set(wanted.split(",")) <= set(columns)


def test_a_part_that_fails_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_document: Document, _prose: list[Paragraph]) -> list[object]:
        raise RuntimeError

    monkeypatch.setattr(glossary, "read", fail)
    records, notices = disclosure.read_records(Document("text", ()), Reading(), lambda _line: True)
    assert records.terms == ()
    assert [(notice.severity, notice.sentence) for notice in notices if "名词解释" in notice.sentence] == [
        (Severity.LOST, "名词解释读取中出现内部错误（RuntimeError()），这一部分未读入。")
    ]


def lost(text: str) -> list[str]:
    document = text_reader.read(text.encode(), "a.txt")
    loaded = disclosure.read(document, "0" * 64, Path("a.txt"))
    return [notice.sentence for notice in loaded.report.notices if notice.severity is Severity.LOST]


SUMMARY = """2024年部门收支总表
单位：万元
项目\t预算数\t项目\t预算数
一、财政拨款收入\t9.00\t一、教育支出\t9.00
收入总计\t9.00\t支出总计\t9.00
"""


def test_rows_under_no_title_are_named() -> None:
    rows = "\n".join(f"某项支出{name}      {name}.00      1.00" for name in range(2, 6))
    assert [sentence for sentence in lost(f"{SUMMARY}\n清单如下。\n\n{rows}\n") if "没有认出表名" in sentence] == [
        "第 9 行起有 4 行像是表格，没有认出表名，其中的数没有读入，请看原文。"
    ]
    assert not [sentence for sentence in lost(SUMMARY) if "没有认出表名" in sentence]
