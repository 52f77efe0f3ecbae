"""Find the performance tables of a document: their rows, as text or cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.document import Grid, Paragraph
from loaders.performance.words import COLUMN_OF, CONTINUED, HEAD_LINE, HEADING, LEVEL1, NAME, PART, TARGET, TITLE
from loaders.words.tokens import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loaders.document import Document

_LONGEST_TITLE = 60
_LONGEST_HEAD = 6
"""Rows between the first label of a head and its second one."""
_PIPE_RULE = lazy_pattern(r"[\s|:+-]+")
_MAY_BEGIN = lazy_pattern(r"绩\s?效(?!工资)|一级指标|三级指标|预算单位|主管部门|部门名称|单位名称|项目单位|项目名称")
_FIRST_COLUMN = ("一级指标", "一级绩效指标", "一级目标", "绩效指标")
_BRACKET = lazy_pattern(r"[（(][^（()）]{0,20}[)）]")
_FIRST_HEAD = lazy_pattern(r"一级(?:绩效)?[指目]标|一级$")


class Cell(NamedTuple):
    """One cell of a row: where it starts, how far it reaches, what it says."""

    column: int
    columns: int
    text: str
    first: bool = True  # False where it started in a row above
    last: bool = True  # False where it goes on in the row below
    left: float | None = None
    right: float | None = None


class Row(NamedTuple):
    """One line of text, or one row of cells; `cells` is None where the line does not tell them apart."""

    line: int
    page: int | None
    text: str
    cells: tuple[Cell, ...] | None = None
    grid: int = 0  # number of the block, for rows of a grid; 0 for lines of text
    bottom: bool = False  # the last row of its grid


@dataclass
class Table:
    """The rows from one title to the next."""

    title: Row
    titled: bool
    rows: list[Row] = field(default_factory=list)
    headed: bool = False
    """The heads of the columns have been met."""


def find(document: Document) -> list[Table]:
    """The tables of performance targets: each starts at a title or, without one, at the first label of its head."""
    found: list[Table] = []
    current: Table | None = None
    bare = any(
        isinstance(block, Paragraph) and "|" in block.text and not block.text.lstrip().startswith("|")
        for block in document.blocks
    )
    for number, (line, block) in enumerate(document.numbered(), 1):
        if current is None and not _may_begin(block):
            continue
        for row in _rows(block, line, number, bare=bare):
            text = compact(row.text[: 2 * _LONGEST_TITLE])
            starts = _starts(current, row, text)
            if starts is not None:
                current = Table(row, starts, [] if starts else [row], headed=_is_head(row, text))
                found.append(current)
            elif current is not None and _ends(current, row, text):
                current = None
            elif current is not None:
                current.rows.append(row)
                current.headed = current.headed or _is_head(row, text)
    return [table for table in found if table.titled or table.headed]


def _may_begin(block: Paragraph | Grid) -> bool:
    if isinstance(block, Grid):
        return any(_MAY_BEGIN.search(cell.text) for cell in block.cells)
    return _MAY_BEGIN.search(block.text) is not None


def _rows(block: Paragraph | Grid, line: int, number: int, *, bare: bool) -> Iterable[Row]:
    """The rows of a grid, or the one line of a paragraph; `bare`: bars stand between cells, not around them."""
    if isinstance(block, Grid):
        return _grid_rows(block, line, number)
    return (_text_row(line, block.page, block.text, bare=bare),)


def is_title(text: str) -> bool:
    """True for the title of a performance table; `text` without blanks."""
    return "绩效" in text and len(text) <= _LONGEST_TITLE and TITLE.fullmatch(CONTINUED.sub("", text)) is not None


def is_target_form(texts: Iterable[str]) -> bool:
    """True for a performance target form, by title or column heads.

    Such a form is no table of money.  `texts` are the title and the cells at the top of a table, in any order.
    """
    found = [compact(text) for text in texts]
    return any(map(is_title, found)) or _names_targets({column_of(text) for text in found})


def column_of(text: str) -> str | None:
    """The column that the head of a column names."""
    text = compact(text)
    if text in COLUMN_OF:
        return COLUMN_OF[text]
    if "（" not in text and "(" not in text:
        return None
    if (bare := _BRACKET.sub("", text)) in COLUMN_OF:
        return COLUMN_OF[bare]
    return next((COLUMN_OF[text[:cut]] for cut in _brackets(text) if text[:cut] in COLUMN_OF), None)


def is_column_header(row: Row) -> bool:
    """True for a row of cells that head the columns."""
    if row.cells is None or not ("指标" in row.text or "目标" in row.text):
        return False
    return _names_targets({column_of(cell.text) for cell in row.cells if cell.first})


def _names_targets(named: set[str | None]) -> bool:
    return NAME in named and (LEVEL1 in named or TARGET in named)


def _brackets(text: str) -> list[int]:
    return [place for place in (text.find("（"), text.find("(")) if place > 0]


def _starts(current: Table | None, row: Row, text: str) -> bool | None:
    """True: a title; False: a table without a title; None: neither."""
    if is_title(text):
        return True
    if current is None and text.startswith(_FIRST_COLUMN) and _is_head(row, text):
        return False
    if not HEAD_LINE.match(text):
        return None
    if current is None or current.headed:
        return False
    late = not current.titled and row.line - current.title.line > _LONGEST_HEAD
    return False if late else None


def _ends(table: Table, row: Row, text: str) -> bool:
    if PART.match(text):
        return True
    if not table.headed or row.grid:
        return False
    return row.cells is None and HEADING.match(text) is not None


def _is_head(row: Row, text: str) -> bool:
    if row.cells is not None:
        return is_column_header(row)
    return text.startswith("一级") and _FIRST_HEAD.match((row.text.split() or [""])[0]) is not None


def _text_row(line: int, page: int | None, text: str, *, bare: bool) -> Row:
    if "|" in text:
        stripped = text.strip()
        if _PIPE_RULE.fullmatch(stripped):
            text = ""
        elif bare:
            text = text.replace("|", "\t")
        elif len(stripped) > 1 and stripped[0] == stripped[-1] == "|":
            text = stripped[1:-1].replace("|", "\t")
    if "\t" not in text.strip():
        return Row(line, page, text)
    cells = tuple(Cell(column, 1, cell) for column, cell in enumerate(text.split("\t")))
    return Row(line, page, text, cells)


def _grid_rows(grid: Grid, line: int, number: int) -> Iterator[Row]:
    covering: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        left, right = (cell.box[0], cell.box[2]) if cell.box else (None, None)
        bottom = min(cell.row + cell.rows, grid.rows)
        for place in range(cell.row, bottom):
            covering[place].append(
                Cell(cell.column, cell.columns, cell.text, place == cell.row, place == bottom - 1, left, right)
            )
    for place, cells in enumerate(covering):
        ordered = tuple(sorted(cells))
        text = "\t".join(cell.text.replace("\n", "") for cell in ordered if cell.first and cell.text.strip())
        yield Row(line + grid.line_of(place), grid.page, text, ordered, number, place == grid.rows - 1)
