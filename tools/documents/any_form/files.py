"""A random form as a file: what the writers of formats take, and texts of three kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.document import Grid
from tools.documents.files.sheet import About, Frame, GridLayout, Made

if TYPE_CHECKING:
    from tools.documents.any_form import AnyForm

TEXTS = ("tsv", "pipe", "md")
"""Tabs between cells; bars between cells; a Markdown table."""


def made(form: AnyForm) -> Made:
    """The document as the writers of formats take it."""
    frames = {
        block: Frame(f"table_{table}", tuple(range(grid.columns + 1)))
        for block, table in form.grids.items()
        for grid in [form.document.blocks[block]]
        if isinstance(grid, Grid)
    }
    figures = form.figures
    phase = "budget" if figures.phase == "budget" else "final_accounts"
    about = About(figures.body, figures.year, "部门", phase)
    units = {frame.table: (figures.unit, figures.decimals) for frame in frames.values()}
    return Made(form.document, (), about, units, frames, GridLayout())


def text(form: AnyForm, kind: str) -> bytes:
    """The document as text; a merged cell is there once, the places that it covers are blank."""
    lines: list[str] = []
    for block in form.document.blocks:
        if isinstance(block, Grid):
            lines += ["", *_lines(block, kind), ""]
        else:
            lines.append(block.text)
    return "\n".join(lines).encode()


def _lines(grid: Grid, kind: str) -> list[str]:
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    if kind == "tsv":
        return ["\t".join(row) for row in rows]
    if kind == "pipe":
        return [" | ".join(row) for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * grid.columns, *lines[1:]]
