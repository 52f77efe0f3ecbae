"""What a session has to read, by its name; imported when something is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.render.row import full_row
from tui.session import requests
from tui.session.beside import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.session.session import Session
    from tui.widgets.lines import Reading

READINGS: dict[str, Callable[[Session], Reading | str | None]] = {
    "source": requests.source,
    "picture": picture,
    "report": requests.report,
    "whole": full_row,
    "explanation": requests.explanation,
}
"""A sentence where there is nothing."""
