"""Frames made from the reference cells: a disclosure that owes nothing to the loader."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from budget.forms import STATEMENTS
from budget.frames import Frames, frames
from budget.model import (
    Cell,
    ColumnStatus,
    Disclosure,
    DisclosureHead,
    Line,
    ReadingReport,
    RowKind,
    StatementHead,
    StatementId,
)

if TYPE_CHECKING:
    from pathlib import Path

CODE_KINDS = {3: RowKind.CLASS, 5: RowKind.SECTION, 7: RowKind.ITEM}


def disclosure_from_cells(path: Path, body: str, year: int) -> Disclosure:
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
                side = "expenditure" if row["code"] or row["name"] == "支出总计" else "revenue"
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
                level = {3: 1, 5: 2, 7: 3}.get(len(row["code"]), 0 if kind is RowKind.GRAND_TOTAL else 1)
                lines.append(
                    Line(
                        row["statement"],
                        rows[row["statement"]],
                        side,
                        kind,
                        row["code"],
                        row["code"],
                        line_key,
                        row["name"],
                        row["name"],
                        row["project"],
                        level,
                        None,
                        len(lines) + 1,
                    )
                )
            fen = int(row["amount_yuan"].split(".")[0]) * 100
            cells.append(
                Cell(
                    row["statement"],
                    rows[row["statement"]],
                    row["measure"],
                    fen,
                    5000,
                    f"{fen / 1_000_000:,.2f}",
                    ColumnStatus.PRINTED,
                    (),
                    (),
                    None,
                    len(lines),
                    None,
                )
            )
    heads = tuple(
        StatementHead(statement=StatementId(name), measures=STATEMENTS[StatementId(name)].measure_ids) for name in rows
    )
    digest = re.sub(r"\W", "", f"{path.stem}{year}").ljust(16, "0")[:16]
    head = DisclosureHead(disclosure_id=digest, sha256=digest * 4, body=body, fiscal_year=year, source_name=path.name)
    return Disclosure(head=head, report=ReadingReport(statements=heads), lines=tuple(lines), cells=tuple(cells))


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
