"""A frame as CSV: raw data for other programs, nothing neutralised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from budget.library.frames import spoken
from budget.model.money import FEN_PER_YUAN

if TYPE_CHECKING:
    from budget.library.frames import Frames

_BOM = b"\xef\xbb\xbf"


def raw_frame_csv(frames: Frames, name: str, encoding: str = "utf-8") -> bytes:
    """A frame as CSV with CRLF, amounts in fen and in 元.

    `name` is a key of `budget.library.frames.SCHEMAS`.

    Columns: those of the frame (notices as sentences) with lists joined by "|", for each amount (…_fen) the same in 元
    as an exact decimal text (…_yuan), then body and fiscal_year of the disclosure.  `encoding` is utf-8 (with byte
    order mark) or gb18030.
    """
    frame: pl.DataFrame = spoken(frames.notices) if name == "notices" else getattr(frames, name)
    lists = [column for column, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    frame = frame.with_columns(pl.col(column).cast(pl.List(pl.String)).list.join("|") for column in lists)
    money = [column for column in frame.columns if column.endswith("_fen")]
    frame = frame.with_columns(yuan(pl.col(column)).alias(column.removesuffix("_fen") + "_yuan") for column in money)
    if name != "disclosures":
        owners = frames.disclosures.select("disclosure_id", "body", "fiscal_year")
        frame = frame.join(owners, on="disclosure_id", how="left", maintain_order="left")
    text = frame.write_csv(line_terminator="\r\n")
    if encoding == "utf-8":
        return _BOM + text.encode("utf-8", errors="replace")
    return text.encode(encoding, errors="replace")


def yuan(fen: pl.Expr) -> pl.Expr:
    """As `budget.model.money.yuan_text`: exact, without superfluous zeros."""
    whole = (fen.abs() // FEN_PER_YUAN).cast(pl.String)
    rest = fen.abs() % FEN_PER_YUAN
    text = pl.when(rest == 0).then(whole).otherwise(whole + "." + rest.cast(pl.String).str.zfill(2))
    return pl.when(fen < 0).then("-" + text).otherwise(text)
