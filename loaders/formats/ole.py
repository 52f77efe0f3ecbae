"""Compound files (OLE2), the container of .doc, .xls, .wps and .et: read by olefile, within limits."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from loaders.formats.refusals import damaged

if TYPE_CHECKING:
    from olefile import OleFileIO

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_HEADER = 512
_TABLES_IN_HEADER = 109
"""Sectors of the table of chains that the header names; a small file may reserve them all."""


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound file whose directory has been read."""

    name: str
    size: int  # bytes of the file
    file: OleFileIO

    def has(self, stream: str) -> bool:
        """Whether the root has a stream or storage of this name."""
        return bool(self.file.exists(stream))

    def stream(self, stream: str) -> bytes:
        """The bytes of a stream of the root.

        Raises:
            UnreadableDocumentError: there is none, or its chain is damaged.
        """
        try:
            if max(self.file.get_size(stream), self.file.root.size) <= self.size:  # olefile believes any size
                return bytes(self.file.openstream(stream).read())
        except Exception:  # noqa: BLE001 - olefile meets hostile bytes; whatever it trips over, the file is at fault
            raise damaged(self.name, Message.of(N_("缺少 {}"), stream)) from None
        raise damaged(self.name, Message.of(N_("扇区链")))


def open_compound(data: bytes, name: str) -> Compound:
    """Read the tables and the directory of a compound file.

    Raises:
        UnreadableDocumentError: the file is cut or damaged.
    """
    _check_header(data, name)
    from olefile import OleFileIO

    file = OleFileIO()
    file._check_duplicate_stream = lambda *_: None  # noqa: SLF001 - takes the square of the number of entries
    try:
        file.open(BytesIO(data))
    except Exception:  # noqa: BLE001 - as above; also a directory that nests without end
        raise damaged(name, Message.of(N_("目录"))) from None
    return Compound(name, len(data), file)


def _check_header(data: bytes, name: str) -> None:
    """Refuse tables larger than the file needs: olefile reads as many as the header claims, one sector repeatedly."""
    if not data.startswith(SIGNATURE) or len(data) < _HEADER:
        raise damaged(name)
    sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if sector_shift not in {9, 12} or mini_shift != 6:  # noqa: PLR2004 - the sizes that the format allows
        raise damaged(name, Message.of(N_("文件头")))
    (tables,) = struct.unpack_from("<I", data, 44)
    (mini_tables,) = struct.unpack_from("<I", data, 64)
    sectors = len(data) >> sector_shift
    needed = (sectors >> (sector_shift - 2)) + 1  # a table names a quarter as many sectors as it has bytes
    if tables > 2 * needed + _TABLES_IN_HEADER or mini_tables > sectors:
        raise damaged(name, Message.of(N_("扇区表")))
