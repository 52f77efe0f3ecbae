"""The detail pane: three lines on the row at the cursor."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.glyphs import mark_of
from tui.locale import zh
from tui.plain import ELLIPSIS, fit, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.views.detail import DetailCell, RowDetail
    from tui.glyphs import Glyphs

BETWEEN = " · "
INDENT = "  "
ROWS = 2
"""Lines below the name."""


def detail_lines(detail: RowDetail, glyphs: Glyphs, width: int) -> tuple[str, ...]:
    """Return name, where the amounts stand and how sure their columns are, and what must be said, in three lines.

    Foreign text is made visible here; amounts that have no room are left out whole, never cut.
    """
    head = f"{glyphs.rule} {detail.code} ".rstrip() + f" {visible(detail.name)}"
    stands = _stands(detail, width - len(INDENT))
    said = [part for part in (_against(detail, glyphs), visible(detail.note or "")) if part]
    possible = dict.fromkeys(title for cell in detail.cells for title in cell.candidates)
    if possible:
        said.append(zh.POSSIBLE.format(visible("、".join(possible))))
    lines = [stands] if stands else []
    lines += wrap(BETWEEN.join(said), width - len(INDENT))
    shown = [f"{INDENT}{line}" for line in (*lines, "", "")[:ROWS]]
    if len(lines) > ROWS:  # the rest does not fit
        shown[-1] = fit(shown[-1] + lines[ROWS], width).rstrip()
    return (fit(head, width).rstrip(), *shown)


def _against(detail: RowDetail, glyphs: Glyphs) -> str:
    """Say what the row is compared with: the other name of a near pair, the printed amounts of the baseline."""
    near = f"{glyphs.near} {visible(detail.near)}" if detail.near is not None else ""
    printed = " ".join(_amount(cell) for cell in detail.baseline_cells)
    against = f"{detail.baseline_source} {printed}".strip()
    return " ".join(part for part in (zh.BASELINE if near or against else "", near, against) if part)


def _stands(detail: RowDetail, width: int) -> str:
    """Say where the row stands and its printed amounts, as many whole ones as there is room for."""
    unit = f"（{detail.money_unit}）" if detail.money_unit and detail.source else ""
    text = BETWEEN.join(part for part in (detail.source, _columns(detail.cells)) if part)
    between = BETWEEN if text else ""
    for number, cell in enumerate(detail.cells):
        rest = len(detail.cells) - number - 1
        more = f"{text}{between}{_amount(cell)}"
        if cell_len(more) + cell_len(unit) + (len(ELLIPSIS) + 1 if rest else 0) > width:
            return f"{text}{unit} {ELLIPSIS}"
        text, between = more, " "
    return f"{text}{unit}" if detail.cells else text


def _amount(cell: DetailCell) -> str:
    mark = "" if cell.column_status == "computed" else mark_of(cell.column_status, cell.origin)
    return f"{visible(cell.title)} {visible(cell.printed)}{mark}"


def _columns(cells: Sequence[DetailCell]) -> str:
    """Say how the columns are known."""
    if not cells:
        return ""
    counts = Counter(cell.status_word for cell in cells)
    words = "、".join(word if len(counts) == 1 else f"{word} {count}" for word, count in counts.items())
    origins = dict.fromkeys(cell.origin_word for cell in cells if cell.origin_word)
    return BETWEEN.join([zh.COLUMN.format(words), *(zh.DIGITS.format(word) for word in origins)])
