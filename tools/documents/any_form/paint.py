"""Tables as paragraphs and grids: captions, merged heads, serial numbers, pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from loaders.document import Grid, GridCell, Paragraph
from tools.documents.any_form.figures import FEN
from tools.documents.any_form.sheets import Column, Row, Truths, amount
from tools.documents.any_form.words import numeral, pick, words

if TYPE_CHECKING:
    from random import Random

    from tools.documents.any_form.figures import Figures
    from tools.documents.any_form.sheets import Block, Sheet


@dataclass(frozen=True, slots=True)
class Style:
    """How all tables of a document are set."""

    number: str  # on its own line; "" for none
    inside: str  # a number at the start of the title; "" for none
    spans: str  # merged, unmerged
    caption: str  # above, inside, row
    zero: str  # blank, 0.00, -
    commas: bool
    page_rows: int
    repeat: str  # head of further pages: every page, none, with title, 续表
    serial: bool
    line_numbers: bool  # 行次 in every block
    column_numbers: str  # a row of 1 2 3 below the head
    remarks: bool
    wrap_title: bool
    body_in_title: str  # "", body, body year, year
    brackets: bool  # 《》
    suffix: bool


def random_style(rng: Random, phase: str) -> Style:
    """A style with every option drawn; a number that names budgets does not stand in final accounts."""
    number = rng.choice([style for style in words()["numbers"]["styles"] if phase == "budget" or "预算" not in style])
    return Style(
        number=number,
        inside="" if number else rng.choice(["", "", *words()["numbers"]["inside"]]),
        spans=rng.choice(("merged", "merged", "unmerged")),
        caption=rng.choice(("above", "above", "inside", "row")),
        zero=rng.choice(("", "", "0.00", "-", "—")),
        commas=rng.random() < 0.6,
        page_rows=rng.choice((1000, 1000, 12, 20)),
        repeat=rng.choice(("every page", "none", "with title", "续表")),
        serial=rng.random() < 0.2,
        line_numbers=rng.random() < 0.2,
        column_numbers=rng.choice(("", "", "", "numbers", "栏次", "formulas")),
        remarks=rng.random() < 0.25,
        wrap_title=rng.random() < 0.2,
        body_in_title=rng.choice(("", "", "body", "body year", "year")),
        brackets=rng.random() < 0.1,
        suffix=rng.random() < 0.15,
    )


@dataclass(slots=True)
class Painter:
    """Puts tables down, one below the other."""

    rng: Random
    figures: Figures
    style: Style
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    truths: Truths = field(default_factory=Truths)
    page: int = 1
    tables: int = 0
    grids: dict[int, int] = field(default_factory=dict)
    """The number of the table of each grid, by the place of its block."""

    def say(self, text: str) -> None:
        """Put a line of text down."""
        self.blocks.append(Paragraph(text, self.page))

    def title(self, sheet: Sheet, number: int) -> str:
        """The printed title."""
        title, style, figures = sheet.title, self.style, self.figures
        if style.suffix and sheet.kind in {"one_fund", "general_public", "expenditure"}:
            title += self.rng.choice(("（按功能分类科目）", "（按支出功能分类）"))
        year = f"{figures.year}年" if figures.phase == "budget" else f"{figures.year}年度"
        title = {
            "body": figures.body, "body year": figures.body + year, "year": year,
        }.get(style.body_in_title, "") + title  # fmt: skip
        if style.brackets:
            title = f"《{title}》"
        return _numbered(style.inside, number) + title

    def table(self, sheet: Sheet) -> None:
        """Put a table down on pages of its own."""
        self.tables += 1
        number, style = self.tables, self.style
        title = self.title(sheet, number)
        heads, labels = self._columns(sheet)
        rows = self._rows(sheet, number)
        width = len(heads)
        caption: list[list[str]] = []
        above: list[str] = []
        printed = _numbered(style.number, number)
        body = pick(self.rng, "captions", "body").format(body=self.figures.body)
        unit = pick(self.rng, "captions", "unit").format(unit=sheet.unit)
        if style.caption == "above" or width < 3:
            above = [*([printed] if printed else []), *self._wrapped(title), f"{body} {unit}"]
        else:
            above = [] if style.caption == "inside" else [*([printed] if printed else []), *self._wrapped(title)]
            if style.caption == "inside":
                caption = [*([[printed]] if printed else []), [title]]
            caption.append([body, *[""] * (width - 2), unit] if width > 2 else [unit])
        head = _head_rows(heads, merged=style.spans == "merged")
        numbers = self._column_numbers(labels)
        pages = [rows[i : i + style.page_rows] for i in range(0, len(rows), style.page_rows)] or [[]]
        for count, page in enumerate(pages):
            if not count:
                for line in above:
                    self.say(line)
                self._grid(caption, head, [*numbers, *page], width)
                continue
            self.page += 1
            repeated = style.repeat if caption == [] or style.repeat in {"every page", "none"} else "every page"
            if repeated in {"with title", "续表"}:
                self.say(title + ("（续表）" if repeated == "续表" else ""))
            self._grid([], [] if repeated == "none" else head, page, width)
        self.page += 1

    def _wrapped(self, title: str) -> list[str]:
        """The title on one line or two."""
        if not self.style.wrap_title or len(title) < 12:
            return [title]
        at = self.rng.randint(len(title) // 2, len(title) - 3)
        return [title[:at], title[at:]]

    def _columns(self, sheet: Sheet) -> tuple[list[tuple[str, ...]], list[bool]]:
        """Heads of all columns, and which of them hold labels."""
        heads: list[tuple[str, ...]] = []
        labels: list[bool] = []
        if self.style.serial and self._has_labels(sheet):
            heads.append(("序号",))
            labels.append(True)
        for block in sheet.blocks:
            numbers = [self._line_head(block)] if self._line_numbers(sheet) else []
            heads += [*block.labels, *numbers, *(column.headers for column in block.columns)]
            labels += [True] * (len(block.labels) + len(numbers)) + [False] * len(block.columns)
        if self.style.remarks:
            heads.append(("备注",))
            labels.append(True)
        return heads, labels

    @staticmethod
    def _has_labels(sheet: Sheet) -> bool:
        return all(block.labels for block in sheet.blocks)

    def _line_numbers(self, sheet: Sheet) -> bool:
        return self.style.line_numbers and sheet.kind in {"summary", "appropriation_summary"}

    @staticmethod
    def _line_head(block: Block) -> tuple[str, ...]:
        first = block.columns[0].headers
        return (first[0], "行次") if len(first) > 1 else ("行次",)

    def _rows(self, sheet: Sheet, number: int) -> list[list[tuple[str, int]]]:
        """The rows of all blocks side by side; each cell with the columns that it covers."""
        found: list[list[tuple[str, int]]] = []
        height = max(len(block.rows) for block in sheet.blocks)
        # totals of blocks side by side stand in the last row
        padded = [_padded(block, height) for block in sheet.blocks]
        for index in range(height):
            row: list[tuple[str, int]] = []
            if self.style.serial and self._has_labels(sheet):
                row.append((str(index + 1), 1))
            for place, (block, rows) in enumerate(zip(sheet.blocks, padded, strict=True)):
                own = rows[index]
                row += self._labels(block, own)
                if self._line_numbers(sheet):
                    row.append((str(index + 1 + place * height), 1))
                row += [(self._text(sheet, own, column, number), 1) for column in block.columns]
            if self.style.remarks:
                row.append((self.rng.choice(("", "", "含上年结转")), 1))
            found.append(row)
        return found

    def _labels(self, block: Block, row: Row | None) -> list[tuple[str, int]]:
        if row is None:
            return [("", 1)] * len(block.labels)
        filled = [text for text in row.labels if text]
        if row.merged and self.style.spans == "merged" and len(block.labels) > 1 and filled:
            return [(filled[0], len(block.labels))]
        return [(text, 1) for text in row.labels]

    def _text(self, sheet: Sheet, row: Row | None, column: Column, number: int) -> str:
        """What stands in a cell; an amount is noted."""
        if row is None or row.blank:
            return ""
        if row.other:
            return str(self.rng.randrange(0, 200)) if not column.other else ""
        if column.other == "share":
            return f"{self.rng.randrange(-3000, 3000) / 100:.2f}" + self.rng.choice(("", "%"))
        fen = amount(self.figures, row, column)
        if fen is None:
            return ""
        if fen == 0 and self.style.zero != "0.00":
            return self.style.zero
        self.truths.add(
            number, fen, (sheet.says, column.says, row.says), "/".join(row.labels), "/".join(column.headers)
        )
        return money(fen, sheet.unit, sheet.decimals, commas=self.style.commas)

    def _column_numbers(self, labels: list[bool]) -> list[list[tuple[str, int]]]:
        """A row of column numbers or formulas."""
        style = self.style.column_numbers
        if not style or sum(not label for label in labels) < 3:
            return []
        count = 0
        row: list[tuple[str, int]] = []
        for index, label in enumerate(labels):
            if label:
                row.append((("栏次" if index == 0 else "") if style != "formulas" else "", 1))
                continue
            count += 1
            text = str(count)
            if style == "formulas" and count == 1:
                text = "1=2+3"
            row.append((text, 1))
        return [row]

    def _grid(
        self,
        caption: list[list[str]],
        head: list[list[tuple[str, int, int]]],
        rows: list[list[tuple[str, int]]],
        width: int,
    ) -> None:
        cells: list[GridCell] = []
        at = 0
        for texts in caption:
            if len(texts) == 1:
                cells.append(GridCell(at, 0, 1, width, texts[0]))
            else:
                cells += [GridCell(at, column, 1, 1, text) for column, text in enumerate(texts)]
            at += 1
        taken: set[tuple[int, int]] = set()
        for own in head:
            column = 0
            for text, height, columns in own:
                while (at, column) in taken:
                    column += 1
                cells.append(GridCell(at, column, height, columns, text))
                taken |= {(at + r, column + c) for r in range(height) for c in range(columns)}
                column += columns
            at += 1
        for row in rows:
            column = 0
            for text, columns in row:
                cells.append(GridCell(at, column, 1, columns, text))
                column += columns
            at += 1
        self.grids[len(self.blocks)] = self.tables
        self.blocks.append(Grid(tuple(cells), at, width, self.page))


def _padded(block: Block, height: int) -> list[Row | None]:
    """The rows of a block, its total at the foot of the table."""
    rows: list[Row | None] = list(block.rows)
    return [*rows[:-1], *[None] * (height - len(rows)), *rows[-1:]]


def _numbered(style: str, number: int) -> str:
    return style.format(n=number, nn=f"{number:02}", c=numeral(number))


def _head_rows(heads: list[tuple[str, ...]], *, merged: bool) -> list[list[tuple[str, int, int]]]:
    """The rows of the head: text, rows and columns of each cell."""
    depth = max(len(path) for path in heads)
    rows: list[list[tuple[str, int, int]]] = [[] for _ in range(depth)]
    for level in range(depth):
        index = 0
        while index < len(heads):
            path = heads[index]
            if level >= len(path):
                if not merged:
                    rows[level].append(("", 1, 1))
                index += 1
                continue
            end = index + 1
            last = level == len(path) - 1
            while (
                not last
                and end < len(heads)
                and len(heads[end]) > level + 1
                and heads[end][: level + 1] == path[: level + 1]
            ):
                end += 1
            if merged:
                rows[level].append((path[level], depth - level if last else 1, end - index))
            else:
                rows[level] += [(path[level], 1, 1), *[("", 1, 1)] * (end - index - 1)]
            index = end
    return rows


def money(fen: int, unit: str, decimals: int, *, commas: bool) -> str:
    """Fen as printed."""
    value = Decimal(fen) / FEN[unit]
    return f"{value:,.{decimals}f}" if commas else f"{value:.{decimals}f}"
