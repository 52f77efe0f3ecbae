"""The paper that is written on: lines of text, and where each amount came to stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.documents.files.layout import Layout
    from tools.documents.known_forms.tables import Truth

_FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")


class Paper:
    """Lines of text with a layout's blank lines and page breaks."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lines: list[str] = []
        self.places: dict[int, set[int]] = {}  # id of a truth -> the lines (from 1) that hold its amount
        self._new_page = False
        self._page = 1

    def put(self, text: str, truths: Iterable[Truth] = (), *, tight: bool = False) -> None:
        """Write one line; `tight` lines follow without a blank line."""
        if self._new_page:
            self._turn()
            tight = True
            text = {"space": " ", "form feed": "\f"}.get(self.layout.page_mark, "") + text
        if self.layout.blank_lines and not tight and self.lines and self.lines[-1]:
            self.lines.append("")
        self.lines.append(text + self.layout.trailing)
        for truth in truths:
            self.places.setdefault(id(truth), set()).add(len(self.lines))

    def page(self) -> None:
        """The next line stands on a new page."""
        self._new_page = True

    def gap(self) -> None:
        """An empty line, whatever the layout."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _turn(self) -> None:
        self._new_page = False
        self._page += 1
        style = self.layout.page_number
        if style != "none":
            form = {"23": "{0}", "- 23 -": "- {0} -", "第23页": "第{0}页", "23/60": "{0}/60"}[style]
            number = form.format(self._page)
            blank = [""] if self.layout.blank_lines else []
            self.lines += [*blank, number, *blank]

    def text(self) -> str:
        """Everything written, lines separated by a line feed."""
        return "\n".join(self.lines) + "\n"


def amount_text(fen: int, layout: Layout, quantum: int, decimals: int) -> str:
    """An amount as the layout prints it."""
    whole, fraction = divmod(fen // quantum, 10**decimals)
    text = str(whole) if layout.commas == "none" else f"{whole:,}"
    if layout.commas == "full":
        text = text.replace(",", "，")
    if decimals:
        text += f".{fraction:0{decimals}d}"
    return text.translate(_FULL) if layout.digits == "full" else text


def break_amount(text: str, style: str) -> list[str]:
    """An amount broken over two lines: 110.1 / 0 or 110. / 10."""
    at = {"110.1/0": -1, "110./10": -2}[style]
    return [text[:at], text[at:]]


def wrap(text: str, width: int) -> list[str]:
    """Break a name at this width: never inside a number, never into a bare number or a bare total word."""
    pieces: list[str] = []
    for token in re.findall(r" ?[0-9０-９.]+[年月日号A-Za-z]?|.", text):
        if pieces and len(pieces[-1]) + len(token) <= width:
            pieces[-1] += token
        else:
            pieces.append(token)
    merged: list[str] = []
    for piece in pieces:
        bare = re.fullmatch(r"[\s\d.,，．０-９\W]*|合计|总计", piece)
        if merged and (bare or re.fullmatch(r"[\s\d.,，．０-９\W]*", merged[-1])):
            merged[-1] += piece
        else:
            merged.append(piece)
    return [piece.strip() for piece in merged] or [text]


def name_text(text: str, layout: Layout) -> str:
    """A name with the layout's quotation marks, brackets and blanks."""
    if layout.quotes == '"':
        text = text.replace("“", '"').replace("”", '"')
    if layout.brackets == "half":
        text = text.replace("（", "(").replace("）", ")")
    if layout.digit_space:
        # not before a number that ends a name: "项目 2025 46 46" could be a name or an amount
        text = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)(?![\d.]+$)", " ", text)
    return text
