"""Amounts that no budget can hold.

They are left out, so that what is kept can be stored and added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budget.i18n.language import N_
from budget.model.disclosure import Notice, Severity
from budget.model.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.disclosure import Cell, Line

LARGEST_FEN = 10**16
"""100万亿元: more than everything that a country produces in a year."""
ROOM = 2**62
"""All amounts of a document together stay below it: any sum of them is a whole number of 64 bits."""
MOST_NOTICES = 20


def credible(cells: Sequence[Cell], lines: Sequence[Line]) -> tuple[tuple[Cell, ...], list[Notice]]:
    """Leave out cells whose amounts cannot be kept, with notices."""
    limit = _limit(cell.amount_fen for cell in cells)
    kept = tuple(cell for cell in cells if abs(cell.amount_fen) <= limit)
    if len(kept) == len(cells):
        return kept, []
    names = {(line.statement, line.row_no): line.name or line.label for line in lines}
    left = [cell for cell in cells if abs(cell.amount_fen) > limit]
    notices = [
        _notice(names.get((cell.statement, cell.row_no), ""), cell.printed, cell.statement, cell.line)
        for cell in left[:MOST_NOTICES]
    ]
    return kept, [*notices, *_further(len(left) - MOST_NOTICES)]


def credible_records(records: Records) -> tuple[Records, list[Notice]]:
    """Leave out records whose amounts cannot be kept, with notices."""
    kept: dict[str, Any] = {}
    notices: list[Notice] = []
    for name in Records._fields:
        found: tuple[tuple[object, ...], ...] = getattr(records, name)
        good = tuple(record for record in found if _is_credible(record))
        kept[name] = good
        if len(good) < len(found):
            notices += [
                _notice("", getattr(record, "printed", ""), None, getattr(record, "line", None))
                for record in found
                if not _is_credible(record)
            ]
    further = _further(len(notices) - MOST_NOTICES)
    return (Records(**kept) if notices else records), [*notices[:MOST_NOTICES], *further]


def _limit(amounts: Iterable[int]) -> int:
    """The largest amount that is kept. All smaller ones fit together."""
    sizes = [abs(amount) for amount in amounts]
    limit = LARGEST_FEN
    while sum(size for size in sizes if size <= limit) > ROOM:
        limit //= 10
    return limit


def _is_credible(record: tuple[object, ...]) -> bool:
    return all(not isinstance(value, int) or abs(value) <= LARGEST_FEN for value in record)


def _notice(name: str, printed: str, statement: str | None, line: int | None) -> Notice:
    text = N_("“{}”的数“{}”大得不可能是预算金额，没有读入。")
    return Notice.of(Severity.LOST, text, name, _shortened(printed), statement=statement, line=line)


def _further(count: int) -> list[Notice]:
    text = N_("另有 {} 个数大得不可能是预算金额，没有读入。")
    return [Notice.of(Severity.LOST, text, count)] if count > 0 else []


def _shortened(printed: str, most: int = 40) -> str:
    return printed if len(printed) <= most else printed[: most - 1] + "…"
