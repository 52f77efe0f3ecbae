"""One page of an OFD file: text objects -> glyphs, paths -> rules; all in points on the page."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.formats.lattice import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Box
    from loaders.formats.package import Element

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of the format."""
GLYPH_LIMIT = 100_000
"""Characters of one page; a page printed as small as can be read has ten thousand."""
SEGMENT_LIMIT = 50_000
"""Lines of one page."""
THIN = 4.0
"""Points; a filled area that is no wider is a rule."""
STRAIGHT = 0.5
"""Points by which the ends of a horizontal or vertical line may differ."""
_ASCENT, _DESCENT = 0.88, 0.12
"""How far a character reaches above and below its base line, in sizes."""
_WHITE = {"255 255 255", "#FF #FF #FF", "1 1 1"}
_STEP = lazy_pattern(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_POINTS_OF = {"M": 1, "S": 1, "A": 1, "Q": 2, "B": 3}
"""Points that each step names that begins a run or curves; the last of them is where it ends."""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class _Part(NamedTuple):
    """A run of straight lines, and whether no curve belongs to its shape."""

    points: list[Point]
    straight: bool


@dataclass(slots=True)
class Marks:
    """The marks on a page: glyphs in five equally long columns, and rules; in points."""

    text: list[str] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    images: int = 0
    segments: int = 0
    unread: int = 0
    """Objects that are damaged or of a kind that is not read."""

    @property
    def too_many(self) -> bool:
        """Whether the page has more on it than a page can show."""
        return len(self.text) > GLYPH_LIMIT or self.segments > SEGMENT_LIMIT

    @property
    def count(self) -> int:
        """How many marks there are, and objects that are none."""
        return len(self.text) + self.segments + self.images + self.unread

    def take(self, other: Marks) -> None:
        """Add what another page, or a template, has on it."""
        for name in ("text", "left", "top", "right", "bottom", "horizontal", "vertical"):
            getattr(self, name).extend(getattr(other, name))
        self.images += other.images
        self.segments += other.segments
        self.unread += other.unread


def add(layer: Element, paper: Box, marks: Marks) -> None:
    """Add the objects of a layer, blocks in blocks included; `paper` is the page in millimetres."""
    for element in layer.iter():
        if element.tag not in {"TextObject", "PathObject", "ImageObject", "CompositeObject"}:
            continue
        if element.get("Visible", "true").lower() == "false" or element.get("Alpha") == "0":
            continue
        if marks.too_many:
            return
        try:
            if element.tag == "TextObject":
                _add_text(element, paper, marks)
            elif element.tag == "PathObject":
                _add_path(element, paper, marks)
            elif element.tag == "ImageObject":
                marks.images += 1
            else:
                marks.unread += 1
        except (ValueError, OverflowError):
            marks.unread += 1


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute.

    Raises:
        ValueError: one is no finite number.
    """
    found = [float(word) for word in (text or "").split()]
    if not all(map(math.isfinite, found)):
        raise ValueError(text)
    return found


def box_of(text: str | None) -> Box | None:
    """Convert x, y, width, height to left, top, right, bottom; None for no such box."""
    try:
        x, y, width, height = numbers(text)
    except ValueError:
        return None
    return (x, y, x + width, y + height) if width > 0 and height > 0 else None


def _matrix(element: Element, paper: Box) -> Matrix:
    """From the coordinates of an object to points on the page: its own matrix, then the corner of its boundary."""
    boundary = numbers(element.get("Boundary")) or [0.0, 0.0]
    own = numbers(element.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    a, b, c, d, e, f = own
    x, y = boundary[:2]
    shifted = (a, b, c, d, e + x - paper[0], f + y - paper[1])
    a, b, c, d, e, f = (POINTS * number for number in shifted)
    return a, b, c, d, e, f


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _add_text(element: Element, paper: Box, marks: Marks) -> None:
    matrix = _matrix(element, paper)
    size = float(element.get("Size", "0"))
    width = size * float(element.get("HScale", "1"))
    page = (0.0, 0.0, (paper[2] - paper[0]) * POINTS, (paper[3] - paper[1]) * POINTS)
    x = y = 0.0
    for code in element.iterfind("TextCode"):
        text = code.text or ""
        x, y = float(code.get("X", x)), float(code.get("Y", y))
        across = _deltas(code.get("DeltaX"), len(text))
        down = _deltas(code.get("DeltaY"), len(text))
        place_x, place_y = x, y
        for index, character in enumerate(text):
            natural = width * (1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5)
            step = across[index] if across else 0.0 if down else natural
            reach = min(natural, step) if step > 0 else natural
            if character >= " ":
                box = (place_x, place_y - _ASCENT * size, place_x + reach, place_y + _DESCENT * size)
                _add_glyph(character, _placed(matrix, box), page, marks)
            place_x += step
            place_y += down[index] if down else 0.0


def _placed(matrix: Matrix, box: Box) -> Box:
    """A box of an object in points on the page: what its four corners reach."""
    a, b, c, d, e, f = matrix
    if not (b or c):  # upright, as nearly everything is
        x, y, right, bottom = a * box[0] + e, d * box[1] + f, a * box[2] + e, d * box[3] + f
        return (x, y, right, bottom) if x <= right and y <= bottom else _extent([(x, y), (right, bottom)])
    return _extent([_apply(matrix, x, y) for x in box[::2] for y in box[1::2]])


def _add_glyph(character: str, box: Box, page: Box, marks: Marks) -> None:
    left, top, right, bottom = box
    if not (page[0] <= (left + right) / 2 <= page[2] and page[1] <= (top + bottom) / 2 <= page[3]):
        return  # beyond the paper
    marks.text.append(character)
    marks.left.append(left)
    marks.top.append(top)
    marks.right.append(right)
    marks.bottom.append(bottom)


def _deltas(text: str | None, count: int) -> list[float]:
    """The distances from each character to the next; "g 3 2.5" is 2.5 three times, the last one goes on."""
    words = iter((text or "").split())
    found: list[float] = []
    for word in words:
        times = 1
        if word == "g":
            times, word = int(next(words, "")), next(words, "")  # noqa: PLW2901 - the repeated distance
        found += [float(word)] * min(max(times, 0), count - len(found))
        if len(found) >= count:
            break
    if not all(map(math.isfinite, found)):
        raise ValueError(text)
    return found + found[-1:] * (count - len(found))


def _add_path(element: Element, paper: Box, marks: Marks) -> None:
    stroked = element.get("Stroke", "true").lower() == "true" and not _is_white(element.find("StrokeColor"))
    filled = element.get("Fill", "false").lower() == "true" and not _is_white(element.find("FillColor"))
    if not (stroked or filled):
        return
    matrix = _matrix(element, paper)
    for part in _parts(element.findtext("AbbreviatedData", "")):
        marks.segments += len(part.points)
        if marks.too_many:
            return
        points = [_apply(matrix, x, y) for x, y in part.points]
        if not all(map(math.isfinite, (number for point in points for number in point))):
            raise ValueError(element.tag)
        if filled and part.straight and not _is_area(points):
            _add_rule(points, marks)
        elif stroked:
            for start, end in pairwise(points):
                if abs(start[0] - end[0]) <= STRAIGHT or abs(start[1] - end[1]) <= STRAIGHT:
                    _add_rule([start, end], marks)


def _is_white(colour: Element | None) -> bool:
    return colour is not None and (colour.get("Value") in _WHITE or colour.get("Alpha") == "0")


def _extent(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_area(points: list[Point]) -> bool:
    left, top, right, bottom = _extent(points)
    return min(right - left, bottom - top) > THIN


def _add_rule(points: list[Point], marks: Marks) -> None:
    left, top, right, bottom = _extent(points)
    if right - left >= bottom - top:
        marks.horizontal.append(Rule((top + bottom) / 2, left, right))
    else:
        marks.vertical.append(Rule((left + right) / 2, top, bottom))


def _parts(data: str) -> Iterator[_Part]:
    """The runs of a path: M and S begin one, L goes straight, C goes back to the beginning; a curve (B Q A) parts it.

    Raises:
        ValueError: a step has too few numbers.
    """
    steps = iter(_STEP.findall(data))
    points: list[Point] = []
    begin: list[Point] = []
    straight = True
    for step in steps:
        kind = step.upper()
        if kind == "L":
            points.append(_point(steps))
        elif kind == "C":
            points += begin
        elif kind in _POINTS_OF:
            curved = kind in {"B", "Q", "A"}
            if kind == "A":  # radii, angle and two switches before the point
                for _ in range(5):
                    next(steps, "")
            end = [_point(steps) for _ in range(_POINTS_OF[kind])][-1:]
            if len(points) > 1:
                yield _Part(points, straight and not curved)
            points, straight = list(end), not curved
            begin = begin if curved else end
        else:
            raise ValueError(step)
    if len(points) > 1:
        yield _Part(points, straight)


def _point(steps: Iterator[str]) -> Point:
    return float(next(steps, "")), float(next(steps, ""))
