"""Choose and join the tables of both disclosures for a view. Each is the table that prints what the view asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import RowKind, StatementId
from budget.model.titles import TOTAL
from budget.reading.choice import (
    AGENCY_OPERATION,
    BASIC_BY_ECONOMIC,
    BASIC_BY_FUNCTION,
    CARRYOVER,
    EXPENDITURE,
    GENERAL_PUBLIC,
    NOTHING,
    PROCUREMENT,
    PROJECT_BY_FUNCTION,
    PROJECTS,
    REVENUE,
    SUMMARY,
    THREE_PUBLIC,
    WIDER,
    ChosenTable,
    Question,
    agreed,
    choose_table,
    summary,
)
from budget.reading.pairing import alone, pair
from budget.views.sources import title_of
from budget.views.state import SCOPE_TITLES, VIEWS, Scope, View
from budget.views.table import Change

if TYPE_CHECKING:
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.pairing import Pair
    from budget.reading.rows import Row
    from budget.views.sources import Sources
    from budget.views.state import ViewState


KNOWN: dict[Question, StatementId] = {
    EXPENDITURE: StatementId.EXPENDITURE_DETAIL,
    GENERAL_PUBLIC: StatementId.GENERAL_PUBLIC_EXPENDITURE,
    BASIC_BY_FUNCTION: StatementId.EXPENDITURE_DETAIL,
    BASIC_BY_ECONOMIC: StatementId.BASIC_EXPENDITURE,
    PROJECTS: StatementId.PROJECT_EXPENDITURE,
    PROJECT_BY_FUNCTION: StatementId.EXPENDITURE_DETAIL,
    REVENUE: StatementId.REVENUE_DETAIL,
    THREE_PUBLIC: StatementId.THREE_PUBLIC_EXPENSES,
    CARRYOVER: StatementId.CARRYOVER_DETAIL,
    SUMMARY: StatementId.REVENUE_EXPENDITURE_SUMMARY,
}
"""The statement that a question is about, by its known name: whose words its columns have, and what is missed."""

FUND_WORDS = {
    "": N_("全部资金"),
    "appropriation": N_("财政拨款"),
    "general_public": N_("一般公共预算"),
    "government_fund": N_("政府性基金"),
    "state_capital": N_("国有资本经营预算"),
    "special_account": N_("财政专户"),
    "own": N_("单位资金"),
    "own.service": N_("事业收入"),
    "own.business": N_("经营收入"),
    "own.superior": N_("上级补助"),
    "own.affiliated": N_("附属单位上缴"),
    "own.other": N_("其他收入"),
    "current": N_("本年"),
    "carryover": N_("上年结转结余"),
    "carryover.appropriation": N_("财政拨款结转"),
    "carryover.general_public": N_("一般公共预算结转"),
    "carryover.government_fund": N_("政府性基金结转"),
    "carryover.state_capital": N_("国有资本经营预算结转"),
    "carryover.own": N_("非财政拨款结转"),
    "carryover.special_account": N_("财政专户结转"),
    "general_public.transfer": N_("一般公共预算转移支付"),
    "government_fund.transfer": N_("政府性基金转移支付"),
    "state_capital.transfer": N_("国有资本经营预算转移支付"),
}
"""What the screen calls the fund of a table."""
KIND_WORDS = {
    "": N_("支出合计"),
    "current": N_("本年支出"),
    "basic": N_("基本支出"),
    "basic.personnel": N_("人员经费"),
    "basic.operating": N_("公用经费"),
    "project": N_("项目支出"),
    "business": N_("经营支出"),
    "remittance": N_("上缴上级支出"),
    "subsidy": N_("对附属单位补助支出"),
    "reserve": N_("单位预留机动经费"),
    "carry_forward": N_("结转下年"),
}
"""What the screen calls a kind of expenditure."""


@dataclass(frozen=True)
class Chosen:
    """The answers of a disclosure and of its baseline to one question."""

    sources: Sources
    question: Question
    current: ChosenTable
    baseline: ChosenTable | None

    @property
    def known(self) -> str:
        """The known name of what is asked for; "" where it has none."""
        return KNOWN.get(self.question._replace(fund=None), KNOWN.get(self.question, ""))

    @property
    def statement(self) -> str:
        """The displayed table, else the baseline's, else its known name. A known name is that of what is missing."""
        return self.current.statement or (self.baseline.statement if self.baseline else "") or self.known

    @property
    def found(self) -> bool:
        """Whether either disclosure prints what is asked for."""
        return bool(self.current.table or (self.baseline and self.baseline.table))

    @property
    def main(self) -> str:
        """The measure of the amounts that were asked for."""
        shown = self.current if self.current.table or self.baseline is None else self.baseline
        return shown.main

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The lines of both tables joined, in document order."""
        if self.baseline is None:
            return alone(self.current.rows)
        return pair(self.current.rows, self.baseline.rows, self.sources.state.unpaired)

    def measures(self, *always: str) -> tuple[tuple[str, str], ...]:
        """(id, title) of the total, named and used measures.

        Those named are taken as far as they are printed, the others where they have an amount.
        """
        answers = [one for one in (self.current, self.baseline) if one is not None]
        printed = dict.fromkeys(name for one in answers for name in one.measures)
        used = dict.fromkeys(name for one in answers for row in one.rows for name in row.amounts)
        wanted = [TOTAL] if TOTAL in {*printed, *used} or not used else []
        wanted += [name for name in always if name in printed or name in used]
        wanted += [name for name in printed if name in used]
        return tuple((name, self.title(name)) for name in dict.fromkeys([*wanted, *used]))

    def title(self, measure: str) -> str:
        """What a column is called: by the table's own form, else as what is asked for calls it."""
        if measure == WIDER:
            return tr("全部合计")
        return title_of(self.sources, (self.current.statement, self.known), measure)

    @cached_property
    def uncompared(self) -> frozenset[str]:
        """The measures that only one of the two tables prints: they have no differences."""
        if self.baseline is None:
            return frozenset()
        mine, theirs = (_printed(one) for one in (self.current, self.baseline))
        return frozenset(mine ^ theirs)

    def undisclosed(self, found: Pair) -> bool:
        """Whether a line is missing because one table lacks that detail."""
        if self.baseline is None or (found.current and found.baseline):
            return False
        other = self.baseline if found.current else self.current
        row = found.row
        if other.table is None or len(row.code) > other.depth:
            return True
        return not other.lists_projects if row.project else not row.code and row.kind != RowKind.GRAND_TOTAL

    def changed(self, found: Pair) -> Change | None:
        """Kind of change of a line where its amounts do not tell."""
        return Change.UNDISCLOSED if self.undisclosed(found) else None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines of the baseline, then those of the disclosure."""
        return (*(self.baseline.rows if self.baseline else ()), *self.current.rows)

    @property
    def place_names(self) -> tuple[str, ...]:
        """The names on the path."""
        return self.sources.place_names(self.rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on the printed tables that the view comes from."""
        current = self.sources.current
        own = self.current.statement or self.known
        if not self.found and current.head.known and not current.found(own):
            return (tr("没有读到{}").format(tr(VIEWS[self.sources.state.view].title)),)
        theirs = (self.baseline.statement if self.baseline else "") or self.known
        return (*self.source_notes, *self.sources.notes(own, theirs))

    @cached_property
    def source_notes(self) -> tuple[str, ...]:
        """Sentences that say from which printed tables the view is."""
        notes = [source_note(self.sources.current, self.current)]
        if self.baseline is not None:
            theirs = source_note(self.sources.baseline, self.baseline) if self.sources.baseline else ""
            if theirs:
                notes.append(tr("{0}：{1}").format(self.sources.titles[1], theirs))
            both = self.current.table and self.baseline.table
            if both and fund_words(self.current.fund) != fund_words(self.baseline.fund):
                notes.append(tr("两表口径不同，增减不可比"))
        return tuple(filter(None, notes))


def _printed(found: ChosenTable) -> frozenset[str]:
    return frozenset({*found.measures, *(name for row in found.rows for name in row.amounts)})


def chosen(sources: Sources, question: Question) -> Chosen:
    """Ask both disclosures; where both can answer for the same fund, for that one."""
    if question == SUMMARY:
        theirs = None if sources.baseline is None else summary(sources.baseline)
        return Chosen(sources, question, summary(sources.current), theirs)
    current, baseline = sources.current, sources.baseline
    asked = _asked(question, current, baseline)
    theirs = None if baseline is None else choose_table(baseline, asked)
    return Chosen(sources, question, choose_table(current, asked), theirs)


def _asked(question: Question, current: OpenDisclosure, baseline: OpenDisclosure | None) -> Question:
    if baseline is None or not baseline.head.known:
        return question
    key = ("agreed", question, baseline.head.disclosure_id)
    return current.once(key, lambda: agreed(current, baseline, question))


def covered(state: ViewState, current: OpenDisclosure, baseline: OpenDisclosure | None = None) -> str:
    """What a view covers, in words: its scope, or what the table that it shows covers where that is something else."""
    scope = tr(SCOPE_TITLES.get(state.scope, ""))
    if state.view is View.PIVOT:
        from budget.views.across.spec import spec_of
        from budget.views.across.words import spec_title  # which imports this module

        spec = spec_of(state.scope)
        return spec_title(spec) if spec is not None else state.scope
    if state.view not in {View.EXPENDITURE, View.BASIC} or state.scope in {Scope.GENERAL_PUBLIC, Scope.BY_KIND}:
        return scope
    question = question_of(state, current)
    found = NOTHING if question is None else choose_table(current, _asked(question, current, baseline))
    if found.table is None:
        return scope
    if state.view is View.EXPENDITURE:
        return fund_words(found.fund)
    breakdown = tr(SCOPE_TITLES[Scope.BY_ECONOMIC if question == BASIC_BY_ECONOMIC else Scope.BY_FUNCTION])
    return joined([breakdown, fund_words(found.fund)], " · ") if found.fund else breakdown


def source_note(opened: OpenDisclosure, found: ChosenTable) -> str:
    """Which printed table is shown: its title, fund and page; "" where none is."""
    if found is NOTHING or found.table is None:
        return ""
    return tr("出自{}").format(table_words(opened, found.statement, found.fund))


def table_words(opened: OpenDisclosure, statement: str, fund: str = "") -> str:
    """A printed table in words: 财政拨款支出预算表（第15页，财政拨款）."""
    table = opened.table_of.get(statement)
    printed = opened.printed.get(statement)
    title = (printed.title if printed else "") or opened.title(statement)
    page = table.page_from if table else None
    line = table.line_from if table else None
    place = tr("第{}页").format(page) if page is not None else tr("第{}行").format(line) if line is not None else ""
    inside = joined([part for part in (place, fund_words(fund) if fund else "") if part], "，")
    return tr("{0}（{1}）").format(title, inside) if inside else title


def fund_words(fund: str) -> str:
    """What the screen calls a fund; words as printed for those without a name."""
    return tr(FUND_WORDS[fund]) if fund in FUND_WORDS else fund.lstrip("?")


def kind_words(kind: str) -> str:
    """What the screen calls a kind of expenditure; words as printed for those without a name."""
    return tr(KIND_WORDS[kind]) if kind in KIND_WORDS else kind.lstrip("?")


def question_of(state: ViewState, opened: OpenDisclosure) -> Question | None:
    """What a view of a state asks for; None for views of no tables, and of several."""
    if state.view is View.EXPENDITURE:
        return GENERAL_PUBLIC if state.scope == Scope.GENERAL_PUBLIC else EXPENDITURE
    if state.view is View.BASIC:
        return BASIC_BY_ECONOMIC if state.scope == Scope.BY_ECONOMIC else basic_question(opened)
    if state.view is View.PROJECT:
        return PROJECT_BY_FUNCTION
    return _QUESTIONS.get(state.view)


def basic_question(opened: OpenDisclosure) -> Question:
    """Basic expenditure by function, else by economic class. The latter where no table breaks it down by function."""
    by_function = choose_table(opened, BASIC_BY_FUNCTION).table
    return BASIC_BY_FUNCTION if by_function or not choose_table(opened, BASIC_BY_ECONOMIC).table else BASIC_BY_ECONOMIC


_QUESTIONS = {
    View.REVENUE: REVENUE,
    View.THREE_PUBLIC: THREE_PUBLIC,
    View.CARRYOVER: CARRYOVER,
    View.PROCUREMENT: PROCUREMENT,
    View.AGENCY_OPERATION: AGENCY_OPERATION,
}
