"""The library: one row a disclosure, by body and year; the figures of all of them are gathered in one pass."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

import polars as pl

from budget.i18n.language import N_, current, tr
from budget.library import texts
from budget.model.disclosure import MoneyUnit, RowKind, Severity
from budget.model.matching import normalise
from budget.model.money import decimals_for, unit_title
from budget.views.build import META_SCHEMA, ordered
from budget.views.sources import BODY_UNKNOWN, EDITION_TITLES, PHASE_TITLES
from budget.views.state import VIEW_TITLES, View
from budget.views.table import HALF_UNIT, Change, Column, ColumnKind, ViewTable, worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from budget.library.frames import Frames
    from budget.views.sources import Sources

COLUMNS = (
    Column("fiscal_year", N_("年度"), ColumnKind.CODE),
    Column("phase", N_("阶段"), ColumnKind.TEXT),
    Column("edition", N_("口径"), ColumnKind.TEXT),
    Column("name", N_("部门（单位）"), ColumnKind.TEXT),
    Column("total", N_("收入总计"), ColumnKind.AMOUNT, "total#status", "total#origin", "total"),
    Column("statements", N_("表数"), ColumnKind.INTEGER),
    Column("lost", N_("未读到"), ColumnKind.INTEGER),
    Column("uncertain", N_("不确定"), ColumnKind.INTEGER),
    Column("info", N_("说明"), ColumnKind.INTEGER),
    Column("source_name", N_("文件"), ColumnKind.TEXT),
)
_kept: list[tuple[weakref.ref[pl.DataFrame], weakref.ref[pl.DataFrame], str, pl.DataFrame]] = []
_SEVERITIES = tuple(severity.value for severity in Severity)


def library(sources: Sources) -> ViewTable:
    """Bodies x years, phases and editions: total, number of statements, notices by severity, source file."""
    state, every = sources.state, _gathered(sources.frames)
    every = _with_hidden(every, sources.frames.hidden, listed=state.flat)
    kept = every.filter(matching(every, state.filter, "name")) if state.filter else every
    half, unit = kept[HALF_UNIT].min(), state.unit or MoneyUnit.WAN
    return ViewTable(
        title=tr(VIEW_TITLES[View.LIBRARY]),
        breadcrumb=(tr(VIEW_TITLES[View.LIBRARY]),),
        columns=worded(COLUMNS),
        frame=ordered(kept, state),
        totals=kept.clear(),
        unit=unit,
        notes=() if every.height else (tr("资料都已隐藏") if sources.frames.hidden else tr("资料库里还没有公开材料"),),
        decimals=decimals_for(half, unit) if isinstance(half, int) else 2,
        hidden=every.height - kept.height,
        provenance={"view": state.view.value, "unit": unit_title(unit)},
    )


def matching(every: pl.DataFrame, query: str, *columns: str) -> pl.Series:
    """Which rows of the list match by year or these columns."""
    wanted = normalise(query)
    found = every["fiscal_year"].fill_null("").str.starts_with(wanted)
    for column in columns:
        found |= texts.matching(every[column], wanted)
    return found


def _with_hidden(every: pl.DataFrame, hidden: frozenset[str], *, listed: bool) -> pl.DataFrame:
    """The rows without hidden disclosures, or these marked as such."""
    if not hidden:
        return every
    is_hidden = pl.col("key").is_in(list(hidden))
    if not listed:
        return every.filter(~is_hidden)
    marked = pl.format("{}{}", pl.lit(tr("（已隐藏）")), pl.col("name").fill_null(""))
    return every.with_columns(name=pl.when(is_hidden).then(marked).otherwise("name"))


def _gathered(frames: Frames) -> pl.DataFrame:
    """All rows in their plain order; kept while these frames live, because every key press asks for them."""
    for disclosures, cells, language, kept in _kept:
        if disclosures() is frames.disclosures and cells() is frames.cells and language == current():
            return kept
    every = (
        frames.disclosures.join(frames.listed(), on="disclosure_id", how="left")
        .sort(
            ["body", "fiscal_year", "phase", "edition", "source_name"],
            descending=[False, True, False, False, False],
            nulls_last=True,
        )
        .select(*_meta(), *_shown())
    )
    _kept[:] = [(weakref.ref(frames.disclosures), weakref.ref(frames.cells), current(), every)]
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
        pl.col("phase").replace_strict(_shown_words(PHASE_TITLES), default=""),
        pl.col("edition").replace_strict(_shown_words(EDITION_TITLES), default=""),
        pl.col("total"),
        pl.col("column_status").alias("total#status"),
        pl.col("origin").alias("total#origin"),
        pl.col(HALF_UNIT),
        pl.col("statements", *_SEVERITIES),
        _name(),
        pl.col("source_name"),
    ]


def _name() -> pl.Expr:
    """The body; where a document does not say whose it is, its file."""
    known = pl.col("body").fill_null("") != ""
    unknown = pl.format(tr(BODY_UNKNOWN) + tr("（{}）"), pl.col("source_name").fill_null(""))
    return pl.when(known).then("body").otherwise(unknown).alias("name")


def _shown_words(titles: Mapping[str, str]) -> dict[str, str]:
    return {id_: tr(title) for id_, title in titles.items()}


_SEVERITIES = tuple(severity.value for severity in Severity)
