"""The words of the sample documents: whatever Chinese is shown in English must stand among them."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache

import polars as pl

import sample_data
from budget.library.frames import Frames
from budget.model.disclosure import Phase, StatementId
from budget.model.titles import statement_title
from tests.support.sources import HAN
from tui.cli import export

__all__ = ["HAN", "not_of_the_documents", "samples"]

_RUN = re.compile(f"{HAN.pattern}+")


@cache
def samples() -> Frames:
    """The frames of all sample documents."""
    return export.read(list(sample_data.paths())).frames


def not_of_the_documents(shown: str) -> set[str]:
    """The runs of Chinese characters that stand nowhere in the samples: neither in names nor in the text."""
    return {run for run in _RUN.findall(shown) if run not in _words()}


@cache
def _words() -> str:
    """Every text of the documents that the frames hold, one a line; what is said of the reading is none."""
    found = {statement_title(statement, phase) for statement in StatementId for phase in Phase}  # beside their English
    for name in (field.name for field in fields(Frames)):
        frame = getattr(samples(), name)
        if isinstance(frame, pl.DataFrame) and name != "notices":
            for column in frame.get_columns():
                flat = column.explode() if column.dtype == pl.List(pl.String) else column
                found.update(flat.drop_nulls().to_list() if flat.dtype == pl.String else ())
    return "\n".join(found)
