"""The real documents and what is known to be printed in them; found through YUSUAN_SHARED."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.compare import Known

NAMES = ("changji-2024", "changji-2025", "xinjiang-hq-2024")
LOST = ("changji-2024", "changji-2025")
"""Texts that lost their blank cells: the project table's economic columns are not fixed by arithmetic."""


@dataclass(frozen=True, slots=True)
class Original:
    """A real text with its known amounts."""

    name: str
    text: str
    known: tuple[Known, ...]


def shared() -> Path:
    """The folder of real documents; skips the test, saying so, where there is none."""
    folder = os.environ.get("YUSUAN_SHARED", "")
    if not folder or not (Path(folder) / "disclosures").is_dir():
        pytest.skip("YUSUAN_SHARED names no folder of real documents: the originals were not tested")
    return Path(folder).resolve()


def original(name: str) -> Original:
    """Read one real text and its reference cells."""
    folder = shared()
    with (folder / "reference" / f"{name}.cells.csv").open(newline="", encoding="utf-8-sig") as file:
        known = tuple(
            Known(
                row["statement"], row["code"], row["name"], row["project"], row["measure"],
                int(Decimal(row["amount_yuan"]) * 100),
            )
            for row in csv.DictReader(file)
        )  # fmt: skip
    return Original(name, document(name).read_text(encoding="utf-8"), known)


def document(name: str) -> Path:
    """The path of one real text."""
    return shared() / "disclosures" / f"{name}.txt"
