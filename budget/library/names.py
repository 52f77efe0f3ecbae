"""Names of the files of the library; nothing is imported for them."""

from __future__ import annotations

PART = ".part"
"""The ending of a part."""
INDEX = "files.index"
"""The index of the files that have been looked at."""
CATALOGUE = "catalogue.index"
"""What each part holds, at a glance."""
SEARCH_INDEX = "search.index"
"""Which parts hold which names and codes."""
ASIDE = "aside.json"
"""What was removed or hidden."""
