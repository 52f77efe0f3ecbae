"""Rows of a table: codes, labels with what stands above them, and the amounts of each column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_
from budget.model import money
from budget.model.disclosure import AmountOrigin, Notice, Severity
from budget.model.known import ITEM_NAMES
from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.meaning import NOTHING
from loaders.statement import Figure
from loaders.tables.header import LABELS, Role, is_stacked
from loaders.words import notes
from loaders.words.captions import names_body
from loaders.words.numbers import CLASS_CODE, PLACEHOLDER, half_width
from loaders.words.tokens import CJK, normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.model.disclosure import MoneyUnit
    from loaders.meaning import Meaning
    from loaders.tables.header import Header
    from loaders.tables.page_breaks import RawRow

_GLUED = lazy_pattern(rf"([235２３５]\d{{2}}(?:\d{{2}}){{0,2}})[\s、.:：_-]*([（(\[〔“‘《]?{CJK}.*)")
"""Full-width digits are digits, too."""
_LEVELS = (3, 5, 7)
_TOTAL = lazy_pattern(r"(?:收入|支出|收支)?[总合]计")
_SUM = lazy_pattern(r"[合小总]计$")
ENUMERATORS = (
    ("一、", lazy_pattern(r"([一二三四五六七八九十]{1,9})[、.．:]")),
    ("（一）", lazy_pattern(r"[（(]([一二三四五六七八九十]+)[)）][、.]?")),
    ("1.", lazy_pattern(r"(\d{1,2})[、.．](?!\d)")),
    ("（1）", lazy_pattern(r"[（(](\d{1,2})[)）][、.]?")),
    ("①", lazy_pattern(r"([①②③④⑤⑥⑦⑧⑨⑩])")),
)
"""Styles of enumerators, in the order in which documents usually nest them."""
_OF_WHICH = lazy_pattern(r"其中[:：]?")
_OF_WHICH_STRICT = lazy_pattern(r"^(?:其中[:：]|[-•·*])")
_BEGINNINGS = frozenset("其-•·*一二三四五六七八九十（(①②③④⑤⑥⑦⑧⑨⑩")
"""What labels with an enumerator or 其中 begin with, but for digits."""
_GOES_ON = ("及", "和", "与", "、")
LISTS_OF_PROJECTS = frozenset({"project", "carryover"})
"""What titles break down by whose rows are projects."""
_FIRST = {"一", "1", "①"}
_PIECE = 12
"""Characters up to which a label is the rest of another, but for names of projects and of codes."""


class Label(NamedTuple):
    """A text of a row, with the role of its column."""

    role: Role
    text: str
    column: int = -1


@dataclass(slots=True)
class TableRow:
    """One row of one block of a table."""

    block: int
    line: int
    page: int | None
    code: str
    """As printed, without blanks; '' where none is."""
    labels: tuple[Label, ...]
    figures: list[Figure]
    """`Figure.column` is the index of the column in the header of the table."""
    column_paths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Head texts of each column that holds a figure, outermost first."""
    filled: bool = False
    """True where a cell of an amount holds anything, a mark of none too."""
    above: tuple[str, ...] = ()
    """Texts of the labels that it stands under, outermost first."""
    depth: int = 0
    parent: TableRow | None = None
    project: str = ""
    unit: str = ""
    item: str = ""
    function: str = ""
    """Code of the function that a project without a code of its own stands under, or beside an economic class."""
    economic: str = ""
    """Code of the economic class that stands beside another code or a project."""
    held: tuple[Label, ...] = ()
    """In stacked columns: the labels that it stands under, and its own."""
    stacked: bool = False
    """True where several columns hold labels, each above those to its right."""
    misprinted_code: str = ""
    """Digits in the cells of its code that are no code: its name tells which is meant."""
    named_code: str = ""
    """The code that its name has, where the printed one is none."""
    names_unit: bool = False
    """True where its label is the name of a body."""

    @property
    def label(self) -> str:
        """Its own label, without its code."""
        if len(self.labels) == 1:  # nearly every row; asked for often
            return self.labels[0].text
        if self.stacked:
            return self.labels[-1].text if self.labels else ""
        own = Role.FUNCTION if self.code[:1] == "2" else Role.ECONOMIC
        placed = self.code and any(label.role is Role.PROJECT for label in self.labels)
        # beside a project kinds and bodies stand before the name of the code
        names = [label.text for label in self.labels if label.role is own] if placed else []
        for role in (Role.NAME, Role.UNIT):
            names = names or [label.text for label in self.labels if label.role is role]
        if not names and self.code:  # a second one is the name in another scheme
            names = [label.text for label in self.labels if label.role is own][:1]
        names = names or [label.text for label in self.labels if label.role is not Role.PROJECT]
        return "".join(names or [label.text for label in self.labels])

    @property
    def total(self) -> bool:
        """True where it is the total of its block."""
        if self.code:
            return False
        plain = normal(self.label)
        return plain.endswith("计") and _TOTAL.fullmatch(plain) is not None

    @property
    def path(self) -> tuple[str, ...]:
        """The labels that it stands under and its own, with its code."""
        own = f"{self.code or self.misprinted_code} {self.label}".strip()
        return (*self.above, own)


class _Seats(NamedTuple):
    """The columns of a block by what they hold."""

    codes: tuple[int, ...]
    other_codes: tuple[int, ...]
    labels: tuple[tuple[int, Role], ...]
    amounts: tuple[int, ...]
    stacked: bool


def _seats(header: Header, block: int) -> _Seats:
    own = [(index, column.role) for index, column in enumerate(header.columns) if column.block == block]

    def of(role: Role) -> tuple[int, ...]:
        return tuple(index for index, each in own if each is role)

    labels = tuple((index, role) for index, role in own if role in LABELS)
    return _Seats(of(Role.CODE), of(Role.OTHER_CODE), labels, of(Role.AMOUNT), is_stacked(header, block))


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table, block by block."""

    unit: MoneyUnit
    notices: list[Notice]
    title: Meaning = NOTHING
    blocks: dict[int, list[TableRow]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _stacks: dict[int, dict[int, Label]] = field(default_factory=dict)
    """The labels of each block that hold for the rows below, by column."""
    _codes: dict[int, str] = field(default_factory=dict)
    """The last code of each block."""
    _seated: Header | None = None
    _seats: list[_Seats] = field(default_factory=list)
    """The places of the blocks of the header that was met last."""

    def read(self, rows: Iterable[RawRow]) -> None:
        """Read the rows of a table."""
        for raw in rows:
            if len(raw.texts) == 1 and notes.begins(next(iter(raw.texts.values()))):
                self.notes += raw.texts.values()
                continue
            for block, own in enumerate(self._seats_of(raw.header)):
                self._row(raw, block, own)

    def _row(self, raw: RawRow, block: int, own: _Seats) -> None:
        header, texts = raw.header, raw.texts
        codes = [texts.get(index, "") for index in own.codes]
        labels = [Label(role, texts[index], index) for index, role in own.labels if index in texts]
        amounts = [(index, texts[index]) for index in own.amounts if index in texts]
        figures = [figure for index, text in amounts if (figure := self._figure(raw, index, text))]
        paths = {index: header.columns[index].path for figure in figures if (index := figure.column) is not None}
        if figures and not (labels or any(codes)):
            labels = _total_beside(raw, block)
        if not (labels or figures or any(codes)):
            return
        rows = self.blocks.setdefault(block, [])
        line, page = raw.piece.line_of(raw.row), raw.piece.cells.page
        row = TableRow(block, line, page, "", tuple(labels), figures, paths, bool(amounts))
        if not labels and not any(codes) and figures:
            row.labels = self._label_beside(row, block)
        self._set_code(row, codes)
        _set_other_class(row, [texts[index] for index in own.other_codes if index in texts])
        # a copy of cells without pages has its amounts whole
        cut = raw.first and (page is not None or raw.piece.cells.grid.doubtful or not row.filled)
        if cut and rows and _is_rest(row, rows[-1], self.title):
            _append_rest(rows[-1], row)
            if rows[-1].stacked:
                self._hold(rows[-1], block)
            return
        if labels and own.stacked:
            self._stack(row, block)
        self._codes[block] = row.code or self._codes.get(block, "")
        rows.append(row)

    def _seats_of(self, header: Header) -> list[_Seats]:
        """Where the rows of each block have their codes, labels and amounts; a header is looked at once."""
        if self._seated is not header:
            self._seated = header
            self._seats = [_seats(header, number) for number in range(header.blocks)]
        return self._seats

    def _stack(self, row: TableRow, block: int) -> None:
        """Put a row under the labels to its left that stand further up."""
        first = row.labels[0].column
        held = self._stacks.get(block, {})
        held = {} if row.total else {column: label for column, label in held.items() if column < first}
        self._stacks[block] = held
        row.stacked = True
        self._hold(row, block)

    def _hold(self, row: TableRow, block: int) -> None:
        """Keep the labels of a row for the rows below, and give it those that it stands under."""
        held = self._stacks[block]
        held |= {label.column: label for label in row.labels}
        row.held = tuple(held[column] for column in sorted(held))
        row.above = tuple(label.text for label in row.held[:-1])

    def _set_code(self, row: TableRow, codes: list[str]) -> None:
        code = code_of(codes, self._codes.get(row.block, ""))
        if code:
            row.code = code
            return
        loose = "".join(codes)
        texts = [label.text for label in row.labels]
        glued, rest = unglued(loose + texts[0]) if texts else unglued(loose)
        if glued:
            row.code = glued
            named = row.labels[0]._replace(text=rest) if texts else Label(Role.NAME, rest)
            row.labels = (named, *row.labels[1:])
        elif loose.isdigit() and texts:
            row.misprinted_code = loose
        elif loose and not texts:
            row.labels = (Label(Role.NAME, loose),)
        elif loose:
            row.labels = (Label(Role.NAME, loose), *row.labels)

    def _label_beside(self, row: TableRow, block: int) -> tuple[Label, ...]:
        """The label of an amount may span the columns of the block before (公用经费合计 at the foot)."""
        before = self.blocks.get(block - 1, [])
        if before and before[-1].line == row.line and not before[-1].figures and not before[-1].code:
            return before.pop().labels
        return ()

    def _figure(self, raw: RawRow, index: int, text: str) -> Figure | None:
        if PLACEHOLDER.fullmatch(text):
            return None
        line = raw.piece.line_of(raw.row)
        amount = money.parse(text, self.unit)
        if amount is None:
            if re.search(r"\d", half_width(text)) and not text.endswith(("%", "％")):
                refused = N_("“{}”不像完整的金额，未读入。")
                self.notices.append(Notice.of(Severity.LOST, refused, text[:40], line=line))
            return None
        cell = raw.piece.cells.at(raw.row, index)
        box, origin = (cell.box, cell.origin) if cell else (None, AmountOrigin.PRINTED)
        return Figure(amount, line, index, raw.piece.cells.page, box, origin)


def _set_other_class(row: TableRow, codes: list[str]) -> None:
    """Give a row the class of the second classification that it prints beside its own."""
    code = code_of(codes, "")
    beside = [label for label in row.labels if label.role in {Role.FUNCTION, Role.ECONOMIC}]
    for label in beside if not code and (row.code or len(row.labels) > 1) else ():
        glued, _ = unglued(label.text)
        if glued and (glued[0] == "2") is (label.role is Role.FUNCTION) and glued[0] != row.code[:1]:
            row.function, row.economic = (glued, row.economic) if glued[0] == "2" else (row.function, glued)
    if code and row.code and (code[0] == "2") is not (row.code[0] == "2"):
        row.function, row.economic = (code, "") if code[0] == "2" else ("", code)


def _total_beside(raw: RawRow, block: int) -> list[Label]:
    """The name of a total that stands in a column of codes of bodies or of line numbers, or begins in one."""
    for index, column in enumerate(raw.header.columns):
        if column.block == block and column.role is Role.AMOUNT:
            break
        text = raw.texts.get(index, "")
        if column.block == block and column.role is Role.NOTHING and _SUM.search(normal(text)):
            return [Label(Role.NAME, text, index)]
    return []


def unglued(text: str) -> tuple[str, str]:
    """Split a code off the name behind it; '' and the text where there is none.

    The name keeps its own characters.
    """
    found = _GLUED.fullmatch(text)
    return (half_width(found[1]), found[2]) if found else ("", text)


def code_of(parts: list[str], above: str) -> str:
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
    return code if CLASS_CODE.fullmatch(code) else ""


def _is_rest(row: TableRow, before: TableRow, title: Meaning) -> bool:
    """True where a page's first row is the rest of the last one before it."""
    label = normal(row.label)
    if row.code or row.total or before.total or _SUM.search(label) or enumerator(label)[0]:
        return False  # a row that begins for itself, or one below a total
    if len(row.labels) > 1 and len(before.labels) > 1:
        return bool(before.code) and not row.filled  # several names go on at once: those of a row with a code
    if _is_known(label, title) and _is_known(normal(before.label), title):
        return False  # two complete names
    if row.filled and before.filled:
        return False  # two rows with amounts
    if not row.labels or not before.labels:
        return not row.labels or not before.filled  # amounts without their name, or a name without its code
    # rows of a code have amounts: words alone go on with its name, or head the rows of a body
    may_be_long = title.breakdown in LISTS_OF_PROJECTS or (
        bool(before.code) and not names_body(label) and "。" not in label
    )
    return not row.filled and (may_be_long or len(label) <= _PIECE)


def _is_known(label: str, title: Meaning) -> bool:
    """True for a label whose words are known: nothing is missing from it."""
    if label.endswith(_GOES_ON):
        return False
    item = meaning.row((label,), title, "expenditure").item
    own = meaning.row((label,), side="expenditure")
    known = any(value and not value.startswith("?") for value in (own.fund, own.item))
    return bool(own.function or own.kind or known or item in ITEM_NAMES)


def _append_rest(before: TableRow, rest: TableRow) -> None:
    labels = list(before.labels)
    for label in rest.labels:
        place = next((i for i, own in enumerate(labels) if own.column == label.column), None)
        if place is None:
            place = next((i for i, own in enumerate(labels) if own.role is label.role), None)
        if place is None:
            labels.append(label)
        else:
            labels[place] = labels[place]._replace(text=labels[place].text + label.text)
    before.labels = tuple(labels)
    before.figures += rest.figures
    before.filled |= rest.filled
    before.column_paths |= rest.column_paths


def without_enumerator(label: str) -> str:
    """The label without 一、 1. （一） 其中： at its start, however many there are, and without （小计）."""
    text = label
    while text and _may_be_enumerated(text):
        shorter = _OF_WHICH_STRICT.sub("", text, count=1)
        for _, pattern in ENUMERATORS:
            shorter = pattern.sub("", shorter, count=1) if pattern.match(shorter) else shorter
        if shorter == text:
            break
        text = shorter
    return re.sub(r"[(（]小计[)）]$", "", text) if "小计" in text else text


def _may_be_enumerated(text: str) -> bool:
    """Whether a label begins as enumerators and 其中 do: most begin with a word, and are looked at no further."""
    return text[0] in _BEGINNINGS or text[0].isdecimal()


def enumerator(label: str) -> tuple[str, str]:
    """Style and ordinal of the enumerator before a label; '' where it has none."""
    if not (label and _may_be_enumerated(label)):
        return "", ""
    plain = _OF_WHICH.sub("", label, count=1) if _OF_WHICH.match(label) else label
    for style, pattern in ENUMERATORS:
        if match := pattern.match(plain):
            return style, match[1]
    return ("其中", "") if plain != label else ("", "")


def outline(rows: list[TableRow], belongs: Belongs) -> None:
    """Give the rows of a list of labels their parents, by enumerators.

    Rows with codes are left to the tree of codes.  `belongs(above, label)` tells whether the words of a label
    without an enumerator place it under another.
    """
    stack: Stack = []
    numbered: dict[str, Stack] = {}  # what the last row with a number of each style stands under
    for row in rows:
        plain = normal(row.label)
        style, ordinal = enumerator(plain)
        of_which = _OF_WHICH.match(plain) is not None
        if row.total or row.stacked or (row.code and not style):
            stack, numbered = [], {}  # no label above reaches further down
            continue
        if style and not of_which:
            if style in numbered and ordinal not in _FIRST and all(style != own for own, _, _ in stack):
                stack = list(numbered[style])  # it goes on with the numbers before
            _close_numbered(stack, style, ordinal, row, belongs)
            numbered[style] = list(stack)
        elif of_which:
            # part of the nearest label above; of one further up where only that one's words fit
            while stack[1:] and stack[-1][0] in {"", "其中"} and not belongs(_labels(stack), row.label):
                stack.pop()
            begins_list = ordinal in _FIRST and all(style != own for own, _, _ in stack)  # 其中：1. … 2. …
            style = style if begins_list else "其中"
        else:
            # part of the nearest label whose words contain its own, or beside a part that begins with 其中
            while stack and not belongs(_labels(stack), row.label):
                if stack[-1][0] == "其中" and len(stack) > 1 and _beside(stack, row, belongs):
                    stack.pop()
                    break
                stack.pop()
        if stack:
            row.parent = stack[-1][2]
            row.above = (*row.parent.above, row.parent.label)
            row.depth = row.parent.depth + 1
        stack.append((style, ordinal, row))


def _close_numbered(stack: Stack, style: str, ordinal: str, row: TableRow, belongs: Belongs) -> None:
    """Take off what a numbered row does not stand under."""
    place = next((i for i, entry in enumerate(stack) if entry[0] == style), None)
    if place is not None and ordinal in _FIRST and stack[-1][0] in {"", "其中"}:
        place = None  # numbered anew below a heading
    del stack[len(stack) if place is None else place :]
    while stack and _is_other_sum(stack, row, belongs):
        stack.pop()


def _is_other_sum(stack: Stack, row: TableRow, belongs: Belongs) -> bool:
    """True where a row stands below a sum without a number that it is no part of."""
    style, _, above = stack[-1]
    if style or not _SUM.search(normal(above.label)):
        return False
    return not belongs(_labels(stack), row.label)


def _labels(stack: Stack) -> tuple[str, ...]:
    return tuple(row.label for _, _, row in stack)


def _beside(stack: Stack, row: TableRow, belongs: Belongs) -> bool:
    """True where a row follows one that begins with 其中, as a further part of the same."""
    return not row.code and belongs(_labels(stack[:-1]), row.label)


if TYPE_CHECKING:
    from collections.abc import Callable

    Stack = list[tuple[str, str, TableRow]]
    """Style of number, number, row: what the next row may stand under."""
    Belongs = Callable[[tuple[str, ...], str], bool]
