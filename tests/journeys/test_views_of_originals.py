"""Views of every document at hand: filled where the document prints what they are about, and with its figures only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from budget.library.frames import frames
from budget.model.disclosure import UnreadableDocumentError
from budget.reading.rows import COMPUTED
from budget.views.registry import view_table
from budget.views.state import VIEWS, View, ViewState
from budget.views.table import ColumnKind
from loaders.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from budget.library.frames import Frames
    from budget.model.coordinates import Coordinates
    from budget.model.disclosure import Disclosure

SHARED = os.environ.get("YUSUAN_SHARED", "")
FOLDER = Path(SHARED) / "disclosures"
ENDINGS = {".pdf", ".txt", ".html", ".md"}
DOCUMENTS = sorted(path for path in FOLDER.rglob("*") if path.suffix in ENDINGS) if SHARED else []

pytestmark = pytest.mark.skipif(not SHARED, reason="YUSUAN_SHARED is not set: the originals are not at hand")


def _is_project(own: Coordinates) -> bool:
    listed = bool(own.project) and not own.item and not own.fund.startswith("carryover")
    return own.flow == "expenditure" and not own.item and (own.kind == "project" or listed)


ABOUT: dict[View, Callable[[Coordinates], bool]] = {
    View.OVERVIEW: lambda own: own.version not in {"prior_budget", "prior_final", "change"},
    View.EXPENDITURE: lambda own: own.flow == "expenditure" and own[1:7] == ("", "", "", "", "", ""),
    View.REVENUE: lambda own: own.flow == "revenue",
    View.BASIC: lambda own: own.flow == "expenditure" and own.kind.startswith("basic") and not own.item,
    View.PROJECT: _is_project,
    View.THREE_PUBLIC: lambda own: own.item in {"three_public", "overseas", "vehicles", "reception", "vehicle_running"},
    View.CARRYOVER: lambda own: own.fund.startswith("carryover") or own.kind == "carry_forward",
    View.PROCUREMENT: lambda own: own.item.startswith("procurement"),
    View.AGENCY_OPERATION: lambda own: own.item == "agency_operation",
}
"""View -> whether an amount with these coordinates is what it is about."""


def opened(path: Path) -> tuple[Disclosure, Frames]:
    try:
        read = load(path)
    except UnreadableDocumentError:
        pytest.skip("it has no tables")
    return read, frames([read])


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_no_view_is_empty_while_the_document_prints_what_it_is_about(path: Path) -> None:
    read, held = opened(path)
    printed = {cell.amount_fen for cell in read.cells} | _said(read)
    for view, about in ABOUT.items():
        expected = any(about(cell.coordinates) for cell in read.cells if cell.table_no)
        for scope in VIEWS[view].scopes[:1]:
            table = view_table(ViewState(read.head.disclosure_id, view=view, scope=str(scope)), held)
            amounts = [column for column in table.columns if column.kind is ColumnKind.AMOUNT]
            shown = [
                (row[column.id], row[column.status], row["row_kind"])
                for part in (table.frame, table.totals)
                for row in part.iter_rows(named=True)
                for column in amounts
                if row[column.id] is not None
            ]
            assert bool(shown) or not expected, f"{view} is empty"
            wrong = [fen for fen, status, kind in shown if fen not in printed and COMPUTED not in {status, kind}]
            assert not wrong, f"{view} shows figures that the document does not print"
            if expected and view is not View.OVERVIEW:
                assert any("出自" in note for note in table.notes) or _names_its_tables(table.frame["name"].to_list())


def _said(read: Disclosure) -> set[int]:
    """The amounts that the text gives of projects, procurement and agency operation, and the targets of projects."""
    found = [one.amount_fen for one in (*read.records.facts, *read.records.projects)]
    found += [one.total_fen for one in read.records.plans]
    return {fen for fen in found if fen is not None}


def _names_its_tables(names: list[str]) -> bool:
    """Whether every row says from which table it is: 全部资金：收支预算总表（第13页）."""
    return bool(names) and all("：" in name for name in names)
