"""Pictures as SVG: treemap, steps, course; with title, amounts, source, and nothing that a browser would run."""

from __future__ import annotations

import html
from itertools import pairwise
from typing import TYPE_CHECKING

from budget.export.rows import encodable, visible
from budget.i18n.language import N_, tr
from budget.model.money import format_fen, unit_title
from budget.pictures.figures import Composition, Steps, largest, picture_of
from budget.pictures.layout import axis, bars, course_range, treemap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.pictures.figures import Course, Part, Picture
    from budget.pictures.layout import Bar
    from budget.views.table import ViewTable

NAMESPACE = "http:" + "//www.w3.org/2000/svg"
"""The name of the format; nothing is looked up there."""
WIDTH = 960
TREEMAP_HEIGHT, COURSE_HEIGHT, ROW_HEIGHT = 540, 240, 28
TITLE_HEIGHT, NOTE_HEIGHT, MARGIN = 36, 22, 24
LETTER = 14
"""Size of the letters in pixels; a Chinese one is as wide."""
LABELS, AMOUNTS = 260, 150
"""Pixels for the labels and amounts beside bars."""
MOST_SLICES = 60
FILLS = ("#cfe0f1", "#e3edf6", "#dbe7dd", "#efe8d8", "#e9dfe9", "#e4e4e4")
LINE, TOTAL, UP, DOWN = "#33485c", "#7d95ab", "#b5543c", "#3c7d6b"
NOTHING = N_("这个视图没有可画的构成")
TITLES = {Composition: N_("构成"), Steps: N_("增减")}
COURSE = N_("各年")
AXIS, UPRIGHT = N_("横轴从 {} 起"), N_("纵轴从 {} 起")
LEFT_OUT = N_("另有 {} 项没有金额或是负数，不在图中。")
NOT_PRINTED = N_("未列")


def to_svg(table: ViewTable, of_row: Sequence[Picture] = ()) -> bytes:
    """The picture of a table, then those of a row.

    Their source stands below; where nothing can be drawn it says so.
    """
    known = table.provenance
    source = " ".join(
        known[name] for name in ("source", "sha256", "baseline_source", "baseline_sha256") if name in known
    )
    found = picture_of(table, " › ".join((*table.breadcrumb, table.title)))
    drawn = [found] if found is not None else []
    return pictures_svg([*drawn, *(picture for picture in of_row if not _same(picture, found))], source)


def _same(picture: Picture, other: Picture | None) -> bool:
    """Whether two pictures show the same parts or steps, whatever their titles and whichever row is marked."""
    if isinstance(picture, Composition) and isinstance(other, Composition):
        return _unmarked(picture.slices) == _unmarked(other.slices)
    if isinstance(picture, Steps) and isinstance(other, Steps):
        return _unmarked(picture.steps) == _unmarked(other.steps)
    return False


def _unmarked(parts: Sequence[Part]) -> list[Part]:
    return [part._replace(marked=False) for part in parts]


def pictures_svg(pictures: Sequence[Picture], source: str = "") -> bytes:
    """Pictures below each other in one image (UTF-8)."""
    drawn: list[str] = []
    top = MARGIN
    for picture in pictures:
        named = tr(TITLES.get(type(picture), COURSE)) + tr("（{}）").format(unit_title(picture.unit))
        title = f"{named} {picture.title}"
        drawn.append(_text(MARGIN, top + LETTER, title, bold=True))
        top += TITLE_HEIGHT
        if isinstance(picture, Composition):
            body, height = _treemap(picture, top)
        elif isinstance(picture, Steps):
            body, height = _steps(picture, top)
        else:
            body, height = _course(picture, top)
        drawn += body
        top += height + MARGIN
    if not pictures:
        drawn.append(_text(MARGIN, top + LETTER, tr(NOTHING)))
        top += TITLE_HEIGHT
    if source:
        drawn.append(_text(MARGIN, top, source, small=True))
        top += MARGIN
    head = (
        f'<svg xmlns="{NAMESPACE}" width="{WIDTH}" height="{top}" viewBox="0 0 {WIDTH} {top}" '
        f"font-family=\"'Noto Sans CJK SC','Microsoft YaHei','SimSun',sans-serif\">"
    )
    ground = f'<rect width="{WIDTH}" height="{top}" fill="#ffffff"/>'
    return encodable("\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, ground, *drawn, "</svg>", ""])).encode()


def _treemap(picture: Composition, top: float) -> tuple[list[str], int]:
    """Rectangles with names, shares and amounts; a title on each says all of it, also where there is no room."""
    shown = sorted(largest(picture.slices, MOST_SLICES), key=lambda part: -part.fen)
    places = treemap([part.fen for part in shown], WIDTH - 2 * MARGIN, TREEMAP_HEIGHT)
    drawn = []
    for number, (part, place) in enumerate(zip(shown, places, strict=True)):
        share = f"{100 * part.fen / picture.total:.1f}%"
        amount = format_fen(part.fen, picture.unit, picture.decimals)
        x, y = MARGIN + place.x, top + place.y
        box = f'x="{x:.1f}" y="{y:.1f}" width="{place.width:.1f}" height="{place.height:.1f}"'
        fill = FILLS[number % len(FILLS)]
        hint = f"<title>{_safe(f'{part.label} {share} {amount}')}</title>"
        drawn.append(f'<g>{hint}<rect {box} fill="{fill}" stroke="#ffffff" stroke-width="2"/>')
        letters = int((place.width - LETTER) // LETTER)
        lines = [part.label[at : at + letters] for at in range(0, len(part.label), letters)] if letters > 1 else []
        for line, words in enumerate([*lines, f"{share} {amount}"] if lines else []):
            below = (line + 1) * (LETTER + 4) + 4
            if below <= place.height and len(words) * LETTER / 2 <= place.width:
                drawn.append(_text(x + LETTER / 2, y + below - 4, words))
        drawn.append("</g>")
    height = TREEMAP_HEIGHT
    if picture.left_out:
        height += NOTE_HEIGHT
        drawn.append(_text(MARGIN, top + height - 4, tr(LEFT_OUT).format(picture.left_out), small=True))
    return drawn, height


def _steps(picture: Steps, top: float) -> tuple[list[str], int]:
    """A row for each step: label, signed amount, bar."""
    steps = largest(picture.steps, MOST_SLICES)
    shown = Steps(picture.title, picture.start, steps, picture.end, picture.unit, picture.decimals)
    scale = axis(shown)
    left = MARGIN + LABELS + AMOUNTS
    drawn = []
    for number, (part, bar) in enumerate(zip((shown.start, *steps, shown.end), bars(shown), strict=True)):
        whole = number in {0, len(steps) + 1}
        y = top + number * ROW_HEIGHT
        sign = "+" if not whole and part.fen > 0 else ""
        amount = sign + format_fen(part.fen, picture.unit, picture.decimals)
        x, width = _extent(bar, scale, WIDTH - MARGIN - left)
        fill = TOTAL if whole else UP if part.fen > 0 else DOWN
        drawn += [
            _text(MARGIN, y + LETTER + 4, part.label[: LABELS // LETTER], bold=whole),
            _text(left - LETTER, y + LETTER + 4, amount, bold=whole, end=True),
            f'<rect x="{left + x:.1f}" y="{y + 4}" width="{width:.1f}" height="{ROW_HEIGHT - 8}" fill="{fill}"/>',
        ]
    height = ROW_HEIGHT * (len(steps) + 2)
    if scale.low > 0:
        height += NOTE_HEIGHT
        begins = tr(AXIS).format(format_fen(scale.low, picture.unit, picture.decimals))
        drawn.append(_text(left, top + height - 4, begins, small=True))
    return drawn, height


def _extent(bar: Bar, scale: Bar, width: float) -> tuple[float, float]:
    """Where a bar begins and how wide it is, at least a pixel."""
    spread = max(scale.high - scale.low, 1)
    begin = (max(bar.low, scale.low) - scale.low) * width / spread
    return begin, max((bar.high - scale.low) * width / spread - begin, 1.0)


def _course(picture: Course, top: float) -> tuple[list[str], int]:
    """A line from year to year with every amount; a year without one leaves a gap."""
    scale = course_range(picture)
    spread, room = scale.high - scale.low, COURSE_HEIGHT - 5 * LETTER
    between = (WIDTH - 8 * MARGIN) / max(len(picture.points) - 1, 1)
    places: list[tuple[float, float] | None] = []
    drawn = []
    for number, point in enumerate(picture.points):
        x = 4 * MARGIN + number * between
        share = (point.fen - scale.low) / spread if point.fen is not None and spread else 0.5
        y = top + 2 * LETTER + room * (1 - share)
        places.append(None if point.fen is None else (x, y))
        amount = tr(NOT_PRINTED) if point.fen is None else format_fen(point.fen, picture.unit, picture.decimals)
        drawn.append(_text(x, top + COURSE_HEIGHT - LETTER, point.label, middle=True))
        drawn.append(_text(x, y - LETTER / 2 - 2, amount, middle=True))
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{LINE}"/>'] if point.fen is not None else []
    drawn += list(_lines(places))
    if scale.low <= 0:
        return drawn, COURSE_HEIGHT
    begins = tr(UPRIGHT).format(format_fen(scale.low, picture.unit, picture.decimals))
    return [
        *drawn,
        _text(4 * MARGIN, top + COURSE_HEIGHT + NOTE_HEIGHT - 4, begins, small=True),
    ], COURSE_HEIGHT + NOTE_HEIGHT


def _lines(places: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    for one, other in pairwise(places):
        if one is not None and other is not None:
            ends = f'x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}"'
            yield f'<line {ends} stroke="{LINE}" stroke-width="2"/>'


def _text(
    x: float, y: float, text: str, *, bold: bool = False, small: bool = False, end: bool = False, middle: bool = False
) -> str:
    size = LETTER - 4 if small else LETTER
    anchor = ' text-anchor="end"' if end else ' text-anchor="middle"' if middle else ""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{anchor}{weight} fill="#222222">{_safe(text)}</text>'


def _safe(text: str) -> str:
    """Foreign text: markup escaped, control characters visible."""
    return html.escape(visible(text), quote=False)
