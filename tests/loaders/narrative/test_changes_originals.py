"""The stated changes of the real documents against what is known to be printed there."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from budget.model.disclosure import RowKind
from loaders.load import document, load
from loaders.narrative import changes, prose
from tests.loaders.narrative.narrative_documents import document as written
from tests.loaders.narrative.narrative_documents import wrapped
from tests.support.limits import is_within
from tests.support.originals import NAMES, shared

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure, Notice
    from budget.model.records import StatedChange
    from loaders.document import Document

PAIR = ("wanli-2024", "wanli-2025")
Row = tuple[str, str, str, str, str, str, str]


@cache
def source(name: str) -> Document:
    path = next((shared() / "disclosures").glob(f"{name}.*"))
    return document(path.read_bytes(), path.name)


@cache
def loaded(name: str) -> Disclosure:
    return load(next((shared() / "disclosures").glob(f"{name}.*")))


def codes(disclosure: Disclosure) -> dict[tuple[str, str, str], str]:
    """Names of 类, 款, 项 -> code, from the tables of the disclosure."""
    kinds = {RowKind.CLASS, RowKind.SECTION, RowKind.ITEM}
    names = {line.resolved_code: line.name for line in disclosure.lines if line.row_kind in kinds}
    return {
        (names.get(code[:3], ""), names.get(code[:5], "") if len(code) > 3 else "", name if len(code) > 5 else ""): code
        for code, name in names.items()
    }


@cache
def read(name: str) -> tuple[list[StatedChange], list[Notice]]:
    return changes.read(source(name), codes(loaded(name)), [cell.amount_fen for cell in loaded(name).cells])


def number(text: str) -> str:
    return str(Decimal(text).normalize() + 0) if text else ""


def yuan(fen: int | None) -> str:
    return "" if fen is None else number(str(Decimal(fen) / 100))


def reference(name: str) -> list[Row]:
    with (shared() / "reference" / f"{name}.stated_changes.csv").open(newline="", encoding="utf-8-sig") as file:
        return [
            (
                row["section"], row["subject"], number(row["amount_yuan"]), number(row["share_percent"]),
                row["direction"], number(row["delta_yuan"]), number(row["percent"]),
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_all_that_is_stated_and_nothing_else(name: str) -> None:
    found = [
        (
            record.section, record.subject, yuan(record.amount_fen), number(record.share_percent), record.direction,
            yuan(record.delta_fen), number(record.percent),
        )
        for record in read(name)[0]
        if "not_planned" not in record.flags
    ]  # fmt: skip
    known = reference(name)
    print(f"{name}: {len(known)} stated, {len(set(known) & set(found))} found, {len(set(found) - set(known))} invented")
    assert found == known


@pytest.mark.long
@pytest.mark.parametrize("name", [*NAMES, *PAIR])
@pytest.mark.parametrize("width", [48, 66, 72, 80, 120, 0])
def test_the_same_is_read_however_lines_are_broken(name: str, width: int) -> None:
    """The narrative wrapped anew at another width, and as a word document (0)."""
    text = [paragraph.text for paragraph in prose.paragraphs(source(name))]
    begin = max(index for index, line in enumerate(text) if re.search(r"^第三部分|编制说明$", line))
    if width:
        given = wrapped(text[begin:], width, blank_lines=width == 66, page_of=23 if width > 72 else 0)
    else:
        given = written(*text[begin:], format_="docx")
    found = [record._replace(line=0, page=None, code="") for record in changes.read(given)[0]]
    known = [record._replace(line=0, page=None, code="") for record in changes.read(source(name))[0]]
    assert [record[:-1] for record in found] == [record[:-1] for record in known]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_planned_nothing_odd(name: str) -> None:
    records, notices = read(name)
    unplanned = [record for record in records if record.flags]
    assert {record.flags for record in unplanned} == {("not_planned",)}
    text = "".join("".join(source(name).lines).split())
    assert text.count("未安排。") == len(unplanned)
    assert notices == []


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_is_printed_and_every_change_of_an_item_has_one(name: str) -> None:
    text = "".join("".join(source(name).lines).split())
    for record in read(name)[0]:
        assert record.reason.replace(" ", "") in text
        assert record.subject.split("/")[-1] in text.replace("财政拨款“三公”经费", "“三公”经费")
        if record.direction and record.subject != "“三公”经费":
            assert record.reason
            assert record.base == "prior_budget"
        assert record.line


@pytest.mark.parametrize("name", NAMES)
def test_items_have_the_codes_of_the_tables(name: str) -> None:
    amounts = {
        line.resolved_code: cell.amount_fen
        for line in loaded(name).lines
        for cell in loaded(name).cells
        if line.statement == cell.statement == "general_public_expenditure"
        and (line.row_no, cell.measure) == (cell.row_no, "total")
    }
    items = [record for record in read(name)[0] if record.section in {"五（二）", "五（三）"}]
    for record in items:
        if record.amount_fen:
            assert amounts[record.code] == record.amount_fen
    assert sum(bool(record.code) for record in items) > len(items) * 3 // 4


@pytest.mark.parametrize("name", PAIR)
def test_the_items_of_an_explanation_are_those_of_its_table(name: str) -> None:
    amounts = {
        line.resolved_code: cell.amount_fen
        for line in loaded(name).lines
        for cell in loaded(name).cells
        if line.statement == cell.statement == "general_public_expenditure"
        and (line.row_no, cell.measure) == (cell.row_no, "total")
    }
    items = [record for record in read(name)[0] if "/" in record.subject]
    assert len(items) == 33
    resolved = [record for record in items if record.code]
    off = [r for r in resolved if abs(amounts[r.code] - (r.amount_fen or 0)) > r.half_unit]
    print(f"{name}: {len(items)} items, {len(resolved)} with a code, {len(off)} other than the table")
    assert len(resolved) >= 32
    assert all("amount_contradicts" in record.flags for record in off)
    executed = [record for record in items if record.base == "prior_executed" and record.base_fen is not None]
    assert len(executed) == (33 if name == "wanli-2024" else 0)


@pytest.mark.parametrize("name", PAIR)
def test_totals_and_three_public_expenses_of_an_explanation(name: str) -> None:
    others = [record for record in read(name)[0] if "/" not in record.subject]
    assert [(record.section, record.subject) for record in others] == [
        *(
            ("", subject)
            for subject in (
                "收入预算", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入", "支出预算", "财政拨款支出预算",
                "一般公共预算拨款支出预算", "政府性基金拨款支出预算", "国有资本经营预算拨款支出预算",
            )
        ),
        ("一", "“三公”经费"), ("一（一）", "因公出国（境）费"), ("一（二）", "公务用车购置及运行费"),
        ("一（二）", "公务用车购置费"), ("一（二）", "公务用车运行费"), ("一（三）", "公务接待费"),
    ]  # fmt: skip
    totals = [record.amount_fen for record in others if record.subject in {"收入预算", "支出预算"}]
    (printed,) = {
        cell.amount_fen
        for line, cell in ((line, cell) for line in loaded(name).lines for cell in loaded(name).cells)
        if line.statement == cell.statement == "expenditure_detail"
        and (line.row_no, line.row_kind, cell.measure) == (cell.row_no, "grand_total", "total")
    }
    assert all(abs(total - printed) <= 5_000 for total in totals if total is not None)
    assert all(record.page for record in others)
    assert others[1].reason
    assert others[6].reason == others[1].reason


@pytest.mark.parametrize("name", [*NAMES, *PAIR])
def test_it_costs_little_time(name: str) -> None:
    given = source(name)
    table = codes(loaded(name))
    assert is_within(0.1, lambda: changes.read(given, table))
