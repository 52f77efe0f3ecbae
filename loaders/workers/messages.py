"""Messages between a worker process and its parent: pieces of JSON, a disclosure as the rows of its frames.

Nothing is unpickled: an answer about a hostile document can hold wrong numbers, but no code.  Sentences go as
`budget.i18n.language.Message` keeps them, so that a worker need not know the language of the interface.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

from budget.library.rows import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    from budget.library.rows import Columns, Rows

_LENGTH = struct.Struct(">Q")
MOST_BYTES = 1 << 30
"""Of one piece of a message: what would be longer was not written by a worker of ours."""


def send(stream: IO[bytes], header: dict[str, Any], pieces: Sequence[bytes] = ()) -> None:
    """Write one message; raises OSError where nobody listens any more."""
    content = json.dumps({**header, "pieces": len(pieces)}).encode("ascii")
    for piece in (content, *pieces):
        stream.write(_LENGTH.pack(len(piece)))
        stream.write(piece)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Read one message.

    Raises:
        EOFError: the other side has ended, perhaps within the message.
        ValueError, TypeError, KeyError: this is no message.
    """
    header: dict[str, Any] = dict(json.loads(_piece(stream)))
    return header, [_piece(stream) for _ in range(header["pieces"])]


def pack(rows: Rows) -> list[bytes]:
    """The rows of one frame each, in the order of COLUMNS.

    Raises:
        UnicodeEncodeError: a text is none.
    """
    return [json.dumps(rows[name], ensure_ascii=False, separators=(",", ":")).encode() for name in COLUMNS]


def unpack(pieces: Sequence[bytes]) -> Rows:
    """The rows of a message; raises ValueError or TypeError where they are none."""
    return {
        name: _tuples(json.loads(piece), columns)
        for (name, columns), piece in zip(COLUMNS.items(), pieces, strict=True)
    }


def _tuples(rows: list[list[Any]], columns: Columns) -> list[tuple[Any, ...]]:
    """Rows as they were, where JSON has made lists of their tuples."""
    lists = [place for place, kind in enumerate(columns.values()) if kind in {"texts", "box"}]
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("a row has other columns")
    for row in rows:
        for place in lists:
            if row[place] is not None:
                row[place] = tuple(row[place])
    return [tuple(row) for row in rows]


def _piece(stream: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > MOST_BYTES:
        raise ValueError("a piece is too long")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)  # a buffered stream returns less only at its end
    if len(content) < length:
        raise EOFError
    return content
