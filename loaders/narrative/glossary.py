"""The document's own glossary (名词解释): terms and what it says of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from budget.model.records import Term
from budget.system.patterns import lazy_pattern
from loaders.narrative.prose import NUMERAL, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.document import Document
    from loaders.narrative.prose import Paragraph

_SECTION = lazy_pattern(r"(?:名词|名词术语|专业(?:性)?名词|专用名词|术语)(?:的)?解释$|名词说明$")
_STYLES = (
    lazy_pattern(rf"{NUMERAL}[、．.]"),
    lazy_pattern(rf"[(（]{NUMERAL}[)）]"),
    lazy_pattern(r"\d{1,2}[、．.](?!\d)"),
    lazy_pattern(r"[(（]\d{1,2}[)）]|[①-⑳]"),
)
"""Enumerators; all entries of a glossary have the same."""
_ENTRY = lazy_pattern(
    r"(?P<term>[^：:。；，？！\s][^：:。；？！]{0,39}?)(?:[：:]|[，,]?(?=是指|指的是|系指))(?P<text>.*)", re.DOTALL
)
_BARE_TERM = 20
"""Characters of a term that stands without an enumerator, at most."""
_SENTENCE = lazy_pattern(r"[。；;：:！]$")
_SIGNATURE = lazy_pattern(r"(?<=。)[^，。；：、]{2,40}$")
"""The body that publishes, where it was taken for the end of the last explanation."""


def read(document: Document, prose: Sequence[Paragraph] | None = None) -> list[Term]:
    """The terms of the glossary in the order of the document; `prose` are its paragraphs where they are at hand."""
    terms: list[Term] = []
    said: list[list[str]] = []  # the paragraphs of each explanation: one may be as long as the document
    style: int | None = None  # of the first entry
    for paragraph in _section(paragraphs(document) if prose is None else prose):
        found = next((place for place, pattern in enumerate(_STYLES) if pattern.match(paragraph.text)), -1)
        if style is None:
            style = found
        term = _term(paragraph, found) if found == style else None
        if term is not None:
            terms.append(term)
            said.append([term.text] if term.text else [])
        elif terms and (not said[-1] or (found != style and _SENTENCE.search(paragraph.text))):
            said[-1].append(paragraph.text)
    terms = [term._replace(text="\n".join(texts).lstrip()) for term, texts in zip(terms, said, strict=True)]
    terms[-1:] = [term._replace(text=_SIGNATURE.sub("", term.text)) for term in terms[-1:]]
    return [term for term in terms if term.text]


def _section(prose: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs below the heading; in a table of contents there are none."""
    heading, within = ("", "", ""), -1
    for paragraph in prose:
        if paragraph.heading != heading:
            heading = paragraph.heading
            within = next((place for place, title in enumerate(heading) if _SECTION.search(title)), -1)
        if within >= 0 and not 0 < paragraph.level <= within + 1:
            yield paragraph


def _term(paragraph: Paragraph, style: int) -> Term | None:
    """One entry; `style` is the enumerator that it has, -1 for none."""
    start = _STYLES[style].match(paragraph.text) if style >= 0 else None
    text = paragraph.text[start.end() if start else 0 :].strip()
    found = _ENTRY.fullmatch(text)
    if found is None:
        if start and text and len(text) <= _BARE_TERM:  # the explanation stands below it
            return Term(text, "", paragraph.line, paragraph.page)
        return None
    term = found["term"].strip()
    if not start and len(term) > _BARE_TERM:
        return None
    return Term(term, found["text"].strip(), paragraph.line, paragraph.page)
