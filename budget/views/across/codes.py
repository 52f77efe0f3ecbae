"""Codes with the names that documents print, by year; a name that does not belong to its code in that year has a hint.

What a code is called is learnt from the loaded documents and from the classification of its year.  A hint needs an
attested name: a name that nobody has printed of any code is no reason for doubt.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, joined, tr
from budget.reading.code_names import SCHEMES, bare, hint
from budget.views.across.documents import every_document
from budget.views.across.table import Line, laid_out, place_of_line
from budget.views.build import CODE
from budget.views.sources import body_and_year
from budget.views.state import Scope
from budget.views.table import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Head
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

_KEY = "|"
_LENGTHS = frozenset({3, 5, 7})
YEARS, COUNT = "years", "documents"
_COLUMNS = (
    Column(YEARS, N_("年度"), ColumnKind.TEXT),
    Column(COUNT, N_("份数"), ColumnKind.INTEGER),
)


class Printed(NamedTuple):
    """A name beside a code in one document."""

    code: str
    name: str
    head: Head
    statement: str
    row_no: int

    @property
    def key(self) -> str:
        """Code and name: what rows of one name share."""
        return f"{self.code}{_KEY}{bare(self.name)}"


def codes(sources: Sources) -> ViewTable:
    """The names beside codes: those of the shown document, or all that are learnt; with a row in the path, where."""
    documents = every_document(sources.frames, sources.current).documents
    learnt = [one for own in documents for one in printed_names(own)]
    by_key: dict[str, list[Printed]] = defaultdict(list)
    for one in learnt:
        by_key[one.key].append(one)
    if sources.state.path:
        return _places(sources, documents, by_key.get(sources.state.path[-1], []))
    of_all = sources.state.scope == Scope.LEARNT_NAMES
    shown = by_key if of_all else {one.key: by_key[one.key] for one in printed_names(sources.current)}
    known = learnt_names(learnt)
    lines = [
        _line(sources, key, ones, known, of_all=of_all)
        for key, ones in sorted(shown.items(), key=lambda item: (item[1][0].code, item[0]))
    ]
    return laid_out(
        sources,
        [],
        lines,
        further=_COLUMNS,
        lead=(CODE,),
        notes=(tr("名称取自 {} 份资料和各年的科目；提示是信号，不是结论").format(len(documents)),),
        documents=documents if of_all else (),
    )


def _line(
    sources: Sources,
    key: str,
    ones: Sequence[Printed],
    known: Mapping[tuple[str, int], frozenset[str]],
    *,
    of_all: bool,
) -> Line:
    first = next((one for one in ones if one.head.disclosure_id == sources.current.disclosure_id), ones[0])
    years = sorted({one.head.fiscal_year for one in ones if one.head.fiscal_year is not None})
    asked = years if of_all else [first.head.fiscal_year]
    hints = dict.fromkeys(hint(first.code, first.name, year, known) for year in asked)
    said = joined((text for text in hints if text), "；")
    values: dict[str, float | str | None] = {
        YEARS: joined(_spans(years)),
        COUNT: len({one.head.disclosure_id for one in ones}),
    }
    level = (len(first.code) - 3) // 2
    return Line(key, first.name, {}, code=first.code, level=level, enter=key, note=said or None, values=values)


def _spans(years: Sequence[int]) -> Iterator[str]:
    """2017–2019, 2024: years that follow each other together."""
    begin = 0
    for at in range(1, len(years) + 1):
        if at == len(years) or years[at] != years[at - 1] + 1:
            first, last = years[begin], years[at - 1]
            yield str(first) if first == last else f"{first}–{last}"
            begin = at


def printed_names(own: OpenDisclosure) -> tuple[Printed, ...]:
    """Each name beside each code of a document once, in reading order; names of projects are none."""
    return own.once("printed_names", lambda: tuple(_printed(own)))


def _printed(own: OpenDisclosure) -> Iterator[Printed]:
    seen = set()
    rows = own.lines.select("code", "name", "project", "statement", "row_no")
    for code, name, project, statement, row_no in rows.iter_rows():
        plain = "".join((code or "").split())
        if project or not name or len(plain) not in _LENGTHS or plain[:1] not in SCHEMES or not plain.isdecimal():
            continue
        one = Printed(plain, name, own.head, statement, row_no)
        if one.key not in seen:
            seen.add(one.key)
            yield one


def learnt_names(printed: Iterable[Printed]) -> dict[tuple[str, int], frozenset[str]]:
    """(Code, year) -> its bare names. One body alone proves nothing: they are those of several."""
    found: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for one in printed:
        if (year := one.head.fiscal_year) is not None:
            found[one.code, year, bare(one.name)].add(one.head.body or one.head.disclosure_id)
    names: dict[tuple[str, int], set[str]] = defaultdict(set)
    for (code, year, name), bodies in found.items():
        if len(bodies) > 1:
            names[code, year].add(name)
    return {key: frozenset(held) for key, held in names.items()}


def _places(sources: Sources, documents: Iterable[OpenDisclosure], ones: Sequence[Printed]) -> ViewTable:
    """The documents that print a name beside a code, and where."""
    held = {own.disclosure_id: own for own in documents}
    lines = [
        Line(
            str(at),
            tr("{0}：{1}").format(body_and_year(one.head), held[one.head.disclosure_id].title(one.statement)),
            {},
            code=one.code,
            enter=place_of_line(one.head.disclosure_id, one.statement, one.row_no),
        )
        for at, one in enumerate(ones)
    ]
    place = f"{ones[0].code} {ones[0].name}" if ones else ""
    return laid_out(sources, [], lines, lead=(CODE,), places=(place,), notes=(tr("回车到原表中的这一行"),))
