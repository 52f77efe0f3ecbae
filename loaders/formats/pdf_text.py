"""The characters of a page: boxes on the displayed page, without what is not seen."""

from __future__ import annotations

import ctypes
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING

from loaders.formats.pdf_objects import Clips, invisible
from loaders.formats.pdf_raw import loose_boxes, pdfium
from loaders.lattice import Glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.document import Box
    from loaders.formats.pdf_objects import Objects
    from loaders.formats.pdf_raw import Matrix

UNKNOWN = "\ufffd"
"""A character whose font does not say what it means."""
CLIP_MARGIN = 1.0
"""Points; a centre that stands so far outside the clip is not seen."""

_HYPHEN = "\x02"  # what PDFium makes of a hyphen at the end of a line
_HIGHEST = 0x10FFFF
_NOTHING = dict.fromkeys([*map(chr, range(32)), "\x7f", "\u200b", "\ufeff"], "")
_MEANT = _NOTHING | {_HYPHEN: "-", "\x00": UNKNOWN, "\ufffe": UNKNOWN, "\uffff": UNKNOWN}


def characters(text_page: int, count: int) -> list[str]:
    """The characters of a text page, one for each of PDFium's; "" for those that are no characters."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    pdfium().get_text(text_page, 0, count, ctypes.addressof(buffer))
    text = bytes(buffer).decode("utf-16-le", "surrogatepass").removesuffix("\0")
    # Characters without a meaning are missing there: then one by one.
    chars: Sequence[str] = text
    if len(text) != count or "\0" in text:
        codes = map(pdfium().unicode, repeat(text_page), range(count))
        chars = [chr(code) if code <= _HIGHEST else UNKNOWN for code in codes]
    return [_MEANT.get(char, char) for char in chars]


def glyphs_of(text_page: int, count: int, matrix: Matrix, paper: Box, objects: Objects) -> Glyphs:
    """The characters of a page that are seen on it.

    Left out are those outside the page or their clip, and invisible ones where visible ones stand.
    """
    text = characters(text_page, count)
    lefts, tops, rights, bottoms = loose_boxes(text_page, count)
    a, b, c, d, e, f = matrix
    if b or c:  # a page turned by a quarter
        xs, to_xs = [c * y + e for y in bottoms], [c * y + e for y in tops]
        ys, to_ys = [b * x + f for x in lefts], [b * x + f for x in rights]
    else:
        xs, to_xs = [a * x + e for x in lefts], [a * x + e for x in rights]
        ys, to_ys = [d * y + f for y in tops], [d * y + f for y in bottoms]
    if a + c < 0:
        xs, to_xs, ys, to_ys = to_xs, xs, to_ys, ys
    _, _, width, height = paper
    # Blanks that PDFium adds between words have no width.
    seen = [
        char != "" and (right > left or char > " ") and -left < right < 2 * width - left and -top < bottom < 2 * height - top
        for char, left, top, right, bottom in zip(text, xs, ys, to_xs, to_ys, strict=True)
    ]
    glyphs = Glyphs(text, xs, ys, to_xs, to_ys)
    _hide(text_page, glyphs, seen, objects)
    return Glyphs(*(list(compress(values, seen)) for values in glyphs))


def _hide(text_page: int, glyphs: Glyphs, seen: list[bool], objects: Objects) -> None:
    """Unmark what is clipped away, and invisible text where there is visible text."""
    boxes = _tight_clips(glyphs, seen, objects)
    hidden = invisible(list(chain.from_iterable(texts for texts, _, _ in objects.texts)))
    if not boxes and not hidden:
        return
    owners = list(map(pdfium().text_object, repeat(text_page), range(len(seen))))
    for index, owner in enumerate(owners):
        box = boxes.get(owner)
        if box is not None and not _inside(_centre(glyphs, index), box):
            seen[index] = False
    if hidden:
        visible = {owner for index, owner in enumerate(owners) if seen[index]} - hidden
        _hide_duplicates(glyphs, seen, owners, hidden if visible else set())


def _tight_clips(glyphs: Glyphs, seen: list[bool], objects: Objects) -> dict[int, Box]:
    """The clip of each text object whose clip does not leave all characters of the page."""
    kept = [list(compress(values, seen)) for values in glyphs[1:]]
    if not kept[0]:
        return {}
    left, top, right, bottom = min(kept[0]), min(kept[1]), max(kept[2]), max(kept[3])
    clips = Clips()
    tight: dict[int, Box] = {}
    for texts, matrix, outer in objects.texts:
        for text in texts:
            box = clips.of(text, matrix, outer)
            if box[0] > left or box[1] > top or box[2] < right or box[3] < bottom:
                tight[text] = box
    return tight


def _hide_duplicates(glyphs: Glyphs, seen: list[bool], owners: list[int], hidden: set[int]) -> None:
    """Unmark invisible characters whose centre stands in a visible one."""
    visible: dict[tuple[int, int], list[int]] = {}
    step = 20.0  # points: looked up by squares of this size
    for index, owner in enumerate(owners):
        if seen[index] and owner not in hidden:
            _, left, top, right, bottom = (values[index] for values in glyphs)
            for x in {int(left // step), int(right // step)}:
                for y in {int(top // step), int(bottom // step)}:
                    visible.setdefault((x, y), []).append(index)
    for index, owner in enumerate(owners):
        if seen[index] and owner in hidden:
            x, y = _centre(glyphs, index)
            near = visible.get((int(x // step), int(y // step)), [])
            seen[index] = not any(_inside((x, y), _box(glyphs, other)) for other in near)


def _box(glyphs: Glyphs, index: int) -> Box:
    return glyphs.left[index], glyphs.top[index], glyphs.right[index], glyphs.bottom[index]


def _centre(glyphs: Glyphs, index: int) -> tuple[float, float]:
    return (glyphs.left[index] + glyphs.right[index]) / 2, (glyphs.top[index] + glyphs.bottom[index]) / 2


def _inside(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    margin = CLIP_MARGIN
    return box[0] - margin <= x <= box[2] + margin and box[1] - margin <= y <= box[3] + margin
