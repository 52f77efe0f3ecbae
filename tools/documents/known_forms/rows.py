"""One row of a table as its visual lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tools.documents.files.paper import amount_text, break_amount, name_text, wrap
from tools.documents.known_forms.headers import label_columns
from tools.documents.model import FEN

if TYPE_CHECKING:
    from random import Random

    from tools.documents.files.layout import Layout
    from tools.documents.known_forms.tables import Entry, Table, Truth
    from tools.documents.model import Budget

_BREAKS = 0.06
"""Share of the amounts that are broken over two lines where the layout breaks any."""


class Line(NamedTuple):
    """A visual line: `tight` when no blank line stands before it; the amounts that it holds."""

    text: str
    tight: bool
    truths: tuple[Truth, ...]


class _Cell(NamedTuple):
    """A cell as its visual lines; `truth` is the amount that it prints."""

    pieces: list[str]
    truth: Truth | None = None
    is_name: bool = False


class Writer:
    """Writes the rows of one table."""

    def __init__(self, budget: Budget, layout: Layout, table: Table, rng: Random) -> None:
        self.budget, self.layout, self.table, self.rng = budget, layout, table, rng
        unit, self.decimals = budget.units(table.number, odd=layout.odd_unit)
        self.quantum = FEN[unit] // 10**self.decimals
        self.page = 0  # the page of the table, from 0
        self.shifted_pages = rng.choice(((0,), (0, 1, 2, 3), (1,)))

    def lines(self, row: tuple[Entry | None, Entry | None]) -> list[Line]:
        """The visual lines of a row."""
        two_sided = self.table.number in {1, 4}
        if self.layout.cells == "tabs":
            cells = self._tab_pair(row) if two_sided else self._tab_cells(row[0])
            text = "\t".join(cell.pieces[0] for cell in cells)
            if self.layout.tab_fault == "trimmed":
                text = text.rstrip("\t")
            return [Line(text, tight=True, truths=tuple(cell.truth for cell in cells if cell.truth))]
        entries = [entry for entry in row if entry]
        found = [cell for entry in entries for cell in self._flow_cells(entry, two_sided=two_sided)]
        return self._suffix(found) if self.layout.wrap == "suffix" else self._prefix(found)

    # -- blanks lost --------------------------------------------------------------------------------------------

    def _flow_cells(self, entry: Entry, *, two_sided: bool) -> list[_Cell]:
        label, project = name_text(entry.label, self.layout), name_text(entry.project, self.layout)
        code = self._code(entry.code)
        cells: list[_Cell] = []
        if entry.code and self.layout.code_style == "glued":
            label = code + label
        elif code:
            cells.append(_Cell([code]))
        widths = self._may_wrap(entry, two_sided=two_sided)
        for text, may in ((label, widths[0]), (project, widths[1])):
            if text:
                pieces = wrap(text, self.layout.wrap_width) if may else [text]
                if len(cells) == bool(code and self.layout.code_style != "glued"):
                    pieces[0] = self._indent(entry) + pieces[0]
                cells.append(_Cell(pieces, is_name=True))
        return cells + [self._flow_amount(truth) for truth in entry.amounts if truth or self._dash]

    @property
    def _dash(self) -> bool:
        """Whether blank cells are printed as a dash."""
        return self.layout.zeros == "dash"

    def _flow_amount(self, truth: Truth | None) -> _Cell:
        return _Cell(self._amount(truth), truth) if truth else _Cell(["-"])

    def _may_wrap(self, entry: Entry, *, two_sided: bool) -> tuple[bool, bool]:
        """Which of label and project may be broken over lines.

        Two-sided tables and totals are not.  Where the rest of a name follows its amounts ("suffix"), only one cell
        of a row is broken, and lines without a code only where an indent shows where a row begins: otherwise nobody
        could tell the rest of one name from the beginning of the next.
        """
        style = self.layout.wrap
        is_total = not entry.code and entry.label == self.layout.total_word
        if style == "none" or is_total or (two_sided and not self.layout.wrap_two_sided):
            return False, False
        if style == "prefix":
            return self.table.number != 10 and "总" not in entry.label, True
        coded = bool(entry.code)
        indented = self.layout.indent and self.table.number == 11
        return coded and not entry.project, bool(entry.project) and (coded or indented)

    def _indent(self, entry: Entry) -> str:
        if not self.layout.indent or not entry.level or (self.layout.code_style == "glued" and entry.code):
            return ""
        steps = entry.level if self.table.number in {1, 4, 7, 10, 11} else entry.level - 1
        return self.layout.indent_with * 2 * steps

    def _code(self, code: str) -> str:
        if self.layout.code_style == "spaced" and len(code) > 3:
            return " ".join([code[:3], *(code[i : i + 2] for i in range(3, len(code), 2))])
        return code

    def _amount(self, truth: Truth) -> list[str]:
        text = amount_text(truth.fen, self.layout, self.quantum, self.decimals)
        style = self.layout.broken_numbers
        if style != "none" and self.table.number not in {1, 4} and self.rng.random() < _BREAKS:
            return break_amount(text, style)
        return [text]

    def _prefix(self, cells: list[_Cell]) -> list[Line]:
        """A cell of several lines stands alone; what follows it begins a new line."""
        lines: list[Line] = []
        current, truths = "", []
        for cell in cells:
            held = [cell.truth] if cell.truth else []
            if len(cell.pieces) == 1:
                current = f"{current}{self.layout.gap}{cell.pieces[0]}" if current else cell.pieces[0]
                truths += held
                continue
            if current:
                lines.append(Line(current, bool(lines), tuple(truths)))
                current, truths = "", []
            for count, piece in enumerate(cell.pieces):
                lone = count > 0 or (self.layout.code_alone and cell.is_name)
                lines.append(Line(piece, bool(lines) and not lone, tuple(held)))
        if current:
            lines.append(Line(current, bool(lines), tuple(truths)))
        return lines

    def _suffix(self, cells: list[_Cell]) -> list[Line]:
        """The first line of each cell side by side; what is left of broken cells below."""
        broken = [cell for cell in cells if len(cell.pieces) > 1]
        for cell in broken[1:]:  # one broken cell a row
            cell.pieces[:] = ["".join(cell.pieces)]
        first = self.layout.gap.join(cell.pieces[0] for cell in cells)
        lines = [Line(first, tight=False, truths=tuple(cell.truth for cell in cells if cell.truth))]
        return lines + [
            Line(piece, tight=False, truths=(cell.truth,) if cell.truth else ())
            for cell in broken[:1]
            for piece in cell.pieces[1:]
        ]

    # -- tabs kept ----------------------------------------------------------------------------------------------

    def _tab_pair(self, row: tuple[Entry | None, Entry | None]) -> list[_Cell]:
        left, right = row
        cells = [_Cell([self._name(left.label) if left else ""]), self._tab_amount(left.amounts[0] if left else None)]
        if right is None:
            return cells + [_Cell([""])] * (1 + len(self.table.columns))
        glue = "" if self.layout.code_style == "glued" else " "
        name = self._name(right.label)
        cells.append(_Cell([f"{right.code}{glue}{name}" if right.code else name]))
        return cells + [self._tab_amount(truth) for truth in right.amounts]

    def _tab_cells(self, entry: Entry | None) -> list[_Cell]:
        assert entry
        before = label_columns(self.table, self.layout)
        texts = self._tab_labels(entry, before)
        cells = [_Cell([text]) for text in texts] + [self._tab_amount(truth) for truth in entry.amounts]
        blank = self._blank_columns()
        if self.layout.tab_fault != "shifted" or self.table.number != 2 or not blank:
            return cells
        if self.page not in self.shifted_pages:
            return cells
        lost = before + blank[0]
        return cells[:lost] + cells[lost + 1 :] + [_Cell([""])]

    def _blank_columns(self) -> list[int]:
        """Columns without any amount, the total aside."""
        entries = [entry for entry, _ in self.table.rows if entry]
        return [i for i in range(1, len(self.table.columns)) if not any(entry.amounts[i] for entry in entries)]

    def _tab_labels(self, entry: Entry, before: int) -> list[str]:
        name, project = self._name(entry.label), self._name(entry.project)
        if self.table.number in {10, 11}:
            return [name or project]
        tail = [name, project] if self.table.number == 7 else [name]
        levels = [entry.code[:3], *(entry.code[i : i + 2] for i in range(3, len(entry.code), 2))] if entry.code else []
        if before == 2 + (self.table.number == 7) and self.layout.code_style in {"spaced", "joined"}:
            return [self._code(entry.code), *tail]
        room = before - len(tail)
        if len(levels) > room:  # the last level shares its cell with the name: "01 行政运行"
            return [*levels[:room], f"{levels[room]} {tail[0]}", *tail[1:]]
        return [*levels, *[""] * (room - len(levels)), *tail]

    def _name(self, text: str) -> str:
        text = name_text(text, self.layout)
        if self.layout.tab_fault == "inner blanks" and len(text) > 12:
            return text[:11] + " " + text[11:]
        return text

    def _tab_amount(self, truth: Truth | None) -> _Cell:
        if truth is None:
            return _Cell(["-" if self._dash else ""])
        return _Cell([amount_text(truth.fen, self.layout, self.quantum, self.decimals)], truth)
