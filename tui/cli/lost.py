"""What was lost in reading, as the command line tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import joined, tr
from budget.library.frames import spoken
from budget.model.disclosure import Severity
from tui.messages import AT, AT_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.library.frames import Frames


def lost(frames: Frames) -> Iterator[str]:
    """A sentence for each loss: file, place, what was lost.

    The page is named where the text of the document is in the frames.
    """
    notices = spoken(frames.notices.filter(severity=Severity.LOST.value))
    at = ["disclosure_id", "line"]
    on_pages = frames.passages.select(*at, "page").join(notices, on=at, how="semi").unique(at)
    placed = notices.join(on_pages, on=at, how="left", maintain_order="left")
    names = dict(frames.disclosures.select("disclosure_id", "source_name").iter_rows())
    for key, page, line, text in placed.select("disclosure_id", "page", "line", "text").iter_rows():
        places = (tr(words).format(number) for words, number in ((AT_PAGE, page), (AT, line)) if number)
        yield tr("{}：{}").format(joined((names[key], *places), " "), text)
