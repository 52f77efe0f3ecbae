"""Many documents: their order, what is missing, and a workbook that holds what was found."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import load_workbook  # type: ignore[import-untyped]

from budget.export.batch import Checked, bodies, checked_one, text, to_xlsx
from budget.export.findings import report_of
from budget.library.frames import frames
from budget.model.disclosure import Notice, Severity
from budget.model.known import REQUIRED
from budget.model.records import Records
from tests.support.builders import R, disclosure
from tests.support.making_records import change

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure

ROWS = [R("", "总计", {"total": "9.00"})]


def document(body: str, year: int, lacking: int = 0, *, wrong: bool = False, lost: int = 0) -> Disclosure:
    wanted = list(REQUIRED)[: len(REQUIRED) - lacking]
    said = (change("10.00", "1.00", "增加", subject="基本支出", percent="50.00"),) if wrong else ()
    notices = tuple(Notice.of(Severity.LOST, "没有读到 {}。", number) for number in range(lost))
    made = disclosure(year, dict.fromkeys(wanted, ROWS), body=body, notices=notices, name=f"{body}{year}.txt")
    return made._replace(records=Records(stated_changes=said))


def checked(*documents: Disclosure) -> list[Checked]:
    held = frames(list(documents))
    return [checked_one(held, report_of(held, one.head.disclosure_id), 0.26) for one in documents]


def test_bodies_with_most_discrepancies_come_first_and_new_years_before_old_ones() -> None:
    every = checked(
        document("甲县财政局", 2023), document("甲县财政局", 2024), document("乙县财政局", 2024, wrong=True)
    )
    assert every[2].report.discrepancies > 0
    ordered = [(body, [one.head.fiscal_year for one in held]) for body, held in bodies(every)]
    assert ordered == [("乙县财政局", [2024]), ("甲县财政局", [2024, 2023])]


def test_what_is_missing_and_lost_is_told() -> None:
    lines = list(text(checked(document("甲县财政局", 2019, lacking=1, lost=2))))
    assert lines[0] == "甲县财政局"
    assert lines[1].split()[-4:] == ["缺表", "未读出", "秒", "文件"]
    assert lines[2].split()[-4:] == ["1", "2", "0.3", "甲县财政局2019.txt"]
    assert "缺表：政府性基金支出表" in lines[3]


def test_columns_stand_below_one_another() -> None:
    lines = list(text(checked(document("甲县财政局", 2019), document("甲县财政局", 2018, lacking=1))))
    ends = {len(line.encode("gb18030")) - len(line.rpartition(" ")[2].encode("gb18030")) for line in lines[1:4]}
    assert len(ends) == 1


def test_a_name_that_a_spreadsheet_would_run_stays_a_text() -> None:
    made = document("=cmd()", 2019, wrong=True)
    book = load_workbook(io.BytesIO(to_xlsx(checked(made))))
    assert len(book.sheetnames) == 2
    cell = book["汇总"]["A2"]
    assert (cell.value, cell.data_type) == ("=cmd()", "s")
    found = [row for row in book.worksheets[1].iter_rows(values_only=True) if row[1] == "不符"]
    assert found
    assert "stated_percent" in {row[3] for row in found}
