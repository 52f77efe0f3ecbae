"""Documents in, disclosures out: `load(path)` is the whole interface."""

from __future__ import annotations

from loaders.load import load

__all__ = ["load"]
