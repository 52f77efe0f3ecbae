"""The frames with all their columns, and what their ids stand for: statements, measures, flags, facts."""

from __future__ import annotations

import polars as pl

from budget.library.frames import SCHEMAS, spoken
from budget.model.disclosure import Phase, RowKind, StatementId
from budget.model.fact_names import TOPICS, WORDS
from budget.model.titles import MEASURES, measure_title, statement_title
from budget.views.text.stated_changes import FLAGS
from tools.docs import frame_words
from tools.docs.markdown import code, table

ROW_KINDS = {
    RowKind.GRAND_TOTAL: "总计",
    RowKind.BODY: "单位小计",
    RowKind.CLASS: "类，三位编码",
    RowKind.SECTION: "款，五位编码",
    RowKind.ITEM: "项，七位编码",
    RowKind.PROJECT: "项目",
    RowKind.SOURCE: "没有编码的行，如收入的各项、“三公”经费的各项",
}
_PARQUET = {
    "String": ("BYTE_ARRAY (UTF8)", "VARCHAR"),
    "Int32": ("INT32", "INTEGER"),
    "Int64": ("INT64", "BIGINT"),
    "Boolean": ("BOOLEAN", "BOOLEAN"),
    "List(String)": ("LIST<BYTE_ARRAY (UTF8)>", "VARCHAR[]"),
    "List(Float64)": ("LIST<DOUBLE>", "DOUBLE[]"),
}
"""Type of a column -> its types in Parquet and in DuckDB; a test asks DuckDB."""
OTHER_IDS = {
    **{kind.value: f"行的种类：{said}" for kind, said in ROW_KINDS.items()},
    **{flag: f"印得不寻常：{said}" for flag, said in FLAGS.items()},
    "repeated_…": "印得不寻常：同一内容印了两次",
    **{topic: f"方面：{said}" for topic, said in TOPICS.items()},
}


def listed() -> str:
    """Every frame: what a row of it is."""
    return table(("数据表", "每行是什么"), [(code(name), frame_words.FRAMES[name]) for name in SCHEMAS])


def columns() -> str:
    """Every column of every frame: type, unit, meaning."""
    return "\n\n".join(f"### {name}\n\n{frame_words.FRAMES[name]}。\n\n{_columns(name)}" for name in SCHEMAS)


def added() -> str:
    """The columns that every exported frame has besides."""
    return table(("列", "意思"), [(code(name), said) for name, said in frame_words.ADDED.items()])


def parquet_folders() -> str:
    """Every frame as a folder of Parquet: what a row of it is, and its columns."""
    rows = [
        (code(f"{name}/"), frame_words.FRAMES[name], " ".join(code(column) for column in schema))
        for name, schema in spoken_schemas().items()
    ]
    return table(("文件夹", "每行是什么", "列"), rows)


def spoken_schemas() -> dict[str, pl.Schema]:
    """The frames as they are written: notices as sentences."""
    return {name: spoken(schema.to_frame()).schema if name == "notices" else schema for name, schema in SCHEMAS.items()}


def parquet_types() -> str:
    """The types of columns, in Parquet and in DuckDB."""
    used: dict[pl.DataType, dict[str, None]] = {}
    for schema in spoken_schemas().values():
        for column, dtype in schema.items():
            used.setdefault(dtype, {})[column] = None
    rows = [
        (type_words(dtype), *map(code, _PARQUET[str(dtype)]), " ".join(map(code, columns)))
        for dtype, columns in used.items()
    ]
    return table(("类型", "Parquet", "DuckDB", "哪些列"), rows)


def ids() -> str:
    """Ids of kinds of rows, flags and topics."""
    return table(("代号", "意思"), [(code(name), said) for name, said in OTHER_IDS.items()])


def facts() -> str:
    """The keys of facts."""
    return table(("`key`", "意思"), [(code(key), said) for key, said in WORDS.items()])


def statements() -> str:
    """The statements that have a known name."""
    rows = [
        (code(known.value), statement_title(known), statement_title(known, Phase.FINAL_ACCOUNTS))
        for known in StatementId
    ]
    return table(("表", "预算", "决算"), rows)


def measures() -> str:
    """The measures that have a known name."""
    titles = {measure: measure_title(StatementId.REVENUE_DETAIL, measure) for measure in MEASURES}
    return table(("列", "意思"), [(code(measure), title) for measure, title in titles.items()])


def _columns(frame: str) -> str:
    rows = [
        (code(column), type_words(dtype), frame_words.unit(column), frame_words.meaning(frame, column))
        for column, dtype in SCHEMAS[frame].items()
    ]
    return table(("列", "类型", "单位", "意思"), rows)


def type_words(dtype: pl.DataType) -> str:
    """A type of a column in words."""
    if isinstance(dtype, pl.List):
        return f"多个{type_words(dtype.inner())}" if isinstance(dtype.inner, type) else f"多个{type_words(dtype.inner)}"
    if dtype.is_integer():
        return "整数"
    if dtype.is_float():
        return "小数"
    return "是否" if dtype == pl.Boolean else "文字"
