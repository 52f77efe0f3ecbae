"""Who published what: body, aliases, fiscal year, phase and edition."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from budget.forms.catalogue import FORMS
from budget.model.disclosure import Edition, Phase
from loaders.lines.tokens import compact, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.lines.sections import Block
    from loaders.statement import Reading
    from loaders.tables.find import Table

_YEAR = re.compile(r"(20\d{2})年(?:度)?(?=(?:.{0,24}?)(?:预算|决算|概况))")
_TITLE = re.compile(r"^(?:.{0,40}?)(20\d{2})年(?:度)?(?:.{0,30}?)(?:部门|单位)(预算|决算)(?:公开)?(?:报告|说明|表)?$")
_NAMED = (
    re.compile(r"^(.{2,40}?)20\d{2}年(?:度)?(?:部门|单位)?(?:预算|决算)"),
    re.compile(r"20\d{2}年(?:度)?(.{2,40}?)(?:部门|单位)?概况"),
    re.compile(r"关于(.{2,40}?)20\d{2}年"),
)
_PART = re.compile(r"第[一二三四五六七八九十]部分")
_LINES = 400


class Identity(NamedTuple):
    """The identity of a disclosure as far as the document tells."""

    body: str
    aliases: tuple[str, ...]
    fiscal_year: int | None
    phase: Phase
    edition: Edition
    title: str


def identify(lines: Sequence[str], blocks: Sequence[Block | Table], reading: Reading, form: str) -> Identity:
    """Read the identity off the tables' 编制部门 lines, titles and headings."""
    texts = [compact(line) for line in lines if line.strip()]
    title = next((text for text in texts[:_LINES] if _TITLE.match(normal(text))), "")
    bodies = Counter(block.body for block in blocks if block.body)
    body = bodies.most_common(1)[0][0] if bodies else _named(texts)
    editions = Counter(block.edition_word for block in blocks if block.edition_word)
    edition = Edition(editions.most_common(1)[0][0]) if editions else _edition(texts)
    phase = Phase.FINAL_ACCOUNTS if title.endswith("决算") or "决算公开" in title else Phase.BUDGET
    phase = FORMS[form].phase if form in FORMS and FORMS[form].phase is not Phase.BUDGET else phase
    return Identity(body, _aliases(body, bodies, reading), _year(texts), phase, edition, title)


def _named(texts: Sequence[str]) -> str:
    for pattern in _NAMED:
        found = Counter(match[1] for text in texts for match in [pattern.search(text)] if match)
        names = Counter({name: count for name, count in found.items() if not re.search(r"[，。：；]|第.部分", name)})
        if names:
            return names.most_common(1)[0][0]
    return ""


def _edition(texts: Sequence[str]) -> Edition:
    words = Counter(match for text in texts for match in re.findall(r"(部门|单位)[预决]算", text))
    if not words:
        return Edition.UNKNOWN
    return Edition.DEPARTMENT if words["部门"] >= words["单位"] else Edition.UNIT


def _year(texts: Sequence[str]) -> int | None:
    """The year named most often with the budget; headings and titles count more than prose."""
    votes: Counter[int] = Counter()
    for text in texts:
        if "年" not in text:
            continue
        plain = normal(text)
        heading = len(text) < 40 and not text.endswith(("。", "，"))  # noqa: PLR2004
        weight = 50 if _PART.match(text) or _TITLE.match(plain) else 5 if heading else 1
        for match in _YEAR.finditer(plain):
            votes[int(match[1])] += weight
    return votes.most_common(1)[0][0] if votes else None


def _aliases(body: str, bodies: Counter[str], reading: Reading) -> tuple[str, ...]:
    """Other names of the body: in other tables' 编制部门 lines, or of the one unit that the tables list."""
    names = dict.fromkeys(name for name in bodies if name != body)
    for read in reading.statements.values():
        units = [row.name for row in read.rows if row.kind == "body"]
        if len(units) == 1 and units[0] != body:
            names.setdefault(units[0])
    return tuple(names)
