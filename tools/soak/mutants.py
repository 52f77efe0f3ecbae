"""Mutate documents and see that nothing certain is false.

Inside the members of zip archives (with right checksums), inside the decompressed streams of PDF pages, and in tables:
columns change places, rows are doubled, titles move by one table.  A mutant is read or refused with one sentence; every
amount whose column counts as printed or solved must stand in the line that it is said to stand in, and a table whose
columns changed places with their heads must say what it said before.  Run as `python -m tools.soak.mutants [FILES]`.
"""

from __future__ import annotations

import io
import re
import sys
import traceback
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from budget.model.disclosure import ColumnStatus, UnreadableDocumentError
from loaders import disclosure
from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.load import document as document_of
from tools.documents import any_form
from tools.documents.any_form.files import made
from tools.documents.files import ofd, office, pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from budget.model.disclosure import Cell, Coordinates, Disclosure

FILES = 10_000
BASES = 5
"""Whole documents of each format."""
CERTAIN = {ColumnStatus.PRINTED.value, ColumnStatus.SOLVED.value}
ZIPPED = ("docx", "xlsx", "ofd")
_ELEMENT = re.compile(rb"<(?![?!/])[^<>]*>[^<>]*")
_NUMBER = re.compile(rb"\d+")


@cache
def unmutated(format_: str, base: int) -> bytes:
    """A document of a random form."""
    form = made(any_form.draw(base))
    if format_ == "pdf":
        return pdf.write(form, pdf.Look(compressed=False))[0]
    if format_ == "ofd":
        return ofd.write(form, ofd.Look())[0]
    data: bytes = getattr(office, format_)(form, office.Look())
    return data


def in_member(data: bytes, rng: Random) -> bytes:
    """An archive one of whose members has other elements or numbers."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        sizes = [old.getinfo(name).file_size for name in names]
        chosen = rng.choices(names, sizes)[0]
        for name in names:
            part = old.read(name)
            new.writestr(name, in_markup(part, rng) if name == chosen else part)
    return out.getvalue()


def in_markup(part: bytes, rng: Random) -> bytes:
    """Elements doubled, left out or exchanged, or numbers changed."""
    pieces = list(_ELEMENT.finditer(part))
    if len(pieces) < 2:  # noqa: PLR2004 - two to exchange
        return part
    one, other = sorted(rng.sample(pieces, 2), key=lambda piece: piece.start())
    kind = rng.choice(("double", "leave out", "exchange", "number"))
    if kind == "double":
        return part[: one.end()] + one[0] + part[one.end() :]
    if kind == "leave out":
        return part[: one.start()] + part[one.end() :]
    if kind == "exchange":
        return part[: one.start()] + other[0] + part[one.end() : other.start()] + one[0] + part[other.end() :]
    return part[: one.start()] + _NUMBER.sub(lambda _: b"%d" % rng.randrange(10**6), one[0]) + part[one.end() :]


def in_stream(data: bytes, rng: Random) -> bytes:
    """A PDF file one of whose pages draws other operators."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        page = rng.choice(list(document.pages))
        operators = list(pikepdf.parse_content_stream(page))
        for _ in range(rng.choice((1, 2, 5))):
            at, other = rng.randrange(len(operators)), rng.randrange(len(operators))
            kind = rng.choice(("double", "leave out", "exchange", "put"))
            if kind == "exchange":
                operators[at], operators[other] = operators[other], operators[at]
            elif kind == "leave out" and len(operators) > 1:
                del operators[at]
            else:
                operators.insert(at, operators[at if kind == "double" else other])
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(operators))
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def exchanged_columns(document: Document, rng: Random) -> Document:
    """Two columns of amounts change places with their heads."""
    places = [(at, place) for at, block in enumerate(document.blocks) for place in _exchangeable(block)]
    if not places:
        return document
    at, left = rng.choice(places)
    grid = document.blocks[at]
    assert isinstance(grid, Grid)
    other = {left: left + 1, left + 1: left}
    cells = sorted(cell._replace(column=other.get(cell.column, cell.column)) for cell in grid.cells)
    return _with(document, at, grid._replace(cells=tuple(cells)))


def _exchangeable(block: Paragraph | Grid) -> Iterator[int]:
    """The columns that have one of the same kind to their right: no span touches either, both are amounts."""
    if not isinstance(block, Grid) or block.source:
        return
    columns: dict[int, list[GridCell]] = {}
    for cell in block.cells:
        columns.setdefault(cell.column, []).append(cell)
    spanned = {cell.column + n for cell in block.cells if cell.columns > 1 for n in range(cell.columns)}
    single = [column for column in columns if column not in spanned and _has_amounts(columns[column])]
    yield from (column for column in single if column + 1 in single and _has_own_heads(columns, column))


def _has_own_heads(columns: dict[int, list[GridCell]], left: int) -> bool:
    """Whether no head may reach over two columns or from them to the next: blanks beside a text can mean that."""
    highest = [
        min((cell.row for cell in columns[column] if cell.text.strip()), default=-1)
        for column in range(left - 1, left + 3)
        if column in columns
    ]
    return len(set(highest)) == 1


def _has_amounts(cells: list[GridCell]) -> bool:
    return sum(bool(re.fullmatch(r"-?[\d,]+\.\d+", cell.text)) for cell in cells) * 2 > len(cells)


def doubled_row(document: Document, rng: Random) -> Document:
    """One row of one grid stands there twice."""
    grids = [(at, block) for at, block in enumerate(document.blocks) if isinstance(block, Grid) and not block.source]
    if not grids:
        return document
    at, grid = rng.choice(grids)
    row = rng.randrange(grid.rows)
    if any(cell.rows > 1 and cell.row <= row < cell.row + cell.rows for cell in grid.cells):
        return document
    below = [cell._replace(row=cell.row + 1) for cell in grid.cells if cell.row > row]
    again = [cell._replace(row=row + 1) for cell in grid.cells if cell.row == row]
    kept = [cell for cell in grid.cells if cell.row <= row]
    return _with(document, at, grid._replace(cells=(*kept, *again, *below), rows=grid.rows + 1))


def shifted_titles(document: Document, _: Random) -> Document:
    """Every line of text moves below the grid that follows it."""
    blocks = list(document.blocks)
    for at in range(len(blocks) - 1, 0, -1):
        if isinstance(blocks[at], Grid) and isinstance(blocks[at - 1], Paragraph):
            blocks[at - 1], blocks[at] = blocks[at], blocks[at - 1]
    return replace(document, blocks=tuple(blocks))


def _with(document: Document, at: int, grid: Grid) -> Document:
    blocks = list(document.blocks)
    blocks[at] = grid
    return replace(document, blocks=tuple(blocks))


IN_TABLES: dict[str, Callable[[Document, Random], Document]] = {
    "columns": exchanged_columns,
    "rows": doubled_row,
    "titles": shifted_titles,
}
KINDS = (*ZIPPED, "pdf", *IN_TABLES)


def fault(kind: str, seed: int) -> str:
    """What is wrong with one mutant; "" for nothing."""
    rng = Random(f"{kind} {seed}")
    base = rng.randrange(BASES)
    try:
        if kind in IN_TABLES:
            after = IN_TABLES[kind](drawn(base), rng)
            return _printed_fault(after) or (_meaning_fault(base, after) if kind == "columns" else "")
        data = in_stream(unmutated(kind, base), rng) if kind == "pdf" else in_member(unmutated(kind, base), rng)
        return _printed_fault(document_of(data, f"m.{kind}"))
    except UnreadableDocumentError as error:
        return "" if "\n" not in str(error) else f"no one sentence: {error}"
    except Exception:  # noqa: BLE001 - whatever escapes is a fault
        return traceback.format_exc()[-600:]


@cache
def drawn(base: int) -> Document:
    """A document of a random form, without a file."""
    return any_form.draw(base).document


@cache
def meant(base: int) -> Counter[tuple[Coordinates, int]]:
    """Its amounts with what they mean."""
    return Counter((cell.coordinates, cell.amount_fen) for cell in read(drawn(base)).cells)


def read(document: Document) -> Disclosure:
    """The disclosure of a document without a file."""
    return disclosure.read(document, "0" * 64, Path("m"))


def certain(found: Disclosure) -> list[Cell]:
    """The amounts that are shown without a mark."""
    return [cell for cell in found.cells if cell.column_status in CERTAIN]


def _printed_fault(document: Document) -> str:
    """An amount that its lines do not print."""
    lines = document.lines
    for cell in certain(read(document)):
        there = "".join(lines[(cell.line or 1) - 1 : (cell.line or 1) + 2])
        if re.sub(r"\s", "", cell.printed) not in re.sub(r"\s", "", there):
            return f"line {cell.line} does not print {cell.printed}: {there[:100]}"
    return ""


def _meaning_fault(base: int, after: Document) -> str:
    """An amount that means something else than before."""
    for cell in certain(read(after)):
        if (cell.coordinates, cell.amount_fen) not in meant(base):
            return f"line {cell.line} now means something else: {cell.printed} {cell.coordinates}"
    return ""


def faults(files: int, first: int = 0) -> list[str]:
    """What is wrong with so many mutants, of every kind by turns."""
    found = ((kind, first + at, fault(kind, first + at)) for at in range(-(-files // len(KINDS))) for kind in KINDS)
    return [f"{kind} {seed}: {wrong}" for kind, seed, wrong in found if wrong]


def main(given: list[str]) -> int:
    """Mutate and print what was found; 1 where something was wrong."""
    files = int(given[0]) if given else FILES
    found = faults(files)
    print(f"改动的文件 {files} 份，问题 {len(found)} 个", *found[:10], sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
