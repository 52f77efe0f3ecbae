"""The command `yusuan doctor`: what a support call asks for, on one screen, without anything personal.

It needs neither Polars nor Textual: it must answer where those cannot be imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, tr
from tui.cli import doctor_console, doctor_machine
from tui.terminal.output import OK, say
from tui.terminal.text import cells, padded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.config.settings import Effective

WIDTH, HEIGHT = 80, 24
MOST = 2
"""Lines of one subject."""
LABEL = 10
"""Cells of what stands before a fact."""


class Line(NamedTuple):
    """A label and what makes its facts."""

    label: str
    facts: Callable[[Effective], str]


LINES = (
    Line(N_("版本"), lambda _: doctor_machine.program()),
    Line(N_("组件"), lambda _: doctor_machine.packages()),
    Line(N_("系统"), lambda _: doctor_machine.system()),
    Line(N_("处理器"), lambda _: doctor_machine.processor()),
    Line("Polars", lambda _: doctor_machine.runtime()),
    Line(N_("内存页"), lambda _: doctor_machine.page()),
    Line(N_("图片文字"), lambda _: doctor_machine.recognition()),
    Line(N_("终端"), lambda _: doctor_console.terminal()),
    Line(N_("文字编码"), lambda _: doctor_console.encodings()),
    Line(N_("语言"), doctor_console.languages),
    Line(N_("字符集"), doctor_console.characters),
    Line(N_("歧义宽度"), lambda _: doctor_console.ambiguous()),
    Line(N_("试显示"), lambda _: doctor_console.sample()),
    Line(N_("剪贴板"), lambda _: doctor_console.clipboard()),
    Line(N_("资料"), lambda _: doctor_machine.library()),
    Line(N_("配置"), doctor_machine.configuration),
)


def doctor(found: Effective) -> int:
    """Print what was found out, for the settings that count; status 0 whatever it is."""
    say(lines(found))
    return OK


def lines(found: Effective) -> Iterator[str]:
    """One line a subject, none wider than a screen; what cannot be found out does not hide the rest."""
    for line in LINES:
        try:
            facts = line.facts(found)
        except Exception as error:  # noqa: BLE001 - a damaged installation is what this command is for
            facts = f"? {type(error).__name__}"
        label = tr(line.label)
        first, *rest = folded(facts, WIDTH - LABEL)
        yield padded(f"{label} ", LABEL) + first
        yield from (" " * LABEL + piece for piece in rest)


def folded(text: str, width: int) -> list[str]:
    """A text without control characters on at most two lines, broken at a blank; what has no room ends with ".."."""
    shown = "".join(char if char.isprintable() else "?" for char in text)
    pieces = [""]
    for word in shown.split(" "):
        longer = f"{pieces[-1]} {word}".strip()
        if cells(longer) > width and pieces[-1]:
            pieces.append(word)
        else:
            pieces[-1] = longer
    return [cut(piece, width) for piece in [*pieces[: MOST - 1], " ".join(pieces[MOST - 1 :])]][: len(pieces)]


def cut(text: str, width: int) -> str:
    """A text that ends with two full stops where it has no room."""
    if cells(text) <= width:
        return text
    while cells(text) > width - 2:
        text = text[:-1]
    return text + ".."
