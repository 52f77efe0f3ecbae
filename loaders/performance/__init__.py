"""Performance targets: Document -> plans (heads of tables), indicators (their rows) and notices."""

from __future__ import annotations

from loaders.performance.reading import read
from loaders.performance.tables import is_target_form

__all__ = ["is_target_form", "read"]
