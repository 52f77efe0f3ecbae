"""The detail pane of a row of a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len

from budget.i18n.language import joined, tr
from budget.reading.stated_changes import Verdict
from tui import messages
from tui.terminal.glyphs import mark_of
from tui.terminal.text import ELLIPSIS, fit, in_brackets, visible, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.views.row.detail import DetailCell, RowDetail
    from budget.views.row.mentions import Mention
    from tui.terminal.glyphs import Glyphs

BETWEEN = " · "
INDENT = "  "
MIN_DETAIL_LINES = 4
"""Lines of the pane in a small terminal."""
_VERDICTS = {Verdict.AGREES: "agrees", Verdict.DIFFERS: "differs"}


def detail_lines(detail: RowDetail, glyphs: Glyphs, width: int, height: int = MIN_DETAIL_LINES) -> tuple[str, ...]:
    """Return the detail pane of a row in `height` lines.

    These are its name, where its amounts stand, what the document says of it, notes. Foreign text is made visible here;
    amounts that have no room are left out whole, never cut; what is said further ends with two full stops where it has
    no room.
    """
    head = f"{glyphs.rule} {detail.code} ".rstrip() + f" {visible(detail.name)}"
    room = width - len(INDENT)
    if detail.text:
        name_is_cut = cell_len(head) > width  # else the name need not be said again
        words = detail.text if name_is_cut else detail.text.removeprefix(detail.name).removeprefix(tr("；"))
        where = detail.source or detail.baseline_source
        parts = [part for part in (where, _finding(detail, glyphs), visible(detail.note or ""), visible(words)) if part]
        lines = _fitted(wrap(BETWEEN.join(parts), room), height - 1, room)
        return (fit(head, width).rstrip(), *(f"{INDENT}{line}" for line in lines))
    stands = _stands(detail, room)
    lines = [stands] if stands else []
    mentions = [line for one in mention_texts(detail.mentions, glyphs) for line in wrap(one, room)]
    rest = wrap(BETWEEN.join(_rest(detail, glyphs)), room)
    rest = rest if rest != [""] else []
    left = height - 1 - len(lines)
    given = min(len(rest), max(1, left - len(mentions))) if mentions else left
    lines += _fitted(mentions, left - given, room) if mentions else []
    lines += _fitted(rest, height - 1 - len(lines), room)
    lines += [""] * (height - 1 - len(lines))
    return (fit(head, width).rstrip(), *(f"{INDENT}{line}" for line in lines))


def mention_texts(mentions: Iterable[Mention], glyphs: Glyphs) -> list[str]:
    """Return what the document says of a row, without repetitions. What it says the same twice on a page comes once."""
    return list(dict.fromkeys(mention_text(one, glyphs) for one in mentions))


def mention_text(mention: Mention, glyphs: Glyphs) -> str:
    """Return one mention of a row with verdict, place and reason."""
    mark = getattr(glyphs, _VERDICTS[mention.verdict]) if mention.verdict in _VERDICTS else ""
    against = visible(mention.against) if mark else in_brackets(visible(mention.against)).strip()
    words = " ".join(part for part in (visible(mention.words), mark, against) if part)
    where = (
        tr(messages.AT_PAGE).format(mention.page) if mention.page is not None else tr(messages.AT).format(mention.line)
    )
    return BETWEEN.join(part for part in (words, *map(visible, mention.odd), where, visible(mention.reason)) if part)


def _fitted(lines: list[str], count: int, width: int) -> list[str]:
    """Return as many lines as there is room for; where there are more, the last one ends with a mark."""
    if len(lines) <= count:
        return lines
    return [*lines[: count - 1], fit(lines[count - 1] + lines[count], width).rstrip()] if count > 0 else []


def _rest(detail: RowDetail, glyphs: Glyphs) -> list[str]:
    """Return what the row is compared with, its note, and the columns that its amounts may belong to."""
    possible = dict.fromkeys(title for cell in detail.cells for title in cell.candidates)
    columns = tr(messages.POSSIBLE).format(visible(joined(possible))) if possible else ""
    return [
        part
        for part in (_finding(detail, glyphs), _against(detail, glyphs), visible(detail.note or ""), columns)
        if part
    ]


def _finding(detail: RowDetail, glyphs: Glyphs) -> str:
    """Return the discrepancies that touch the row behind their mark."""
    return f"{glyphs.touched} {visible(detail.finding)}" if detail.finding else ""


def _against(detail: RowDetail, glyphs: Glyphs) -> str:
    """Say what the row is compared with: the other name of a near pair, the printed amounts of the baseline."""
    near = f"{glyphs.near} {visible(detail.near)}" if detail.near is not None else ""
    printed = " ".join(_amount(cell) for cell in detail.baseline_cells)
    against = f"{detail.baseline_source} {printed}".strip()
    text = " ".join(part for part in (near, against) if part)
    return tr(messages.BASELINE).format(text) if text else ""


def _stands(detail: RowDetail, width: int) -> str:
    """Say where the row stands and its printed amounts, as many whole ones as there is room for."""
    unit = in_brackets(detail.money_unit) if detail.source else ""
    text = BETWEEN.join(part for part in (detail.source, _columns(detail.cells)) if part)
    between = BETWEEN if text else ""
    for number, cell in enumerate(detail.cells):
        rest = len(detail.cells) - number - 1
        more = f"{text}{between}{_amount(cell)}"
        if cell_len(more) + cell_len(unit) + (len(ELLIPSIS) + 1 if rest else 0) > width:
            return f"{text}{unit} {ELLIPSIS}"
        text, between = more, " "
    return f"{text}{unit}" if detail.cells else text


def _amount(cell: DetailCell) -> str:
    mark = "" if cell.column_status == "computed" else mark_of(cell.column_status, cell.origin)
    return f"{visible(cell.title)} {visible(cell.printed)}{mark}".lstrip()


def _columns(cells: Sequence[DetailCell]) -> str:
    """Say how the columns are known."""
    if not cells:
        return ""
    counts = Counter(cell.status_word for cell in cells)
    words = joined(word if len(counts) == 1 else f"{word} {count}" for word, count in counts.items())
    origins = dict.fromkeys(cell.origin_word for cell in cells if cell.origin_word)
    return BETWEEN.join([tr(messages.COLUMN).format(words), *(tr(messages.DIGITS).format(word) for word in origins)])
