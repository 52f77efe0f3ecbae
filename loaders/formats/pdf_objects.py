"""The objects of a page: which rules are drawn, what clips the text, whether there are images."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from loaders.formats.pdf_raw import FORM, IMAGE, INVISIBLE, PATH, TEXT, bounds, matrix_of, multiplied, pdfium
from loaders.lattice import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Box
    from loaders.formats.pdf_raw import Function, Matrix

OBJECT_LIMIT = 200_000
"""Objects and path segments of one page that are looked at; a page of text has a thousand."""
DEPTH_LIMIT = 8
"""Forms within forms."""
THIN = 4.0
"""Points; a path no thicker than this is a rule, however it is drawn; a larger filled area is shading."""
STRAIGHT = 1.0
"""Points that the ends of a rule may differ across its direction."""
WHITE = 250
"""Red, green and blue from which on a colour is not seen on paper."""
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)

_LINE, _MOVE = 0, 2


class _Path(NamedTuple):
    handle: int
    box: Box  # on the displayed page, within its clip
    clip: Box
    matrix: Matrix  # from what holds the path to the displayed page
    segments: int
    filled: bool
    stroked: bool


@dataclass(slots=True)
class Objects:
    """What the objects of a page are; everything in points on the page as it is displayed."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    texts: list[tuple[list[int], Matrix, Box]] = field(default_factory=list)
    """Text objects, the matrix of what holds them, and its clip."""
    images: int = 0
    paths: int = 0
    looked_at: int = 0

    @property
    def too_many(self) -> bool:
        """Whether the limit was reached: then rules are missing."""
        return self.looked_at > OBJECT_LIMIT


class Clips:
    """The boxes that objects are clipped to, each worked out once a page."""

    def __init__(self) -> None:
        self._boxes: dict[tuple[int, int], Box] = {}

    def of(self, page_object: int, matrix: Matrix, outer: Box) -> Box:
        """The box of an object's clip within `outer`; objects with one clip share its last path, which names it."""
        library = pdfium()
        clip = library.clip_path(page_object)
        count = library.clip_count(clip) if clip else 0
        if count <= 0:
            return outer
        name = (library.clip_segment(clip, count - 1, 0), count)
        if name not in self._boxes:
            self._boxes[name] = _clip_box(clip, count, matrix, outer)
        return self._boxes[name]


def objects_of(page: int, matrix: Matrix, paper: Box) -> Objects:
    """Walk through the objects of a page, forms included.

    Args:
        page: a loaded page.
        matrix: from page coordinates to the displayed page.
        paper: the displayed page.
    """
    found = Objects()
    paths: list[_Path] = []
    _walk(page, pdfium().object_count(page), pdfium().object_at, matrix, paper, found, paths, Clips(), 0)
    found.paths = len(paths)
    if not found.too_many:
        _draw(paths, found)
    return found


def _walk(
    holder: int,
    count: int,
    getter: Function,
    matrix: Matrix,
    outer: Box,
    found: Objects,
    paths: list[_Path],
    clips: Clips,
    depth: int,
) -> None:
    found.looked_at += count
    if found.too_many:
        return
    library = pdfium()
    handles = list(map(getter, repeat(holder), range(count)))
    types = list(map(library.object_type, handles))
    texts = [handle for handle, kind in zip(handles, types, strict=True) if kind == TEXT]
    if texts:
        found.texts.append((texts, matrix, outer))
    if len(texts) == len(handles):
        return
    found.images += types.count(IMAGE)
    drawn = [handle for handle, kind in zip(handles, types, strict=True) if kind == PATH]
    mode = (ctypes.c_int * 2)()
    fill_at = ctypes.addressof(mode)
    for handle, (left, bottom, right, top) in zip(drawn, bounds(drawn), strict=True):
        library.draw_mode(handle, fill_at, fill_at + 4)
        filled, stroked = bool(mode[0]), bool(mode[1])
        if filled or stroked:
            clip = clips.of(handle, matrix, outer)
            box = intersection(moved((left, bottom, right, top), matrix), clip)
            if box[0] <= box[2] and box[1] <= box[3]:
                paths.append(_Path(handle, box, clip, matrix, library.segment_count(handle), filled, stroked))
    if depth < DEPTH_LIMIT:
        for handle in [handle for handle, kind in zip(handles, types, strict=True) if kind == FORM]:
            inner = multiplied(matrix_of(handle), matrix)
            clip = clips.of(handle, matrix, outer)
            _walk(
                handle, library.form_count(handle), library.form_object, inner, clip, found, paths, clips, depth + 1
            )


def _draw(paths: list[_Path], found: Objects) -> None:
    """Add the rules that these paths draw; a white one is a rule only where it crosses colour."""
    coloured: list[Box] | None = None
    for path in paths:
        thin = min(path.box[2] - path.box[0], path.box[3] - path.box[1]) <= THIN
        if not (thin or path.stroked or path.segments > _RECTANGLE):
            continue
        if not _is_coloured(path):
            if coloured is None:
                coloured = [area.box for area in paths if area.filled and _is_area(area.box) and _is_coloured(area)]
            if not any(_within(path.box, area) for area in coloured):
                continue
        if thin and path.segments <= _RECTANGLE:
            _add_box(path.box, found)
        else:
            found.looked_at += path.segments
            if found.too_many:
                return
            _add_outline(path, found)


_RECTANGLE = 5
"""Segments of a rectangle: to its first corner and four sides."""


def _add_box(box: Box, found: Objects) -> None:
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if height <= THIN and (width > height or width <= THIN):
        found.horizontal.append(Rule((top + bottom) / 2, left, right))
    if width <= THIN and (height > width or height <= THIN):
        found.vertical.append(Rule((left + right) / 2, top, bottom))


def _add_outline(path: _Path, found: Objects) -> None:
    """The straight sides of a stroked path; the thin parts of a filled one."""
    for points in _subpaths(path):
        if path.stroked:
            for (x, y), (to_x, to_y) in pairwise(points):
                if abs(x - to_x) <= STRAIGHT or abs(y - to_y) <= STRAIGHT:
                    side = (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
                    _add_within(side, path.clip, found)
        elif points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            _add_within((min(xs), min(ys), max(xs), max(ys)), path.clip, found)


def _add_within(box: Box, clip: Box, found: Objects) -> None:
    left, top, right, bottom = box = intersection(box, clip)
    if left <= right and top <= bottom:
        _add_box(box, found)


def _subpaths(path: _Path) -> Iterator[list[tuple[float, float]]]:
    """The points of each straight part of a path, on the displayed page; curves end a part."""
    library = pdfium()
    a, b, c, d, e, f = multiplied(matrix_of(path.handle), path.matrix)
    point = (ctypes.c_float * 2)()
    x_at = ctypes.addressof(point)
    points: list[tuple[float, float]] = []
    start = (0.0, 0.0)
    for index in range(path.segments):
        segment = library.segment_at(path.handle, index)
        library.segment_point(segment, x_at, x_at + 4)
        x, y = point
        here = (a * x + c * y + e, b * x + d * y + f)
        kind = library.segment_type(segment)
        if kind == _LINE:
            points.append(here)
        else:
            yield points
            points = [here]
            start = here if kind == _MOVE else start
        if library.segment_close(segment):
            yield [*points, start]
            points = [start]
    yield points


def _is_coloured(path: _Path) -> bool:
    """Whether a path is seen on white paper."""
    library = pdfium()
    colour = (ctypes.c_uint * 4)()
    places = [ctypes.addressof(colour) + 4 * channel for channel in range(4)]
    for is_used, getter in ((path.filled, library.fill_colour), (path.stroked, library.stroke_colour)):
        # A pattern has no colour to ask for: it is seen.
        if is_used and (not getter(path.handle, *places) or (colour[3] and min(colour[:3]) < WHITE)):
            return True
    return False


def _is_area(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) > THIN


def _within(box: Box, area: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def moved(box: tuple[float, float, float, float], matrix: Matrix) -> Box:
    """The box around a box after a matrix."""
    a, b, c, d, e, f = matrix
    left, top, right, bottom = box
    xs = [a * x + c * y + e for x in (left, right) for y in (top, bottom)]
    ys = [b * x + d * y + f for x in (left, right) for y in (top, bottom)]
    return min(xs), min(ys), max(xs), max(ys)


def intersection(first: Box, second: Box) -> Box:
    """What two boxes share; right before left, or bottom above top, where they share nothing."""
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def _clip_box(clip: int, count: int, matrix: Matrix, outer: Box) -> Box:
    library = pdfium()
    point = (ctypes.c_float * 2)()
    x_at = ctypes.addressof(point)
    box = outer
    for path in range(count):
        xs: list[float] = []
        ys: list[float] = []
        for index in range(min(library.clip_segment_count(clip, path), OBJECT_LIMIT)):
            library.segment_point(library.clip_segment(clip, path, index), x_at, x_at + 4)
            xs.append(point[0])
            ys.append(point[1])
        if xs:
            box = intersection(box, moved((min(xs), min(ys), max(xs), max(ys)), matrix))
    return box


def invisible(texts: list[int]) -> set[int]:
    """The text objects that are not painted (as the text behind a scanned picture)."""
    modes = map(pdfium().render_mode, texts)
    return {text for text, mode in zip(texts, modes, strict=True) if mode == INVISIBLE}
