"""Version of the loaders; nothing is imported for it."""

from __future__ import annotations

LOADER_VERSION = 7
"""Raised whenever the same file would give another disclosure."""
