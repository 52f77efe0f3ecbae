"""A budget and a layout made into a document: its bytes, and what stands in it where."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from tools.documents import prose
from tools.documents.files.layout import settle
from tools.documents.files.paper import Paper, name_text
from tools.documents.known_forms import headers
from tools.documents.known_forms.rows import Writer
from tools.documents.known_forms.tables import Table, Truth, tables, truth

if TYPE_CHECKING:
    from tools.documents.files.layout import Layout
    from tools.documents.known_forms.rows import Line
    from tools.documents.model import Budget

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Written:
    """A written document: its text and bytes, every printed amount, and the lines (from 1) that hold it."""

    text: str
    data: bytes
    cells: tuple[Truth, ...]
    lines: tuple[frozenset[int], ...]  # beside `cells`
    layout: Layout  # as settled


def write(budget: Budget, layout: Layout) -> Written:
    """Write a budget in a layout."""
    layout = settle(layout, decimals=budget.decimals)
    made = tables(budget, layout)
    if layout.t4_columns != "all":
        made = [_without_capital(table) if table.number == 4 else table for table in made]
    paper = Paper(layout)
    prose.before(paper, budget, layout)
    rng = Random(layout.seed)
    for table in made:
        paper.page()
        if table.number == 1:
            paper.put(name_text(f"第二部分 {budget.year}年{budget.edition}预算公开表", layout))
            paper.gap()
        _write_table(paper, budget, layout, table, rng)
    prose.after(paper, budget, layout)
    text = paper.text()
    cells = truth(made)
    lines = tuple(frozenset(paper.places[id(cell)]) for cell in cells)
    return Written(text, encode(text, layout), tuple(cells), lines, layout)


def encode(text: str, layout: Layout) -> bytes:
    """The text as bytes, with the layout's line ends and encoding; UTF-16 with its mark."""
    data = text.replace("\n", layout.newline).encode(layout.encoding)
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    return marks.get(layout.encoding, b"") + data


def _without_capital(table: Table) -> Table:
    """Table 4 without its last fund column, where that is blank throughout."""
    entries = [entry for row in table.rows for entry in row if entry and len(entry.amounts) > 1]
    if any(entry.amounts[-1] for entry in entries):
        return table
    rows = tuple((left, right and replace(right, amounts=right.amounts[:-1])) for left, right in table.rows)
    return replace(table, columns=table.columns[:-1], rows=rows)


def _write_table(paper: Paper, budget: Budget, layout: Layout, table: Table, rng: Random) -> None:
    title = _title(budget, layout, table)
    number = {
        "表 1": f"表 {table.number}", "表1": f"表{table.number}", "附表1": f"附表{table.number}",
        "表一": f"表{_numeral(table.number)}", "none": "", "same line": f"表{table.number} ",
        "表1：": f"表{table.number}：",
    }[layout.number_line]  # fmt: skip
    if layout.number_line in {"same line", "表1："}:
        paper.put(number + title)
    else:
        if number:
            paper.put(number)
            paper.gap()
        paper.put(title)
    paper.gap()
    _head(paper, budget, layout, table, again=False)
    writer = Writer(budget, layout, table, rng)
    for count, row in enumerate(table.rows):
        writer.page = count // layout.page_rows if layout.continuation != "none" else 0
        lines = writer.lines(row)
        cut = -1
        if count and layout.continuation != "none" and count % layout.page_rows == 0:
            cut = _cut(lines, layout, rng)
        for at, line in enumerate(lines):
            if at == cut:
                _turn(paper, budget, layout, table, title)
            # between cells of one row a blank line is no row end: the layout decides whether there is one
            paper.put(line.text, line.truths, tight=line.tight and at != cut)
    if table.note:
        paper.gap()
        for piece in prose.fold(name_text(table.note, layout), layout):
            paper.put(piece)
    paper.gap()


def _cut(lines: list[Line], layout: Layout, rng: Random) -> int:
    """Before which visual line of a row the page ends: its first, or, if rows are cut, one inside.

    A bare page number never stands inside a broken number: nobody could tell "110.1" / "23" / "0" apart.
    """
    inside = [
        at
        for at in range(1, len(lines))
        if layout.page_number != "23" or not set(lines[at].truths) & set(lines[at - 1].truths)
    ]
    return rng.choice(inside) if layout.row_break and inside else 0


def _turn(paper: Paper, budget: Budget, layout: Layout, table: Table, title: str) -> None:
    paper.page()
    if layout.continuation == "same with title":
        paper.put(title)
    if layout.continuation != "no header":
        _head(paper, budget, layout, table, again=True)


def _title(budget: Budget, layout: Layout, table: Table) -> str:
    scope = budget.edition if table.number <= 3 and layout.title_style != "plain" else ""
    year = f"{budget.year}年" if layout.title_style == "year" else ""
    return name_text(f"{year}{scope}{table.title}", replace(layout, digit_space=False))


def _head(paper: Paper, budget: Budget, layout: Layout, table: Table, *, again: bool) -> None:
    who = f"编制{budget.edition}：{budget.body}"
    unit, _ = budget.units(table.number, odd=layout.odd_unit)
    if layout.unit_line == "own line":
        paper.put(who)
        paper.put(f"单位：{unit}")
    else:
        paper.put(who + {
            "单位：万元": f" 单位：{unit}", "单位:万元": f" 单位:{unit}", "glued": f"单位：{unit}",
            "（单位：万元）": f" （单位：{unit}）", "金额单位：万元": f" 金额单位：{unit}",
        }[layout.unit_line])  # fmt: skip
    if layout.cells == "tabs":
        if layout.blank_lines:
            paper.gap()
        for cells in headers.grid(table, layout, again=again):
            paper.put("\t".join(cells), tight=True)
        return
    for text, tight in headers.flowing_lines(table, layout, again=again):
        paper.put(text, tight=tight)


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if number <= 10 else "十" + _NUMERALS[number - 11]
