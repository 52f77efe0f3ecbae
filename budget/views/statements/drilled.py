"""The views that drill by code: expenditure, revenue, basic expenditure, agency operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.i18n.language import N_, tr
from budget.model.disclosure import RowKind
from budget.model.money import decimals_for, format_fen, in_unit
from budget.reading.choice import (
    AGENCY_OPERATION,
    BASIC_BY_ECONOMIC,
    BASIC_BY_FUNCTION,
    EXPENDITURE,
    GENERAL_PUBLIC,
    REVENUE,
    bare,
)
from budget.views.facts import of_topic
from budget.views.row.mentions import mentions_of_total
from budget.views.select import basic_question, chosen, table_words
from budget.views.state import Scope
from budget.views.statements.flat import figures, kinds, list_view
from budget.views.statements.tree import tree_view

if TYPE_CHECKING:
    from budget.reading.choice import Question
    from budget.views.select import Chosen
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

_PARTS = ("basic", "personnel", "operating")
"""Basic expenditure and what it consists of."""
NO_FUNCTIONS = N_("没有按功能分类的表，列出印出的总数")


def expenditure(sources: Sources) -> ViewTable:
    """Total, basic and project expenditure of the children of the path.

    Further columns are what else the table divides them into.
    """
    if sources.state.scope == Scope.BY_KIND:
        return kinds(sources)
    general = sources.state.scope == Scope.GENERAL_PUBLIC
    return _by_code(sources, GENERAL_PUBLIC if general else EXPENDITURE, ("basic", "project"))


def revenue(sources: Sources) -> ViewTable:
    """Every source that has an amount, for the children of the path."""
    return _by_code(sources, REVENUE, ())


def basic(sources: Sources) -> ViewTable:
    """The basic side of the children of the path; rows without basic expenditure stay, so that the place stays."""
    economic = sources.state.scope == Scope.BY_ECONOMIC
    question = BASIC_BY_ECONOMIC if economic else basic_question(sources.current)
    found = chosen(sources, question)
    said = mentions_of_total(sources, found.statement, "基本支出")
    said = (*said, *_of_all_funds(sources, question, found))
    if question == BASIC_BY_FUNCTION and found.current.table:
        measures = tuple(pair for pair in found.measures("basic") if pair[0] in {found.main, *_PARTS})
        return tree_view(sources, found, measures, said)
    if question == BASIC_BY_ECONOMIC and not economic:
        said = (*said, tr("没有按功能分类的基本支出，按经济分类列出"))
    if not found.current.table:
        return _amounts(sources, question, found)
    return tree_view(sources, found, found.measures(*_PARTS), said)


def agency_operation(sources: Sources) -> ViewTable:
    """Agency operating expenses by economic class, or the one printed amount."""
    if not chosen(sources, AGENCY_OPERATION).found:
        return of_topic(sources, "operating_expenses", tr("没有读到机关运行经费表"))
    return _by_code(sources, AGENCY_OPERATION, ())


def _by_code(sources: Sources, question: Question, always: tuple[str, ...]) -> ViewTable:
    """A tree of codes where the table prints codes, else a list; without a table the bare amounts."""
    found = chosen(sources, question)
    if not found.current.table:
        return _amounts(sources, question, found)
    coded = question.by == "function" or any(pair.row.code for pair in found.pairs)
    said = _of_all_funds(sources, question, found)
    if not coded:
        return list_view(sources, found, found.measures(*always), said)
    return tree_view(sources, found, found.measures(*always), said)


def _of_all_funds(sources: Sources, question: Question, found: Chosen) -> tuple[str, ...]:
    """What is printed for all funds, where the table of a narrower fund is shown and has another total."""
    amounts = bare(sources.current, question._replace(by="", fund="")) if found.current.fund else ()
    if question.fund is not None or sources.place or not amounts:
        return ()
    row, measure = amounts[0]
    totals = [line.fen(found.main) for line in found.current.rows if line.kind == RowKind.GRAND_TOTAL]
    if row.fen(measure) in totals:
        return ()
    unit = sources.unit(found.statement)
    amount = format_fen(row.amounts[measure].fen, unit, decimals_for(row.amounts[measure].half_unit, unit))
    table = table_words(sources.current, row.statement)
    return (tr("全部资金的合计是 {0}，见{1}").format(in_unit(amount, unit), table),)


def _amounts(sources: Sources, question: Question, found: Chosen) -> ViewTable:
    """The amounts that are printed for the whole of what is asked, one a fund."""
    asked = question._replace(by="")
    ours = bare(sources.current, asked)
    theirs = bare(sources.baseline, asked) if sources.baseline is not None else None
    if not ours:
        return tree_view(sources, found, found.measures())
    return figures(sources, ours, theirs, (tr(NO_FUNCTIONS),))
