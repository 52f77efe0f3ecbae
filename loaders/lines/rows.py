"""Rows of text put together from lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from loaders.words.numbers import is_stray_number, split_amounts
from loaders.words.tokens import Token, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loaders.lines.codes import RowStart
    from loaders.words.tokens import SourceLine


@dataclass(slots=True)
class RawRow:
    """A row of text of which nothing is interpreted but its code."""

    code: str
    total: bool
    line: int
    texts: list[Token] = field(default_factory=list)
    amounts: list[Token] = field(default_factory=list)


class Belongs(Protocol):
    """Decides where text between two rows belongs."""

    def __call__(self, pending: list[Token], current: RawRow, following: list[Token]) -> bool:
        """True where `pending` ends the name of `current`, False where it begins that of the next row."""


@dataclass(slots=True)
class _Assembly:
    usual: int | None
    belongs: Belongs
    uncoded: bool
    rows: list[RawRow] = field(default_factory=list)
    pending: list[Token] = field(default_factory=list)
    unread: list[SourceLine] = field(default_factory=list)

    def begin(self, start: RowStart, line: SourceLine) -> None:
        texts, amounts = split_amounts(start.rest, self.usual)
        prefix = self._settle(texts)
        self.rows.append(RawRow(start.code, not start.code, line.no, [*prefix, *texts], amounts))

    def extend(self, line: SourceLine) -> None:
        texts, amounts = split_amounts(line.tokens, self.usual)
        current = self.rows[-1] if self.rows else None
        named = bool(amounts and not texts and self.pending and self.uncoded)  # the amounts of the name before them
        if current is None or named or (current.amounts and texts):
            self._behind_complete(line, texts, amounts)
        else:
            current.texts += texts
            current.amounts += amounts

    def _behind_complete(self, line: SourceLine, texts: list[Token], amounts: list[Token]) -> None:
        """Text behind a row that has its amounts: the end of its name, or another row without a code."""
        if not amounts:
            if self.rows and self.rows[-1].amounts[0].cell is not None and not line.tabbed:
                self.unread.append(line)  # cells are not continued outside their table
            else:
                self.pending += texts
            return
        prefix = self._settle(texts) if texts else self.pending
        self.pending = []
        name = [*prefix, *texts]
        # Amounts without any name at the start of a table are those of its total.
        total = not name and not self.rows
        self.rows.append(RawRow("", total, name[0].line if name else line.no, name, amounts))

    def _settle(self, following: list[Token]) -> list[Token]:
        pending, self.pending = self.pending, []
        if not pending or not self.rows:
            return pending
        if not self.belongs(pending, self.rows[-1], following):
            return pending
        self.rows[-1].texts += pending
        return []

    def finish(self) -> list[RawRow]:
        if self.pending and self.rows:
            self.rows[-1].texts += self.pending
        return self.rows


def assemble(
    lines: Sequence[SourceLine],
    starts: Callable[[SourceLine], RowStart | None],
    usual: int | None,
    belongs: Belongs,
    *,
    uncoded: bool,
) -> tuple[list[RawRow], list[SourceLine]]:
    """Put lines together to rows; second, the lines of none.

    `starts` recognises the first line of a row with a code or of a total; where `uncoded` is true, rows with a
    name alone are expected too (budget units, projects).
    """
    assembly = _Assembly(usual, belongs, uncoded)
    for line in lines:
        start = starts(line)
        if start is not None:
            assembly.begin(start, line)
        elif not is_stray_number(line, usual):
            assembly.extend(line)
    return assembly.finish(), assembly.unread


def wraps_before(rows: Sequence[RawRow]) -> int:
    """Count rows whose name begins before the line of their amounts.

    Positive where wrapped names end on the line of the amounts, negative where they go on behind it.
    """
    wrapped = [row for row in rows if row.amounts and row.texts and row.texts[0].line < row.texts[-1].line]
    ends = sum(row.texts[-1].line == row.amounts[0].line for row in wrapped)
    begins = sum(row.texts[0].line == row.amounts[0].line for row in wrapped)
    return ends - begins


def occurs(text: list[Token], narrative: str) -> bool:
    """True where the document's own text behind its tables says this name."""
    return bool(text) and normal("".join(token.text for token in text)) in narrative
