"""Tables before pages, their placement on pages, and the written result."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from loaders.document import Document
    from tools.documents.known_forms.tables import Truth


class Head(NamedTuple):
    """A header cell and those below it."""

    text: str
    below: tuple[Head, ...] = ()

    @property
    def width(self) -> int:
        """Columns that it covers."""
        return sum(head.width for head in self.below) or 1

    @property
    def depth(self) -> int:
        """Rows that it and those below it need."""
        return 1 + max((head.depth for head in self.below), default=0)


class Slot(NamedTuple):
    """A cell of a row: its text, the columns that it covers, the amount that it prints."""

    text: str = ""
    columns: int = 1
    truth: Truth | None = None


class Row(NamedTuple):
    """A row: cells that cover the label columns, and one cell for each measure column."""

    labels: tuple[Slot, ...]
    amounts: tuple[Slot, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, before it is put on pages."""

    statement: str
    heading: tuple[str, ...]  # the lines above the table: number, title
    left: str  # 编制部门：…
    unit_line: str  # 单位：元
    labels: tuple[Head, ...]
    measures: tuple[Head, ...]
    rows: tuple[Row, ...]
    unit: str
    decimals: int
    note: str = ""
    bands: tuple[Head, ...] = ()  # heads over all columns, where label and measure columns share one
    fixed: bool = False  # the columns have one order (two sides, side by side)


@dataclass(frozen=True, slots=True)
class GridLayout:
    """How tables are put on pages; the first option of each field is its default."""

    repeat: str = "every page"
    spans: str = "merged"
    title: str = "outside"
    unit: str = "outside"
    page_rows: int = 1000
    row_cut: bool = False
    reorder: bool = False
    wrap: int = 0
    narrow: int = 0
    broken_amounts: bool = False
    page_number: str = "none"
    lone_total: bool = False
    contents: str = "none"
    narrative: str = "none"
    padding: int = 0
    star_row: bool = False
    serial: bool = False
    remarks: bool = False
    title_body: bool = False
    merged_down: bool = False
    head_wrap: int = 0
    title_page: bool = True
    seed: int = 0


GRID_OPTIONS: dict[str, tuple[object, ...]] = {
    "repeat": ("every page", "first page", "with title"),
    "spans": ("merged", "unmerged"),
    "title": ("outside", "inside"),
    "unit": ("outside", "inside", "inside one cell"),
    "page_rows": (1000, 20, 8, 5),
    "row_cut": (False, True),
    "reorder": (False, True),  # continuation pages have their columns in another order
    "wrap": (0, 6, 9),
    "narrow": (0,),  # 3: columns so narrow that codes and amounts are broken too; a page cuts all cells of a row
    "broken_amounts": (False, True),
    "page_number": ("none", "12", "- 12 -", "第12页"),
    "lone_total": (False, True),  # a total that is last stands alone on a page, its blank label cells merged
    "contents": ("none", "lines", "grid"),
    "narrative": ("none", "before", "after"),
    "padding": (0, 3),  # empty rows before a total that is last, or at the end
    "star_row": (False, True),
    "serial": (False, True),  # a first column 序号
    "remarks": (False, True),  # a last column 备注
    "merged_down": (False, True),  # equal codes and names of following rows are one cell
    "title_body": (False, True),  # the body's name begins the titles
    "head_wrap": (0, 5),
    "title_page": (True, False),
}
"""The options of each field; `seed` is drawn apart."""


def settle(layout: GridLayout) -> GridLayout:
    """Take back combinations that cannot be: another order of columns needs its own header, some words say the year."""
    if layout.repeat == "first page" or layout.page_rows == 1000:
        layout = replace(layout, reorder=False)
    layout = replace(layout, title_page=layout.title_page or layout.narrative == "none")
    return replace(layout, row_cut=layout.row_cut and bool(layout.wrap or layout.narrow))


def drawn(layout: GridLayout, plain: GridLayout | None = None) -> list[str]:
    """What was drawn, as `field=value`; only what differs from `plain`, where one is given."""
    return [
        f"{item.name}={getattr(layout, item.name)!r}"
        for item in fields(layout)
        if item.name != "seed" and (plain is None or getattr(plain, item.name) != getattr(layout, item.name))
    ]


def random_layout(seed: int, **fixed: Any) -> GridLayout:  # noqa: ANN401 - fields of GridLayout
    """A layout with every option drawn evenly; those given are kept."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in GRID_OPTIONS.items()}
    return settle(GridLayout(**{**chosen, **fixed, "seed": seed}))


@dataclass(frozen=True, slots=True)
class About:
    """What the words around tables say and loaders must report."""

    body: str
    year: int
    edition: str  # 部门 or 单位
    phase: str  # budget, final_accounts


class Place(NamedTuple):
    """Where an amount stands: its block, its cell."""

    truth: Truth
    block: int
    row: int
    column: int


class Frame(NamedTuple):
    """Which edges between the columns of its table a grid has: a total alone on a page has fewer."""

    table: str
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A document without a file, its amounts and their places."""

    document: Document
    places: tuple[Place, ...]
    about: About
    units: dict[str, tuple[str, int]]  # statement -> money unit, decimals
    frames: dict[int, Frame]  # block -> the columns of its table that it has
    layout: GridLayout

    def page(self, place: Place) -> int | None:
        """The page of an amount."""
        return self.document.blocks[place.block].page

    def lines(self) -> list[int]:
        """The line of each of `places`, from 1."""
        first = [number for number, _ in self.document.numbered()]
        return [first[place.block] + place.row for place in self.places]
