"""What a web page may ask of its parser: nesting and unclosed styling cost it time and memory beyond all measure."""

from __future__ import annotations

import re
from collections import Counter

from budget.i18n.language import N_, words
from loaders.formats.package import too_large

TAG_LIMIT = 1_000_000
DEPTH_LIMIT = 3_000
"""Open elements; the parser looks through them at every tag."""
STYLE_LIMIT = 20_000_000
"""Open styling elements x tags: the parser repeats every open one in every block."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
# fmt: off
_OPTIONAL_END = frozenset(
    {"p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "caption", "option", "optgroup",
     "rp", "rt", "html", "head", "body", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
     "source", "track", "wbr"}
)
"""Elements that need no end tag, or have none: they do not nest by being left open."""
_STYLING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
# fmt: on


def check_page(page: str, name: str) -> None:
    """Refuse a page that nests deeper, or leaves more styling open, than any page that people read.

    Raises:
        UnreadableDocumentError: it is beyond the limits.
    """
    tags = page.count("<")
    if tags > TAG_LIMIT:
        raise too_large(name, words(N_("网页的内容过多")))
    open_now: Counter[str] = Counter()
    depth = styling = 0
    for match in _TAG.finditer(page):
        tag = match[2].lower()
        if tag in _OPTIONAL_END:
            continue
        step = -1 if match[1] else 1
        if step < 0 and not open_now[tag]:
            continue
        open_now[tag] += step
        depth += step
        if tag in _STYLING:
            styling += step
        if depth > DEPTH_LIMIT or styling * tags > STYLE_LIMIT:
            raise too_large(name, words(N_("网页的层次过深")))
