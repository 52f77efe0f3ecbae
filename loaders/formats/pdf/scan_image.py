"""The picture of a page: set upright, its ruled lines, its pieces of text.

Needs numpy and OpenCV, which come with the optional packages: they are imported only inside the functions.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from loaders.formats.lattice import Rule

if TYPE_CHECKING:
    from loaders.document import Box

Image = Any  # numpy.ndarray of uint8, rows x columns: without the package there is no type to name

LONGEST_TILT = 5.0
"""Degrees that a page is turned back at most."""
COARSE, SHORTEST_TILT = 0.25, 0.05
"""Degrees: in these steps the tilt is looked for, first and then."""
LOOKED_AT = 1000
"""Pixels across in which a tilt shows."""
ACROSS, DOWN = 25.0, 16.0
"""Points from which on a stroke is a rule; strokes of characters are shorter."""
THICKEST = 4.0
"""Points; a thicker bar is no rule."""
APART = 12.0
"""Points between pieces of text on one line."""
SPECK = 1.5
"""Points; smaller marks are dirt."""
MARGIN = 4
"""Pixels of white around a piece."""


class Piece(NamedTuple):
    """A piece of text on one line: its box in points and its picture."""

    box: Box
    pixels: Image


def upright(image: Image) -> Image:
    """Turn a page that was laid on the glass a little aslant: lines are sharpest where rows of pixels hold them."""
    import cv2

    height, width = image.shape
    scale = min(1.0, LOOKED_AT / width)
    small = cv2.resize(_ink(image), (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    steps = round(LONGEST_TILT / COARSE)
    tilt = _sharpest(small, [step * COARSE for step in range(-steps, steps + 1)])
    fine = round(COARSE / SHORTEST_TILT)
    tilt = _sharpest(small, [tilt + step * SHORTEST_TILT for step in range(-fine, fine + 1)])
    return image if abs(tilt) < SHORTEST_TILT else _turned(image, tilt, 255)


def _sharpest(ink: Image, angles: list[float]) -> float:
    return max(angles, key=lambda angle: (_sharpness(ink, angle), -abs(angle)))


def _sharpness(ink: Image, angle: float) -> float:
    """How unevenly the ink falls on the rows of pixels after a turn."""
    import numpy as np

    rows = _turned(ink, angle, 0).sum(axis=1, dtype=np.float64)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def _turned(image: Image, angle: float, ground: int) -> Image:
    import cv2

    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=ground)


def rules(image: Image, points: float) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and vertical rules of a page, in points; `points` is the size of a pixel."""
    horizontal, vertical = _lines(_ink(image), points)
    found: tuple[list[Rule], list[Rule]] = ([], [])
    for mask, is_flat, target in ((horizontal, True, found[0]), (vertical, False, found[1])):
        for left, top, width, height in _parts(mask):
            thickness, at, start, length = (
                (height, top + height / 2, left, width) if is_flat else (width, left + width / 2, top, height)
            )
            if thickness * points <= THICKEST:
                target.append(Rule(at * points, start * points, (start + length) * points))
    return found


def pieces(image: Image, cells: list[Box], points: float) -> list[Piece]:
    """The lines of text in each cell, and those outside all cells."""
    import cv2
    import numpy as np

    ink = _ink(image)
    horizontal, vertical = _lines(ink, points)
    lines = cv2.dilate(cv2.bitwise_or(horizontal, vertical), np.ones((3, 3), np.uint8))
    ink = cv2.bitwise_and(ink, cv2.bitwise_not(lines))
    outside = ink.copy()
    boxes: list[tuple[int, int, int, int]] = []
    inner = []
    for cell in cells:
        left, top, right, bottom = (round(side / points) for side in cell)
        edge = round(THICKEST / points)  # what is left of its rules
        outside[max(0, top - edge) : bottom + edge, max(0, left - edge) : right + edge] = 0
        box = _inked(ink, (left + 1, top + 1, right, bottom), points)
        if box:
            inner.append(box)
    height = median([bottom - top for _, top, _, bottom in inner]) if inner else 0
    for box in inner:
        boxes += _split(ink, box, height)
    joined = cv2.dilate(outside, np.ones((3, max(1, round(APART / points))), np.uint8))
    for left, top, width, tall in _parts(joined):
        box = _inked(outside, (left, top, left + width, top + tall), points)
        if box:
            boxes.append(box)
    return [_piece(image, box, points) for box in boxes]


def _ink(image: Image) -> Image:
    """White where the page is dark, whatever its light."""
    import cv2

    return cv2.adaptiveThreshold(image, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 15)


def _lines(ink: Image, points: float) -> tuple[Image, Image]:
    """Masks of the long flat and upright strokes; a line may step by a pixel on its way."""
    import cv2
    import numpy as np

    across, down = max(2, round(ACROSS / points)), max(2, round(DOWN / points))
    flat = cv2.morphologyEx(cv2.dilate(ink, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, across), np.uint8))
    tall = cv2.morphologyEx(cv2.dilate(ink, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((down, 1), np.uint8))
    return flat, tall


def _parts(mask: Image) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each connected part."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(width), int(height)) for x, y, width, height, _ in stats[1:]]


def _inked(ink: Image, box: tuple[int, int, int, int], points: float) -> tuple[int, int, int, int] | None:
    """The box around what is written in a box; None where there are specks only."""
    import numpy as np

    left, top, right, bottom = box
    part = ink[max(0, top) : bottom, max(0, left) : right]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows) or max(rows[-1] - rows[0], columns[-1] - columns[0]) * points < SPECK:
        return None
    left, top = max(0, left), max(0, top)
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def _split(ink: Image, box: tuple[int, int, int, int], height: float) -> list[tuple[int, int, int, int]]:
    """A wrapped cell as its lines: cut where a row of pixels is empty and both sides are as high as a line."""
    left, top, right, bottom = box
    if bottom - top < 1.6 * height:
        return [box]
    filled = ink[top:bottom, left:right].any(axis=1)
    cuts, start = [top], top
    for offset in range(1, len(filled) - 1):
        y = top + offset
        if not filled[offset] and y - start >= 0.7 * height and bottom - y >= 0.7 * height:
            cuts.append(y)
            start = y
    cuts.append(bottom)
    return [(left, first, right, last) for first, last in pairwise(cuts)]


def _piece(image: Image, box: tuple[int, int, int, int], points: float) -> Piece:
    import cv2

    left, top, right, bottom = box
    crop = image[top:bottom, left:right]
    framed = cv2.copyMakeBorder(crop, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255)
    sides = (left * points, top * points, right * points, bottom * points)
    return Piece(sides, cv2.cvtColor(framed, cv2.COLOR_GRAY2BGR))
