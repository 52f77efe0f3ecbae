"""The projects at and below a place with their economic columns, and the row that closes their sum.

A form without a project table prints how much project expenditure an item has, but not for what: there the items stand
in place of the projects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.language import tr
from budget.model import StatementId
from budget.pairing import Pair
from budget.sheets import COMPUTED, ENDS
from budget.views.assemble import Entry, Plan, assemble
from budget.views.beside import said_of_total
from budget.views.closing import CLOSING_KEY, close, closing_name, is_project, made_up_of
from budget.views.measures import title, used_measures
from budget.views.one_project import couples
from budget.views.project_parts import described_row
from budget.views.tree import SUMMED_UP, parent_codes, rows_of, sum_notes, total_of

if TYPE_CHECKING:
    from budget.dossiers import Dossier
    from budget.sheets import Sheets
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

_PROJECTS = StatementId.PROJECT_EXPENDITURE
_ALL_FUNDS, _GENERAL = StatementId.EXPENDITURE_DETAIL, StatementId.GENERAL_PUBLIC_EXPENDITURE
_AMOUNT = "project"


def lists_projects(current: Sheets) -> bool:
    """Whether projects can be expected of a disclosure: its form lists them, or it has the table all the same."""
    return current.found(_PROJECTS) or current.listed(_PROJECTS)


def items_statement(current: Sheets) -> StatementId:
    """Where a form that lists no projects prints project expenditure by item: all funds, else the general public."""
    return _GENERAL if current.of(_GENERAL) and not current.of(_ALL_FUNDS) else _ALL_FUNDS


def project(sources: Sources) -> ViewTable:
    """The projects under the path, the closing row, and the project side of the place as total."""
    if not lists_projects(sources.current):
        return _items(sources)
    measures, place, unit = used_measures(sources, _PROJECTS), sources.place, sources.unit(_PROJECTS)
    # paired over the whole table, so that a pair does not depend on the place from which it is seen
    pairs = [pair for pair in sources.pairs(_PROJECTS) if is_project(pair.row, place)]
    ours = close(sources.current, [pair.current for pair in pairs if pair.current], place, measures, unit)
    notes, theirs, against = ours.notes, None, None
    if sources.baseline is not None:
        theirs, against, further = close(
            sources.baseline, [pair.baseline for pair in pairs if pair.baseline], place, measures, unit
        )
        notes = [*notes, *(tr("{0}：{1}").format(sources.heads[1], note) for note in further)]
    whole = ours.total.fen("total")
    entries = [
        Entry(
            pair,
            key=pair.row.line_key,
            name=pair.row.project or pair.row.name,
            code=pair.row.code,
            enter=pair.row.line_key,
            whole=whole,
        )
        for pair in pairs
    ]
    if ours.row or against:
        note = made_up_of(sources.current, ours.row, unit)
        name = closing_name(sources.current)
        entries.append(Entry(Pair(ours.row, against), CLOSING_KEY, name, code=place, note=note, whole=whole))
    described, more = _only_described(sources, "total")
    entries += described
    total = Entry(Pair(ours.total, theirs), key=ours.total.line_key, name=tr("合计"), code=place, whole=whole)
    if not entries:
        notes = [*notes, tr("这里没有项目支出")]
    return assemble(
        sources,
        Plan(_PROJECTS, measures),
        entries,
        [total] if entries else [],
        places=sources.place_names(_ALL_FUNDS if sources.current.of(_ALL_FUNDS) else _PROJECTS),
        notes=(*said_of_total(sources, _ALL_FUNDS, "项目支出"), *notes, *more, *sources.notes(_PROJECTS)),
    )


def _items(sources: Sources) -> ViewTable:
    """The project expenditure of the items at and below the path, where no projects are listed."""
    statement, place = items_statement(sources.current), sources.place
    pairs = sources.pairs(statement)
    above = set(parent_codes({pair.row.code for pair in pairs}).values())
    below = [pair for pair in pairs if _is_item(pair, above) and pair.row.code.startswith(place)]
    total = total_of(sources, pairs, below, statement, (_AMOUNT,))
    whole = None if total.current is None else total.current.fen(_AMOUNT)
    entries = [Entry(pair, pair.row.code, pair.row.name, pair.row.code, whole=whole) for pair in below]
    described, more = _only_described(sources, _AMOUNT)
    entries += described
    measures = ((_AMOUNT, title(sources, statement, _AMOUNT)),)
    summed_up = total.row.kind == COMPUTED
    note = tr(SUMMED_UP) if summed_up else sum_notes(sources, statement, total, rows_of(below), measures)
    end = Entry(total, total.row.line_key, tr("合计"), place, note=note, whole=whole)
    says = tr("本表式不列项目") if sources.current.form_known else tr("没有读到项目表")
    if below:
        says = tr("{0}，项目支出取自{1}").format(says, sources.current.reference(statement))
    nothing = () if entries else (tr("这里没有项目支出"),)
    return assemble(
        sources,
        Plan(statement, measures),
        entries,
        [end] if below else [],
        places=sources.place_names(statement),
        notes=(says, *nothing, *more, *sources.notes(statement)),
    )


def _is_item(pair: Pair, above: set[str]) -> bool:
    """Whether a line is the last of its branch and has project expenditure in either disclosure."""
    rows = [row for row in (pair.current, pair.baseline) if row is not None]
    amounts = [row.amounts[_AMOUNT].fen for row in rows if _AMOUNT in row.amounts]
    return any(amounts) and pair.row.kind not in ENDS and bool(pair.row.code) and pair.row.code not in above


def _only_described(sources: Sources, measure: str) -> tuple[list[Entry], tuple[str, ...]]:
    """The projects that only the text has: they carry no code, stand at the top and are part of no sum."""
    if not (sources.said.projects or sources.baseline_said.projects):
        return [], ()
    found = [
        (couple.name, couple.current, couple.baseline)
        for couple in couples(sources)
        if all(one is None or (one.described and not one.lines) for one in (couple.current, couple.baseline))
    ]
    if not found:
        return [], ()
    if sources.place:
        return [], (tr("另有 {} 个项目只见于正文，没有编码，在最上层列出").format(len(found)),)
    entries = [
        Entry(
            Pair(described_row(current, measure), described_row(baseline, measure), near=_differ(current, baseline)),
            key=f"text/{name}",
            name=name,
            enter=name,
        )
        for name, current, baseline in found
    ]
    return entries, (tr("有 {} 个项目只见于正文，不计入合计").format(len(found)),)


def _differ(current: Dossier | None, baseline: Dossier | None) -> bool:
    return current is not None and baseline is not None and current.name != baseline.name
