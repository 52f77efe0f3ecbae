"""Compare what a loader found with what is known to be printed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import ColumnStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.disclosure import Cell, Disclosure

_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\d+[、.](?!\d)|\([一二三四五六七八九十\d]+\)|其中:)")
UNCERTAIN = {ColumnStatus.INFERRED, ColumnStatus.AMBIGUOUS}


class Known(NamedTuple):
    """One amount that is known to be printed; `lines` (from 1) is empty where its line is not known."""

    statement: str
    code: str
    name: str
    project: str
    measure: str
    fen: int
    lines: frozenset[int] = frozenset()


@dataclass(slots=True)
class Outcome:
    """Differences as sentences by kind, and counts of uncertain cells."""

    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    uncertain: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    found: int = 0
    expected: int = 0

    def text(self, most: int = 6) -> str:
        """All faults, a few of each kind."""
        return "\n".join(f"{kind} ({len(all_)}): {text}" for kind, all_ in self.faults.items() for text in all_[:most])


def label(text: str) -> str:
    """A label without blanks, enumerators, quotation marks, bracket width; both words for a grand total are one."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    previous = None
    while previous != text:
        previous, text = text, _ENUMERATOR.sub("", text)
    text = re.sub(r"[\"“”]", "", text).removesuffix("(小计)")
    return "总计" if text in {"合计", "总计"} else text


def compare(known: Iterable[Known], disclosure: Disclosure, skip: frozenset[str] = frozenset()) -> Outcome:
    """Match every known amount with one found cell.

    A certain cell must match exactly; an uncertain one may stand in another column if the true one is among its
    candidates; totals are never uncertain.  Statements in `skip` are left out.
    """
    outcome = Outcome()
    rows = {(line.statement, line.row_no): line for line in disclosure.lines}
    open_: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for item in known:
        if item.statement not in skip:
            open_[_key(item.statement, item.code, item.name, item.project, item.fen)].append(item)
            outcome.expected += 1
    pending: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell in disclosure.cells:
        if cell.statement in skip:
            continue
        line = rows[cell.statement, cell.row_no]
        pending[_key(cell.statement, line.code, line.name, line.project, cell.amount_fen)].append(cell)
        outcome.found += 1
        if cell.column_status in UNCERTAIN:
            outcome.uncertain[cell.statement] += 1
            if cell.measure == "total":
                outcome.faults["total uncertain"].append(str(cell))
    for key, cells in pending.items():
        _match(key, cells, open_.pop(key, []), outcome)
    for key, missing in open_.items():
        outcome.faults["missing"] += [f"{key} {item.measure} line {sorted(item.lines)}" for item in missing]
    return outcome


def _key(statement: str, code: str, name: str, project: str, fen: int) -> tuple[str, ...]:
    return (statement, re.sub(r"\s", "", code), label(name), label(project), str(fen))


def _match(key: tuple[str, ...], cells: list[Cell], known: list[Known], outcome: Outcome) -> None:
    """Match the cells and the known amounts of one line and one figure."""
    left = list(known)
    certain = [cell for cell in cells if cell.column_status not in UNCERTAIN]
    uncertain = [cell for cell in cells if cell.column_status in UNCERTAIN]
    for cell in certain:
        same = [item for item in left if item.measure == cell.measure]
        if not same:
            kind = "certain but wrong" if left else "invented"
            outcome.faults[kind].append(f"{key} {cell.measure} [{cell.column_status}] line {cell.line}; open: {left}")
            continue
        there = [item for item in same if not item.lines or cell.line in item.lines]
        if not there:
            outcome.faults["wrong line"].append(f"{key} {cell.measure} line {cell.line}, not {sorted(same[0].lines)}")
        left.remove((there or same)[0])
    taken = _pair(uncertain, left)
    for cell, item in zip(uncertain, taken, strict=True):
        if item is None:
            kind = "truth not a candidate" if left else "invented"
            text = f"{key} {cell.measure} of {cell.candidates} [{cell.column_status}] line {cell.line}; open: {left}"
            outcome.faults[kind].append(text)
        elif item.lines and cell.line not in item.lines:
            outcome.faults["wrong line"].append(f"{key} {cell.measure} line {cell.line}, not {sorted(item.lines)}")
    for item in left:
        if item not in taken:
            outcome.faults["missing"].append(f"{key} {item.measure} line {sorted(item.lines)}")


def _pair(cells: Sequence[Cell], known: list[Known]) -> list[Known | None]:
    """Give each uncertain cell a known amount whose measure it may have (augmenting paths)."""
    owner: dict[int, int] = {}

    def place(at: int, seen: set[int], *, strict: bool) -> bool:
        allowed = {cells[at].measure, *cells[at].candidates}
        for i, item in enumerate(known):
            there = not strict or not item.lines or cells[at].line in item.lines
            if item.measure in allowed and there and i not in seen:
                seen.add(i)
                if i not in owner or place(owner[i], seen, strict=strict):
                    owner[i] = at
                    return True
        return False

    for strict in (True, False):  # first where the line agrees, then anywhere
        for at in set(range(len(cells))) - set(owner.values()):
            place(at, set(), strict=strict)
    taken: list[Known | None] = [None] * len(cells)
    for i, at in owner.items():
        taken[at] = known[i]
    return taken
