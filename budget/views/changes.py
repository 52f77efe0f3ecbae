"""Finding the next changed row of a compared table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.views.table import Change

if TYPE_CHECKING:
    from budget.views.table import ViewTable

_DIFFERENT = {Change.CHANGED.value, Change.NEW.value, Change.GONE.value}


def next_change(table: ViewTable, cursor: str, step: int = 1) -> str | None:
    """Key of the next (step 1) or previous (-1) row that differs from the baseline, going round at the end.

    None where no other row differs.  A cursor that is not in the table stands before the first row.
    """
    keys: list[str] = table.frame["key"].to_list()
    changes: list[str] = table.frame["change"].to_list()
    count = len(keys)
    at = keys.index(cursor) if cursor in keys else (-1 if step > 0 else count)
    for distance in range(1, count + 1):
        place = (at + step * distance) % count
        if changes[place] in _DIFFERENT and keys[place] != cursor:
            return keys[place]
    return None
