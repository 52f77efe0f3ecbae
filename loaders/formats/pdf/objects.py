"""The objects of a page: which rules are drawn, what clips the text, whether there are images."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from loaders.formats.lattice import Rule
from loaders.formats.pdf.pdfium import FORM, IMAGE, PATH, TEXT, bounds, matrix_of, multiplied, objects_in, pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document import Box
    from loaders.formats.pdf.pdfium import Function, Matrix

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

_LINE, _MOVE = 0, 2


class _Path(NamedTuple):
    handle: int
    box: Box  # on the displayed page, within its clip
    clip: Box
    matrix: Matrix  # from what holds the path to the displayed page
    segments: int
    filled: bool
    stroked: bool


class Clips:
    """The clip boxes of objects, each worked out once a page."""

    def __init__(self) -> None:
        self._boxes: dict[int, Box] = {}
        self._paths: dict[int, Box | None] = {}

    def of(self, objects: list[int], matrix: Matrix, outer: Box) -> list[Box]:
        """For each object the box of its clip within `outer`.

        Objects with one clip share its last path, whose first point therefore names the clip (0: none).
        """
        library = pdfium()
        clips = list(map(library.clip_path, objects))
        counts = list(map(library.clip_count, clips))
        names = list(map(library.clip_segment, clips, [count - 1 for count in counts], repeat(0)))
        for name, index in {name: index for index, name in enumerate(names)}.items():
            if name and name not in self._boxes:
                self._boxes[name] = self._box(clips[index], counts[index], matrix, outer)
        return [self._boxes[name] if name else outer for name in names]

    def _box(self, clip: int, count: int, matrix: Matrix, outer: Box) -> Box:
        box = outer
        for path in range(count):
            name = pdfium().clip_segment(clip, path, 0)
            if name not in self._paths:
                self._paths[name] = _clip_box(clip, path, matrix)
            inner = self._paths[name]
            if inner:
                box = intersection(box, inner)
        return box


@dataclass(slots=True)
class Objects:
    """The rules, images and clips of a page's objects; everything in points on the page as it is displayed."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    inside: dict[int, tuple[Matrix, Box]] = field(default_factory=dict)
    """Text objects in forms: the matrix of the form and its clip."""
    images: int = 0
    clips: Clips = field(default_factory=Clips)
    shapes: int = 0
    """Paths that are neither lines nor rectangles."""
    looked_at: int = 0

    @property
    def too_many(self) -> bool:
        """Whether the limit was reached: then rules are missing."""
        return self.looked_at > OBJECT_LIMIT


def objects_of(page: int, matrix: Matrix, paper: Box) -> Objects:
    """Walk through the objects of a page, forms included.

    Args:
        page: a loaded page.
        matrix: from page coordinates to the displayed page.
        paper: the displayed page.
    """
    found = Objects()
    paths: list[_Path] = []
    count = pdfium().object_count(page)
    found.looked_at = count
    if not found.too_many:
        _sort(objects_in(page, count), matrix, paper, found, paths, 0)
    found.shapes = sum(path.segments > _RECTANGLE for path in paths)
    if not found.too_many:
        _draw(paths, found)
    return found


def _sort(
    handles: list[int],
    matrix: Matrix,
    outer: Box,
    found: Objects,
    paths: list[_Path],
    depth: int,
) -> None:
    """Take the objects of a page, or of a form, to where they belong."""
    library = pdfium()
    types = list(map(library.object_type, handles))
    if types.count(TEXT) < len(types):
        others = [(handle, kind) for handle, kind in zip(handles, types, strict=True) if kind != TEXT]
        found.images += types.count(IMAGE)
        paths += _paths([handle for handle, kind in others if kind == PATH], matrix, outer, found.clips)
        forms = [handle for handle, kind in others if kind == FORM]
        for form, clip in zip(forms, found.clips.of(forms, matrix, outer), strict=True):
            count = library.form_count(form)
            found.looked_at += max(0, count)
            if depth == DEPTH_LIMIT or found.too_many:
                break
            inner = list(map(library.form_object, repeat(form), range(count)))
            _sort(inner, multiplied(matrix_of(form), matrix), clip, found, paths, depth + 1)
    if depth:
        place = (matrix, outer)
        found.inside.update((handle, place) for handle, kind in zip(handles, types, strict=True) if kind == TEXT)


def _paths(handles: list[int], matrix: Matrix, outer: Box, clips: Clips) -> Iterator[_Path]:
    """The paths that are drawn and not clipped away."""
    library = pdfium()
    modes = (ctypes.c_int * (2 * len(handles)))()
    start = ctypes.addressof(modes)
    ends = start + 8 * len(handles)
    for _ in map(library.draw_mode, handles, range(start, ends, 8), range(start + 4, ends, 8)):
        pass
    places = zip(bounds(handles), clips.of(handles, matrix, outer), strict=True)
    for handle, (sides, clip), filled, stroked in zip(handles, places, modes[0::2], modes[1::2], strict=True):
        if filled or stroked:
            box = intersection(moved(sides, matrix), clip)
            if box[0] <= box[2] and box[1] <= box[3]:
                segments = library.segment_count(handle)
                yield _Path(handle, box, clip, matrix, segments, bool(filled), bool(stroked))


def _draw(paths: list[_Path], found: Objects) -> None:
    """Add the rules that these paths draw; a white one is a rule only where it crosses colour."""
    ink = _Ink()
    coloured: list[Box] | None = None
    for path in paths:
        thin = min(path.box[2] - path.box[0], path.box[3] - path.box[1]) <= THIN
        if not (thin or path.stroked or path.segments > _RECTANGLE):
            continue
        if not ink.is_visible(path):
            if coloured is None:
                coloured = [area.box for area in paths if area.filled and _is_area(area.box) and ink.is_visible(area)]
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


class _Ink:
    """Visibility of paths on white paper, by their colours."""

    def __init__(self) -> None:
        self._colour = (ctypes.c_uint * 4)()
        self._places = [ctypes.addressof(self._colour) + 4 * channel for channel in range(4)]

    def is_visible(self, path: _Path) -> bool:
        """Whether a path is seen on white paper."""
        library = pdfium()
        return (path.filled and self._is_dark(path.handle, library.fill_colour)) or (
            path.stroked and self._is_dark(path.handle, library.stroke_colour)
        )

    def _is_dark(self, handle: int, getter: Function) -> bool:
        if not getter(handle, *self._places):
            return True  # a pattern has no colour to ask for
        red, green, blue, alpha = self._colour
        return alpha > 0 and (red < WHITE or green < WHITE or blue < WHITE)


def _is_area(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) > THIN


def _within(box: Box, area: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] - THIN <= x <= area[2] + THIN and area[1] - THIN <= y <= area[3] + THIN


def moved(box: tuple[float, float, float, float], matrix: Matrix) -> Box:
    """The box around a box after a matrix."""
    a, b, c, d, e, f = matrix
    left, top, right, bottom = box
    if not b and not c:
        left, right, top, bottom = a * left + e, a * right + e, d * top + f, d * bottom + f
        return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
    xs = [a * x + c * y + e for x in (left, right) for y in (top, bottom)]
    ys = [b * x + d * y + f for x in (left, right) for y in (top, bottom)]
    return min(xs), min(ys), max(xs), max(ys)


def intersection(first: Box, second: Box) -> Box:
    """The intersection of two boxes; right before left, or bottom above top, where there is none."""
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def _clip_box(clip: int, path: int, matrix: Matrix) -> Box | None:
    """The box around one path of a clip; None where it has no points."""
    library = pdfium()
    count = min(library.clip_segment_count(clip, path), OBJECT_LIMIT)
    if count <= 0:
        return None
    points = (ctypes.c_float * (2 * count))()
    x_at = ctypes.addressof(points)
    for index in range(count):
        library.segment_point(library.clip_segment(clip, path, index), x_at + 8 * index, x_at + 8 * index + 4)
    xs, ys = points[0::2], points[1::2]
    return moved((min(xs), min(ys), max(xs), max(ys)), matrix)
