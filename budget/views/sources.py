"""Current disclosure and baseline of a view, joined, with column titles."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from budget.i18n.language import N_, sentence, tr
from budget.model.codes import name_zh
from budget.model.disclosure import Edition, MoneyUnit, Phase, StatementId
from budget.model.known import OTHER
from budget.model.money import unit_title
from budget.model.records import Records
from budget.model.titles import measure_words
from budget.reading.disclosure import OpenDisclosure, opened, tables_beside
from budget.reading.pairing import Pair, alone, pair
from budget.system.patterns import lazy_pattern
from budget.views.english import code_name, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.library.frames import Frames
    from budget.reading.rows import Head, Printed, Row
    from budget.views.state import ViewState

PHASE_TITLES = {Phase.BUDGET.value: N_("预算"), Phase.FINAL_ACCOUNTS.value: N_("决算")}
EDITION_TITLES = {Edition.DEPARTMENT.value: N_("部门"), Edition.UNIT.value: N_("单位")}
BODY_UNKNOWN = N_("名称不明")
NO_RECORDS = Records()
_HEAD_LETTERS, _NAME_LETTERS = 8, 60
_COMMON_LETTERS = 2
_CHANGING = lazy_pattern(r"(?<![\s\d〇一二三四五六七八九十])[\s\d〇一二三四五六七八九十]+年度?|\s")


@dataclass(frozen=True, slots=True)
class Sources:
    """The open disclosures behind a view."""

    state: ViewState
    current: OpenDisclosure
    baseline: OpenDisclosure | None
    frames: Frames
    """Those of all disclosures that are loaded."""

    @property
    def records(self) -> Records:
        """The records of the current disclosure, besides its statements."""
        return self.current.records

    @property
    def baseline_records(self) -> Records:
        """The records of the baseline, besides its statements."""
        return self.baseline.records if self.baseline is not None else NO_RECORDS

    def pairs(self, statement: str) -> tuple[Pair, ...]:
        """Lines of a statement joined with the baseline's, in document order."""
        if self.baseline is None:
            return alone(self.current.of(statement))
        theirs = self.baseline.of(self.counterpart(statement))
        return pair(self.current.of(statement), theirs, self.state.unpaired)

    def counterpart(self, statement: str) -> str:
        """The id of this statement in the baseline; a table without a known name is found by its title."""
        if self.baseline is None or not is_other(statement):
            return statement
        wanted = _bare(self.current.title(statement))
        own = [other for other in self.current.statements if _bare(self.current.title(other)) == wanted]
        theirs = [other for other in self.baseline.statements if _bare(self.baseline.title(other)) == wanted]
        place = own.index(statement) if statement in own else len(theirs)
        return theirs[place] if place < len(theirs) and is_other(theirs[place]) else ""

    def rows(self, statement: str) -> tuple[Row, ...]:
        """The lines of a statement in the disclosure and in its baseline."""
        theirs = self.baseline.of(self.counterpart(statement)) if self.baseline else ()
        return (*self.current.of(statement), *theirs)

    def printed(self, statement: str) -> tuple[Printed, ...]:
        """Printed head of a statement in the disclosure and its baseline.

        One is left out where the statement was not found.
        """
        theirs = self.baseline.printed.get(self.counterpart(statement)) if self.baseline else None
        return tuple(head for head in (self.current.printed.get(statement), theirs) if head is not None)

    def unit(self, statement: str) -> MoneyUnit:
        """The requested money unit, else the one the statement is printed in."""
        if self.state.unit is not None:
            return self.state.unit
        return next((MoneyUnit(head.money_unit) for head in self.printed(statement)), MoneyUnit.WAN)

    @property
    def other_body(self) -> bool:
        """Whether the baseline is another body's: what differs is then no change of one body."""
        return self.baseline is not None and not self.current.head.of_body(self.baseline.head)

    @property
    def titles(self) -> tuple[str, str]:
        """Column titles that tell the two disclosures apart. The second is "" without a baseline."""
        if self.baseline is None:
            return year_text(self.current.head), ""
        return distinct_titles(self.current.head, self.baseline.head)

    @property
    def place(self) -> str:
        """The code whose children are shown; "" at the top."""
        return self.state.path[-1] if self.state.path else ""

    def place_names(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """The names on the path: as these lines print them, else the official ones, else the codes; in English."""
        names = {row.code: row.name for row in rows if row.code and row.name}
        if spoken():  # the path has no room for both
            return tuple(code_name(code) or names.get(code) or code for code in self.state.path)
        return tuple(names.get(code) or name_zh(code) or code for code in self.state.path)

    def notes(self, statement: str, theirs: str | None = None) -> tuple[str, ...]:
        """Sentences about a statement: not found, stated to be empty, unit not printed, read with doubts.

        `theirs` is the statement of the baseline where that has another id.
        """
        notes = _notes(self.current, statement)
        if self.baseline is not None:
            other = theirs or self.counterpart(statement) or statement
            against = _notes(self.baseline, other)
            notes += [tr("{0}：{1}").format(self.titles[1], note) for note in against]
        return tuple(dict.fromkeys(notes))


def sources(state: ViewState, frames: Frames) -> Sources:
    """Look up the disclosures that a state names."""
    baseline = opened(frames, state.baseline) if state.baseline else None
    known = baseline if baseline and baseline.head.known else None
    return Sources(state, opened(frames, state.disclosure), known, frames)


def year_text(head: Head) -> str:
    """The fiscal year as text, "" where unknown."""
    return "" if head.fiscal_year is None else str(head.fiscal_year)


def title_of(sources: Sources, statements: Sequence[str], measure: str) -> str:
    """Column title of a measure in the first statement that has it.

    Where none of these statements has it, it is as printed.
    """
    for statement in (*statements, *StatementId):
        words = measure_words(statement, measure, sources.current.head.phase) if statement else measure
        if words != measure:
            return words
    return measure.rpartition("·")[2]


def body_and_year(head: Head) -> str:
    """昌吉州医疗保障局 2025, 昌吉州医疗保障局 2024 决算 单位; the file name where the body was not found."""
    phase = tr(PHASE_TITLES[head.phase]) if head.phase == Phase.FINAL_ACCOUNTS else ""
    edition = tr(EDITION_TITLES[head.edition]) if head.edition == Edition.UNIT else ""
    return " ".join(part for part in (head.body or head.source_name, year_text(head), phase, edition) if part)


def distinct_titles(current: Head, baseline: Head) -> tuple[str, str]:
    """Two short column titles that differ: the years. The bodies, phases and editions are added where those differ."""
    mine, theirs = year_text(current), year_text(baseline)
    if not current.of_body(baseline):
        own, other = _differing(current.body, baseline.body)
        mine, theirs = own + mine, other + theirs
    for titles, own, other in (
        (PHASE_TITLES, current.phase, baseline.phase),
        (EDITION_TITLES, current.edition, baseline.edition),
    ):
        if own in titles and other in titles and own != other:
            mine, theirs = (tr("{0}{1}").format(year, tr(titles[one])) for year, one in ((mine, own), (theirs, other)))
    if mine and theirs and mine != theirs:
        return mine, theirs
    return tr("{}本表").format(mine), tr("{}对比").format(theirs)


def without_tables(sources: Sources) -> tuple[str, ...]:
    """Where the figures of a document without tables stand: in its text, and in what its body published beside it."""
    current = sources.current
    if current.statements or not current.head.known:
        return ()
    stated = len(current.records.stated_changes)
    notes = [tr("本资料没有表，文字里的 {} 处数字见“增减说明”").format(stated)] if stated else []
    beside = tables_beside(sources.frames, current.head)
    return (*notes, *(tr("同一单位同一年度的表在“{}”").format(head.source_name) for head in beside))


def is_other(statement: str) -> bool:
    """Whether this statement has no known name."""
    return statement.startswith(OTHER)


def _bare(title: str) -> str:
    """A title without what changes from year to year."""
    return _CHANGING.sub("", title)


def _missing(found: OpenDisclosure, statement: str) -> str:
    return tr("没有读到{}").format(found.title(statement))


def _differing(name: str, other: str) -> tuple[str, str]:
    """What tells two names apart: without what both begin with, as far as to the next thing that both say."""
    ends = (i for i, (a, b) in enumerate(zip(name, other, strict=False)) if a != b)
    start = next(ends, min(len(name), len(other)))
    mine, theirs = name[start : start + _NAME_LETTERS], other[start : start + _NAME_LETTERS]
    same = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
    if same.size >= _COMMON_LETTERS:
        mine = mine[: same.a] or mine[same.a + same.size :]
        theirs = theirs[: same.b] or theirs[same.b + same.size :]
    return _end(mine), _end(theirs)


def _end(name: str) -> str:
    """The end of a long name: regions come first, bodies last."""
    return name if len(name) <= _HEAD_LETTERS else f"..{name[-_HEAD_LETTERS:]}"


def _notes(found: OpenDisclosure, statement: str) -> list[str]:
    if not found.head.known:
        return [tr("资料库里没有这份公开材料")]
    if not statement:
        return []
    notes = []
    number, printed = found.reference(statement), found.printed.get(statement)
    if not found.found(statement):
        notes.append(_missing(found, statement))
    elif printed is not None:
        if printed.note:
            notes.append(printed.note)
        elif not found.of(statement):
            notes.append(tr("{}没有数据行").format(number))
        if not printed.unit_stated:
            notes.append(tr("{0}没有印单位，按{1}读").format(number, unit_title(MoneyUnit(printed.money_unit))))
    return [*notes, *(sentence(text, values) for text, values in found.notices.get(statement, ()))]


def provenance(sources: Sources, places: tuple[str, ...], unit: MoneyUnit) -> dict[str, str]:
    """Facts on a view's sources: body, year, baseline, place, unit, SHA-256.

    View, scope, filter and sorting too; empty facts are left out.
    """
    state = sources.state
    facts = {
        **_of_head(sources.current.head, ""),
        **(_of_head(sources.baseline.head, "baseline_") if sources.baseline is not None else {}),
        "view": state.view.value,
        "scope": str(state.scope),
        "place": " ".join(state.path[-1:] + places[-1:]),
        "unit": unit_title(unit),
        "filter": state.filter,
        "sort": "" if state.sort is None else f"{state.sort.column} {'desc' if state.sort.descending else 'asc'}",
    }
    return {name: fact for name, fact in facts.items() if fact}


def _of_head(head: Head, prefix: str) -> dict[str, str]:
    return {
        f"{prefix}body": head.body,
        f"{prefix}fiscal_year": year_text(head),
        f"{prefix}phase": tr(PHASE_TITLES.get(head.phase, "")),
        f"{prefix}edition": tr(EDITION_TITLES.get(head.edition, "")),
        f"{prefix}source": head.source_name,
        f"{prefix}sha256": head.sha256,
    }
