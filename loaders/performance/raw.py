"""One indicator on its way to a record: the texts of its columns, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass, field

PRINTED, REJOINED, UNCERTAIN = "printed", "rejoined", "uncertain"
_ORDER = (PRINTED, REJOINED, UNCERTAIN)


@dataclass
class Raw:
    """One indicator: the texts of its columns (see `words`), place and status."""

    line: int
    page: int | None
    texts: dict[str, str] = field(default_factory=dict)
    status: str = PRINTED

    def doubt(self, status: str) -> None:
        """The status becomes at least this doubtful."""
        self.status = max(self.status, status, key=_ORDER.index)

    def text(self, column: str) -> str:
        """The text of a column; "" where it is blank or not there."""
        return self.texts.get(column, "")
