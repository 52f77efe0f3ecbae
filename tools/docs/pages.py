"""Pages of the documentation, and the writing of their generated sections.

A generated part stands between `<!-- tasks.py docs: NAME -->` and `<!-- end -->`; all else is written by hand.
"""

from __future__ import annotations

import re
from pathlib import Path

from budget.i18n.language import CHINESE, using
from tools.docs.sections import SECTIONS

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"(<!-- tasks\.py docs: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def pages() -> list[Path]:
    """The pages, the READMEs first."""
    return [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]


def places(text: str) -> list[str]:
    """The names of the parts that a page asks for."""
    return [name for _, name, _, _ in PLACE.findall(text)]


def filled(text: str) -> str:
    """The page with every part as it is now; KeyError where it asks for one that nobody makes."""
    with using(CHINESE):
        made = {name: SECTIONS[name]() for name in places(text)}
    return PLACE.sub(lambda found: f"{found[1]}\n{made[found[2]].strip()}\n\n{found[4]}", text)


def write() -> list[Path]:
    """Fill all pages; return those that were not as they are now."""
    changed = []
    for path in pages():
        text = path.read_text(encoding="utf-8")
        now = filled(text)
        if now != text:
            path.write_text(now, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
