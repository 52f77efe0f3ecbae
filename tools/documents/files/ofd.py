"""A document as OFD (GB/T 33190): a zip of pages in XML, millimetres, text objects and paths."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count, groupby
from random import Random
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from tools.documents.files.ruled import LEADING, MARGIN, PADDING, SIZE, Placed, edges_of, place, rules, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.document import Document, Grid, Paragraph
    from tools.documents.files.sheet import Made

MM = 25.4 / 72
_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@dataclass(frozen=True, slots=True)
class Look:
    """How pages are written; the first option of each field is its default."""

    rules: str = "objects"
    steps: str = "each"  # DeltaX: a figure for each character, or runs of equal ones
    boundary: str = "own"
    matrix: bool = False
    leading: str = "Doc_0/"  # how paths are written: relative, or from the root


LOOK_OPTIONS: dict[str, tuple[object, ...]] = {
    "rules": ("objects", "one path", "boxes", "areas"),
    "steps": ("each", "runs"),
    "boundary": ("own", "page"),
    "matrix": (False, True),
    "leading": ("Doc_0/", "/Doc_0/"),
}
"""The options of each field."""


def random_look(seed: int, **fixed: Any) -> Look:  # noqa: ANN401 - fields of Look
    """A look with every option drawn evenly; those given are kept."""
    rng = Random(seed)
    chosen: dict[str, Any] = {name: rng.choice(options) for name, options in LOOK_OPTIONS.items()}
    return Look(**{**chosen, **fixed})


def write(made: Made, look: Look) -> tuple[bytes, Document]:
    """The bytes, and the document as it stands on the pages: each cell with its box in points."""
    blocks: list[Paragraph | Grid] = []
    edges = edges_of(made)
    pages: list[str] = []
    ids = count(10)
    for _, group in groupby(enumerate(made.document.blocks), key=lambda item: item[1].page):
        page = _Page(list(group), look, ids, edges)
        pages.append(page.xml())
        blocks += page.blocks(len(pages))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("OFD.xml", _root(look))
        package.writestr("Doc_0/Document.xml", _document(len(pages), next(ids)))
        package.writestr("Doc_0/PublicRes.xml", _resources())
        for number, xml in enumerate(pages):
            package.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", xml)
    return out.getvalue(), replace(made.document, format="ofd", blocks=tuple(blocks))


def _xml(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _root(look: Look) -> str:
    return _xml(
        f'<ofd:OFD {_SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo>"
        f"<ofd:DocRoot>{look.leading}Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(pages: int, most: int) -> str:
    listed = "".join(f'<ofd:Page ID="{most + i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages))
    return _xml(
        f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:MaxUnitID>{most + pages + 1}</ofd:MaxUnitID>"
        "<ofd:PageArea><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def _resources() -> str:
    return _xml(
        f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" FamilyName="宋体"/>'
        "</ofd:Fonts></ofd:Res>"
    )


def _figures(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:.3f}".rstrip("0").rstrip(".") for number in numbers)


class _Page:
    """One page in XML; places are in points until they are written."""

    def __init__(
        self, blocks: Sequence[tuple[int, Paragraph | Grid]], look: Look, ids: count[int], edges: dict[int, list[float]]
    ) -> None:
        self.look, self.ids = look, ids
        self.placed, self.width, self.height = place(blocks, edges)

    def blocks(self, number: int) -> list[Paragraph | Grid]:
        """The blocks with their boxes."""
        found: list[Paragraph | Grid] = []
        for placed in self.placed:
            if isinstance(placed, Placed):
                cells = tuple(cell._replace(box=placed.box(cell)) for cell in placed.grid.cells)
                box = (placed.across[0], placed.down[0], placed.across[-1], placed.down[-1])
                found.append(placed.grid._replace(cells=cells, page=number, box=box))
            else:
                found.append(placed[0])
        return found

    def xml(self) -> str:
        """The page's content."""
        objects: list[str] = []
        for placed in self.placed:
            if isinstance(placed, Placed):
                objects += self._rules(placed)
                for cell in placed.grid.cells:
                    left, top, _, bottom = placed.box(cell)
                    lines = cell.text.split("\n")
                    first = top + (bottom - top - LEADING * len(lines)) / 2 + SIZE
                    objects += [
                        self._text(line, left + PADDING, first + LEADING * i) for i, line in enumerate(lines) if line
                    ]
            else:
                block, base = placed
                objects += [self._text(block.text, MARGIN, base)] if block.text else []
        area = _figures((0, 0, self.width * MM, self.height * MM))
        return _xml(
            f"<ofd:Page {_SPACE}><ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area><ofd:Content>"
            f'<ofd:Layer ID="{next(self.ids)}" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
        )

    def _text(self, text: str, x: float, base: float) -> str:
        """A text object: its base line at `base`, each character after the width of the one before."""
        if self.look.boundary == "own":
            left, top = x * MM, (base - SIZE) * MM
            boundary = (left, top, text_width(text) * MM + 1, (SIZE + 3) * MM)
        else:
            left = top = 0.0
            boundary = (0, 0, self.width * MM, self.height * MM)
        scale = 0.5 if self.look.matrix else 1.0
        matrix = f' CTM="{scale} 0 0 {scale} 0 0"' if self.look.matrix else ""
        widths = [round(text_width(char) * MM / scale, 3) for char in text[:-1]]
        steps = self._steps(widths)
        delta = f' DeltaX="{steps}"' if steps else ""
        x_, y_ = (x * MM - left) / scale, (base * MM - top) / scale
        return (
            f'<ofd:TextObject ID="{next(self.ids)}" Boundary="{_figures(boundary)}" Font="2"'
            f' Size="{_figures((SIZE * MM / scale,))}"{matrix}>'
            f'<ofd:TextCode X="{_figures((x_,))}" Y="{_figures((y_,))}"{delta}>{escape(text)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )

    def _steps(self, widths: list[float]) -> str:
        if self.look.steps == "each":
            return _figures(widths)
        found = []
        for width, run in groupby(widths):
            length = len(list(run))
            found.append(f"g {length} {_figures((width,))}" if length > 1 else _figures((width,)))
        return " ".join(found)

    def _rules(self, placed: Placed) -> list[str]:
        if self.look.rules == "boxes":
            boxes = [placed.box(cell) for cell in placed.grid.cells]
            return [self._path([(l, t), (r, t), (r, b), (l, b)], close=True) for l, t, r, b in boxes]
        sides = rules(placed, long=self.look.rules == "one path")
        if self.look.rules == "areas":
            half = 0.2
            thin = [(l - half, t - half, r + half, b + half) for l, t, r, b in sides]
            return [self._path([(l, t), (r, t), (r, b), (l, b)], close=True, fill=True) for l, t, r, b in thin]
        if self.look.rules == "one path":
            data = " ".join(f"M {_figures((l * MM, t * MM))} L {_figures((r * MM, b * MM))}" for l, t, r, b in sides)
            page = _figures((0, 0, self.width * MM, self.height * MM))
            return [self._object(page, data, fill=False)]
        return [self._path([(l, t), (r, b)]) for l, t, r, b in sides]

    def _path(self, points: list[tuple[float, float]], *, close: bool = False, fill: bool = False) -> str:
        """A path through these points; its coordinates are from its boundary's corner."""
        left, top = (min(at[i] for at in points) * MM for i in (0, 1))
        right, bottom = (max(at[i] for at in points) * MM for i in (0, 1))
        near = [_figures((x * MM - left, y * MM - top)) for x, y in points]
        data = f"M {near[0]} " + " ".join(f"L {at}" for at in near[1:]) + (" C" if close else "")
        return self._object(_figures((left, top, max(right - left, 0.1), max(bottom - top, 0.1))), data, fill=fill)

    def _object(self, boundary: str, data: str, *, fill: bool) -> str:
        kind = 'Stroke="false" Fill="true"' if fill else 'Stroke="true" Fill="false"'
        return (
            f'<ofd:PathObject ID="{next(self.ids)}" Boundary="{boundary}" LineWidth="0.2" {kind}>'
            f'<ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        )
