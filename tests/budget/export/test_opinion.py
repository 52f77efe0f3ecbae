"""The review opinion: its chapters, the problems that it hands over, and files that run nothing of a document."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import load_workbook  # type: ignore[import-untyped]

from budget.checks.rule import Outcome
from budget.export.batch import Checked, checked_one
from budget.export.findings import report_of
from budget.export.opinion import Heading, opinion, problems
from budget.export.opinion_files import FORMATS, to_bytes
from budget.export.rows import Rows
from budget.i18n.language import using
from budget.library.frames import Frames, frames
from budget.library.review_notes import Note, Target
from budget.views.review.notes import document_target, finding_target
from loaders.load import load
from tests.support.builders import forest
from tests.support.making_records import change

if TYPE_CHECKING:
    from pathlib import Path

    from budget.export.opinion import Block, Notes

DAY = date(2026, 1, 2)
WRONG = (change("10.00", "1.00", "增加", subject="基本支出", percent="50.00"),)


def checked(body: str = "某州林草局") -> tuple[Frames, Checked]:
    """The small bureau with a rate that is wrong, against the year before."""
    old, new = forest(2024), forest(2025)
    dearer = (cell._replace(amount_fen=2 * cell.amount_fen) for cell in old.cells)
    old = old._replace(cells=tuple(dearer))
    new = new._replace(head=new.head._replace(body=body), records=new.records._replace(stated_changes=WRONG))
    held = frames([old, new])
    report = report_of(held, new.head.disclosure_id, old.head.disclosure_id)
    return held, checked_one(held, report)


def blocks(held: Frames, one: Checked, notes: Notes | None = None) -> list[Block]:
    return opinion(held, [one], notes or {}, DAY)


def noted(one: Checked, status: str, outcome: Outcome = Outcome.DISCREPANCY) -> dict[tuple[str, str, str], Note]:
    finding = one.report.of(outcome)[0]
    target = finding_target(one.head, finding)
    return {target.key: Note(target, status, "已核实", "采购")}


def test_every_part_of_a_document_has_its_heading() -> None:
    held, one = checked()
    headings = [block.text for block in blocks(held, one) if isinstance(block, Heading)]
    assert headings[:4] == ["预算公开审查意见", "汇总", "某州林草局 2025", "资料"]
    assert headings[4].startswith("收支总况")
    assert headings[5].startswith("支出变化最大的")
    assert headings[6:] == ["核对结果", "完整性", "问题清单"]


def test_a_finding_has_its_sources_status_and_comment() -> None:
    held, one = checked()
    tables = [block for block in blocks(held, one, noted(one, "true")) if isinstance(block, Rows)]
    found = next(table for table in tables if "原文" in table.titles)
    row = dict(zip(found.titles, found.rows[0], strict=True))
    assert (row["结果"], row["状态"], row["意见"]) == ("不符", "属实", "已核实")
    (other,) = (row for row in found.rows if "印50.00%" in row[2])
    assert "第900行" in other[3]
    assert other[5:] == ["待核", ""]


@pytest.mark.parametrize(
    ("status", "outcome", "listed"),
    [
        ("", Outcome.DISCREPANCY, True),
        ("open", Outcome.DISCREPANCY, True),
        ("false", Outcome.DISCREPANCY, False),
        ("reported", Outcome.DISCREPANCY, True),
        ("open", Outcome.HINT, False),
        ("true", Outcome.HINT, True),
    ],
)
def test_problems_are_discrepancies_and_what_was_found_true(status: str, outcome: Outcome, *, listed: bool) -> None:
    _, one = checked()
    notes = noted(one, status, outcome) if status else {}
    about = one.report.of(outcome)[0]
    assert any(problem.what == about.message for problem in problems(one, notes)) is listed


def test_noted_rows_and_documents_are_problems_of_their_document_alone() -> None:
    _, one = checked()
    document = document_target(one.head)
    row = Target(one.head.sha256, "row", "revenue_detail\t208", "收入总表 208")
    other = row._replace(sha256="0" * 64)
    notes = {target.key: Note(target, "true", "请说明") for target in (document, row, other)}
    found = [problem for problem in problems(one, notes) if problem.basis == "审查记录"]
    assert [problem.where for problem in found] == [document.label, "收入总表 208"]


def test_a_word_document_is_read_again_and_holds_its_tables(tmp_path: Path) -> None:
    held, one = checked()
    made = blocks(held, one)
    path = tmp_path / "意见.docx"
    path.write_bytes(to_bytes(made, "docx"))
    document = Document(str(path))
    assert [len(table.rows) for table in document.tables] == [
        len(block.rows) + 1 for block in made if isinstance(block, Rows)
    ]
    assert [one.text for one in document.paragraphs if one.style and one.style.name.startswith("Heading")] == [
        block.text for block in made if isinstance(block, Heading)
    ]
    assert "预算公开审查意见" in "\n".join(passage.text for passage in load(path).passages)


@pytest.mark.parametrize("extension", FORMATS)
def test_names_of_documents_run_nothing_and_break_nothing(extension: str) -> None:
    held, one = checked("=cmd()|\x1b[31m\ufffe<b>")
    data = to_bytes(blocks(held, one), extension)
    if extension == "md":
        assert b"\x1b" not in data
        assert "=cmd()\\|␛".encode() in data
    elif extension == "docx":
        text = "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
        assert "=cmd()|␛[31m�<b>" in text
    else:
        book = load_workbook(io.BytesIO(data))
        assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_in_english_the_words_are_english() -> None:
    held, one = checked()
    with using("en"):
        headings = [block.text for block in blocks(held, one) if isinstance(block, Heading)]
    assert headings[0].isascii()
    assert headings[-1].isascii()
