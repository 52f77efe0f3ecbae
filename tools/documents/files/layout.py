"""Options of the printed layout of a disclosure, one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Layout:
    """How a budget is printed; the first option of each field is its default."""

    cells: str = "lost"
    code_style: str = "spaced"
    tab_fault: str = "none"
    t4_columns: str = "all"
    total_place: str = "first"
    total_word: str = "总计"
    side_total_word: str = "收 入 总 计"
    star_row: bool = True
    unit_line: str = "单位：万元"
    commas: str = "half"
    digits: str = "half"
    zeros: str = "blank"
    wrap: str = "none"
    wrap_width: int = 12
    wrap_two_sided: bool = False
    gap: str = " "
    indent_with: str = " "
    odd_unit: bool = False
    omitted: str = "none"
    class_234: str = "one name"
    trailing: str = ""
    blank_lines: bool = True
    code_alone: bool = False
    broken_numbers: str = "none"
    continuation: str = "none"
    page_rows: int = 8
    row_break: bool = False
    page_number: str = "none"
    page_mark: str = "space"
    empty_table: str = "note"
    note_under_figures: str = "none"
    title_page: bool = True
    contents: str = "full"
    quoted_titles: str = "none"
    bullets: bool = False
    indent: bool = True
    number_line: str = "表 1"
    title_style: str = "edition"
    classes: str = "all"
    enumerator: str = "1."
    label_variant: str = "plain"
    header_style: str = "wrapped"
    narrative: str = "after"
    digit_space: bool = False
    quotes: str = "“”"
    brackets: str = "as written"
    body_row: bool = True
    carry_columns: str = "合计"
    fund_columns: str = "personnel"
    newline: str = "\n"
    encoding: str = "utf-8"
    seed: int = 0


OPTIONS: dict[str, tuple[object, ...]] = {
    "cells": ("lost", "tabs"),
    "code_style": ("spaced", "joined", "glued", "split"),
    "tab_fault": ("none", "shifted", "second header short", "inner blanks", "trimmed"),
    "t4_columns": ("all", "state capital missing"),
    "total_place": ("first", "last"),
    "total_word": ("总计", "合计", "合 计", "总 计"),
    "side_total_word": ("收 入 总 计", "收入总计", "收入总 计"),
    "star_row": (True, False),
    "unit_line": ("单位：万元", "单位:万元", "glued", "own line", "（单位：万元）", "金额单位：万元"),
    "commas": ("half", "none", "full"),
    "digits": ("half", "full"),
    "zeros": ("blank", "printed", "dash"),
    "wrap": ("none", "prefix", "suffix"),
    "wrap_width": (12, 6, 9, 16),
    "wrap_two_sided": (False, True),  # names of tables 1 and 4 are broken too ("prefix" only)
    "gap": (" ", "    ", "\u00a0"),  # what stands between cells where blanks were lost
    "indent_with": (" ", "\u3000"),
    "odd_unit": (False, True),  # table 10 has a unit of its own
    "omitted": ("none", "project", "state capital", "carry-over"),  # a table that the document does not have
    "class_234": ("one name", "two names"),  # table 4 may name class 234 otherwise than table 1
    "trailing": ("", "  ", "\u3000"),  # blanks at the ends of lines
    "blank_lines": (True, False),
    "code_alone": (False, True),
    "broken_numbers": ("none", "110.1/0", "110./10"),
    "continuation": ("none", "same", "reordered", "no header", "same with title"),
    "page_rows": (8, 3, 5, 20),
    "row_break": (False, True),
    "page_number": ("none", "23", "- 23 -", "第23页", "23/60"),
    "page_mark": ("space", "none", "form feed"),
    "empty_table": ("note", "blank total", "blank total and remark", "blank rows"),
    "note_under_figures": ("none", "remark", "empty claim"),
    "title_page": (True, False),
    "contents": ("full", "none", "cut off", "dotted"),
    "quoted_titles": ("none", "inline", "whole line"),
    "bullets": (False, True),
    "indent": (True, False),
    "number_line": ("表 1", "表1", "表一", "none", "same line", "附表1", "表1："),
    "title_style": ("edition", "plain", "year"),
    "classes": ("all", "active", "without 234"),
    "enumerator": ("1.", "1、", "1．"),
    "label_variant": ("plain", "short"),
    "header_style": ("wrapped", "flat"),
    "narrative": ("after", "none"),
    "digit_space": (False, True),
    "quotes": ("“”", '"'),
    "brackets": ("as written", "half"),
    "body_row": (True, False),
    "carry_columns": ("合计", "小计"),
    "fund_columns": ("personnel", "basic"),
    "newline": ("\n", "\r\n"),
    "encoding": ("utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"),
}
"""The options of each field; `seed` (where breaks and notes fall) is drawn apart."""


def settle(layout: Layout, *, decimals: int) -> Layout:
    """Drop combinations that cannot be printed or would be ambiguous to readers.

    - Tab-separated rows are not wrapped, not broken, and have no second order of columns.
    - Numbers are only broken where they have decimals: "8257" / "800" could be two numbers.
    - A row is only cut by a page where it takes several lines.
    - A bare page number inside a row of whole 元 looks like an amount: it is written "- 23 -".
    """
    if layout.cells == "tabs":
        layout = replace(layout, wrap="none", wrap_two_sided=False, row_break=False)
        layout = replace(layout, gap=" ", broken_numbers="none", digit_space=False)
        if layout.continuation == "reordered":
            layout = replace(layout, continuation="same")
    else:
        layout = replace(layout, tab_fault="none", t4_columns="all")
        if layout.code_style == "split":
            layout = replace(layout, code_style="spaced")
    if not decimals:
        layout = replace(layout, broken_numbers="none")
        if layout.page_number in {"23", "23/60"}:
            layout = replace(layout, page_number="- 23 -")
    if layout.wrap != "prefix":
        layout = replace(layout, wrap_two_sided=False)
    if layout.continuation == "none" or layout.wrap == "none":
        layout = replace(layout, row_break=False)
    return layout


def drawn(layout: Layout, plain: Layout | None = None) -> list[str]:
    """What was drawn, as `field=value` for the tally; only what differs from `plain`, where one is given."""
    return [
        f"{field.name}={getattr(layout, field.name)!r}"
        for field in fields(layout)
        if field.name != "seed" and (plain is None or getattr(plain, field.name) != getattr(layout, field.name))
    ]
