"""Plain rows of statements with their amounts, and who published them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.model.bodies import same_body
from budget.model.coordinates import Coordinates
from budget.model.disclosure import AmountOrigin, ColumnStatus, MoneyUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMPUTED = "computed"
"""Column status and row kind of what yusuan adds up itself."""


class Amount(NamedTuple):
    """An amount of a row: fen, half of its last printed digit in fen, column status (or "computed"), origin."""

    fen: int
    half_unit: int
    status: str = ColumnStatus.PRINTED.value
    origin: str = AmountOrigin.PRINTED.value


def added(parts: Sequence[Amount]) -> Amount:
    """The sum of amounts, as computed."""
    return Amount(sum(part.fen for part in parts), max(part.half_unit for part in parts), COMPUTED)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a statement with its amounts by measure."""

    statement: str
    row_no: int | None
    """None for rows that yusuan adds."""
    side: str
    kind: str
    code: str
    """The resolved code."""
    printed_code: str
    line_key: str
    name: str
    label: str
    project: str
    level: int
    page: int | None
    line: int | None
    amounts: Mapping[str, Amount]
    block: int = 0
    """Which of the lists that stand side by side, from 0."""
    path: tuple[str, ...] = ()
    """The labels that it stands under, outermost first, its own last; as printed."""
    meanings: Mapping[str, Coordinates] = field(default_factory=dict, compare=False)
    """Measure -> the coordinates of the amount."""

    def fen(self, measure: str) -> int | None:
        """The amount of a measure in fen; None where the line has none."""
        amount = self.amounts.get(measure)
        return None if amount is None else amount.fen

    @property
    def meaning(self) -> Coordinates:
        """What all amounts of the line have in common; '' where they differ."""
        found = tuple(self.meanings.values())
        if not found:
            return Coordinates()
        return Coordinates(*(values[0] if len(set(values)) == 1 else "" for values in zip(*found, strict=True)))


class Head(NamedTuple):
    """Who published a disclosure: the columns of the disclosures frame that views need."""

    disclosure_id: str = ""
    sha256: str = ""
    body: str = ""
    aliases: tuple[str, ...] = ()
    fiscal_year: int | None = None
    phase: str = ""
    edition: str = ""
    source_name: str = ""

    @property
    def known(self) -> bool:
        """Whether the frames hold this disclosure."""
        return bool(self.sha256)

    @property
    def names(self) -> frozenset[str]:
        """All names of the body."""
        return frozenset(name for name in (self.body, *self.aliases) if name)

    def of_body(self, other: Head) -> bool:
        """Whether both are of one body, under any of its names; also where neither names one."""
        return self.body == other.body or any(same_body(name, theirs) for name in self.names for theirs in other.names)


class Printed(NamedTuple):
    """What is known of a statement besides its rows."""

    number: str = ""
    """Without blanks: 表1, 公开01表."""
    title: str = ""
    measures: tuple[str, ...] = ()
    note: str = ""
    money_unit: str = MoneyUnit.WAN.value
    unit_stated: bool = True
