"""Documents as open data: a Fiscal Data Package of CSV files in one zip archive.

`facts.csv` holds every printed amount with its coordinates, totals among them: amounts must not be added without
choosing a table and a level. `documents.csv` and `tables.csv` say where they stand. The column types are those of the
Fiscal Data Package 1.0 (taxonomy of OpenSpending); what has none is plain data.
"""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.export.frame_csv import yuan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.library.frames import Frames

DESCRIPTOR = "datapackage.json"
_WRITTEN = (2000, 1, 1, 0, 0, 0)
_LEVELS = (3, 5, 7)
_PHASES = {"budget": "approved", "final": "executed", "adjusted": "adjusted"}
"""Version of a figure -> the phase of the budget that a Fiscal Data Package calls it."""
_KEY = ("disclosure_id", "table_no", "row_no", "column_no")

Field = dict[str, Any]


def _field(name: str, title: str, type_: str = "string", column_type: str = "", **more: Any) -> Field:  # noqa: ANN401
    return {"name": name, "title": title, "type": type_, **({"columnType": column_type} if column_type else {}), **more}


FACTS: tuple[Field, ...] = (
    _field("id", "Document, table, row and column", "string", "budget-line-id", constraints={"unique": True}),
    _field("disclosure_id", "Document"),
    _field("table_no", "Number of the table in the document", "integer"),
    _field("row_no", "Number of the row in the table", "integer"),
    _field("column_no", "Number of the column in the table", "integer"),
    _field("body", "Department or unit (部门、单位)", "string", "administrator:generic:name"),
    _field("fiscal_year", "Fiscal year (年度)", "integer", "date:fiscal-year"),
    _field("direction", "Revenue or expenditure (收支)", "string", "direction"),
    _field("phase", "Phase (年度口径)", "string", "phase:id"),
    _field("version", "Version as printed: budget, adjusted, final, prior_budget, prior_final, change"),
    _field("fund", "Source of funds (资金来源)", "string", "fin-source:generic:code"),
    _field("kind", "Kind of expenditure (支出性质)", "string", "expenditure-type:code"),
    _field("function_1", "Functional class (类)", "string", "functional-classification:generic:level1:code"),
    _field("function_2", "Functional section (款)", "string", "functional-classification:generic:level2:code"),
    _field("function_3", "Functional item (项)", "string", "functional-classification:generic:level3:code"),
    _field("economic_1", "Economic class (经济分类类级)", "string", "economic-classification:generic:level1:code"),
    _field("economic_2", "Economic section (经济分类款级)", "string", "economic-classification:generic:level2:code"),
    _field("item", "Item: three public expenses, procurement and others"),
    _field("project", "Project (项目)", "string", "activity:generic:project:label"),
    _field("unit", "Sub-unit (下属单位)"),
    _field("label", "Label of the row, as printed"),
    _field("row_kind", "What the row is: grand_total, class, section, item, project, source, body"),
    _field("column_status", "How sure the column is: printed, solved, inferred, ambiguous"),
    _field("printed", "The amount as printed"),
    _field("value", "Amount in yuan (元)", "number", "value", currency="CNY"),
)
DOCUMENTS: tuple[Field, ...] = (
    _field("disclosure_id", "Document", constraints={"unique": True}),
    _field("sha256", "SHA-256 of the file"),
    _field("body", "Department or unit"),
    _field("fiscal_year", "Fiscal year", "integer"),
    _field("phase", "budget or final_accounts"),
    _field("edition", "department or unit"),
    _field("source_name", "Name of the file"),
)
TABLES: tuple[Field, ...] = (
    _field("disclosure_id", "Document"),
    _field("table_no", "Number of the table in the document", "integer"),
    _field("statement", "Known name of the table"),
    _field("printed_number", "Number as printed"),
    _field("printed_title", "Title as printed"),
    _field("breakdown", "What the rows are"),
    _field("note", "Note below the table"),
)


def to_datapackage(frames: Frames) -> bytes:
    """The zip archive: amounts in yuan, exact; what is not printed is empty.

    The same documents give the same bytes.
    """
    tables = {
        "facts": (FACTS, _facts(frames)),
        "documents": (DOCUMENTS, frames.disclosures.select([field["name"] for field in DOCUMENTS])),
        "tables": (TABLES, frames.statements.select([field["name"] for field in TABLES])),
    }
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, DESCRIPTOR, json.dumps(_descriptor(tables), ensure_ascii=False, indent=2).encode("utf-8"))
        for name, (_, frame) in tables.items():
            _add(archive, f"{name}.csv", frame.write_csv(line_terminator="\r\n").encode("utf-8", errors="replace"))
    return data.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    about = zipfile.ZipInfo(name, _WRITTEN)
    about.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(about, data)


def _descriptor(tables: Mapping[str, tuple[Sequence[Field], pl.DataFrame]]) -> dict[str, Any]:
    keys = {"facts": ["id"], "documents": ["disclosure_id"]}
    whose = {"fields": ["disclosure_id"], "reference": {"resource": "documents", "fields": ["disclosure_id"]}}
    resources = []
    for name, (fields, _) in tables.items():
        schema: dict[str, Any] = {"fields": list(fields), "missingValues": [""]}
        schema |= {"primaryKey": keys[name]} if name in keys else {}
        schema |= {"foreignKeys": [whose]} if name != "documents" else {}
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"lineTerminator": "\r\n", "delimiter": ","},
                "schema": schema,
            }
        )
    return {
        "profile": "fiscal-data-package",
        "name": "budget-disclosures",
        "title": "部门预算公开",
        "description": "Amounts as Chinese departments and units disclose them, with what each means. Totals and parts "
        "are both there: choose a table and a level before adding.",
        "countryCode": "CN",
        "currencyCode": "CNY",
        "resources": resources,
    }


def _facts(frames: Frames) -> pl.DataFrame:
    owners = frames.disclosures.select("disclosure_id", "body", "fiscal_year")
    cells = frames.cells.join(owners, on="disclosure_id", how="left", maintain_order="left")
    function, economic = pl.col("function").fill_null(""), pl.col("economic").fill_null("")
    made = cells.with_columns(
        id=pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in (*_KEY, "measure")], separator="/"),
        direction=pl.col("flow"),
        phase=pl.col("version").replace_strict(_PHASES, default=""),
        label=pl.col("row_path").list.last(),
        value=yuan(pl.col("amount_fen")),
        **{f"function_{number}": _level(function, digits) for number, digits in enumerate(_LEVELS, 1)},
        **{f"economic_{number}": _level(economic, digits) for number, digits in enumerate(_LEVELS[:2], 1)},
    )
    repeated = pl.col("id").cum_count().over("id")
    told_apart = pl.concat_str(pl.col("id"), pl.lit("#"), repeated.cast(pl.String))
    made = made.with_columns(id=pl.when(repeated > 1).then(told_apart).otherwise("id"))
    return made.select([field["name"] for field in FACTS])


def _level(code: pl.Expr, digits: int) -> pl.Expr:
    """The code down to a level; nothing where the printed one ends above it."""
    return pl.when(code.str.len_chars() >= digits).then(code.str.slice(0, digits)).otherwise(pl.lit(""))
