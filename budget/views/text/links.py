"""Amounts in the text that repeat amounts of the statements: which, and where those stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import MoneyUnit
from budget.model.matching import normalise
from budget.model.money import parse
from budget.reading.disclosure import opened
from budget.system.patterns import lazy_pattern
from budget.views.text.lines import COLUMN_GAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure

MOST_TARGETS = 20
"""Rows of statements that one amount is linked to; a rounder number would stand in more."""
MOST_LINKS = 50
"""Amounts of one line that are looked at."""
_AMOUNT = lazy_pattern(r"(?<![\d.,])((?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?)\s{0,3}(亿元|万元|千元|元)")
_CHANGE = lazy_pattern(r"(?:增加|减少|增长|下降|上升|提高|降低|压减|增支|减支)(?:额|了|约|为)?\s*$")
"""What stands before an amount that is a difference: no statement has it, but for chance."""
_BEFORE = 8
_LONGEST_LINE = 4_000
_CONTEXT = 1
"""Lines before and after an amount in which a row may be named."""


class Target(NamedTuple):
    """A cell whose amount a text repeats."""

    statement: str
    row_no: int
    measure: str


@dataclass(frozen=True, slots=True)
class Link:
    """An amount in a line of the text: where it stands in the line, and the rows that have it."""

    start: int
    end: int
    targets: tuple[Target, ...]
    """One a row, in the order of the statements; where the text names rows that have the amount, these alone."""
    own: bool
    """True where the line is the row's own, not one that repeats it."""


class _Cell(NamedTuple):
    fen: int
    half_unit: int
    target: Target
    names: tuple[str, ...]


def links(frames: Frames, disclosure_id: str) -> Mapping[int, tuple[Link, ...]]:
    """The linked amounts of each line of a disclosure's text; lines without any are absent."""
    # every step of the cursor in a text asks for them
    return opened(frames, disclosure_id).once("links", lambda: _links(frames, disclosure_id))


def _links(frames: Frames, disclosure_id: str) -> dict[int, tuple[Link, ...]]:
    own = opened(frames, disclosure_id)
    rows = own.passages.sort("line").select("line", "text").rows()
    texts = [(line, (text or "").replace("\t", COLUMN_GAP)[:_LONGEST_LINE]) for line, text in rows]
    printed = _printed(own)
    known = _cells(own)
    fens = [cell.fen for cell in known]
    widest = max((cell.half_unit for cell in known), default=0)
    found: dict[int, tuple[Link, ...]] = {}
    for index, (line, text) in enumerate(texts):
        if line in printed:
            made = _own(text, printed[line])
        else:
            around = normalise("".join(text for _, text in texts[max(index - _CONTEXT, 0) : index + _CONTEXT + 1]))
            made = _repeated(text, around, known, fens, widest)
        if made:
            found[line] = made
    return found


def _printed(own: OpenDisclosure) -> dict[int, list[tuple[str, Target]]]:
    """Line -> the amounts that statements print there."""
    found: dict[int, list[tuple[str, Target]]] = defaultdict(list)
    wanted = own.cells.select("line", "printed", "statement", "row_no", "measure")
    for line, printed, statement, row_no, measure in wanted.iter_rows():
        if line is not None and printed:
            found[line].append((printed, Target(statement, row_no, measure)))
    return found


def _cells(own: OpenDisclosure) -> list[_Cell]:
    """The amounts of all statements but zeros, by their size; of equal ones in the order of the document."""
    found = [
        _Cell(
            amount.fen,
            amount.half_unit,
            Target(statement, row.row_no, measure),
            tuple(name for name in (normalise(row.project), normalise(row.name)) if name),
        )
        for statement in own.statements
        for row in own.of(statement)
        if row.row_no is not None
        for measure, amount in row.amounts.items()
        if amount.fen
    ]
    return sorted(found, key=lambda cell: cell.fen)


def _own(text: str, printed: Iterable[tuple[str, Target]]) -> tuple[Link, ...]:
    made, at = [], 0
    for amount, target in printed:
        match = re.compile(rf"(?<![\d.,]){re.escape(amount)}(?![\d.,]*\d)").search(text, at)
        if match is not None:
            made.append(Link(*match.span(), (target,), own=True))
            at = match.end()
    return tuple(made)


def _repeated(text: str, around: str, known: Sequence[_Cell], fens: Sequence[int], widest: int) -> tuple[Link, ...]:
    made = []
    for match in islice(_AMOUNT.finditer(text), MOST_LINKS):
        amount = parse(match[1], MoneyUnit(match[2]))
        difference = _CHANGE.search(text, max(match.start() - _BEFORE, 0), match.start())
        if amount is None or not amount.fen or difference:
            continue
        reach = max(amount.half_unit, widest)
        near = known[bisect_left(fens, amount.fen - reach) : bisect_right(fens, amount.fen + reach)]
        same = [cell for cell in near if _same(amount.fen, amount.half_unit, cell)]
        named = [cell for cell in same if any(name in around for name in cell.names)]
        targets = _one_a_row(named or same)
        if targets:
            made.append(Link(*match.span(), targets, own=False))
    return tuple(made)


def _same(fen: int, half: int, cell: _Cell) -> bool:
    """Whether two printed amounts are the same figure: equal, or the finer one rounds to the coarser."""
    return fen == cell.fen or (half != cell.half_unit and abs(fen - cell.fen) <= max(half, cell.half_unit))


def _one_a_row(cells: Iterable[_Cell]) -> tuple[Target, ...]:
    rows: dict[tuple[str, int], Target] = {}
    for cell in cells:
        rows.setdefault((cell.target.statement, cell.target.row_no), cell.target)
    return tuple(rows.values())[:MOST_TARGETS]
