"""The help: all keys from the registry, all marks from the glyph set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import tr
from tui import messages
from tui.action import Where
from tui.actions import ACTIONS, actions, hinted, keys_text, titles_width
from tui.terminal.text import fit, wrap
from tui.widgets.lines import TextLine

if TYPE_CHECKING:
    from tui.terminal.glyphs import Glyphs

KEYS_WIDTH = 26


def help_lines(glyphs: Glyphs) -> list[TextLine]:
    """Return the lines of the help."""
    lines, width = [], titles_width(ACTIONS)
    for where in Where:
        lines.append(TextLine(tr(where.value), style="heading"))
        for action in actions(where):
            keys, *more = wrap(glyphs.named(keys_text(action)), KEYS_WIDTH - 1)
            lines.append(TextLine(tr(action.description), fit(keys, KEYS_WIDTH) + fit(tr(action.title), width)))
            lines += [TextLine("", rest) for rest in more]
        lines.append(TextLine(""))
    lines.append(TextLine(tr(messages.HELP_MARKS), style="heading"))
    marks = (*messages.MARKS, (glyphs.near, messages.MARK_NEAR), (glyphs.touched, messages.MARK_TOUCHED))
    lines += [TextLine(hinted(meaning), fit(tr(mark), KEYS_WIDTH)) for mark, meaning in marks]
    return [*lines, TextLine(""), TextLine(tr(messages.HELP_NOTE))]
