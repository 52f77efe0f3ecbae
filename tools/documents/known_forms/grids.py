"""Tables as grids: headers with spans, rows, page breaks; a document as paragraphs and grids, without any file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

from loaders.document import Document, Grid, GridCell, Paragraph
from tools.documents.files.paper import wrap
from tools.documents.files.sheet import Frame, Head, Made, Place, Row, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tools.documents.files.sheet import About, GridLayout, Sheet


@dataclass(slots=True)
class _Pile:
    """Blocks as they are put down."""

    layout: GridLayout
    blocks: list[Paragraph | Grid] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    frames: dict[int, Frame] = field(default_factory=dict)
    page: int = 0

    def turn(self) -> None:
        """End the page, if there is anything on it."""
        if self.page and (not self.blocks or self.blocks[-1].page != self.page):
            return
        form = {"none": "", "12": "{0}", "- 12 -": "- {0} -", "第12页": "第{0}页"}[self.layout.page_number]
        if self.page and form:
            self.say(form.format(self.page))
        self.page += 1

    def say(self, *texts: str) -> None:
        """Put lines of text down."""
        self.blocks += [Paragraph(text, self.page) for text in texts]

    def draw(self, rows: Sequence[Sequence[tuple[Slot, int]]], table: str, edges: Sequence[int]) -> None:
        """Put a grid down; rows of (cell, rows that it covers)."""
        block, columns = len(self.blocks), len(edges) - 1
        self.frames[block] = Frame(table, tuple(edges))
        cells: list[GridCell] = []
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(rows):
            column = 0
            for slot, height in row:
                while (at, column) in taken:
                    column += 1
                if slot.truth:
                    self.places.append(Place(slot.truth, block, at, column))
                cells.append(GridCell(at, column, height, slot.columns, slot.text))
                taken |= {(at + r, column + c) for r in range(height) for c in range(slot.columns)}
                column += slot.columns
        self.blocks.append(Grid(tuple(cells), len(rows), columns, self.page))


def compose(sheets: Iterable[Sheet], about: About, layout: GridLayout, prose: Sequence[str] = ()) -> Made:
    """Put tables on pages, with the words around them.

    The columns of a page that ends with a lone total are those of its cells, as on a ruled page.
    """
    sheets = [_with_more(sheet, about, layout) for sheet in sheets]
    pile = _Pile(layout)
    word = "预算" if about.phase == "budget" else "决算"
    year_word = "年" if about.phase == "budget" else "年度"
    pile.turn()
    if layout.title_page:
        pile.say(f"{about.body}", f"{about.year}{year_word}{about.edition}{word}公开")
    if layout.contents != "none":
        _contents(pile, sheets)
    if layout.narrative == "before":
        pile.turn()
        pile.say(*prose)
    for sheet in sheets:
        _table(pile, sheet, layout)
    if layout.narrative == "after":
        pile.turn()
        pile.say(*prose)
    pile.turn()
    document = Document("grids", tuple(pile.blocks), pile.blocks[-1].page)
    units = {sheet.statement: (sheet.unit, sheet.decimals) for sheet in sheets}
    return Made(document, tuple(pile.places), about, units, pile.frames, layout)


def _with_more(sheet: Sheet, about: About, layout: GridLayout) -> Sheet:
    """A table with a column of serial numbers, one of remarks, the body's name before its title."""
    if layout.title_body:
        sheet = replace(sheet, heading=(*sheet.heading[:-1], about.body + sheet.heading[-1]))
    if sheet.fixed:
        return sheet
    rows = list(sheet.rows)
    if layout.serial and sheet.labels:
        rows = [
            row._replace(labels=(Slot("" if row.total or row.labels[0].text == "栏次" else str(number)), *row.labels))
            for number, row in enumerate(rows, 1)
        ]
        sheet = replace(sheet, labels=(Head("序号"), *sheet.labels))
    if layout.remarks:
        texts = ("", "", "含上年结转", "2024年新增12人")
        rows = [row._replace(amounts=(*row.amounts, Slot(texts[i % 4]))) for i, row in enumerate(rows)]
        sheet = replace(sheet, measures=(*sheet.measures, Head("备注")))
    return replace(sheet, rows=tuple(rows))


def _contents(pile: _Pile, sheets: Sequence[Sheet]) -> None:
    pile.turn()
    titles = [sheet.heading[-1] + "…" * 20 + str(number + 5) for number, sheet in enumerate(sheets)]
    if pile.layout.contents == "lines":
        pile.say("目 录", *titles)
    else:
        pile.draw([[(Slot(text), 1)] for text in ("目 录", "", *titles, "", "")], "", (0, 1))


def _table(pile: _Pile, sheet: Sheet, layout: GridLayout) -> None:
    rng = Random(layout.seed)
    order = list(range(len(sheet.measures)))
    for number, rows in enumerate(_pages(sheet, layout, rng)):
        pile.turn()
        if number and layout.reorder and not sheet.fixed:
            order.reverse()
        head: list[list[tuple[Slot, int]]] = []
        titled = not number or layout.repeat == "with title"
        if titled or layout.repeat == "every page":
            head = [*(_inside(sheet, layout) if titled else []), *_header(sheet, layout, order)]
        if titled:
            pile.say(*_outside(sheet, layout))
        drawn_ = [[(slot, 1) for slot in _ordered(row, sheet, order)] for row in rows]
        if layout.merged_down and sheet.statement == "project_expenditure":
            drawn_ = _merged_down(drawn_, len(rows[0].labels) - 1 if rows else 0)
        cells, edges = _squeezed([*head, *drawn_], _width(sheet))
        pile.draw(cells, sheet.statement, edges)
    if sheet.note:
        pile.say(sheet.note)


def _width(sheet: Sheet) -> int:
    return sum(head.width for head in (*sheet.labels, *sheet.measures))


def _outside(sheet: Sheet, layout: GridLayout) -> list[str]:
    lines = list(sheet.heading) if layout.title == "outside" else list(sheet.heading[:-1])
    if layout.unit == "outside":
        lines.append(f"{sheet.left} {sheet.unit_line}")
    return lines


def _inside(sheet: Sheet, layout: GridLayout) -> list[list[tuple[Slot, int]]]:
    rows: list[list[tuple[Slot, int]]] = []
    width = _width(sheet)
    if layout.title == "inside":
        rows.append([(Slot(sheet.heading[-1], width), 1)])
    if layout.unit == "inside":
        rows.append([(Slot(sheet.left, width - width // 2), 1), (Slot(sheet.unit_line, width // 2), 1)])
    if layout.unit == "inside one cell":
        rows.append([(Slot(f"{sheet.left}  {sheet.unit_line}", width), 1)])
    return rows


def _header(sheet: Sheet, layout: GridLayout, order: list[int]) -> list[list[tuple[Slot, int]]]:
    heads = [*sheet.labels, *(sheet.measures[i] for i in order)]
    depth = max(head.depth for head in heads)
    rows: list[list[tuple[Slot, int]]] = [[] for _ in range(depth)]

    def put(head: Head, at: int) -> None:
        height = 1 if head.below else depth - at
        text = "\n".join(wrap(head.text, layout.head_wrap)) if layout.head_wrap else head.text
        if layout.spans == "merged":
            rows[at].append((Slot(text, head.width), height))
        else:
            rows[at] += [(Slot(text), 1), *[(Slot(), 1)] * (head.width - 1)]
            for below in range(at + 1, at + height):
                rows[below].append((Slot(), 1))
        for below_ in head.below:
            put(below_, at + 1)

    for head in heads:
        put(head, 0)
    if layout.spans == "unmerged":
        rows = [_in_columns(sheet, order, layout, at, depth) for at in range(depth)]
    band = [(Slot(head.text, head.width), 1) for head in sheet.bands]
    if layout.star_row and not sheet.fixed:
        width = sum(head.width for head in sheet.labels)
        stars = [Slot("※")] * width + [Slot(str(n + 1)) for n in range(_width(sheet) - width)]
        rows.append([(slot, 1) for slot in stars])
    return [*([band] if band else []), *rows]


def _in_columns(sheet: Sheet, order: list[int], layout: GridLayout, level: int, depth: int) -> list[tuple[Slot, int]]:
    """One header row without merged cells: each head in its first column, the rest blank."""
    row: list[tuple[Slot, int]] = []

    def put(head: Head, at: int) -> None:
        if at == level:
            row.append((Slot(head.text), 1))
            row.extend([(Slot(), 1)] * (head.width - 1))
        elif head.below:
            for below in head.below:
                put(below, at + 1)
        else:
            row.append((Slot(), 1))

    for head in [*sheet.labels, *(sheet.measures[i] for i in order)]:
        put(head, 0)
    return row


def _merged_down(rows: list[list[tuple[Slot, int]]], columns: int) -> list[list[tuple[Slot, int]]]:
    """The rows with equal cells below one another merged, in the first `columns` columns: the items of projects."""
    found: list[list[tuple[Slot, int]]] = []
    above: list[tuple[Slot, int]] = []
    start = 0
    for row in rows:
        head = row[:columns]
        if head and head == above and all(slot.columns == 1 for slot, _ in head) and head[-1][0].text:
            found[start][:columns] = [(slot, height + 1) for slot, height in found[start][:columns]]
            found.append(row[columns:])
        else:
            start = len(found)
            found.append(list(row))
        above = head
    return found


def _ordered(row: Row, sheet: Sheet, order: list[int]) -> list[Slot]:
    """The cells of a row, its measures in this order of their heads."""
    groups: list[list[Slot]] = []
    rest = list(row.amounts)
    for head in sheet.measures:
        groups.append(rest[: head.width])
        rest = rest[head.width :]
    return [*row.labels, *(slot for i in order for slot in groups[i])]


def _pages(sheet: Sheet, layout: GridLayout, rng: Random) -> list[list[Row]]:
    """The rows of each page, wrapped and cut."""
    rows = [_wrapped(row, layout, rng) for row in sheet.rows]
    blank = Row(tuple(Slot() for head in sheet.labels for _ in range(head.width)),
                tuple(Slot() for head in sheet.measures for _ in range(head.width)))  # fmt: skip
    last = bool(rows) and rows[-1].total
    if layout.padding:
        at = len(rows) - last
        rows[at:at] = [blank] * layout.padding
    pages: list[list[Row]] = [[]]
    for number, row in enumerate(rows):
        alone = last and layout.lone_total and number == len(rows) - 1 and number > 0
        if pages[-1] and (len(pages[-1]) >= layout.page_rows or alone):
            pages.append([])
            first, second = _cut(rows[number - 1], layout, rng)
            if layout.row_cut and second and not alone:
                pages[-2][-1] = first
                pages[-1].append(second)
        pages[-1].append(row)
    return pages


def _wrapped(row: Row, layout: GridLayout, rng: Random) -> Row:
    if layout.narrow:
        width = layout.narrow
        return row._replace(
            labels=tuple(_broken(slot, width) for slot in row.labels),
            amounts=tuple(_broken(slot, width) for slot in row.amounts),
        )
    if layout.wrap:
        labels = tuple(slot._replace(text="\n".join(wrap(slot.text, layout.wrap))) for slot in row.labels)
        row = row._replace(labels=labels)
    if layout.broken_amounts and rng.random() < 0.2:
        amounts = tuple(
            slot._replace(text=f"{slot.text[:-2]}\n{slot.text[-2:]}") if slot.truth and len(slot.text) > 8 else slot
            for slot in row.amounts
        )
        row = row._replace(amounts=amounts)
    return row


def _broken(slot: Slot, width: int) -> Slot:
    """A cell broken after every `width` characters, as a narrow column does."""
    return slot._replace(text="\n".join(slot.text[i : i + width] for i in range(0, len(slot.text), width)))


def _cut(row: Row, layout: GridLayout, rng: Random) -> tuple[Row, Row | None]:
    """A row as its first visual lines and the rest, for a page that ends inside it.

    Where columns are not narrow, amounts take one line, and stay on the first page.
    """
    height = max(slot.text.count("\n") for slot in (*row.labels, *row.amounts)) if row.labels else 0
    if not height or (not layout.narrow and any("\n" in slot.text for slot in row.amounts)):
        return row, None
    at = rng.randint(1, height) if layout.narrow else 1
    cuts = [[_part(slot, at, first=first) for slot in row.labels] for first in (True, False)]
    amounts = [[_part(slot, at, first=first) for slot in row.amounts] for first in (True, False)]
    return row._replace(labels=tuple(cuts[0]), amounts=tuple(amounts[0])), Row(tuple(cuts[1]), tuple(amounts[1]))


def _part(slot: Slot, at: int, *, first: bool) -> Slot:
    """The lines of a cell before or after a cut; the amount belongs to the first."""
    lines = slot.text.split("\n")
    text = "\n".join(lines[:at] if first else lines[at:])
    return slot._replace(text=text, truth=slot.truth if first else None)


def _squeezed(rows: list[list[tuple[Slot, int]]], columns: int) -> tuple[list[list[tuple[Slot, int]]], list[int]]:
    """Leave out the column boundaries that no cell has: on a ruled page they do not exist."""
    if any(height > 1 for row in rows for _, height in row):
        return rows, list(range(columns + 1))
    edges = {0}
    for row in rows:
        at = 0
        for slot, _ in row:
            at += slot.columns
            edges.add(at)
    places = {edge: number for number, edge in enumerate(sorted(edges))}
    found: list[list[tuple[Slot, int]]] = []
    for row in rows:
        at = 0
        new: list[tuple[Slot, int]] = []
        for slot, height in row:
            width = places[at + slot.columns] - places[at]
            at += slot.columns
            new.append((slot._replace(columns=width), height))
        found.append(new)
    return found, sorted(edges)
