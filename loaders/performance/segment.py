"""Broken text to rows: the cheapest way to read the pieces as cells in the order of the columns."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from loaders.performance.costs import BLANK, MOST_PIECES, NEVER, cost, is_figure, only_column
from loaders.performance.pieces import AFTER_BLANK, NEXT_LINE, SAME_LINE, width
from loaders.performance.words import BASIS, EVIDENCE, NAME, PRIOR, RULE, SIGNS, TARGET
from loaders.words.tokens import has_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.performance.pieces import Piece

_ROW = 0.5  # a new row costs this: no more rows than the pieces call for
_STRAY, _STRAY_NUMBER = 6.0, 2.5  # a piece outside every row
_SEAM = 1.5  # joining what the extraction parts as it parts cells
_SHORT_LINE = 2.7  # a cell goes on although its line had room: believed only where nothing else is left
_NAME_ROOM = 4  # half-width characters that a line of a name may leave free where the name goes on
_FULL_LINE = 0.4  # a name ends where its line is full, as one that goes on would
_NUMBERED = 0.8  # a name goes on with a number
_SWALLOWED = 3.0  # a name goes on with what is the target of other rows
_LONE_NUMBER = 3.0  # words with a number in their midst that has a line of its own
_WORDED = frozenset({NAME, BASIS, RULE, EVIDENCE})
_SPACED = 0.3  # share of gaps with a blank line from which on a plain line break parts cells
_BEAM = 5.0  # behind the cheapest way: what is dearer here is not followed

Usual = frozenset[tuple[str, str]]


class Span(NamedTuple):
    """The pieces of one cell: from `start` to before `end`."""

    start: int
    end: int


class Segment(NamedTuple):
    """One row: its cells by column, what it cost to read it so, and how much more with one seam elsewhere."""

    cells: dict[str, Span]
    cost: float
    margin: float


class Reading(NamedTuple):
    """All rows, and the pieces that belong to none."""

    rows: list[Segment]
    strays: list[int]


class _Step(NamedTuple):
    """How the cheapest way came here: from which place and column, and the cost so far."""

    cost: float
    place: int
    column: int  # of the cell before; -1 from the end of a row


class _Pieces:
    """The pieces with what is asked of them again and again."""

    def __init__(self, pieces: Sequence[Piece], usual: Usual) -> None:
        self.texts = [piece.text for piece in pieces]
        self.widths = [width(text) for text in self.texts]
        self.same_line = [piece.gap == SAME_LINE for piece in pieces]
        self.alone = [only_column(text) for text in self.texts]
        self.usual = usual
        ends = [*(not same for same in self.same_line[1:]), True][: len(pieces)]
        self.lone = [
            text.isdigit() and not same and end
            for text, same, end in zip(self.texts, self.same_line, ends, strict=True)
        ]
        spaced = sum(piece.gap == AFTER_BLANK for piece in pieces) > _SPACED * len(pieces)
        self.seams = [self._seam(pieces[max(place - 1, 0)], piece, spaced=spaced) for place, piece in enumerate(pieces)]
        self.widest = max(
            (size for size, text in zip(self.widths, self.texts, strict=True) if not is_figure(text)), default=0
        )
        narrow = max((size for size, text in zip(self.widths, self.texts, strict=True) if text[0] in SIGNS), default=0)
        self.full = {NAME: self.widest - _NAME_ROOM, TARGET: narrow - 1, PRIOR: narrow - 1}
        self._costs: dict[tuple[str, int], dict[int, float]] = {}

    def costs(self, column: str, start: int) -> dict[int, float]:
        """Where the cells of a column may end that begin at `start`, and what each costs."""
        key = column, start
        if key not in self._costs:
            self._costs[key] = dict(_costs(self, column, start))
        return self._costs[key]

    @staticmethod
    def _seam(before: Piece, after: Piece, *, spaced: bool) -> float:
        if after.gap == SAME_LINE:
            return 0.0 if _breaks_at_script(before.text[-1], after.text[0]) else _SEAM
        return _SEAM if spaced and after.gap == NEXT_LINE else 0.0


def _breaks_at_script(before: str, after: str) -> bool:
    """Whether an extraction may break a cell between two characters: where Chinese and Latin text or numbers meet."""
    latin = before.isascii() and before.isalnum()
    if latin or before in "%.":
        return has_chinese(after) or after in "（(" or (latin and after.isascii() and after.isalnum())
    return (has_chinese(before) or before in ")）") and ((after.isascii() and after.isalnum()) or after in "（(")


def segment(pieces: Sequence[Piece], columns: Sequence[str], usual: Usual = frozenset()) -> Reading:
    """Divide pieces into rows of cells at the lowest cost.

    The pieces are without labels of levels; the first of `columns` is the name.  `usual` are columns with texts that
    are known to stand there.
    """
    known = _Pieces(pieces, usual)
    size = len(pieces)
    blanks = [BLANK[column] for column in columns]
    best: list[list[_Step | None]] = [[None] * len(columns) for _ in range(size + 1)]
    ends: list[_Step | None] = [None] * (size + 1)
    ends[0] = _Step(0.0, 0, -1)
    for place in range(size + 1):
        ends[place] = _end(best[place], blanks, ends[place])
        if place == size:
            break
        floor = min((step.cost for step in (*best[place], ends[place]) if step is not None), default=NEVER)
        for column, (entry, came) in enumerate(_entries(best[place], ends[place], blanks)):
            if entry < min(floor + _BEAM, NEVER):
                _cells(known, place, columns[column], _Step(entry, came, column), best)
        _stray(known, place, ends)
    return _walk(known, best, ends, columns)


def _end(steps: list[_Step | None], blanks: list[float], stray: _Step | None) -> _Step | None:
    """The cheapest way to be between two rows: from each last cell, the columns behind it blank."""
    found, behind = stray, 0.0
    for column in range(len(blanks) - 1, -1, -1):
        step = steps[column]
        if step is not None and (found is None or step.cost + behind < found.cost):
            found = _Step(step.cost + behind, -1, column)
        behind += blanks[column]
    return found


def _entries(steps: list[_Step | None], end: _Step | None, blanks: list[float]) -> list[tuple[float, int]]:
    """For each column the cheapest way to begin its cell here, and the column of the cell before."""
    found = [(end.cost + _ROW, -1)] if end is not None else [(NEVER, -1)]
    cheapest, came = NEVER, -1
    for column in range(1, len(blanks)):
        cheapest += blanks[column - 1] if column > 1 else 0.0
        step = steps[column - 1]
        if step is not None and step.cost < cheapest:
            cheapest, came = step.cost, column - 1
        found.append((cheapest, came))
    return found


def _cells(known: _Pieces, place: int, column: str, entry: _Step, best: list[list[_Step | None]]) -> None:
    """Try the cells of one column that begin here."""
    for end, own in known.costs(column, place).items():
        step = best[end][entry.column]
        if step is None or entry.cost + own < step.cost:
            best[end][entry.column] = _Step(entry.cost + own, place, entry.place)


def _costs(known: _Pieces, column: str, start: int) -> Iterator[tuple[int, float]]:
    """What each cell of a column costs that begins at `start`, with the seams in it; first where it ends."""
    full = known.full.get(column)
    text, seams, line, short = "", 0.0, 0, 0.0
    for place in range(start, min(start + MOST_PIECES[column], len(known.texts))):
        if known.alone[place] not in {None, column}:
            break
        if place > start:
            seams += known.seams[place]
            seams += _SWALLOWED * (column == NAME and (TARGET, known.texts[place]) in known.usual)
            seams += _NUMBERED * (column == NAME and known.texts[place][0].isdigit())
        if known.same_line[place]:
            line += 1
        else:
            short += _SHORT_LINE * (place > start and full is not None and line < full)
            seams += _LONE_NUMBER * (known.lone[place] and column in _WORDED)
            line = 0
        line += known.widths[place]
        text += known.texts[place]
        basic = 0.0 if (column, text) in known.usual else cost(column, text)
        if basic >= NEVER:
            continue
        if column == NAME:
            basic += short + _FULL_LINE * (line >= known.widest - 1)
        elif short and not is_figure(text):
            basic += short
        yield place + 1, basic + seams


def _margins(known: _Pieces, rows: Sequence[dict[str, Span]]) -> list[float]:
    """How much more each row costs at least when one seam of its cells lies elsewhere; 0 beside a stray piece."""
    margins = [NEVER] * len(rows)
    cells = [(number, column, span) for number, row in enumerate(rows) for column, span in row.items()]
    for (row, left, first), (following, right, second) in pairwise(cells):
        if all(known.lone[place] for place in range(first.end, second.start)) and first.end < second.start:
            continue  # a page number
        margin = _margin(known, (left, first), (right, second)) if first.end == second.start else 0.0
        margins[row] = min(margins[row], margin)
        margins[following] = min(margins[following], margin)
    return margins


def _margin(known: _Pieces, left: tuple[str, Span], right: tuple[str, Span]) -> float:
    """How much more two neighbouring cells cost when the seam between them lies one piece before or behind."""
    start, seam, end = left[1].start, left[1].end, right[1].end
    lefts = known.costs(left[0], start)
    own = lefts[seam] + known.costs(right[0], seam)[end]
    others = (
        lefts[place] + known.costs(right[0], place).get(end, NEVER)
        for place in (seam - 1, seam + 1)
        if start < place < end and place in lefts
    )
    return min((other - own for other in others), default=NEVER)


def _stray(known: _Pieces, place: int, ends: list[_Step | None]) -> None:
    """Leave one piece between two rows out."""
    step = ends[place]
    if step is None:
        return
    ends[place + 1] = _Step(step.cost + (_STRAY_NUMBER if known.lone[place] else _STRAY), place, -1)


def _walk(known: _Pieces, best: list[list[_Step | None]], ends: list[_Step | None], columns: Sequence[str]) -> Reading:
    """Follow the cheapest way back from the end."""
    rows: list[dict[str, Span]] = []
    costs: list[float] = []
    strays: list[int] = []
    place = len(known.texts)
    while place > 0 and (step := ends[place]) is not None:
        if step.column < 0:
            place = step.place
            strays.append(place)
            continue
        cells: dict[str, Span] = {}
        column = step.column
        while column >= 0 and (cell := best[place][column]) is not None:
            cells[columns[column]] = Span(cell.place, place)
            place, column = cell.place, cell.column
        start = ends[place]
        rows.append(dict(reversed(cells.items())))
        costs.append(step.cost - _ROW - (start.cost if start else 0.0))
    rows, costs = rows[::-1], costs[::-1]
    return Reading([Segment(*found) for found in zip(rows, costs, _margins(known, rows), strict=True)], strays[::-1])
