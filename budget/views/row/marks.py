"""Rows of a view that a discrepancy touches, and what it says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from budget.checks.rule import Outcome, worded
from budget.checks.wording import check_of
from budget.i18n.language import tr
from budget.views.findings import keys_of
from budget.views.state import View
from budget.views.table import FINDING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.checks.rule import Finding, Ref
    from budget.views.state import ViewState
    from budget.views.table import ViewTable

_MOST = 3
"""Discrepancies that are told of one row."""
_UNMARKED = frozenset({View.LIBRARY, View.FINDINGS, View.GLOSSARY, View.COMPLETENESS, View.NOTES})


def marked(table: ViewTable, state: ViewState, found: Iterable[Finding]) -> ViewTable:
    """Add the column FINDING where a discrepancy touches a row.

    Else it is the table itself. A row is touched where it shows the line of a statement or the line of the text on
    which a figure stands.
    """
    discrepancies = [finding for finding in found if finding.outcome is Outcome.DISCREPANCY]
    if state.view in _UNMARKED or not discrepancies:
        return table
    said = _said(table, state, discrepancies)
    if not said:
        return table

    def with_words(frame: pl.DataFrame) -> pl.DataFrame:
        words = [said.get(key) for key in frame["key"].to_list()]
        return frame.with_columns(pl.Series(FINDING, words, dtype=pl.String))

    return replace(table, frame=with_words(table.frame), totals=with_words(table.totals))


def _said(table: ViewTable, state: ViewState, discrepancies: list[Finding]) -> dict[str, str]:
    """Key of a row -> what is said of it."""
    rows = _rows(table)
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in discrepancies:
        keys: dict[str, None] = {}
        for ref in finding.refs:
            keys |= dict.fromkeys(_touched(table, state, ref, rows))
        for key in keys:
            found[key].append(finding)
    return {key: _words(findings) for key, findings in found.items()}


def _touched(table: ViewTable, state: ViewState, ref: Ref, rows: dict[tuple[bool, str, int], list[str]]) -> list[str]:
    theirs = ref.disclosure_id == state.baseline
    if not theirs and ref.disclosure_id != state.disclosure:
        return []
    if state.view is not View.TEXT and ref.statement:
        return rows.get((theirs, str(ref.statement), ref.row_no), []) if ref.row_no is not None else []
    if state.view is View.TEXT and theirs:
        return []
    return keys_of(table, ref, line="baseline_line" if theirs else "line")


def _rows(table: ViewTable) -> dict[tuple[bool, str, int], list[str]]:
    """(whether of the baseline, statement, row) -> the keys of the rows that show it."""
    found: dict[tuple[bool, str, int], list[str]] = defaultdict(list)
    wanted = ("key", "statement", "row_no", "baseline_statement", "baseline_row_no")
    for frame in (table.frame, table.totals):
        if any(name not in frame.columns for name in wanted):
            continue
        for key, statement, row_no, their_statement, their_row in frame.select(wanted).iter_rows():
            if row_no is not None:
                found[False, statement or "", row_no].append(key)
            if their_row is not None:
                found[True, their_statement or statement or "", their_row].append(key)
    return found


def _words(findings: list[Finding]) -> str:
    said = [tr("{0}，{1}").format(worded(check_of(finding).title), finding.message) for finding in findings[:_MOST]]
    if len(findings) > _MOST:
        said.append(tr("另有 {} 项").format(len(findings) - _MOST))
    return " ".join(said)
