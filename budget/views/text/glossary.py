"""The document's own glossary: its terms, and the one that explains a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, tr
from budget.model.matching import normalise
from budget.reading.disclosure import opened
from budget.system.patterns import lazy_pattern
from budget.views.build import NAME, plain_list
from budget.views.english import without_english
from budget.views.table import Column, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.library.frames import Frames
    from budget.model.records import Term
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

NO_TERMS = N_("这份资料没有名词解释")
TERM = Column("term", N_("名词"), ColumnKind.TEXT)
EXPLANATION = Column(NAME.id, N_("解释"), ColumnKind.TEXT)
LINE = Column("line", N_("行"), ColumnKind.INTEGER)
_QUOTES = lazy_pattern(r"[“”\"'‘’《》]")
_SHORTEST = 2
_SHORTEST_INSIDE = 4
"""Characters of a label that is looked for inside of explanations."""


class Explained(NamedTuple):
    """A term with the disclosure whose glossary explains it."""

    disclosure: str
    term: Term


def glossary(sources: Sources) -> ViewTable:
    """The terms of the disclosure; where it has none, those of the baseline, said so."""
    own = bool(sources.records.terms)
    terms = sources.records.terms or sources.baseline_records.terms
    rows = [
        {
            "key": f"{number}/{term.term}",
            "enter": str(term.line) if own else None,
            "line" if own else "baseline_line": term.line,
            "term": term.term,
            "name": term.text,
        }
        for number, term in enumerate(terms, 1)
    ]
    notes: tuple[str, ...] = () if own else (tr(NO_TERMS),)
    if terms and not own:
        notes = (*notes, tr("以上是{}的名词解释").format(sources.titles[1]))
    return plain_list(sources, (LINE, TERM, EXPLANATION), rows, notes=notes)


def terms_of(frames: Frames, disclosure: str, baseline: str = "") -> tuple[str, tuple[Term, ...]]:
    """Whose glossary there is, and its terms: the disclosure's, else that of the baseline; none: no terms."""
    for owner in filter(None, (disclosure, baseline)):
        terms = opened(frames, owner).records.terms
        if terms:
            return owner, terms
    return disclosure, ()


def explain(frames: Frames, disclosure: str, baseline: str, labels: Iterable[str]) -> Explained | None:
    """What explains the first of these labels that any term does: the longest term; None where none does.

    A term counts where one of both holds the other; after these, a term whose explanation names the label.
    """
    owner, terms = terms_of(frames, disclosure, baseline)
    wanted = [bare for bare in (_bare(without_english(label)) for label in labels) if len(bare) >= _SHORTEST]
    for label in wanted:
        found = [term for term in terms if _same(_bare(term.term), label)]
        if found:
            return Explained(owner, max(found, key=lambda term: len(_common(_bare(term.term), label))))
        if len(label) >= _SHORTEST_INSIDE:
            named = next((term for term in terms if label in _bare(term.text)), None)
            if named:
                return Explained(owner, named)
    return None


def _bare(text: str) -> str:
    return _QUOTES.sub("", normalise(text))


def _same(term: str, label: str) -> bool:
    return len(term) >= _SHORTEST and (term in label or label in term)


def _common(term: str, label: str) -> str:
    return term if term in label else label
