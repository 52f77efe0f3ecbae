"""What a view draws from: the sheets of the shown disclosure and of its baseline, joined, and how their heads read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from budget.classification import name_zh
from budget.forms import STATEMENTS
from budget.model import Edition, MoneyUnit, Phase, StatementId
from budget.pairing import Pair, alone, pair
from budget.sheets import Head, Sheets, sheets, statement_number

if TYPE_CHECKING:
    from budget.frames import Frames
    from budget.views.state import ViewState

PHASE_TITLES = {Phase.BUDGET.value: "预算", Phase.FINAL_ACCOUNTS.value: "决算"}
EDITION_TITLES = {Edition.DEPARTMENT.value: "部门", Edition.UNIT.value: "单位"}
_HEAD_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Sources:
    """The sheets behind a view."""

    state: ViewState
    current: Sheets
    baseline: Sheets | None

    def pairs(self, statement: str) -> tuple[Pair, ...]:
        """The lines of a statement joined with those of the baseline, in document order."""
        if self.baseline is None:
            return alone(self.current.of(statement))
        return pair(self.current.of(statement), self.baseline.of(statement), self.state.unpaired)

    @property
    def heads(self) -> tuple[str, str]:
        """Column heads that tell the two disclosures apart; the second is "" without a baseline."""
        if self.baseline is None:
            return year_text(self.current.head), ""
        return distinct_heads(self.current.head, self.baseline.head)

    @property
    def place(self) -> str:
        """The code whose children are shown; "" at the top."""
        return self.state.path[-1] if self.state.path else ""

    def place_names(self, statement: str) -> tuple[str, ...]:
        """The names on the path: as the documents print them, else the official ones, else the codes."""
        rows = (*(self.baseline.of(statement) if self.baseline else ()), *self.current.of(statement))
        names = {row.code: row.name for row in rows if row.code and row.name}
        return tuple(names.get(code) or name_zh(code) or code for code in self.state.path)

    def notes(self, *statements: str) -> tuple[str, ...]:
        """Sentences about these statements: not found, stated to be empty, unit not printed, read with doubts."""
        notes = list(_notes(self.current, statements, ""))
        if self.baseline is not None:
            notes += _notes(self.baseline, statements, f"{self.heads[1]}：")
        return tuple(dict.fromkeys(notes))


def sources(state: ViewState, frames: Frames) -> Sources:
    """Look up the sheets that a state names."""
    baseline = sheets(frames, state.baseline) if state.baseline else None
    return Sources(state, sheets(frames, state.disclosure), baseline if baseline and baseline.head.known else None)


def year_text(head: Head) -> str:
    """The fiscal year as text, "" where unknown."""
    return "" if head.fiscal_year is None else str(head.fiscal_year)


def body_and_year(head: Head) -> str:
    """昌吉州医疗保障局 2025, or the file name where the body was not found."""
    return " ".join(part for part in (head.body or head.source_name, year_text(head)) if part)


def distinct_heads(current: Head, baseline: Head) -> tuple[str, str]:
    """Two short column heads that differ: the years, else what else differs."""
    mine, theirs = year_text(current), year_text(baseline)
    if not current.names & baseline.names and current.body != baseline.body:
        own, other = _differing(current.body, baseline.body)
        mine, theirs = own + mine, other + theirs
    if mine and theirs and mine != theirs:
        return mine, theirs
    for titles, own, other in (
        (PHASE_TITLES, current.phase, baseline.phase),
        (EDITION_TITLES, current.edition, baseline.edition),
    ):
        if own != other:
            return mine + titles.get(own, "本表"), theirs + titles.get(other, "对比")
    return f"{mine}本表", f"{theirs}对比"


def _differing(name: str, other: str) -> tuple[str, str]:
    """The first characters of two names after what both begin with."""
    start = next((i for i, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), min(len(name), len(other)))
    return name[start : start + _HEAD_LETTERS], other[start : start + _HEAD_LETTERS]


def _notes(found: Sheets, statements: tuple[str, ...], prefix: str) -> list[str]:
    if not found.head.known:
        return [f"{prefix}资料库里没有这份公开材料"]
    notes = []
    for statement in statements:
        form, number = STATEMENTS[StatementId(statement)], statement_number(statement)
        printed = found.printed.get(statement)
        if not found.found(statement):
            notes.append(f"{prefix}没有读到{number}（{form.short}）")
        elif printed is not None:
            if printed.note:
                notes.append(f"{prefix}{printed.note}")
            elif not found.of(statement):
                notes.append(f"{prefix}{number}没有数据行")
            if not printed.unit_stated:
                notes.append(f"{prefix}{number}没有印单位，按{MoneyUnit(printed.money_unit).value}读")
        notes += [f"{prefix}{text}" for text in found.notices.get(statement, ())]
    return notes
