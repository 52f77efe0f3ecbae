"""Documents that repeat one thing, for the benchmark of slopes: each kind can be made at any size."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "2024年甲局部门预算\n\n"
FRONT_ROWS = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("201", "一般公共服务支出", "7.00", "5.00", "2.00"),
    ("", "合计", "7.00", "5.00", "2.00"),
)
FRONT = HEAD + "部门支出总体情况表\n单位：万元\n" + "".join("\t".join(row) + "\n" for row in FRONT_ROWS) + "\n"
"""What makes a document a disclosure: one table with amounts. What is none is read no further."""
TABLE = "表{no} 部门支出总体情况表{no}\n单位：万元\n"
ROWS = "201 一般公共服务支出 7.00 5.00 2.00\n20101 人大事务 7.00 5.00 2.00\n合计 7.00 5.00 2.00\n"
SENTENCE = "本单位{no}年按照规定开展各项业务工作，安排项目支出3.00万元用于乡村建设和培训。"


class Kind(NamedTuple):
    """A kind of document: its ending, its bytes at a size, and the size that is doubled twice."""

    ending: str
    make: Callable[[int], bytes]
    size: int


def _text(piece: str) -> Callable[[int], bytes]:
    return lambda size: (FRONT + "".join(piece.format(no=no) for no in range(size))).encode()


def _tabs(size: int) -> bytes:
    """A table of codes in text, cells apart by tabs."""
    heads = "部门支出总体情况表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\n"
    rows = "".join(f"201{no:04}\t一般公共服务支出\t7.00\t5.00\n" for no in range(size))
    return (HEAD + heads + rows).encode()


def _html(piece: str, around: str = "{}") -> Callable[[int], bytes]:
    def make(size: int) -> bytes:
        inside = around.format("".join(piece.format(no=no) for no in range(size)))
        front = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in FRONT_ROWS)
        front = f"<p>{HEAD}</p><p>部门支出总体情况表</p><p>单位：万元</p><table>{front}</table>"
        return f"<html><meta charset=utf-8><body>{front}{inside}</body></html>".encode()

    return make


CELLS = "<tr><td>201{no:04}</td><td>一般公共服务支出</td><td>7.00</td><td>5.00</td></tr>"
GRID = (
    "<p>部门支出总体情况表{no}</p><p>单位：万元</p><table><tr><td>编码<td>名称<td>合计</tr>"
    "<tr><td>201<td>一般公共服务支出<td>7.00</tr></table>"
)


def _zipped(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _docx(size: int) -> bytes:
    def row(cells: list[str]) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    body = ""
    for no in range(size):
        body += _paragraph(f"部门支出总体情况表{no}") + _paragraph("单位：万元")
        body += f"<w:tbl>{row(['编码', '名称', '合计'])}{row(['201', '一般公共服务支出', '7.00'])}</w:tbl>"
    return _word(body)


def _word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{_paragraph(HEAD.strip())}{body}'
        "</w:body></w:document>",
    })  # fmt: skip


def _xlsx(rows: list[list[object]], formats: int = 0) -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        kinds = [book.add_format({"num_format": f'0.00"{no}"'}) for no in range(formats)]
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(at, column, value, kinds[at % formats] if formats else None)
    return data.getvalue()


def _tall(size: int) -> bytes:
    heads: list[list[object]] = [
        ["2024年甲局部门预算支出总体情况表"],
        ["单位：万元"],
        ["编码", "名称", "合计", "基本支出"],
    ]
    return _xlsx([*heads, *([f"201{no % 100:02}", "一般公共服务支出", 7, 5] for no in range(size))])


def _wide(size: int) -> bytes:
    heads: list[list[object]] = [["2024年甲局部门预算支出总体情况表"] * size, ["单位：万元"], ["编码", "名称"]]
    return _xlsx([*heads, *([201, "一般公共服务支出", *([7] * (size - 2))] for _ in range(3))])


def _formats(size: int) -> bytes:
    heads: list[list[object]] = [["2024年甲局部门预算支出总体情况表"], ["单位：万元"], ["编码", "名称", "合计"]]
    return _xlsx([*heads, *([f"201{no % 100:02}", "一般公共服务支出", 7] for no in range(size))], size)


def _ods(size: int) -> bytes:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    def row(*cells: str, times: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}">{"".join(map(cell, cells))}</table:table-row>'

    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    rows = row("2024年甲局部门预算支出总体情况表") + row("编码", "名称", "合计")
    rows += row("201", "一般公共服务支出", "7.00", times=size)
    body = f'<office:body><office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = f"<office:document-content {names}>{body}</office:body></office:document-content>"
    return _zipped({"mimetype": kind, "content.xml": content})


def _labels(pattern: str) -> Callable[[int], bytes]:
    """A table in a page whose rows have a label and an amount."""
    row = f"<tr><td>{pattern}</td><td>7.00</td></tr>"
    return _html(row, "<p>部门收支总体情况表</p><p>单位：万元</p><table><tr><td>项目<td>预算数</tr>{}</table>")


def _attributes(size: int) -> bytes:
    """One mark with many attributes."""
    return _html(" a{no}=字", "<p{}>字</p>")(size)


def _nested(size: int) -> bytes:
    """Tables within cells, each beside the last."""
    return _html("<table><tr><td>201<td>7.00</tr></table>", "<table><tr><td>{}</td></tr></table>")(size)


def _paragraphs(size: int) -> bytes:
    return _word("".join(_paragraph(SENTENCE.format(no=no)) for no in range(size)))


def _strings(size: int) -> bytes:
    """A sheet each of whose cells is another text."""
    heads: list[list[object]] = [["2024年甲局部门预算支出总体情况表"], ["单位：万元"], ["编码", "名称", "备注", "合计"]]
    return _xlsx([*heads, *([f"201{no % 100:02}", f"支出{no}", f"备注{no}", 7] for no in range(size))])


def _sheets(size: int) -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        for no in range(size):
            sheet = book.add_worksheet(f"表{no}")
            for at, row in enumerate(
                (["部门预算支出总体情况表"], ["编码", "名称", "合计"], ["201", "一般公共服务支出", 7])
            ):
                sheet.write_row(at, 0, row)
    return data.getvalue()


def _xls(size: int) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    heads = [["2024年甲局部门预算支出总体情况表"], ["单位：万元"], ["编码", "名称", "合计", "基本支出"]]
    for at, row in enumerate([*heads, *([f"201{no % 100:02}", "一般公共服务支出", 7, 5] for no in range(size))]):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def _ofd(pages: int, *, template: bool) -> bytes:
    """Pages with one line each; or with nothing but a template that all of them use, below what the first one says."""

    def words(text: str, top: int = 20) -> str:
        return (
            f'<ofd:TextObject ID="5" Boundary="20 {top} 150 5" Font="2" Size="4"><ofd:TextCode X="0" Y="4" '
            f'DeltaX="g {len(text) - 1} 4">{text}</ofd:TextCode></ofd:TextObject>'
        )

    def page(inside: str, before: str = "") -> str:
        layer = f"<ofd:Layer>{inside}</ofd:Layer>" if inside else ""
        return f"<ofd:Page {_OFD}>{before}<ofd:Content>{layer}</ofd:Content></ofd:Page>"

    listed = "".join(f'<ofd:Page ID="{100 + no}" BaseLoc="Pages/{no}.xml"/>' for no in range(pages))
    shared = '<ofd:TemplatePage ID="9" BaseLoc="T.xml"/>' if template else ""
    parts = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "D/D.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{shared}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "D/T.xml": page("".join(words(SENTENCE.format(no=no), 50 + 6 * no) for no in range(40))),
    }
    front = words(HEAD.strip(), 10)
    for no in range(pages):
        use = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""
        parts[f"D/Pages/{no}.xml"] = page(
            (front if no == 0 else "") + ("" if template else words(SENTENCE.format(no=no))), use
        )
    return _zipped(parts)


def _pdf(pages: int, *, lines: bool) -> bytes:
    """Pages of text, or of a ruled table."""
    from reportlab.pdfgen.canvas import Canvas

    from tools.documents.files import font

    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(600, 800))
    name = font.register()
    for no in range(pages):
        canvas.setFont(name, 9)
        if no == 0:
            canvas.drawString(50, 785, HEAD.strip())
        canvas.drawString(50, 770, f"部门支出总体情况表{no}" if lines else SENTENCE.format(no=no))
        for row in range(20):
            for column, word in enumerate(("201", "一般公共服务支出", "7.00")):
                canvas.drawString(55 + 150 * column, 705 - 20 * row, word if lines else SENTENCE[:12])
        if lines:
            canvas.grid([50, 200, 350, 500], [720 - 20 * row for row in range(21)])
        canvas.showPage()
    canvas.save()
    return data.getvalue()


KINDS = {
    "文本：标题": Kind(".txt", _text(TABLE), 1_500),
    "文本：表": Kind(".txt", _text(TABLE + ROWS), 1_000),
    "文本：说明": Kind(".txt", _text(SENTENCE + "\n"), 4_500),
    "文本：一行": Kind(".txt", _text(SENTENCE), 6_000),
    "文本：项目": Kind(".txt", _text("项目名称：甲{no}\n预算安排规模：3万元\n资金分配情况：差旅费3万元。\n"), 700),
    "文本：名词": Kind(".txt", _text("名词解释\n{no}、财政拨款：指由财政部门拨付的资金。\n"), 1_500),
    "文本：竖线表": Kind(".md", _text("| 201 | 一般公共服务支出 | 7.00 | 5.00 |\n"), 2_000),
    "网页：标题": Kind(".html", _html("<p>部门支出总体情况表{no}</p><p>单位：万元</p>"), 1_500),
    "网页：表": Kind(".html", _html(GRID), 250),
    "网页：行": Kind(".html", _html(CELLS, "<p>部门支出总体情况表</p><table>{}</table>"), 1_500),
    "网页：pre": Kind(".html", _html(SENTENCE + "\n", "<pre>{}</pre>"), 6_000),
    "网页：属性": Kind(".html", _html("<p class=a{no} id=b{no} style='color:red'>字</p>"), 4_000),
    "网页：一个标记的属性": Kind(".html", _attributes, 4_000),
    "网页：表中的表": Kind(".html", _nested, 1_000),
    "网页：没有编码的行": Kind(".html", _labels("甲{no}"), 1_500),
    "网页：其中": Kind(".html", _labels("其中：甲{no}"), 1_500),
    "网页：有序号的行": Kind(".html", _labels("{no}.甲"), 1_500),
    "文本：制表符": Kind(".txt", _tabs, 1_500),
    "文本：失去空格的行": Kind(
        ".txt", lambda size: _text("")(0) + (TABLE + ROWS).format(no=1).encode() + ROWS.encode() * size, 1_500
    ),
    "Word：段落": Kind(".docx", _paragraphs, 4_500),
    "Word：有标题的表": Kind(".docx", _docx, 250),
    "Excel：行": Kind(".xlsx", _tall, 1_500),
    "Excel：宽的标题行": Kind(".xlsx", _wide, 500),
    "Excel：格式": Kind(".xlsx", _formats, 1_500),
    "Excel：不同的文字": Kind(".xlsx", _strings, 1_500),
    "Excel：工作表": Kind(".xlsx", _sheets, 200),
    "XLS：行": Kind(".xls", _xls, 1_500),
    "OFD：页": Kind(".ofd", lambda size: _ofd(size, template=False), 400),
    "OFD：模板": Kind(".ofd", lambda size: _ofd(size, template=True), 50),
    "PDF：文字": Kind(".pdf", lambda size: _pdf(size, lines=False), 75),
    "PDF：表格线": Kind(".pdf", lambda size: _pdf(size, lines=True), 50),
    "ODS：重复的行": Kind(".ods", _ods, 1_500),
}
