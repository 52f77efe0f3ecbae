"""Performance targets: Document -> plans (heads of tables), indicators (their rows) and notices."""

from __future__ import annotations

from loaders.performance.reading import read

__all__ = ["read"]
