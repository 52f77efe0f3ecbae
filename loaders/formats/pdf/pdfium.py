"""PDFium's functions on plain numbers: handles and addresses are integers, so that they can be mapped over whole pages.

The helper classes make an object for each character and each line of a page, which takes longer than PDFium itself.
Short calls keep the interpreter's lock (PYFUNCTYPE), long ones release it, so that a screen beside them stays alive.
"""

from __future__ import annotations

import ctypes
import threading
from array import array
from collections.abc import Callable
from functools import cache
from itertools import repeat
from typing import NamedTuple

LOCK = threading.Lock()
"""PDFium is not thread-safe: whoever calls it holds this lock, from opening a document to closing it."""

Function = Callable[..., int]
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Types of page objects."""
INVISIBLE = 3
"""The text render mode of invisible text."""

_KINDS = {"p": ctypes.c_size_t, "i": ctypes.c_int, "u": ctypes.c_uint, "s": ctypes.c_char_p, "f": ctypes.c_float}


class Pdfium(NamedTuple):
    """The functions in use, named after PDFium's own."""

    load_document: Function
    close_document: Function
    last_error: Function
    page_count: Function
    load_page: Function
    close_page: Function
    page_box: Function
    page_rotation: Function
    load_text: Function
    close_text: Function
    char_count: Function
    get_text: Function
    unicode: Function
    char_angle: Callable[..., float]
    loose_box: Function
    render_mode: Function
    object_count: Function
    form_count: Function
    form_object: Function
    object_type: Function
    object_bounds: Function
    object_matrix: Function
    fill_colour: Function
    stroke_colour: Function
    draw_mode: Function
    segment_count: Function
    segment_at: Function
    segment_type: Function
    segment_point: Function
    segment_close: Function
    clip_path: Function
    clip_count: Function
    clip_segment_count: Function
    clip_segment: Function


_SIGNATURES = {
    "load_document": ("FPDF_LoadMemDocument64", "p sps long"),
    "close_document": ("FPDF_CloseDocument", "- p long"),
    "last_error": ("FPDF_GetLastError", "u"),
    "page_count": ("FPDF_GetPageCount", "i p long"),
    "load_page": ("FPDF_LoadPage", "p pi long"),
    "close_page": ("FPDF_ClosePage", "- p"),
    "page_box": ("FPDF_GetPageBoundingBox", "i pp"),
    "page_rotation": ("FPDFPage_GetRotation", "i p"),
    "load_text": ("FPDFText_LoadPage", "p p long"),
    "close_text": ("FPDFText_ClosePage", "- p"),
    "char_count": ("FPDFText_CountChars", "i p"),
    "get_text": ("FPDFText_GetText", "i piip"),
    "unicode": ("FPDFText_GetUnicode", "u pi"),
    "char_angle": ("FPDFText_GetCharAngle", "f pi"),
    "loose_box": ("FPDFText_GetLooseCharBox", "i pip"),
    "render_mode": ("FPDFTextObj_GetTextRenderMode", "i p"),
    "object_count": ("FPDFPage_CountObjects", "i p"),
    "form_count": ("FPDFFormObj_CountObjects", "i p"),
    "form_object": ("FPDFFormObj_GetObject", "p pp"),
    "object_type": ("FPDFPageObj_GetType", "i p"),
    "object_bounds": ("FPDFPageObj_GetBounds", "i ppppp"),
    "object_matrix": ("FPDFPageObj_GetMatrix", "i pp"),
    "fill_colour": ("FPDFPageObj_GetFillColor", "i ppppp"),
    "stroke_colour": ("FPDFPageObj_GetStrokeColor", "i ppppp"),
    "draw_mode": ("FPDFPath_GetDrawMode", "i ppp"),
    "segment_count": ("FPDFPath_CountSegments", "i p"),
    "segment_at": ("FPDFPath_GetPathSegment", "p pi"),
    "segment_type": ("FPDFPathSegment_GetType", "i p"),
    "segment_point": ("FPDFPathSegment_GetPoint", "i ppp"),
    "segment_close": ("FPDFPathSegment_GetClose", "i p"),
    "clip_path": ("FPDFPageObj_GetClipPath", "p p"),
    "clip_count": ("FPDFClipPath_CountPaths", "i p"),
    "clip_segment_count": ("FPDFClipPath_CountPathSegments", "i pi"),
    "clip_segment": ("FPDFClipPath_GetPathSegment", "p pii"),
}


@cache
def pdfium() -> Pdfium:
    """Load PDFium, once."""

    def function(name: str, signature: str) -> Function:
        result, *rest = signature.split()
        arguments = [_KINDS[kind] for kind in (rest[0] if rest and rest[0] != "long" else "")]
        make = ctypes.CFUNCTYPE if "long" in rest else ctypes.PYFUNCTYPE
        return make(_KINDS.get(result), *arguments)(_address(name))

    return Pdfium(**{field: function(*given) for field, given in _SIGNATURES.items()})


def _address(name: str) -> int:
    from pypdfium2 import raw  # 0.2 s: only where a PDF file is read

    return ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0


def objects_in(page: int, count: int) -> list[int]:
    """The first objects of a page."""
    # An argument that is converted once, and numbers that need no conversion: half the time.
    return list(map(_bare("FPDFPage_GetObject"), repeat(ctypes.c_size_t.from_param(page)), range(count)))


def text_objects(text_page: int, indices: list[int]) -> list[int]:
    """The objects that some characters of a page belong to."""
    return list(map(_bare("FPDFText_GetTextObject"), repeat(ctypes.c_size_t.from_param(text_page)), indices))


def map_errors(text_page: int, count: int) -> list[int]:
    """Flags (0 or 1) of characters that PDFium cannot map to Unicode; one for each of the first `count`."""
    function = _bare("FPDFText_HasUnicodeMapError", ctypes.c_int)
    return list(map(function, repeat(ctypes.c_size_t.from_param(text_page)), range(count)))


@cache
def _bare(name: str, result: type[ctypes.c_size_t | ctypes.c_int] = ctypes.c_size_t) -> Function:
    """A function of a handle (given as a converted argument) and an int."""
    return ctypes.PYFUNCTYPE(result)(_address(name))


def bounds(objects: list[int]) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of page objects; in the coordinates of the page or form that holds them."""
    count = len(objects)
    buffer = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(buffer)
    places = [range(start + 4 * side, start + 4 * side + 16 * count, 16) for side in range(4)]
    for _ in map(pdfium().object_bounds, objects, *places):
        pass
    return list(zip(*_columns(buffer), strict=True))


def loose_boxes(text_page: int, indices: list[int]) -> tuple[list[float], list[float], list[float], list[float]]:
    """Left, top, right, bottom sides of characters, in page coordinates.

    The loose box has the height of the font: the tight one of 一 or of a comma would stand on a line of its own.
    """
    buffer = (ctypes.c_float * (4 * len(indices)))()
    start = ctypes.addressof(buffer)
    places = range(start, start + 16 * len(indices), 16)
    for _ in map(pdfium().loose_box, repeat(text_page), indices, places):
        pass
    return _columns(buffer)


def _columns(buffer: ctypes.Array[ctypes.c_float]) -> tuple[list[float], list[float], list[float], list[float]]:
    """Groups of four numbers as four lists."""
    numbers = array("f", bytes(buffer))
    return numbers[0::4].tolist(), numbers[1::4].tolist(), numbers[2::4].tolist(), numbers[3::4].tolist()


def matrix_of(page_object: int) -> Matrix:
    """The matrix of a path or a form."""
    buffer = (ctypes.c_float * 6)(*IDENTITY)
    pdfium().object_matrix(page_object, ctypes.addressof(buffer))
    a, b, c, d, e, f = buffer
    return a, b, c, d, e, f


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
