"""What Textual exports of a screen, made fit for an offline viewer: no font from the network, Chinese in two cells.

The exporter gives each run of text the width of as many narrow characters as it has characters, and its style names a
font of a web server.  Here every run is cut into wide and narrow pieces with places and widths of their own, so that
columns stand where they stand on the screen whatever fonts there are.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

CELL = 12.2
"""Width of a cell in the exporter's picture."""
LINE = 24.4
FONTS = (
    '"DejaVu Sans Mono", Consolas, Menlo, "Noto Sans Mono CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei Mono", '
    '"Microsoft YaHei", "PingFang SC", SimSun, monospace'
)
_RUN = re.compile(
    r'<text class="(?P<style>[\w-]+-r\d+)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="[\d.]+" '
    r'clip-path="[^"]+">(?P<text>[^<]*)</text>'
)
_PIECE = re.compile(
    r'<text class="r\d+" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="[\d.]+"[^>]*>(?P<text>[^<]*)</text>'
)
_FACE = re.compile(r"\s*@font-face\s*\{.*?\}", re.DOTALL)
_MATRIX = re.compile(r"(\.[\w-]+-matrix\s*\{)[^}]*\}")
_TITLE = re.compile(r"(\.[\w-]+-title\s*\{)[^}]*\}")
_LINE_CLIP = re.compile(r'\s*<clipPath id="[\w-]+-line-\d+">.*?</clipPath>', re.DOTALL)


def offline(svg: str) -> str:
    """The exporter's picture with local fonts, plain ids and text in cells."""
    (name,) = set(re.findall(r"\.([\w-]+)-matrix", svg))
    svg = _LINE_CLIP.sub("", _FACE.sub("", svg))
    svg = _MATRIX.sub(rf"\g<1> font-family: {FONTS}; font-size: 20px; white-space: pre; }}", svg)
    svg = _TITLE.sub(rf"\g<1> font-family: {FONTS}; font-size: 18px; font-weight: bold; }}", svg)
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = _RUN.sub(_cut, svg).replace(f"{name}-", "")
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


def _cut(run: re.Match[str]) -> str:
    """The pieces of one run; blanks between them need not be drawn."""
    x, pieces = float(run["x"]), []
    for _, characters in groupby(unescape(run["text"]).replace("\xa0", " "), _kind):
        text = "".join(characters)
        width = cell_len(text) * CELL
        if text.strip():
            place = f'x="{x:g}" y="{run["y"]}" textLength="{width:g}" lengthAdjust="spacingAndGlyphs"'
            pieces.append(f'\n<text class="{run["style"]}" {place}>{escape(text, quote=False)}</text>')
        x = round(x + width, 4)
    return "".join(pieces)


def _kind(character: str) -> tuple[bool, bool]:
    """Whether a character is a blank, and whether it is wide."""
    return character == " ", cell_len(character) > 1


def texts(svg: str) -> list[str]:
    """Lines of the screen that a picture of `offline` shows. Blanks at their ends are left out."""
    lines: dict[int, str] = {}
    for piece in _PIECE.finditer(svg):
        row, column = round((float(piece["y"]) - 20) / LINE), round(float(piece["x"]) / CELL)
        line = lines.get(row, "")
        lines[row] = line + " " * (column - cell_len(line)) + unescape(piece["text"])
    return [lines.get(row, "") for row in range(max(lines, default=-1) + 1)]
