"""Labels of merged cells given to the rows that they cover, across page breaks and in tables that leave them blank."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from loaders.performance.words import LABELS


class LevelCell(NamedTuple):
    """What one row has in the column of a level."""

    text: str
    covered: bool = False  # the cell started in a row above
    opens: bool = False  # first row of the second or a later grid of the table
    closes: bool = False  # last row of its grid


@dataclass
class _Run:
    """Neighbouring rows that share one cell."""

    rows: list[int]
    text: str
    opens: bool
    closes: bool
    label: str = field(default="")


def labels(cells: list[LevelCell | None], resets: frozenset[int] = frozenset()) -> list[str]:
    """The label of each row.

    `resets` are rows where the level above begins anew: a blank cell there carries no label on.
    """
    runs = _runs(cells)
    for number, run in enumerate(runs):
        before = runs[number - 1] if number else None
        after = runs[number + 1] if number + 1 < len(runs) else None
        if run.text:
            run.label = run.text
            if before is not None and run.opens and before.closes and completes(before.label, run.text):
                _prefix(runs, number)
        elif before is not None and run.opens:
            run.label = before.label
        elif run.closes and after is not None and after.opens and after.text:
            run.label = after.text  # a merged cell cut by the page break carries its label below it
        elif before is not None and run.rows[0] not in resets:
            run.label = before.label
    found = [""] * len(cells)
    for run in runs:
        for row in run.rows:
            found[row] = run.label
    return found


def completes(start: str, rest: str) -> bool:
    """Whether two pieces are one label that a page break cut."""
    return bool(start) and start not in LABELS and start + rest in LABELS


def _prefix(runs: list[_Run], number: int) -> None:
    """Give the whole label to both parts of a cell that a page break cut."""
    start, whole = runs[number - 1].label, runs[number - 1].label + runs[number].text
    for run in reversed(runs[: number + 1]):
        if run.label not in (start, runs[number].text):
            break
        run.label = whole


def _runs(cells: list[LevelCell | None]) -> list[_Run]:
    runs: list[_Run] = []
    for row, cell in enumerate(cells):
        if runs and (cell is None or cell.covered):
            runs[-1].rows.append(row)
            runs[-1].closes = cell is not None and cell.closes
        else:
            start = cell or LevelCell("")
            runs.append(_Run([row], start.text, start.opens, start.closes))
    return runs
