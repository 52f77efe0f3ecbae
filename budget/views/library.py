"""The library: one row a disclosure, by body and year; the figures of all of them are gathered in one pass."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

import polars as pl

from budget.forms import FORMS
from budget.matching import matches
from budget.model import MoneyUnit, RowKind, Severity, Side, StatementId
from budget.money import decimals_for
from budget.views.assemble import META_SCHEMA, ordered
from budget.views.sources import EDITION_TITLES, PHASE_TITLES
from budget.views.state import VIEW_TITLES, View
from budget.views.table import Change, Column, ColumnKind, ViewTable

if TYPE_CHECKING:
    from budget.frames import Frames
    from budget.views.state import ViewState

COLUMNS = (
    Column("fiscal_year", "年度", ColumnKind.CODE),
    Column("phase", "阶段", ColumnKind.TEXT),
    Column("edition", "口径", ColumnKind.TEXT),
    Column("total", "收入总计", ColumnKind.AMOUNT, "total#status", "total#origin", "total"),
    Column("statements", "表数", ColumnKind.INTEGER),
    Column("lost", "未读到", ColumnKind.INTEGER),
    Column("uncertain", "存疑", ColumnKind.INTEGER),
    Column("form", "表式", ColumnKind.TEXT),
    Column("name", "部门（单位）", ColumnKind.TEXT),
    Column("source_name", "文件", ColumnKind.TEXT),
    Column("info", "提示", ColumnKind.INTEGER),
)
FORM_TITLES = {form.id: form.title for form in FORMS.values()}
UNKNOWN_FORM = "未识别"
_kept: list[tuple[weakref.ref[pl.DataFrame], weakref.ref[pl.DataFrame], pl.DataFrame]] = []
_SUMMARY = StatementId.REVENUE_EXPENDITURE_SUMMARY.value


def library(state: ViewState, frames: Frames) -> ViewTable:
    """Bodies x years, phases and editions: total, number of statements, notices by severity, source file."""
    every = _gathered(frames)
    kept = every
    if state.filter:
        keep = [
            matches(state.filter, year or "", name) for year, name in every.select("fiscal_year", "name").iter_rows()
        ]
        kept = every.filter(pl.Series(keep, dtype=pl.Boolean))
    half, unit = kept["half_unit"].min(), state.unit or MoneyUnit.WAN
    return ViewTable(
        title=VIEW_TITLES[View.LIBRARY],
        breadcrumb=(VIEW_TITLES[View.LIBRARY],),
        columns=COLUMNS,
        frame=ordered(kept.drop("half_unit"), state),
        totals=kept.drop("half_unit").clear(),
        unit=unit,
        notes=() if every.height else ("资料库里还没有公开材料",),
        decimals=decimals_for(half, unit) if isinstance(half, int) else 2,
        hidden=every.height - kept.height,
        provenance={"view": state.view.value, "unit": unit.value},
    )


def _gathered(frames: Frames) -> pl.DataFrame:
    """All rows in their plain order; kept while these frames live, because every key press asks for them."""
    if _kept and _kept[0][0]() is frames.disclosures and _kept[0][1]() is frames.cells:
        return _kept[0][2]
    every = (
        frames.disclosures.join(_totals(frames), on="disclosure_id", how="left")
        .join(_statements(frames), on="disclosure_id", how="left")
        .join(_notices(frames), on="disclosure_id", how="left")
        .sort(
            ["body", "fiscal_year", "phase", "edition", "source_name"],
            descending=[False, True, False, False, False],
            nulls_last=True,
        )
        .select(*_meta(), *_shown())
    )
    _kept[:] = [(weakref.ref(frames.disclosures), weakref.ref(frames.cells), every)]
    return every


def _meta() -> list[pl.Expr]:
    known: dict[str, pl.Expr] = {
        "key": pl.col("disclosure_id"),
        "row_kind": pl.lit(RowKind.BODY.value),
        "level": pl.lit(0),
        "enter": pl.col("disclosure_id"),
        "change": pl.lit(Change.NONE.value),
    }
    return [known.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in META_SCHEMA.items()]


def _shown() -> list[pl.Expr]:
    return [
        pl.col("fiscal_year").cast(pl.String),
        pl.col("phase").replace_strict(PHASE_TITLES, default=""),
        pl.col("edition").replace_strict(EDITION_TITLES, default=""),
        pl.col("total"),
        pl.col("total#status"),
        pl.col("total#origin"),
        pl.col("half_unit"),
        *[pl.col(name).fill_null(0).cast(pl.Int64) for name in ("statements", *_SEVERITIES)],
        pl.col("form").replace_strict(FORM_TITLES, default=UNKNOWN_FORM),
        pl.col("body").alias("name"),
        pl.col("source_name"),
    ]


_SEVERITIES = tuple(severity.value for severity in Severity)


def _totals(frames: Frames) -> pl.DataFrame:
    """Total revenue as table 1 prints it."""
    return (
        frames.cells.filter(
            (pl.col("statement") == _SUMMARY)
            & (pl.col("row_kind") == RowKind.GRAND_TOTAL.value)
            & (pl.col("side") == Side.REVENUE.value)
            & (pl.col("measure") == "total")
        )
        .unique("disclosure_id", keep="first", maintain_order=True)
        .select(
            "disclosure_id",
            "half_unit",
            total="amount_fen",
            **{"total#status": "column_status", "total#origin": "origin"},
        )
    )


def _statements(frames: Frames) -> pl.DataFrame:
    return frames.statements.group_by("disclosure_id").agg(statements=pl.col("statement").n_unique())


def _notices(frames: Frames) -> pl.DataFrame:
    return frames.notices.group_by("disclosure_id").agg(
        (pl.col("severity") == severity).sum().alias(severity) for severity in _SEVERITIES
    )
