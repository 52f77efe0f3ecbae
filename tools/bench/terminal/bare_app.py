"""The smallest Textual application with a line of text: what the first paint is measured against."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """Make the line."""
        yield Static("正在读取…", markup=False)


if __name__ == "__main__":
    Bare().run()
