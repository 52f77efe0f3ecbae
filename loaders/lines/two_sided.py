"""Two-sided statements: sources on the left, functional classes on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from budget.model import money
from budget.model.disclosure import MoneyUnit, Side
from budget.system.patterns import lazy_pattern
from loaders.lines.labels import Labels, items
from loaders.words.numbers import half_width, is_amount, is_numeric, is_stray_number
from loaders.words.ordinals import ENUMERATOR
from loaders.words.tokens import CJK, Token, has_chinese, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.lines.labels import Label
    from loaders.meaning import Meaning
    from loaders.words.tokens import SourceLine

_GLUED = lazy_pattern(rf"(\d{{3}})\s*({CJK}.*)")
_ENUMERATOR = lazy_pattern(r"\d{1,2}[.．]")
_TOTAL = lazy_pattern(r"(?:(收入|支出))?(?:总计|合计)")
_GOES_ON = {"appropriation", "carryover", "current"}
"""What the rest of a wrapped label may mean alone: 预算拨款, 结余."""
_GAP = 4
"""Most between the numbers of two classes that follow each other in the full list."""
RIGHT = lazy_pattern(
    r"本年支出(?:合计|小计)?|(?:年终|年末)?结转(?:下年|和结余)?(?:支出)?|(?:年终|年末)?结余(?:分配)?|结转下年.*"
)
"""Labels without a code on the expenditure side."""
_CLASS = lazy_pattern(rf"[一二三四五六七八九十]+、{CJK}+支出")
"""A class that is numbered and has no code."""


@dataclass(slots=True)
class Entry:
    """One line of one side."""

    side: Side
    code: str
    line: int
    total: bool = False
    label: Label | None = None
    texts: list[Token] = field(default_factory=list)
    amounts: list[Token] = field(default_factory=list)


def entries(title: Meaning, lines: Sequence[SourceLine], usual: int | None) -> list[Entry]:
    """Read the entries of both sides; unknown labels keep `label` None.

    `usual` is the number of decimals of the statement's amounts.
    """
    reader = _Reader(Labels(title), decimals=bool(usual))
    lines = [line for line in lines if line.tokens]
    for index, line in enumerate(lines):
        below = lines[index + 1 :]
        if not is_stray_number(line, usual) or reader.code_above(line.tokens[-1], below):
            reader.read(line, below)
    reader.settle()
    return reader.entries


@dataclass(slots=True)
class _Reader:
    labels: Labels
    decimals: bool
    entries: list[Entry] = field(default_factory=list)
    texts: list[Token] = field(default_factory=list)  # read behind the last entry, not yet an entry

    def read(self, line: SourceLine, below: Sequence[SourceLine]) -> None:
        tokens = list(line.tokens)
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if following is None and self.code_above(token, below):
                following = below[0].tokens[0]
            total = _TOTAL.fullmatch(normal(token.text))
            glued = _GLUED.fullmatch(half_width(token.text))
            if total:
                self.settle()
                self._total(token, total[1] or "")
            elif glued and (glued[1][0] == "2" or token.cell is not None):
                self.settle()
                self._code(token._replace(text=glued[1]), token._replace(text=glued[2]))
            elif self._is_code(token, following):
                self.settle()
                self._code(token, None)
            elif is_numeric(token.text) and not _ENUMERATOR.fullmatch(token.text):
                self.settle()
                if not self.entries:  # amounts without any label at the start of a table are those of its total
                    self._total(token._replace(text=""), "")
                self.entries[-1].amounts.append(token)
            elif self.entries and self.entries[-1].code and not self.entries[-1].texts:
                self.entries[-1].texts.append(token)
            else:
                self.texts.append(token)

    def code_above(self, token: Token, below: Sequence[SourceLine]) -> bool:
        """True for a class code at the end of its line whose name begins on the next one.

        Class codes rise: one that the next code of the lines below does not exceed is an amount.
        """
        name = below[0].tokens[0].text if below else ""
        if not re.fullmatch(r"2\d\d", half_width(token.text)) or not has_chinese(name[:1]):
            return False
        if int(half_width(token.text)) >= self._next_code(below):
            return False
        if self.decimals:  # among amounts with decimals a whole number is a code
            return True
        last = next((int(entry.code) for entry in reversed(self.entries) if entry.code), 200)
        label = self.labels.find(name)
        return 0 < int(token.text) - last <= (_GAP if label else 100)

    def _next_code(self, below: Sequence[SourceLine]) -> int:
        """The next class code that stands before its name, above all where none follows."""
        for line in below:
            for token, following in pairwise(line.tokens):
                if self._is_code(token, following):
                    return int(half_width(token.text))
        return 1000

    @staticmethod
    def _is_code(token: Token, following: Token | None) -> bool:
        return (
            re.fullmatch(r"\d{3}", half_width(token.text)) is not None
            and following is not None
            and has_chinese(following.text[:1])
            and not _TOTAL.fullmatch(normal(following.text))
        )

    def _total(self, token: Token, word: str) -> None:
        earlier = sum(entry.total for entry in self.entries)
        side = {"收入": Side.REVENUE, "支出": Side.EXPENDITURE}.get(word, Side.EXPENDITURE if earlier else Side.REVENUE)
        self.entries.append(Entry(side, "", token.line, total=True, texts=[token]))

    def _code(self, code: Token, name: Token | None) -> None:
        self.entries.append(Entry(Side.EXPENDITURE, half_width(code.text), code.line, texts=[name] if name else []))

    def settle(self) -> None:
        """Give the texts read since the last entry their places: rest of a name, rest of a label, new labels."""
        texts, self.texts = self.texts, []
        while texts:
            taken = self._known_label(texts)
            if taken:
                label, count = taken
                self._label(label, texts[:count])
                texts = texts[count:]
            elif self._ends_label(texts[0]) or self._ends_name(texts[0]):
                texts = texts[1:]
            else:
                self._label(None, texts[:1])
                texts = texts[1:]

    def _known_label(self, texts: list[Token]) -> tuple[Label, int] | None:
        """The longest run of texts from the first that is one label."""
        for count in range(len(texts), 0, -1):
            label = self.labels.find("".join(token.text for token in texts[:count]))
            if label and not self._several(texts[:count]) and not _numbered_inside(texts[:count]):
                return label, count
        return None

    def _several(self, texts: list[Token]) -> bool:
        """True where a run is two labels: the second names a source or item of its own."""
        joined = ["".join(token.text for token in texts[:cut]) for cut in range(1, len(texts))]
        rests = ["".join(token.text for token in texts[cut:]) for cut in range(1, len(texts))]
        halves = ((self.labels.find(a), self.labels.find(b)) for a, b in zip(joined, rests, strict=True))
        return any(
            a and b and b.value[:1] != "?" and b.value.removeprefix("carryover.").removesuffix(".rest") not in _GOES_ON
            for a, b in halves
        )

    def _label(self, label: Label | None, texts: list[Token]) -> None:
        side = Side.REVENUE
        text = normal("".join(token.text for token in texts))
        if label is None and (RIGHT.fullmatch(text) or _CLASS.fullmatch(text)):
            side = Side.EXPENDITURE
        if label:
            self.labels.take(label)
        self.entries.append(Entry(side, "", texts[0].line, label=label, texts=list(texts)))

    def _ends_label(self, token: Token) -> bool:
        """True (and done) where the token completes the last label that was not known so far."""
        for entry in reversed(self.entries[-4:]):
            if entry.side is not Side.REVENUE or entry.total or entry.label:
                continue
            label = self.labels.find("".join(piece.text for piece in [*entry.texts, token]))
            if label:
                entry.texts.append(token)
                entry.label = label
                self.labels.take(label)
                return True
        return False

    def _ends_name(self, token: Token) -> bool:
        """True (and done) where the token is the rest of the name of the last code."""
        entry = next((entry for entry in reversed(self.entries[-3:]) if entry.code), None)
        if entry is None or ENUMERATOR.match(normal(token.text)):
            return False
        if entry is not self.entries[-1] and entry.line == token.line:
            return False
        entry.texts.append(token)
        return True


def split(measures: int, lines: Sequence[SourceLine]) -> tuple[list[tuple[Label, Token]], list[SourceLine]]:
    """Pair the amounts of one line with the items that head them.

    Second, the lines that hold other amounts.

    Both are empty where the labels head the rows, with at most `measures` amounts each.  A line of amounts counts
    only when there is one for each label that the table prints: those beside the total (机关运行经费) may be missing.
    """
    with_amounts = [line for line in lines if any(is_amount(token.text) for token in line.tokens)]
    bare = [line for line in with_amounts if len(line.tokens) > measures and _is_bare(line)]
    if not bare or len(bare) < len(with_amounts):
        return [], []
    head = normal("".join(line.text for line in lines if line not in bare))
    printed = _in_order([label for label in items() if not label.apart or _core(label) in head], head)
    first, *others = bare
    if len(first.tokens) != len(printed):
        return [], bare
    placed = list(zip(printed, first.tokens, strict=True))
    return (placed, others) if _adds_up(placed) else ([], bare)


def _numbered_inside(texts: Sequence[Token]) -> bool:
    """True where another label begins within a run of texts."""
    return any(ENUMERATOR.match(normal(token.text)) for token in texts[1:])


def _core(label: Label) -> str:
    """What every variant of the label begins with."""
    return normal(label.name)[:4]


def _in_order(labels: list[Label], head: str) -> list[Label]:
    """The labels as the head names them: the total, its parts each before its own parts, what stands apart."""
    top = [label for label in labels if label.level == 1 and not label.apart]
    top.sort(key=lambda label: head.find(_core(label)))
    found = [label for label in labels if label.level == 0]
    for label in top:
        found += [label, *(below for below in labels if below.parent == label.key)]
    return [*found, *(label for label in labels if label.apart)]


def _adds_up(placed: list[tuple[Label, Token]]) -> bool:
    """True where every label is the sum of its parts, so that the order is the right one."""
    amounts = {label.key: money.parse(token.text, MoneyUnit.YUAN) for label, token in placed}
    for label, _ in placed:
        whole = amounts[label.key]
        parts = [amounts[below.key] for below, _ in placed if below.parent == label.key]
        if not parts or whole is None:
            continue
        slack = money.tolerance(len(parts), whole.half_unit)
        if abs(whole.fen - sum(part.fen for part in parts if part)) > slack:
            return False
    return True


def _is_bare(line: SourceLine) -> bool:
    return all(is_amount(token.text) for token in line.tokens)
