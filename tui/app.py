"""The terminal application; this module is on the way to the first paint and imports neither Polars nor budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.loaded import LoadedFrames, Options


def run(load: Callable[[], LoadedFrames], options: Options | None = None) -> int:
    """Open the browser and stay until the user quits; return the exit status.

    `load` runs in a worker thread after the first paint.
    """
    raise NotImplementedError
