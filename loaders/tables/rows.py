"""The rows of a grid: code, name, project and the amounts, each in the column that the grid puts it in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from budget.forms.form import TOTAL, Shape
from budget.forms.labels import ENUMERATOR, find, without_enumerator
from budget.i18n.language import N_
from budget.model import money
from budget.model.codes import FUNCTIONAL
from budget.model.disclosure import AmountOrigin, Notice, Severity, Side
from loaders.lines import names, notes
from loaders.lines.numbers import PLACEHOLDER, half_width
from loaders.lines.tokens import CJK, normal
from loaders.lines.two_sided import RIGHT
from loaders.statement import Figure, ReadRow
from loaders.tables.header import Role, totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.forms.form import Label, StatementForm
    from budget.model.disclosure import MoneyUnit
    from loaders.tables.find import Piece
    from loaders.tables.header import Column, Header
    from loaders.tables.page_breaks import RawRow

_GLUED = re.compile(rf"(\d{{3}}(?:\d{{2}}){{0,2}})[\s、.:：]*([（(\[〔]?{CJK}.*)")
"""Full-width digits are digits, too."""
_SUM = re.compile(r"[合小总]计$")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_LEVELS = (3, 5, 7)


@dataclass(slots=True)
class Reader:
    """Reads the pieces of one table; rows of the groups that stand side by side follow each other."""

    form: StatementForm
    measures: tuple[str, ...]
    unit: MoneyUnit
    notices: list[Notice]
    groups: dict[int, list[ReadRow]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _keys: dict[int, str] = field(default_factory=dict)  # of the last label of each group

    def read(self, rows: Iterable[RawRow]) -> None:
        """Read the rows of a table."""
        header: Header | None = None
        groups: list[_Columns] = []
        for raw in rows:
            if raw.header is not header:
                header = raw.header
                groups = [_Columns.of(header, group) for group in range(header.groups)]
            if len(raw.texts) == 1 and notes.begins(next(iter(raw.texts.values()))):
                self.notes += raw.texts.values()
                continue
            for group, own in enumerate(groups):
                place = _Place(raw.piece, raw.row, raw.header.side(group, self.form.shape), raw.texts)
                if own.turned:
                    self._turned(place, own)
                elif self.form.shape in {Shape.TWO_SIDED, Shape.LABELS}:
                    self._labelled(place, own, group, first=raw.first)
                else:
                    self._coded(place, own, group, first=raw.first)

    @property
    def rows(self) -> list[ReadRow]:
        """The rows read so far, group by group; those of two-sided statements in the order of their lines."""
        found = [row for group in sorted(self.groups) for row in self.groups[group]]
        return sorted(found, key=lambda row: row.line) if self.form.shape is Shape.TWO_SIDED else found

    def _row(self, place: _Place, own: _Columns, group: int) -> ReadRow | None:
        figures = self._figures(place, own.measures)
        text = place.joined(own.texts)
        if not text and not figures:
            return None
        row = ReadRow(place.side, "", False, text, text, place.line, figures, page=place.page)  # noqa: FBT003
        self.groups.setdefault(group, []).append(row)
        return row

    def _labelled(self, place: _Place, own: _Columns, group: int, *, first: bool) -> None:
        row = self._row(place, own, group)
        if row is None or (first and self._ends_label(row, group)):
            return
        plain = normal(row.label)
        row.total = totals(plain) or (not plain and bool(row.figures))
        row.name = names.clean(row.label)
        if row.total:
            return
        code = _code_of([place.text(i) for i in own.codes], "")
        glued, name = (code, place.joined(own.names)) if code else _unglued(row.label)
        if place.side is not Side.REVENUE and glued:
            row.code, row.name = glued, names.clean(name)
        elif place.side is not Side.EXPENDITURE:
            self._find(row, group)

    def _ends_label(self, row: ReadRow, group: int) -> bool:
        """True (and done) where the first row of a page is the rest of the last label of the page before."""
        rows = self.groups[group]
        if len(rows) < 2 or row.figures or _unglued(row.label)[0]:  # noqa: PLR2004
            return False
        before = rows[-2]
        plain = normal(row.label)
        if before.total or ENUMERATOR.match(plain) or find(self.form.labels, plain, self._keys.get(group, "")):
            return False
        longer = find(_labels_with(self.form, before.key), without_enumerator(normal(before.label) + plain))
        if not longer and (before.key or _is_whole(normal(before.name))):
            return False
        before.label += row.label
        before.name += row.name
        rows.pop()
        if before.side is not Side.EXPENDITURE and not before.key:
            self._find(before, group)
        return True

    def _find(self, row: ReadRow, group: int) -> None:
        label = find(self.form.labels, without_enumerator(normal(row.label)), self._keys.get(group, ""))
        if label:
            self._keys[group] = row.key = label.key
            row.level, row.apart, row.total = label.level, label.apart, label.name == TOTAL

    def _turned(self, place: _Place, own: _Columns) -> None:
        """One row of amounts whose labels are the heads of the columns: a line for each label."""
        prefix = place.joined(own.names)
        rows: dict[str, ReadRow] = {}
        for index, column in own.measures:
            if column.label is None:
                continue
            row = rows.get(column.label.key) or self._turned_row(place, column.label, prefix)
            rows[column.label.key] = row
            row.figures += self._figures(place, [(index, column)])
        if any(row.figures for row in rows.values()):
            order = [label.key for label in self.form.labels]
            self.groups.setdefault(0, []).extend(sorted(rows.values(), key=lambda row: order.index(row.key)))

    @staticmethod
    def _turned_row(place: _Place, label: Label, prefix: str) -> ReadRow:
        total = label.name == TOTAL
        name = f"{prefix} {label.name}".strip()
        row = ReadRow(Side.NONE, "", total, name, name, place.line, [], page=place.page)
        row.key, row.level, row.apart = label.key, label.level, label.apart
        return row

    def _coded(self, place: _Place, own: _Columns, group: int, *, first: bool) -> None:
        row = self._row(place, own, group)
        if row is None:
            return
        rows = self.groups[group]
        taken = self._label_beside(row, group) if row.figures and not row.label else ""
        row.label = row.label or taken
        above = next((before.code for before in reversed(rows[:-1]) if before.code), "")
        parts = [place.text(i) for i in own.codes]
        name = taken or place.joined(own.names)
        row.project = place.joined(own.projects)
        row.total = totals(row.label) or (not row.label and bool(row.figures) and len(rows) == 1)
        if row.total:
            row.name = row.project = ""
            return
        row.code = _code_of(parts, above)
        loose = "" if row.code else "".join(parts)
        glued, rest = ("", "") if row.code else _unglued(loose + name)
        if glued:
            row.code, name, loose = glued, rest, ""
        row.name = loose + name
        row.label = row.name
        if self.form.shape is Shape.PROJECT_NAMES:
            row.name, row.project = row.project + row.name, ""
        if first and len(rows) > 1 and _continues(row, rows[-2]):
            _join(rows[-2], row)
            rows.pop()

    def _label_beside(self, row: ReadRow, group: int) -> str:
        """The label of an amount may span the columns of the group before (公用经费合计 at the foot of the table)."""
        before = self.groups.get(group - 1, [])
        if before and before[-1].line == row.line and not before[-1].figures and not before[-1].code:
            return before.pop().label
        return ""

    def _figures(self, place: _Place, own: Iterable[tuple[int, Column]]) -> list[Figure]:
        found = []
        for index, column in own:
            text = place.text(index)
            if not text or PLACEHOLDER.fullmatch(text):
                continue
            amount = money.parse(text, self.unit)
            if amount is None:
                self._unread(text, place.line)
                continue
            at = 0 if place.side is Side.REVENUE else self.measures.index(column.measure)
            cell = place.piece.cells.at(place.row, index)
            box, origin = (cell.box, cell.origin) if cell else (None, AmountOrigin.PRINTED)
            found.append(Figure(amount, place.line, at, place.page, box, origin))
        return found

    def _unread(self, text: str, line: int) -> None:
        said = N_("“{}”不像完整的金额，未读入。")
        self.notices.append(Notice.of(Severity.LOST, said, text[:40], statement=self.form.id, line=line))


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of a grid, on one side of it."""

    piece: Piece
    row: int
    side: Side
    texts: dict[int, str]

    @property
    def line(self) -> int:
        return self.piece.line_of(self.row)

    @property
    def page(self) -> int | None:
        return self.piece.cells.page

    def text(self, column: int) -> str:
        return self.texts.get(column, "")

    def joined(self, columns: tuple[int, ...]) -> str:
        return "".join([self.texts[column] for column in columns if column in self.texts])


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of one group by what they hold."""

    texts: tuple[int, ...]
    codes: tuple[int, ...]
    names: tuple[int, ...]
    projects: tuple[int, ...]
    measures: tuple[tuple[int, Column], ...]

    @property
    def turned(self) -> bool:
        return any(column.label for _, column in self.measures)

    @staticmethod
    def of(header: Header, group: int) -> _Columns:
        own = [(i, column) for i, column in enumerate(header.columns) if column.group == group]

        def having(*roles: Role) -> tuple[int, ...]:
            return tuple(i for i, column in own if column.role in roles)

        return _Columns(
            having(Role.CODE, Role.NAME, Role.PROJECT),
            having(Role.CODE),
            having(Role.NAME),
            having(Role.PROJECT),
            tuple((i, column) for i, column in own if column.role is Role.MEASURE),
        )


def _unglued(text: str) -> tuple[str, str]:
    """The code at the start of a text and the name behind it, in its own characters; "" where there is none."""
    found = _GLUED.fullmatch(text)
    return (half_width(found[1]), found[2]) if found else ("", text)


def _code_of(parts: list[str], above: str) -> str:
    """The code in the code cells of a row; sections and items may print their own level's digits only, unpadded.

    `above` is the code of the row before.
    """
    pieces = [re.sub(r"\D", "", half_width(part)) for part in parts]
    if any(re.search(rf"{CJK}|[A-Za-z]", part) for part in parts) or not any(pieces):
        return ""
    if pieces[0] and len(pieces[0]) in _LEVELS and (len(pieces[0]) > 3 or len(pieces) == 1):  # noqa: PLR2004
        return pieces[0]
    last = max(index for index, piece in enumerate(pieces) if piece)
    code = ""
    for level in range(min(last + 1, len(_LEVELS))):
        piece = pieces[level]
        if level and len(piece) == _LEVELS[level] and piece.startswith(code):
            code = piece  # the whole code in the column of its level
        elif piece:
            code += piece.zfill(2) if level else piece
        else:  # only the own level's digits are printed
            code = above[: _LEVELS[level]]
    return code if _CODE.fullmatch(code) else ""


def _labels_with(form: StatementForm, key: str) -> tuple[Label, ...]:
    return tuple(label for label in form.labels if label.key == key)


def _is_whole(name: str) -> bool:
    """True where nothing is missing from the label of an expenditure: a class, or a line of the year's end."""
    return RIGHT.fullmatch(name) is not None or any(name == normal(own) for own, _ in FUNCTIONAL.values())


def _continues(row: ReadRow, before: ReadRow) -> bool:
    """True where the first row of a page is the rest of the last one of the page before."""
    if row.code or row.total or before.total or _SUM.search(row.label):
        return False
    return not row.figures or not before.figures


def _join(before: ReadRow, rest: ReadRow) -> None:
    before.name += rest.name
    before.label += rest.name
    before.project += rest.project
    before.figures += rest.figures
