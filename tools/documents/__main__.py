"""Print one random disclosure: `python -m tools.documents [seed] [field=value ...]`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

from tools.documents.files.layout import OPTIONS, Layout
from tools.documents.files.render import write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.model import SOURCES


def main() -> None:
    """Write the disclosure that the arguments describe to standard output."""
    words = sys.argv[1:]
    seed = int(words[0]) if words and "=" not in words[0] else 0
    chosen: dict[str, Any] = {}
    for word in words:
        name, _, value = word.partition("=")
        chosen |= {field: option for field in (name,) for option in OPTIONS.get(field, ()) if str(option) == value}
    shape = Shape(seed=seed, items=8, sources=SOURCES[:1] + SOURCES[8:])
    written = write(grow(shape), replace(Layout(), **chosen))
    sys.stdout.write(written.text)


if __name__ == "__main__":
    main()
