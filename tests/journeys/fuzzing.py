"""Damaged files: flips, cuts and inserts in a small file of each format, loaded in a process of its own."""

from __future__ import annotations

import traceback
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import UnreadableDocumentError
from loaders.load import load
from tools.documents.files import ofd, office, pdf
from tools.documents.files.layout import Layout
from tools.documents.files.render import write
from tools.documents.files.sheet import GridLayout
from tools.documents.known_forms import shanghai
from tools.documents.known_forms.budget_gen import Shape, grow

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ZIPPED = ("ofd", "docx", "xlsx")
FORMATS = ("pdf", *ZIPPED, "xls", "doc", "html", "txt")
_WORD = Path(__file__).parents[1] / "loaders" / "formats" / "data" / "word97.doc"
_SHAPE = Shape(seed=5, items=1, digits=8, unit=("元", 0))
_NASTY = (
    b"\x00",
    b"\xff" * 8,
    b"-1",
    b"99999999999",
    b"1e309",
    b"<",
    b">",
    b"&",
    b'"',
    b"]]>",
    b"(",
    b">>",
    b"endobj",
    b"%s",
)
"""What is put in: bytes that mean something to one format or another."""


class Result(NamedTuple):
    """What came of one damaged file: `fault` is a traceback, "" if there is none."""

    fault: str
    read: bool


@cache
def small(format_: str) -> bytes:
    """A small whole file."""
    if format_ == "doc":
        return _WORD.read_bytes()
    if format_ == "txt":
        return write(grow(Shape(seed=5, items=2)), Layout()).data
    made = shanghai.made(grow(_SHAPE), shanghai.Style(), GridLayout())
    if format_ == "pdf":
        return pdf.write(made, pdf.Look(compressed=False))[0]
    if format_ == "ofd":
        return ofd.write(made, ofd.Look(rules="one path"))[0]
    data: bytes = getattr(office, format_)(made, office.Look(numbers="formats"))
    return data


def damaged(format_: str, seed: int) -> bytes:
    """The small file with some damage; in zipped formats every other time inside a part of the package."""
    rng = Random(f"{format_} {seed}")
    data = small(format_)
    if format_ in ZIPPED and seed % 2:
        return _repacked(data, rng)
    return _damage(data, rng)


def _repacked(data: bytes, rng: Random) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        names = whole.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = whole.read(name)
            if name != chosen:
                package.writestr(name, part)
            elif rng.random() < 0.9:  # else the part is missing
                package.writestr(name, _damage(part, rng))
    return out.getvalue()


def _damage(data: bytes, rng: Random) -> bytes:
    """A few flips, cuts and inserts."""
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not found:
            break
        at = rng.randrange(len(found))
        kind = rng.choice(("flip", "flip", "flip", "byte", "cut", "end", "insert", "repeat"))
        length = rng.choice((1, 4, 50, 2000))
        if kind == "flip":
            found[at] ^= 1 << rng.randrange(8)
        elif kind == "byte":
            found[at] = rng.randrange(256)
        elif kind == "cut":
            del found[at : at + length]
        elif kind == "end":
            del found[max(at, len(found) // 2) :]
        elif kind == "insert":
            found[at:at] = rng.choice(_NASTY)
        else:
            found[at:at] = found[at : at + length] * rng.choice((1, 3))
    return bytes(found)


def examine(format_: str, seed: int, folder: Path) -> Result:
    """Load one damaged file: a disclosure, or one plain sentence that names the file."""
    path = folder / f"damaged.{format_}"
    path.write_bytes(damaged(format_, seed))
    try:
        load(path)
    except UnreadableDocumentError as error:
        plain = path.name in str(error) and "\n" not in str(error)
        return Result("" if plain else f"not one plain sentence: {error}", read=False)
    except BaseException:  # noqa: BLE001 - whatever escapes is a fault
        return Result(traceback.format_exc(), read=False)
    return Result("", read=True)


def work(format_: str, seeds: range, folder: Path, pipe: Connection) -> None:
    """Examine one file after another; before and after each, say so through the pipe."""
    for seed in seeds:
        pipe.send(seed)
        pipe.send(examine(format_, seed, folder))
    pipe.close()
