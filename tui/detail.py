"""The detail pane: three lines on the row at the cursor."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.glyphs import STATUS_MARKS
from tui.locale import zh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.views.detail import DetailCell, RowDetail
    from tui.glyphs import Glyphs

BETWEEN = " · "


def detail_lines(detail: RowDetail, glyphs: Glyphs) -> tuple[str, ...]:
    """Return the name in full, where the amounts stand and how sure their columns are, and what must be said."""
    english = detail.official_name.removeprefix(detail.name).strip()
    head = BETWEEN.join(part for part in (f"{detail.code} {detail.name}".strip(), english) if part)
    said = [detail.note] if detail.note else []
    possible = dict.fromkeys(title for cell in detail.cells for title in cell.candidates)
    if possible:
        said.append(zh.POSSIBLE.format("、".join(possible)))
    if detail.near is not None:
        said.append(f"{glyphs.near} {zh.PAIRED_WITH.format(detail.near)}")
    if detail.baseline_source:
        said.append(f"{zh.BASELINE} {detail.baseline_source} {_amounts(detail.baseline_cells)}".rstrip())
    return (f"{glyphs.rule} {head}", "  " + _stands(detail), "  " + BETWEEN.join(said))


def _stands(detail: RowDetail) -> str:
    unit = f"（{detail.money_unit}）" if detail.money_unit and detail.source else ""
    amounts = _amounts(detail.cells)
    parts = [detail.source, _columns(detail.cells), f"{amounts}{unit}" if amounts else ""]
    return BETWEEN.join(part for part in parts if part)


def _amounts(cells: Sequence[DetailCell]) -> str:
    marks = {status: mark for status, mark in STATUS_MARKS.items() if status != "computed"}
    return " ".join(f"{cell.title} {cell.printed}{marks.get(cell.column_status, '')}" for cell in cells)


def _columns(cells: Sequence[DetailCell]) -> str:
    """Say how the columns are known."""
    if not cells:
        return ""
    counts = Counter(cell.status_word for cell in cells)
    words = "、".join(word if len(counts) == 1 else f"{word} {count}" for word, count in counts.items())
    return zh.COLUMN.format(words)
