"""The terminal: Textual screens over `budget` and `loaders`, and the command line."""

from __future__ import annotations

__version__ = "0.1.0"
