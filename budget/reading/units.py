"""Units of a department: documents that belong below it, by their names, by its own list and by their titles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.library.review_notes import Kind
from budget.model.disclosure import Edition, RowKind
from budget.reading.disclosure import comparable, opened

if TYPE_CHECKING:
    from budget.library.frames import Frames
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Head

_OF, _NOT_OF = "属于", "不属于"
"""What the tag of a note begins with that corrects where a document belongs."""
_SHORTEST = 4
"""Letters of a name that is looked for in another text."""


class Units(NamedTuple):
    """The units of a department: documents that are loaded, and mere names."""

    documents: tuple[OpenDisclosure, ...] = ()
    named: tuple[str, ...] = ()
    """Units that the department's tables name and that have no document here."""
    stated: int | None = None
    """How many units the department says that it has; None where it does not say."""


def units_of(frames: Frames, own: OpenDisclosure) -> Units:
    """The units of a department, of its year and phase; one document each."""
    listed = listed_units(own)
    below = [head for head in _of_year(frames, own.head) if _is_below(frames, head, own, listed)]
    kept: list[Head] = []
    for head in sorted(below, key=lambda head: (head.body, head.edition != Edition.UNIT.value)):
        if not any(head.of_body(other) for other in kept):
            kept.append(head)
    named = [name for name in listed if not own.head.names & {name} and not any(_is(head, name) for head in kept)]
    return Units(tuple(opened(frames, head.disclosure_id) for head in kept), tuple(named), _stated(own))


def department_of(frames: Frames, own: OpenDisclosure) -> OpenDisclosure | None:
    """The department that a unit's document belongs to; None where none of its year has it among its units."""
    for head in _of_year(frames, own.head):
        if head.edition == Edition.UNIT.value:
            continue
        department = opened(frames, head.disclosure_id)
        if any(unit.disclosure_id == own.disclosure_id for unit in units_of(frames, department).documents):
            return department
    return None


def listed_units(own: OpenDisclosure) -> tuple[str, ...]:
    """The units that the tables of a document name: rows of units, and what rows say whose they are."""
    rows = own.lines.filter(row_kind=RowKind.BODY.value)["name"].to_list()
    of_cells = own.cells["unit"].drop_nulls().unique(maintain_order=True).to_list()
    return tuple(dict.fromkeys(name for name in (*of_cells, *rows) if name and len(name) >= _SHORTEST))


def _of_year(frames: Frames, own: Head) -> list[Head]:
    """Documents with tables of other bodies, of the same year and phase."""
    if own.fiscal_year is None:
        return []
    held = frames.with_statements()
    year = (own.fiscal_year, own.phase)
    alike = [head for head in comparable(frames, own.disclosure_id) if (head.fiscal_year, head.phase) == year]
    return [head for head in alike if head.disclosure_id in held and head.names and not head.of_body(own)]


def _is_below(frames: Frames, head: Head, own: OpenDisclosure, listed: tuple[str, ...]) -> bool:
    """Whether a document is of a unit: as a reviewer has tagged it, else as the documents say."""
    said = _tagged(frames, head, own)
    return _belongs(head, own, listed, _title(frames, head)) if said is None else said


def _tagged(frames: Frames, head: Head, own: OpenDisclosure) -> bool | None:
    """What the tag of a document's review note says: 属于某州林草局, 不属于某州林草局; None where it says nothing."""
    for note in frames.notes:
        if note.target.sha256 != head.sha256 or note.target.kind != Kind.DOCUMENT.value:
            continue
        for sign, belongs in ((_NOT_OF, False), (_OF, True)):
            name = note.tag.removeprefix(sign)
            if name != note.tag and (not name or any(name in known for known in own.head.names)):
                return belongs
    return None


def _belongs(head: Head, own: OpenDisclosure, listed: tuple[str, ...], title: str) -> bool:
    """Whether a document is of a unit: it has the name of the department before its own, or is named by it."""
    if head.edition == Edition.DEPARTMENT.value or own.head.edition == Edition.UNIT.value:
        return False
    names = [name for name in own.head.names if len(name) >= _SHORTEST]
    by_name = any(theirs != name and theirs.startswith(name) for name in names for theirs in head.names)
    by_list = any(_is(head, name) for name in listed)
    by_title = any(name in title for name in names)
    return by_name or by_list or by_title or (head.edition == Edition.UNIT.value and _told(head, own))


def _is(head: Head, name: str) -> bool:
    return any(name == own or name.endswith(own) or own.endswith(name) for own in head.names if len(own) >= _SHORTEST)


def _told(head: Head, own: OpenDisclosure) -> bool:
    """Whether the text of the department names the unit."""
    names = [name for name in head.names if len(name) > _SHORTEST]
    if not names or own.passages.is_empty():
        return False
    text = own.once("text in one piece", lambda: "".join("".join(own.passages["text"].to_list()).split()))
    return any(name in text for name in names)


def _title(frames: Frames, head: Head) -> str:
    found = frames.disclosures.filter(disclosure_id=head.disclosure_id)["title"].to_list()
    return (found[0] or "") if found else ""


def _stated(own: OpenDisclosure) -> int | None:
    for fact in own.records.facts:
        if (fact.topic, fact.key) == ("staffing", "subordinate_units") and fact.value.isdecimal():
            return int(fact.value)
    return None
