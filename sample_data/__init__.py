"""Disclosures that this project wrote itself from published facts and figures; they open with no argument."""

from __future__ import annotations

from pathlib import Path


def paths() -> tuple[Path, ...]:
    """The sample documents, in the order in which they are loaded."""
    return tuple(sorted(Path(__file__).parent.glob("*.txt")))
