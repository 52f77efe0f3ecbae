"""Flipped, cut, inserted and rewritten bytes: a document or one sentence, never a traceback, never a hang."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from budget.model.disclosure import UnreadableDocumentError
from loaders.formats import detect, doc, docx, html
from loaders.formats.ofd import reader
from loaders.formats.spreadsheet import reader as sheet
from loaders.formats.text import reader as text
from tests.loaders.formats.spreadsheet.test_reader import ods, ods_cell, ods_row
from tests.loaders.formats.test_written import made
from tests.support.limits import processor_seconds
from tests.support.packages import sound, zipped
from tests.support.tiers import turns
from tools.documents.files import ofd as written_ofd
from tools.documents.files import office
from tools.documents.strategies import share

if TYPE_CHECKING:
    from collections.abc import Callable

    from loaders.document import Document

READERS = {
    "docx": docx,
    "doc": doc,
    "html": html,
    "xlsx": sheet,
    "xls": sheet,
    "ods": sheet,
    "ofd": reader,
    "text": text,
}
SECONDS = 20.0
_VALUES = (
    "", "-1", "0", "abc", "nan", "inf 1", "9e999", "999999999999", "2147483648", "²", "１２", "../../x.xml",
    "A1:XFD1048576", "XFD1048576", "g 99999999 1", "M 1 1 L", "M 1e300 0 L 5 5", "-5 -5 0 0", "&#x9;",
)  # fmt: skip


def samples() -> dict[str, bytes]:
    written = made("shanghai", 1)
    look = office.Look(numbers="formats", decoys=True)
    rows = ods_row(ods_cell("科目"), ods_cell("1,234.50", ' office:value="1234.5"')) * 9
    return {
        "docx": office.docx(written, look),
        "doc": (Path(__file__).parent / "data" / "word97.doc").read_bytes(),
        "xlsx": office.xlsx(written, look),
        "xls": office.xls(written, look),
        "ods": ods(rows),
        "ofd": written_ofd.write(written, written_ofd.Look())[0],
    }


def damaged(data: bytes, rng: Random) -> bytes:
    """The bytes, some of them flipped, cut out, inserted or overwritten."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 30])):
        place = rng.randrange(max(len(changed), 1))
        match rng.randrange(5):
            case 0 if changed:
                changed[place] ^= 1 << rng.randrange(8)
            case 1:
                del changed[place : place + rng.choice([1, 4, 50, 1000])]
            case 2:
                changed[place:place] = rng.randbytes(rng.choice([1, 4, 64]))
            case 3:
                changed[place : place + 4] = rng.choice([b"\xff" * 4, b"\x00" * 4, b"\xff\xff\xff\x7f", b"<<<<"])
            case _:
                changed = changed[: max(place, 1)]
    return bytes(changed)


def rewritten(data: bytes, rng: Random) -> bytes:
    """A whole package whose XML says something else: values, texts, names and missing elements."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        members = {path: package.read(path) for path in package.namelist()}
    path = rng.choice([path for path in members if path.endswith((".xml", ".rels"))])
    page = members[path].decode()
    for _ in range(rng.choice([1, 3, 10])):
        pattern = rng.choice([r'(?<==")[^"]*(?=")', r"(?<=>)[^<>]+(?=<)", r"<[^<>/]+/>", r"(?<=<)\w+:\w+(?=[ >])"])
        found = list(re.finditer(pattern, page))
        if found:
            match = rng.choice(found)
            new = "" if page[match.start()] == "<" else rng.choice([*_VALUES, rng.choice(found)[0]])
            page = page[: match.start()] + new + page[match.end() :]
    return zipped({**members, path: page.encode("utf-8", "replace")})


CASES = {
    ("doc", damaged): 25,
    ("xls", damaged): 60,
    ("ods", damaged): 40,
    ("docx", rewritten): 40,
    ("xlsx", rewritten): 60,
    ("ods", rewritten): 60,
    ("ofd", rewritten): 20,
}
"""Files of each format and kind of damage."""


def outcome(data: bytes) -> Document | str:
    """The document, or the sentence with which it is refused."""
    try:
        return READERS[detect.format_of(data, "某文件")].read(data, "某文件")
    except UnreadableDocumentError as error:
        return str(error)


@pytest.mark.parametrize(
    ("kind", "change"), list(CASES)[:: turns(3)], ids=lambda value: getattr(value, "__name__", value)
)
def test_damaged_files_give_a_document_or_a_sentence(kind: str, change: Callable[[bytes, Random], bytes]) -> None:
    """A package with a check sum, and a directory that is damaged, may be refused every time."""
    whole = samples()[kind]
    assert not isinstance(outcome(whole), str)
    for seed in range(share(CASES[kind, change])):
        data = change(whole, Random(f"{kind} {seed}"))
        with processor_seconds(SECONDS, f"seed {seed}"):
            found = outcome(data)
        if isinstance(found, str):
            assert re.fullmatch("某文件：.+。", found), f"seed {seed}"
        else:
            sound(found)
            "\n".join(found.lines).encode()  # no halves of characters
