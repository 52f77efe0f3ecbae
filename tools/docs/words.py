"""Marks, statuses, severities, outcomes, formats: small tables of words that the code defines."""

from __future__ import annotations

from budget.checks.wording import MEANINGS, OUTCOMES
from budget.export.findings import COLUMNS
from budget.export.rows import CHANGE_HEAD, FINDING_HEAD, NEAR_HEAD, NOTE_HEAD, ROW_MARK
from budget.export.table import ORIGIN_HEAD, STATUS_HEAD
from budget.model.disclosure import AmountOrigin, ColumnStatus, Severity
from loaders.load import SUFFIXES
from tools.docs.markdown import code, codes, table
from tui import messages
from tui.actions import hinted
from tui.terminal.glyphs import BLOCKS, ORIGIN_MARKS, STATUS_MARKS

STATUSES = {
    ColumnStatus.PRINTED.value: "原表所印的列",
    ColumnStatus.SOLVED.value: "空栏丢失，算术只有一个解",
    ColumnStatus.INFERRED.value: "不止一个解，按含义选了一个",
    ColumnStatus.AMBIGUOUS.value: "不能确定，列出可能的列",
    "computed": "yusuan 算的，不是印出的",
}
ORIGINS = {
    AmountOrigin.PRINTED.value: "印出的数字",
    AmountOrigin.RECONSTRUCTED.value: "重建：电子表格没有记下小数位数，位数是推定的",
    AmountOrigin.RECOGNISED.value: "识别：从图像中认出的数字",
}
SEVERITIES = {
    Severity.INFO: "没有问题，只是告诉您，如哪张是空表",
    Severity.UNCERTAIN: "读到了，但有不确定之处，须看原文",
    Severity.LOST: "没有读到，须看原文",
}
FORMATS: tuple[tuple[str, str, str], ...] = (
    ("PDF", ".pdf", "有框线的表按框线读，最准；没有框线的按文字读。扫描件见下"),
    ("Word", ".docx", "段落和表格；表格按单元格读"),
    ("旧的 Word、WPS 文字", ".doc .wps", "先转成 docx 再读；转换不了的会说明"),
    ("Excel", ".xlsx .xlsm", "看得见的工作表，按单元格和显示格式读；公式取保存的结果，宏不执行"),
    ("旧的 Excel、WPS 表格", ".xls .et", "同上"),
    ("OpenDocument 表格", ".ods", "同上"),
    ("网页", ".html .htm .mht .mhtml", "网页里的文字和表格；脚本不执行，也不上网取别的文件"),
    ("OFD", ".ofd", "国家版式文件，同 PDF"),
    ("文本", ".txt .md .text", "从 PDF 等提取的文字；丢了空栏时由算术找回"),
)
"""A format, the endings of its files, how it is read."""
EXPORT_COLUMNS = {
    ROW_MARK: "“合计”是合计行；“计算”是 yusuan 加的行",
    CHANGE_HEAD: "对比时：不变、变动、新增、取消；与另一单位对比时：仅本单位、仅对方",
    NEAR_HEAD: "按近似的名称配对时，对比年的名称",
    NOTE_HEAD: "关于这一行要说明的话，如舍入差额",
    FINDING_HEAD: "这一行与别处不能同时成立时，是哪里",
    STATUS_HEAD: "金额的列有多可靠；各列不同时写成“列=标记”",
    ORIGIN_HEAD: "金额的数字从哪里来；各列不同时写成“列=标记”",
}
"""Columns that a CSV has where they say anything: head -> what it says."""


def marks() -> str:
    """Every mark that the help explains."""
    known = (*messages.MARKS, (BLOCKS.near, messages.MARK_NEAR), (BLOCKS.touched, messages.MARK_TOUCHED))
    return table(("标记", "意思"), [(code(mark), hinted(meaning)) for mark, meaning in known])


def statuses() -> str:
    """How sure the column of an amount is."""
    rows = [(code(STATUS_MARKS.get(name, "")), code(name), said) for name, said in STATUSES.items()]
    return table(("屏幕上", "`column_status`", "意思"), rows)


def origins() -> str:
    """Where the digits of an amount come from."""
    rows = [(code(ORIGIN_MARKS.get(name, "")), code(name), said) for name, said in ORIGINS.items()]
    return table(("屏幕上", "`origin`", "意思"), rows)


def severities() -> str:
    """How much a notice of the reading report matters."""
    rows = [(messages.SEVERITY[kind.value], code(kind.value), said) for kind, said in SEVERITIES.items()]
    return table(("屏幕上", "`severity`", "意思"), rows)


def formats() -> str:
    """The files that are read."""
    return table(("格式", "扩展名", "怎样读"), [(name, codes(endings.split()), how) for name, endings, how in FORMATS])


def endings() -> set[str]:
    """The endings in the table of formats; all of them are those of the loader."""
    found = {ending for _, listed, _ in FORMATS for ending in listed.split()}
    if found != set(SUFFIXES):
        raise ValueError(found ^ set(SUFFIXES))
    return found


def outcomes() -> str:
    """The outcomes of checks."""
    return table(("结果", "意思"), [(OUTCOMES[outcome], meaning) for outcome, meaning in MEANINGS.items()])


def export_columns() -> str:
    """Columns that a CSV of a view may have besides its own."""
    return table(("列", "意思"), EXPORT_COLUMNS.items())


def report_columns() -> str:
    """The columns of a report of findings as CSV."""
    return "、".join(COLUMNS.values())
