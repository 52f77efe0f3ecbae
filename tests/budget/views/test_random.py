"""Whatever a document holds and wherever one goes in it: a table, unique keys, nothing lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from budget.export.table import FORMATS, to_bytes
from budget.library.frames import frames
from budget.model.disclosure import ColumnStatus, Disclosure, Side, StatementId
from budget.search.statements import hits
from budget.views import enter, jump, leave, neighbour_year, row_detail, view_table
from budget.views.state import VIEW_SCOPES, View, ViewState
from tests.support.builders import R, disclosure
from tests.support.printed_forms import FINAL_ACCOUNTS, SHANGHAI, XINJIANG, PrintedForm
from tools.documents.strategies import share

CODES = st.sampled_from(
    ["", "208", "20805", "2080505", "2080599", "213", "21302", "2130205", "301", "30101", "2", "21", "213020501", "abc"]
)
NAMES = st.sampled_from(["总计", "收入总计", "支出总计", "甲", "林草", "[/项]", "=1+1", "\x1b[31m红", "", "局" * 400])
MEASURES = st.sampled_from(
    ["total", "basic", "project", "personnel", "general_public_budget", "goods_and_services", "appropriation_project"]
)
ROWS = st.lists(
    st.builds(
        R,
        code=CODES,
        name=NAMES,
        amounts=st.dictionaries(MEASURES, st.sampled_from(["0.00", "1.00", "2.50", "-3.00", "7", "0.1"]), max_size=3),
        project=st.sampled_from(["", "", "防火物资", "2024年防火物资补助", "苗木", "[red]"]),
        side=st.sampled_from(["", Side.REVENUE.value, Side.EXPENDITURE.value]),
        status=st.sampled_from([ColumnStatus.PRINTED.value, ColumnStatus.AMBIGUOUS.value]),
    ),
    max_size=7,
)
OTHERS = ("other_1", "other_2")
FORMS_OR_NONE = st.sampled_from([XINJIANG, XINJIANG, SHANGHAI, FINAL_ACCOUNTS, None])
STATEMENTS = st.dictionaries(st.sampled_from([*map(str, StatementId), *OTHERS]), ROWS, max_size=6)
PLACES = st.sampled_from(
    [(view, scope) for view, scopes in VIEW_SCOPES.items() for scope in scopes]
    + [(View.STATEMENT, other) for other in OTHERS]
)
PATHS = st.sampled_from(
    [(), ("213",), ("213", "21302"), ("208", "20805", "2080505"), ("999",), ("213", "21302", "2130205")]
)


def two(
    now: dict[str, list[R]],
    before: dict[str, list[R]],
    forms: tuple[PrintedForm | None, PrintedForm | None] = (XINJIANG, XINJIANG),
) -> tuple[Disclosure, Disclosure]:
    titles = dict(zip(OTHERS, ("采购表", "会议费表"), strict=True))
    return (
        disclosure(2025, now, form=forms[0], titles=titles),
        disclosure(2024, before, form=forms[1], titles=dict(zip(OTHERS, reversed(titles.values()), strict=True))),
    )


@settings(max_examples=share(150), deadline=None)
@given(STATEMENTS, STATEMENTS, PLACES, PATHS, st.booleans(), PLACES, st.tuples(FORMS_OR_NONE, FORMS_OR_NONE))
def test_every_state_gives_a_table_and_every_move_another_state(
    now: dict[str, list[R]],
    before: dict[str, list[R]],
    place: tuple[View, str],
    path: tuple[str, ...],
    compare: bool,
    target: tuple[View, str],
    forms: tuple[PrintedForm | None, PrintedForm | None],
) -> None:
    both = two(now, before, forms)
    loaded = frames(both)
    ids = [made.head.disclosure_id for made in both]
    state = ViewState(ids[0], ids[1] if compare else "", *place, path)
    table = view_table(state, loaded)
    keys = [*table.frame["key"], *table.totals["key"]]
    assert len(set(keys)) == len(keys)
    for extension in FORMATS:
        assert to_bytes(table, extension)
    for key in keys:
        assert row_detail(state, loaded, table, key) is not None
        moved = enter(state.replace(cursor=key), loaded, key)
        assert view_table(moved, loaded).title
        assert leave(moved).view in View
    for cursor in ("", *keys[:3]):
        there = jump(state.replace(cursor=cursor), loaded, *target)
        assert there.cursor == "" or there.view in {View.OVERVIEW, View.LIBRARY} or (
            there.cursor in view_table(there, loaded).frame["key"]
        )  # fmt: skip
    assert neighbour_year(state, loaded, -1).disclosure in ids


@settings(max_examples=share(100), deadline=None)
@given(STATEMENTS, STATEMENTS, st.sampled_from(VIEW_SCOPES[View.STATEMENT]))
def test_a_compared_statement_holds_every_amount_of_both_documents(
    now: dict[str, list[R]], before: dict[str, list[R]], scope: StatementId
) -> None:
    both = two(now, before)
    ids = [made.head.disclosure_id for made in both]
    table = view_table(ViewState(ids[0], ids[1], View.STATEMENT, scope), frames(both))
    for suffix, made in (("", both[0]), ("baseline", both[1])):
        shown = Counter(
            fen
            for column in table.columns
            if column.status and column.part == suffix
            for fen in table.frame[column.id].drop_nulls()
        )
        assert shown == Counter(cell.amount_fen for cell in made.cells if cell.statement == scope.value)
    for row in table.frame.iter_rows(named=True):
        if row["total@delta"] is not None:
            assert row["total@delta"] == (row["total"] or 0) - (row["total@baseline"] or 0)


@settings(max_examples=share(60), deadline=None)
@given(STATEMENTS, st.sampled_from(["2", "林", "防", "局", "=1", "甲", "f", "213"]))
def test_every_hit_can_be_shown(now: dict[str, list[R]], query: str) -> None:
    made = disclosure(2025, now)
    loaded = frames([made])
    for hit in hits(loaded, "", query):
        assert view_table(hit.state, loaded).title
