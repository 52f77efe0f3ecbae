"""The table of limits: what is bounded, how far, and where the number stands."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from tools.docs.markdown import code, table

BYTES, SECONDS, FEN = "字节", "秒", "分"
_MEGA, _GIGA = 1 << 20, 1 << 30


class Limit(NamedTuple):
    """A limit: the module and constant that hold it, its unit, what it bounds."""

    module: str
    name: str
    unit: str
    what: str


LIMITS = (
    Limit("loaders.workers.pool", "SECONDS", SECONDS, "读一份资料的时间；到时停止，说一句话，其余资料照常读"),
    Limit("loaders.workers.pool", "START_SECONDS", SECONDS, "读取进程启动的时间"),
    Limit("loaders.workers.pool", "MOST_WORKERS", "个", "同时读取的进程；不多于处理器的个数"),
    Limit(
        "loaders.workers.memory",
        "DEFAULT",
        BYTES,
        "一个读取进程的内存；设置 reading_memory 改变它，全部读取进程不超过机器内存的一半",
    ),
    Limit("loaders.workers.messages", "MOST_BYTES", BYTES, "读取进程答复的一段"),
    Limit("loaders.amounts", "LARGEST_FEN", FEN, "一个金额；更大的不读入，逐个说明"),
    Limit("loaders.amounts", "ROOM", FEN, "一份资料全部金额之和"),
    Limit("loaders.words.tokens", "LINE_LIMIT", "字", "文字的一行；其余部分不作为表格读"),
    Limit("loaders.formats.text.reader", "SIZE_LIMIT", BYTES, "任何文件"),
    Limit("loaders.formats.tables", "CELL_LIMIT", "个", "一份资料的单元格"),
    Limit("loaders.formats.tables", "COLUMN_LIMIT", "列", "文字或网页中的一张表"),
    Limit("loaders.formats.tables", "AREA_LIMIT", "个", "一张工作表连同空白单元格；更大的只数有内容的行列"),
    Limit("loaders.formats.package", "MEMBER_LIMIT", "个", "压缩格式（docx、xlsx、ods、ofd）里的文件"),
    Limit("loaders.formats.package", "PART_LIMIT", BYTES, "其中一个文件解开后"),
    Limit("loaders.formats.package", "TOTAL_LIMIT", BYTES, "全部文件解开后"),
    Limit("loaders.formats.package", "NODE_LIMIT", "个", "一个 XML 文件的标记"),
    Limit("loaders.formats.package", "DEPTH_LIMIT", "层", "XML 标记的嵌套"),
    Limit("loaders.formats.doc", "_INPUT_LIMIT", BYTES, "doc、wps 文件"),
    Limit("loaders.formats.doc", "_STREAM_LIMIT", BYTES, "doc、wps 文件里的一个流"),
    Limit("loaders.formats.doc", "_ENTRY_LIMIT", "个", "doc、wps 文件里的目录项"),
    Limit("loaders.formats.html", "SIZE_LIMIT", BYTES, "网页"),
    Limit("loaders.formats.html", "TAG_LIMIT", "个", "网页的标记"),
    Limit("loaders.formats.html", "DEPTH_LIMIT", "层", "网页标记的嵌套"),
    Limit("loaders.formats.html", "STYLE_LIMIT", "个", "网页中未关闭的样式标记乘以标记"),
    Limit("loaders.formats.html", "ATTRIBUTE_LIMIT", "个", "网页里一个标记的属性"),
    Limit("loaders.formats.spreadsheet.ods", "_REPEAT_LIMIT", "次", "ods 中重复的行或单元格"),
    Limit(
        "loaders.formats.spreadsheet.ods", "COPY_LIMIT", "个", "ods 中重复的行和单元格一共加上的单元格；其余的只读一次"
    ),
    Limit("loaders.formats.spreadsheet.xls", "STRING_LIMIT", "个", "xls、et 中不同的文字"),
    Limit("loaders.formats.lattice.mesh", "RULE_LIMIT", "条", "一页的表格线"),
    Limit("loaders.formats.lattice.mesh", "FIELD_LIMIT", "个", "一张表中线与线之间的格"),
    Limit("loaders.formats.pdf.reader", "PAGE_LIMIT", "页", "PDF"),
    Limit("loaders.formats.pdf.reader", "CHARACTER_LIMIT", "字", "PDF 的一页"),
    Limit("loaders.formats.pdf.reader", "CELL_LIMIT", "个", "PDF 的单元格"),
    Limit("loaders.formats.pdf.objects", "OBJECT_LIMIT", "个", "PDF 一页的图形"),
    Limit("loaders.formats.pdf.objects", "DEPTH_LIMIT", "层", "PDF 图形的嵌套"),
    Limit("loaders.formats.pdf.scan", "PAGE_LIMIT", "页", "从图像识别的 PDF"),
    Limit("loaders.formats.ofd.reader", "PAGE_LIMIT", "页", "OFD"),
    Limit("loaders.formats.ofd.reader", "TEMPLATE_LIMIT", "字", "OFD 的模板放到各页上的文字"),
    Limit("loaders.formats.ofd.page", "GLYPH_LIMIT", "字", "OFD 的一页"),
    Limit("loaders.formats.ofd.page", "SEGMENT_LIMIT", "条", "OFD 一页的线"),
    Limit("budget.library.parts", "MOST_MANIFEST", BYTES, "资料库文件的目录"),
    Limit("tui.library.documents", "MOST_HASHED", BYTES, "按内容比较的文件"),
    Limit("tui.library.made_from", "MOST_HASHED", BYTES, "打开上次的画面之前按内容核对的文件"),
)
"""Every limit of reading; a test finds those that are missing."""


def listed() -> str:
    """The limits as a table."""
    rows = [(one.what, formatted(one), code(f"{one.module}.{one.name}")) for one in LIMITS]
    return table(("限制什么", "至多", "数值所在"), rows)


def formatted(limit: Limit) -> str:
    """The number of a limit with its unit."""
    value = getattr(import_module(limit.module), limit.name)
    if limit.unit == BYTES:
        size, unit = (_GIGA, "GB") if value >= _GIGA else (_MEGA, "MB")
        return f"{value // size} {unit}"
    if limit.unit == FEN:
        return f"{value // 10**14:,} 万亿元"
    return f"{value:,.0f} {limit.unit}"
