"""Messages between a worker process and its parent: a line of JSON, then frames as Arrow streams.

Nothing is unpickled: an answer about a hostile document can hold wrong numbers, but no code.  Sentences go as
`budget.i18n.language.Message` keeps them, so that a worker need not know the language of the interface.
"""

from __future__ import annotations

import io
import json
import struct
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.library.frames import SCHEMAS, Frames

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

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


def pack(frames: Frames) -> list[bytes]:
    """Frames as one Arrow stream each, in the order of SCHEMAS."""
    return [_stream(getattr(frames, name)) for name in SCHEMAS]


def unpack(pieces: Sequence[bytes]) -> Frames:
    """The frames of a message; raises ValueError where they are none, or not in the schemas."""
    try:
        found: dict[str, Any] = {
            name: pl.read_ipc_stream(io.BytesIO(piece)) for name, piece in zip(SCHEMAS, pieces, strict=True)
        }
    except pl.exceptions.PolarsError as error:
        raise ValueError("a piece is no frame") from error
    for name, frame in found.items():
        if frame.schema != SCHEMAS[name]:
            raise ValueError(f"{name} has another schema")
    return Frames(**found)


def _stream(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc_stream(buffer)
    return buffer.getvalue()


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
