"""The words of a page: boxes on the displayed page, without what is not seen.

Only the two ends of a word are asked for their boxes: PDFium breaks words at gaps and at line ends, so what stands
between the ends stands between them on paper. Words of which that may not hold are taken character by character.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections import Counter
from enum import Enum
from functools import reduce
from itertools import compress, repeat
from math import isfinite, pi
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.formats.lattice import Glyphs
from loaders.formats.pdf.objects import intersection
from loaders.formats.pdf.pdfium import INVISIBLE, loose_boxes, map_errors, pdfium, text_objects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.document import Box
    from loaders.formats.lattice import Mesh
    from loaders.formats.pdf.objects import Clips, Objects
    from loaders.formats.pdf.pdfium import Matrix

UNKNOWN = "\ufffd"
"""A character whose font does not say what it means."""
CLIP_MARGIN = 1.0
"""Points; a centre that stands so far outside the clip is not seen."""
NARROWEST, WIDEST = 0.3, 1.3
"""Heights that a character of a word takes on average; other words are overprinted, or have gaps."""

_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # what PDFium makes of a hyphen at the end of a line
_HIGHEST = 0x10FFFF
_BLANK_MARKS = dict.fromkeys([*map(chr, range(32)), "\x7f", "\u200b", "\ufeff"], "\n")
_MEANT = str.maketrans(_BLANK_MARKS | _HYPHENS | {"\0": UNKNOWN, "\uffff": UNKNOWN})
_STRANGE = lazy_pattern("[\\x00-\\x09\\x0b-\\x1f\\x7f\u200b\ufeff\ufffe\uffff]")
_WORD = lazy_pattern(r"\S+[^\S\n]?")
_HALVES = lazy_pattern("[\ud800-\udfff]")  # where PDFium counts in UTF-16, a rare character comes in two halves
_LOOKED_UP = 20.0  # points: visible words are looked up by squares of this size
_MOST_SQUARES = 200  # a word as large as a page is looked up by its centre alone
_FAR = -1e9
_ASKED = 60  # words of a page are asked how they are turned


class _Sight(Enum):
    UNSEEN = "unseen"
    VISIBLE = "seen"
    INVISIBLE = "invisible"  # text that is not painted, as that behind a scanned picture
    PARTLY = "partly"  # one end of the word is seen


class _Boxes(NamedTuple):
    """Sides of characters on the displayed page."""

    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]


class _Sheet(NamedTuple):
    """What is asked of a page again and again."""

    text_page: int
    matrix: Matrix
    paper: Box
    inside: dict[int, tuple[Matrix, Box]]
    clips: Clips


def characters(text_page: int, count: int) -> str:
    """The characters of a text page, one for each of PDFium's; line ends and controls are line feeds.

    Where a font does not say what its glyphs mean, PDFium gives their numbers: they are UNKNOWN here.
    """
    buffer = (ctypes.c_uint16 * (count + 1))()
    pdfium().get_text(text_page, 0, count, ctypes.addressof(buffer))
    text = bytes(buffer).decode("utf-16-le", "surrogatepass").removesuffix("\0")
    # Characters without a meaning are missing there: then one by one.
    if len(text) != count or "\0" in text:
        codes = map(pdfium().unicode, repeat(text_page), range(count))
        text = "".join(chr(code) if code <= _HIGHEST else UNKNOWN for code in codes)
    wrong = map_errors(text_page, count)
    if any(wrong):
        text = "".join(UNKNOWN if is_wrong else char for char, is_wrong in zip(text, wrong, strict=True))
    text = text.replace("\r", "\n")
    return text.translate(_MEANT) if _STRANGE.search(text) else text


def quarter_turns(text_page: int, text: str, rotation: int) -> int:
    """Clockwise quarter turns that put most text of a page upright.

    `rotation`, which the page itself states, is returned unless more than half of the text lies on its side then.
    """
    starts = [match.start() for match in _WORD.finditer(text)]
    asked = starts[:: len(starts) // _ASKED + 1]
    angles = [pdfium().char_angle(text_page, index) for index in asked]
    # PDFium counts angles clockwise.
    turns = Counter(-round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
    most, count = turns.most_common(1)[0] if turns else (rotation, 0)
    return most if count * 2 > len(asked) else rotation


def words_of(text_page: int, text: str, matrix: Matrix, paper: Box, objects: Objects, meshes: Sequence[Mesh]) -> Glyphs:
    """The visible words of a page, cut at the sides of cells.

    `text` holds the characters of the page.  Left out are those outside the page or their clip, and invisible ones but
    for the text layer of a scanned page.
    """
    sheet = _Sheet(text_page, matrix, paper, objects.inside, objects.clips)
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    if _HALVES.search(text):
        words = [word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for word in words]
    starts = [start for start, _ in spans]
    ends = [end - 1 - word[-1].isspace() for (_, end), word in zip(spans, words, strict=True)]
    first, last = _boxes(sheet, starts), _boxes(sheet, ends)
    sights = _sights(sheet, starts, first, last)
    whole = [
        stands and sight is not _Sight.PARTLY
        for stands, sight in zip(_whole(words, first, last, meshes), sights, strict=True)
    ]
    pieces = Glyphs(words, first.left, first.top, last.right, first.bottom)
    if not all(whole):
        broken = [span for span, is_whole in zip(zip(starts, ends, strict=True), whole, strict=True) if not is_whole]
        indices = [index for start, end in broken for index in range(start, end + 1)]
        blanks = {end: " " for _, end in broken if text[end + 1 : end + 2] not in {"", "\n"}}
        singles = _boxes(sheet, indices)
        sights = [*compress(sights, whole), *_sights(sheet, indices, singles, singles)]
        kept = _compressed(pieces, whole)
        pieces = Glyphs(
            [*kept.text, *(_HALVES.sub(UNKNOWN, text[index]) + blanks.get(index, "") for index in indices)],
            *([*values, *more] for values, more in zip(kept[1:], singles, strict=True)),
        )
    return _visible(pieces, sights, objects.images)


def _boxes(sheet: _Sheet, indices: list[int]) -> _Boxes:
    lefts, tops, rights, bottoms = map(_finite, loose_boxes(sheet.text_page, indices))
    a, b, c, d, e, f = sheet.matrix
    if b or c:  # a page turned by a quarter
        xs, to_xs = [c * y + e for y in bottoms], [c * y + e for y in tops]
        ys, to_ys = [b * x + f for x in lefts], [b * x + f for x in rights]
    else:
        xs, to_xs = [a * x + e for x in lefts], [a * x + e for x in rights]
        ys, to_ys = [d * y + f for y in tops], [d * y + f for y in bottoms]
    if a + c < 0:
        return _Boxes(to_xs, to_ys, xs, ys)
    return _Boxes(xs, ys, to_xs, to_ys)


def _finite(numbers: list[float]) -> list[float]:
    """Places that are no numbers, as matrices out of bounds give, are far outside the page."""
    if isfinite(sum(numbers)):
        return numbers
    return [number if isfinite(number) else _FAR for number in numbers]


def _whole(words: list[str], first: _Boxes, last: _Boxes, meshes: Sequence[Mesh]) -> list[bool]:
    """Whether a word stands closely on one line, with no side of a cell between its ends."""
    sides = sorted({x for mesh in meshes for x in mesh.xs})
    levels = sorted({y for mesh in meshes for y in mesh.ys})
    found = []
    for word, left, top, right, bottom, to_left, to_top, to_right, to_bottom in zip(words, *first, *last, strict=True):
        height = bottom - top
        size = len(word) - word[-1].isspace()
        found.append(
            size == 1
            or (
                NARROWEST * height * size <= to_right - left <= WIDEST * height * size
                and abs(top + bottom - to_top - to_bottom) <= height
                and bisect_right(sides, (left + right) / 2) == bisect_right(sides, (to_left + to_right) / 2)
                and bisect_right(levels, (top + bottom) / 2) == bisect_right(levels, (to_top + to_bottom) / 2)
            )
        )
    return found


def _sights(sheet: _Sheet, indices: list[int], first: _Boxes, last: _Boxes) -> list[_Sight]:
    """Whether words are seen: on the page, within their clip, and painted.

    Args:
        sheet: the page.
        indices: of the first character of each word.
        first: the boxes of the first characters.
        last: the boxes of the last ones.
    """
    if not indices:
        return []
    owners = text_objects(sheet.text_page, indices)
    clips = _clips(sheet, owners)
    modes = map(pdfium().render_mode, owners)
    painted = [_Sight.INVISIBLE if mode == INVISIBLE else _Sight.VISIBLE for mode in modes]
    widest = reduce(intersection, set(clips))
    if (
        widest[0] <= min(first.left)
        and widest[1] <= min(first.top)
        and max(last.right) <= widest[2]
        and max(first.bottom) <= widest[3]
    ):
        return painted  # no clip cuts anything
    sights = []
    for sight, clip, start, end in zip(painted, clips, _centres(first), _centres(last), strict=True):
        sees_start, sees_end = _inside(start, clip), _inside(end, clip)
        if sees_start != sees_end:
            sights.append(_Sight.PARTLY)
        else:
            sights.append(sight if sees_start else _Sight.UNSEEN)
    return sights


def _clips(sheet: _Sheet, owners: list[int]) -> list[Box]:
    """The clip of each text object, within the page."""
    if not sheet.inside:
        return sheet.clips.of(owners, sheet.matrix, sheet.paper)
    page = (sheet.matrix, sheet.paper)
    return [sheet.clips.of([owner], *sheet.inside.get(owner, page))[0] for owner in owners]


def _centres(boxes: _Boxes) -> Iterator[tuple[float, float]]:
    for left, top, right, bottom in zip(*boxes, strict=True):
        yield (left + right) / 2, (top + bottom) / 2


def _inside(point: tuple[float, float], clip: Box) -> bool:
    x, y = point
    margin = CLIP_MARGIN
    return clip[0] - margin <= x <= clip[2] + margin and clip[1] - margin <= y <= clip[3] + margin


def _visible(pieces: Glyphs, sights: list[_Sight], images: int) -> Glyphs:
    """Without what is not seen; invisible text counts where it reads out a picture and no other is there."""
    if sights.count(_Sight.VISIBLE) == len(sights):
        return pieces
    seen = [sight is _Sight.VISIBLE for sight in sights]
    size = {sight: sum(len(text) for text in compress(pieces.text, [s is sight for s in sights])) for sight in _Sight}
    if size[_Sight.INVISIBLE] > size[_Sight.VISIBLE] and (images or not size[_Sight.VISIBLE]):
        painted: dict[tuple[int, int], list[Box]] = {}
        boxes: list[Box] = list(zip(*pieces[1:], strict=True))
        for box in compress(boxes, list(seen)):
            for square in _squares(box):
                painted.setdefault(square, []).append(box)
        for index, (box, sight) in enumerate(zip(boxes, sights, strict=True)):
            if sight is _Sight.INVISIBLE:
                seen[index] = not any(
                    _overlap(box, other) for square in _squares(box) for other in painted.get(square, ())
                )
    return _compressed(pieces, seen)


def _compressed(glyphs: Glyphs, chosen: list[bool]) -> Glyphs:
    return Glyphs(list(compress(glyphs.text, chosen)), *(list(compress(values, chosen)) for values in glyphs[1:]))


def _squares(box: Box) -> set[tuple[int, int]]:
    left, top, right, bottom = (int(side // _LOOKED_UP) for side in box)
    if (right - left + 1) * (bottom - top + 1) > _MOST_SQUARES:
        left, top = right, bottom = (left + right) // 2, (top + bottom) // 2
    return {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}


def _overlap(first: Box, second: Box) -> bool:
    """Whether the centre of one box stands in the other."""
    return any(
        box[0] <= (other[0] + other[2]) / 2 <= box[2] and box[1] <= (other[1] + other[3]) / 2 <= box[3]
        for box, other in ((first, second), (second, first))
    )
