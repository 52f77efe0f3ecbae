"""The projects at and below a place (table 7) with their economic columns, and the row that closes their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model import StatementId
from budget.pairing import Pair
from budget.views.assemble import Entry, Plan, assemble
from budget.views.closing import CLOSING_KEY, CLOSING_NAME, close, is_project, made_up_of
from budget.views.measures import used_measures

if TYPE_CHECKING:
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

_PROJECTS = StatementId.PROJECT_EXPENDITURE
_ALL_FUNDS = StatementId.EXPENDITURE_DETAIL


def project(sources: Sources) -> ViewTable:
    """The projects under the path, the closing row, and the project side of the place as total."""
    measures, place, unit = used_measures(sources, _PROJECTS), sources.place, sources.state.unit
    # paired over the whole table, so that a pair does not depend on the place from which it is seen
    pairs = [pair for pair in sources.pairs(_PROJECTS) if is_project(pair.row, place)]
    ours = close(sources.current, [pair.current for pair in pairs if pair.current], place, measures, unit)
    notes, theirs, against = ours.notes, None, None
    if sources.baseline is not None:
        theirs, against, further = close(
            sources.baseline, [pair.baseline for pair in pairs if pair.baseline], place, measures, unit
        )
        notes = [*notes, *(f"{sources.heads[1]}：{note}" for note in further)]
    whole = ours.total.fen("total")
    entries = [
        Entry(pair, key=pair.row.line_key, name=pair.row.project or pair.row.name, code=pair.row.code, whole=whole)
        for pair in pairs
    ]
    if ours.row or against:
        note = made_up_of(sources.current, ours.row, unit)
        closing = Pair(ours.row, against)
        entries.append(Entry(closing, key=CLOSING_KEY, name=CLOSING_NAME, code=place, note=note, whole=whole))
    total = Entry(Pair(ours.total, theirs), key=ours.total.line_key, name="合计", code=place, whole=whole)
    if not entries:
        notes = [*notes, "这里没有项目支出"]
    return assemble(
        sources,
        Plan(measures),
        entries,
        [total] if entries else [],
        places=sources.place_names(_ALL_FUNDS if sources.current.of(_ALL_FUNDS) else _PROJECTS),
        notes=(*notes, *sources.notes(_PROJECTS)),
    )
