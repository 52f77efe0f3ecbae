"""The views: what each shows, its scopes, and the columns that it has for the sample documents."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import sample_data
from budget.library.frames import Frames, frames
from budget.model.disclosure import StatementId
from budget.model.titles import statement_title
from budget.views import view_table
from budget.views.state import SCOPE_TITLES, VIEW_SCOPES, VIEW_TITLES, VIEWS, View, ViewState
from loaders.load import load
from tools.docs.markdown import code, table

if TYPE_CHECKING:
    from budget.views.table import Column, ViewTable

SCOPES: dict[str, str] = {
    "all-funds": "全部资金（支出总表）",
    "general-public": "一般公共预算（一般公共预算支出表）",
    "by-kind": "按基本支出、项目支出等，列出各表印出的数",
    "by-function": "按类、款、项",
    "by-economic": "按经济分类（基本支出表）",
    "all-targets": "全部指标",
    "below-prior": "只看低于上年完成值的",
    "whole": "全文",
    "contents": "只看目录",
}
OLD_YEAR, NEW_YEAR = "2024", "2025"
"""Years of the samples: heads of columns name the years that are compared."""
STATEMENT_EXAMPLE = StatementId.EXPENDITURE_DETAIL


def listed() -> str:
    """Every view with its title, what it shows and its scopes."""
    rows = [(code(view.value), VIEWS[view].title, VIEWS[view].about, _scopes(view)) for view in View]
    return table(("视图", "名称", "看什么", "范围（第一个是默认）"), rows)


def _scopes(view: View) -> str:
    if view is View.ONE_PROJECT:
        return "项目的名称；不写时是全部项目"
    if view is View.STATEMENT:
        return "表的代号，见下"
    return "；".join(
        f"{code(scope.value)} {SCOPES.get(scope, SCOPE_TITLES[scope])}" for scope in VIEW_SCOPES[view] if scope
    )


def statements() -> str:
    """The scopes of the statement view that are known by name."""
    rows = [(code(scope.value), statement_title(scope.value) or scope.value) for scope in VIEW_SCOPES[View.STATEMENT]]
    return table(("范围", "表"), [*rows, (code("other_1"), "第一张没有通用名称的表，其余类推")])


def columns() -> str:
    """Columns of every view and scope, and those of a comparison."""
    rows = []
    for view, scope in product(View, ["", *SCOPE_TITLES]):
        if scope not in (VIEW_SCOPES[view] if view is not View.STATEMENT else ("",)):
            continue
        own = _titles(view, scope, compared=False)
        added = [title for title in _titles(view, scope, compared=True) if title not in own]
        name = f"{VIEW_TITLES[view]}{f'，{SCOPE_TITLES[scope]}' if scope else ''}"
        rows.append((name, "、".join(own), "、".join(added)))
    return table(("视图", "列", "对比时另有"), rows)


def _titles(view: View, scope: str, *, compared: bool) -> list[str]:
    found = (column for made in _tables(view, scope, compared=compared) for column in made.columns)
    return list(dict.fromkeys(_title(column) for column in found))


def _title(column: Column) -> str:
    said = column.title.replace(NEW_YEAR, "本年").replace(OLD_YEAR, "对比年")
    return said if column.drawn else f"{said}（只在导出中）"


def _tables(view: View, scope: str, *, compared: bool) -> list[ViewTable]:
    held = samples()
    old, new, other = held.disclosures["disclosure_id"].to_list()
    wanted = STATEMENT_EXAMPLE.value if view is View.STATEMENT else scope
    pairs = [(new, old)] if compared else [(new, ""), (other, "")]
    made = (ViewState(disclosure=own, baseline=baseline, view=view, scope=wanted) for own, baseline in pairs)
    return [view_table(state, held) for state in made]


@cache
def samples() -> Frames:
    """The frames of the sample documents: the older year, the newer one, another body."""
    return frames([load(path) for path in sample_data.paths()])
