"""Frames made from the reference cells: a disclosure that owes nothing to the loader."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from budget.library.frames import Frames, frames
from budget.model.codes import FUNCTIONAL
from budget.model.disclosure import (
    Cell,
    ColumnStatus,
    Disclosure,
    DisclosureHead,
    Line,
    MoneyUnit,
    ReadingReport,
    RowKind,
    StatementHead,
)
from budget.model.money import decimals_for, format_fen
from tests.support.printed_forms import SHANGHAI, XINJIANG, PrintedForm

if TYPE_CHECKING:
    from pathlib import Path

CLASSES = {name: code for code, (name, _) in FUNCTIONAL.items() if len(code) == 3}
"""What the classes are called, in the tables that print no codes."""
CODE_KINDS = {3: RowKind.CLASS, 5: RowKind.SECTION, 7: RowKind.ITEM}


def disclosure_from_cells(path: Path, body: str, year: int, form: PrintedForm = XINJIANG) -> Disclosure:
    """Build a disclosure from a `NAME.cells.csv` of the reference data; every line has at least one amount."""
    lines: list[Line] = []
    cells: list[Cell] = []
    previous: tuple[str, ...] = ()
    rows: dict[str, int] = {}
    keys: set[tuple[str, str]] = set()
    with path.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["statement"] == "statement" or row["measure"] == "measure":
                continue
            key = (row["statement"], row["code"], row["name"], row["project"])
            side = ""
            if row["statement"] in {"revenue_expenditure_summary", "appropriation_summary"}:
                spent = row["code"] or row["name"] == "支出总计" or row["name"] in CLASSES
                side = "expenditure" if spent else "revenue"
            if key != previous or row["measure"] == "total":
                previous = key
                rows[row["statement"]] = rows.get(row["statement"], 0) + 1
                kind = _kind(row, side)
                name = row["project"] if kind is RowKind.PROJECT and not row["name"] else row["name"]
                place = row["code"] or name
                line_key = "/".join(part for part in (side, place, row["project"] if row["code"] else "") if part)
                while (row["statement"], line_key) in keys:
                    line_key += "#2"
                keys.add((row["statement"], line_key))
                resolved = row["code"] or (CLASSES.get(row["name"], "") if side == "expenditure" else "")
                level = {3: 1, 5: 2, 7: 3}.get(len(row["code"]), _level(row, kind, form))
                lines.append(
                    Line(
                        row["statement"],
                        rows[row["statement"]],
                        side,
                        kind,
                        row["code"],
                        resolved,
                        line_key,
                        row["name"],
                        row["name"],
                        row["project"],
                        level,
                        None,
                        len(lines) + 1,
                    )
                )
            fen = round(float(row["amount_yuan"]) * 100)
            unit = form_unit(form, row["statement"])
            half = 5000 if unit is MoneyUnit.WAN else 50
            cells.append(
                Cell(
                    row["statement"],
                    rows[row["statement"]],
                    row["measure"],
                    fen,
                    half,
                    format_fen(fen, unit, decimals_for(half, unit)),
                    ColumnStatus.PRINTED,
                    (),
                    (),
                    None,
                    len(lines),
                    None,
                )
            )
    heads = tuple(
        StatementHead(
            statement=known.id,
            printed_number=f"表{known.number}" if form.numbered else "",
            printed_title=known.title,
            money_unit=known.money_unit,
            measures=known.measure_ids,
        )
        for name in rows
        if (known := form.statement(name))
    )
    digest = re.sub(r"\W", "", f"{path.stem}{year}").ljust(16, "0")[:16]
    head = DisclosureHead(disclosure_id=digest, sha256=digest * 4, body=body, fiscal_year=year, source_name=path.name)
    return Disclosure(head=head, report=ReadingReport(statements=heads), lines=tuple(lines), cells=tuple(cells))


def form_unit(form: PrintedForm, statement: str) -> MoneyUnit:
    """The unit in which a statement of the form is printed."""
    known = form.statement(statement)
    return known.money_unit if known else MoneyUnit.WAN


def _level(row: dict[str, str], kind: RowKind, form: PrintedForm) -> int:
    """The level of a line without a code: that of its label."""
    known = form.statement(row["statement"])
    levels = known.levels if known and kind is RowKind.SOURCE else {}
    return levels.get(row["name"], int(kind is not RowKind.GRAND_TOTAL))


def _kind(row: dict[str, str], side: str) -> RowKind:
    if row["name"] in {"总计", "收入总计", "支出总计"}:
        return RowKind.GRAND_TOTAL
    if row["project"]:
        return RowKind.PROJECT
    if row["code"]:
        return CODE_KINDS[len(row["code"])]
    if row["statement"] in {"project_expenditure", "carryover_detail"}:
        return RowKind.BODY
    return RowKind.SOURCE


def changji(shared: Path) -> Frames:
    """Both years of the Changji pair, from the reference cells."""
    folder = shared / "reference"
    return frames(
        [disclosure_from_cells(folder / f"changji-{year}.cells.csv", "昌吉州医疗保障局", year) for year in (2024, 2025)]
    )


def wanli(shared: Path) -> Frames:
    """Both years of the Wanli pair (nine tables), from reference cells."""
    folder = shared / "reference"
    return frames(
        [
            disclosure_from_cells(folder / f"wanli-{year}.cells.csv", "万里街道办事处", year, SHANGHAI)
            for year in (2024, 2025)
        ]
    )
