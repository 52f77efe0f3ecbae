"""Web pages: tables with their spans, text by blocks, encodings as declared, nothing hidden."""

from __future__ import annotations

import base64
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.model.disclosure import UnreadableDocumentError
from loaders.formats import html
from tests.support.packages import grids, plain, refused, sound, texts
from tools.documents.strategies import share

TABLE = "<table><tr><td>a<td>b<tr><td>c<td>d</table>"


def lines(body: str) -> tuple[str, ...]:
    return html.read(f"<html><body>{body}</body></html>".encode(), "f.html").lines


def cells(body: str) -> list[tuple[int, int, int, int, str]]:
    document = html.read(body.encode(), "f.html")
    sound(document)
    (grid,) = grids(document)
    return [plain(cell) for cell in grid.cells]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div>某局<span>2025</span>年<b>预算</b></div><p>单位：万元", ("某局2025年预算", "单位：万元")),
        ("<p>甲<br>乙<br/>丙", ("甲", "乙", "丙")),
        ("  甲 \n\t 乙  ", ("甲 乙",)),
        ("&nbsp;&nbsp;甲&nbsp;&nbsp;乙&nbsp;", ("甲  乙",)),
        ("&#x9884;&#31639; &lt;1&gt; &amp;", ("预算 <1> &",)),
        ("<pre>甲\n  乙</pre>", ("甲", "乙")),
        ("<script>x</script><style>y</style>甲<!-- z --><noscript>n</noscript>", ("甲",)),
        ('<p style="color:red; DISPLAY : none">藏<p>见<p hidden>藏', ("见",)),
        ("<title>题</title><p>文", ("文",)),
        ("<ul><li>一<li>二</ul>", ("一", "二")),
        (f"前{TABLE}后", ("前", "a\tb", "c\td", "后")),
        ("<table><caption>表1</caption><tr><td>a<td>b</table>", ("表1", "a\tb")),
        ("<table><tr><td>只此一格<br>两行</table>", ("只此一格", "两行")),
    ],
)
def test_text_is_read_by_blocks(body: str, expected: tuple[str, ...]) -> None:
    assert lines(body) == expected


def test_spans() -> None:
    body = (
        "<table><tr><th rowspan=2>科目<th colspan='2'>支出<tr><td>基本<td>项目"
        "<tr><td>&nbsp;行政<br>运行</td><td x:num='1'>1,234.50</td><td></td></table>"
    )
    assert cells(body) == [
        (0, 0, 2, 1, "科目"),
        (0, 1, 1, 2, "支出"),
        (1, 1, 1, 1, "基本"),
        (1, 2, 1, 1, "项目"),
        (2, 0, 1, 1, "行政\n运行"),
        (2, 1, 1, 1, "1,234.50"),
        (2, 2, 1, 1, ""),
    ]


def test_spans_are_clipped_to_what_is_there() -> None:
    body = "<table><tr><td rowspan=99>a<td colspan=1000>b<tr><td rowspan=0>c<td>d<tr><td colspan=-1 rowspan=x>e</table>"
    assert cells(body) == [
        (0, 0, 3, 1, "a"),
        (0, 1, 1, 2, "b"),
        (1, 1, 2, 1, "c"),
        (1, 2, 1, 1, "d"),
        (2, 2, 1, 1, "e"),
    ]


def test_a_span_never_covers_a_cell_that_is_there() -> None:
    assert cells("<table><tr><td>a<td rowspan=2>b<tr><td colspan=3>c<td>d</table>") == [
        (0, 0, 1, 1, "a"),
        (0, 1, 2, 1, "b"),
        (1, 0, 1, 1, "c"),
        (1, 2, 1, 1, "d"),
    ]


def test_hidden_rows_and_cells_are_left_out() -> None:
    body = "<table><tr><td>a<td>b<tr style='display:none'><td>x<td>y<tr><td>c<td hidden>z<td>d</table>"
    assert [cell[-1] for cell in cells(body)] == ["a", "b", "c", "d"]


def test_the_foot_of_a_table_is_last() -> None:
    body = "<table><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>a<td>3</tbody></table>"
    assert [cell[-1] for cell in cells(body)] == ["a", "3", "合计", "3"]


def test_a_table_that_holds_tables_is_layout() -> None:
    body = f"<table><tr><td>左栏<td>题{TABLE}中{TABLE}末</table>后"
    document = html.read(body.encode(), "f")
    assert document.lines == ("左栏", "题", "a\tb", "c\td", "中", "a\tb", "c\td", "末", "后")
    assert [texts(grid) for grid in grids(document)] == [[["a", "b"], ["c", "d"]]] * 2


@pytest.mark.parametrize(
    ("head", "encoding", "named"),
    [
        ('<meta charset="gb2312">', "gb18030", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030", "gb18030"),
        ("<meta charset=big5>", "big5", "big5"),
        ("<meta charset=utf-8>", "utf-8", "utf-8"),
        ('<?xml version="1.0" encoding="gb18030"?>', "gb18030", "gb18030"),
        ("", "utf-8", "utf-8"),
        ("", "gb18030", "gb18030"),
        ("", "utf-16", "utf-16"),
        ("<meta charset=utf-16>", "utf-8", "utf-8"),
        ("<meta charset=utf-8>", "gb18030", "gb18030"),  # declared wrongly
        ("<meta charset=no-such-thing>", "gb18030", "gb18030"),
    ],
)
def test_encodings(head: str, encoding: str, named: str) -> None:
    document = html.read(f"{head}<p>部門預算，单位".replace("单", "單").encode(encoding), "f")
    assert document.lines == ("部門預算，單位",)
    assert document.encoding == named


def test_a_few_broken_bytes_are_shown_and_said() -> None:
    data = b"<meta charset=utf-8><p>" + "部门预算公开".encode() * 200 + b"\xff\xfe" + "完".encode()
    document = html.read(data, "f")
    assert document.encoding == "utf-8?"
    assert "\ufffd" in document.lines[0]


def test_a_page_saved_as_one_file() -> None:
    part = "<html><body><p>部门预算</p></body></html>".encode("gb18030")
    quoted = "".join(f"={byte:02X}" if byte > 126 or byte == 61 else chr(byte) for byte in part)
    mail = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        f"{quoted}\r\n--b--\r\n"
    )
    assert html.read(mail.encode("ascii"), "f.mht").lines == ("部门预算",)
    empty = mail.replace("text/html", "text/css")
    assert "没有正文" in refused(html.read, empty.encode("ascii"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<html><body></body></html>", "没有文字"),
        (b"<frameset><frame src='sheet001.htm'></frameset>", "没有文字"),
        (b"<html><body>" + b"<div>" * 30_000, "层次"),
        (b"<p>" + b"".join(b"<font a%d>" % i for i in range(2_000)) + b"<p>x" * 20_000, "层次"),
        (b"<table><tr>" + b"<td>x" * 2_001 + b"</table>", "列"),
        (b"<table>" + b"<tr><td colspan=1999>x" * 600 + b"</table>", "单元格"),
    ],
)
def test_pages_without_text_or_without_end_are_refused(data: bytes, expected: str) -> None:
    assert expected in refused(html.read, data)


def test_a_missing_component_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    assert "pip install selectolax" in refused(html.read, b"<p>x")


def test_size_and_number_of_tags_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.formats.html.TAG_LIMIT", 10)
    assert "内容过多" in refused(html.read, b"<p>x" * 11)
    monkeypatch.setattr(html, "SIZE_LIMIT", 10)
    assert "MB" in refused(html.read, b"<p>12345678")


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(["", "0", "1", "2", "3", "99"]), st.sampled_from(["", "0", "1", "2", "7"])),
                 min_size=1, max_size=5),
        min_size=1, max_size=5,
    )
)  # fmt: skip
@settings(max_examples=share(150), deadline=None)
def test_cells_never_overlap_and_every_text_is_there_once(rows: list[list[tuple[str, str]]]) -> None:
    written = [
        [f'<td rowspan="{high}" colspan="{wide}">r{r}c{c}</td>' for c, (high, wide) in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    body = "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in written) + "</table>"
    document = html.read(body.encode(), "f")
    sound(document)
    found = [text for line in document.lines for text in line.split("\t") if text]
    assert sorted(found) == sorted(f"r{r}c{c}" for r, row in enumerate(rows) for c in range(len(row)))


@pytest.mark.parametrize("depth", [5, 3_000])
def test_parts_in_parts_of_a_saved_page_are_read_at_any_depth(depth: int) -> None:
    mail = "Content-Transfer-Encoding: base64\nContent-Type: text/html; charset=gb18030\n\n"
    mail += base64.b64encode("<p>2024年甲局部门预算</p>".encode("gb18030")).decode() + "\n"
    for level in range(depth):
        mail = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{mail}\n--b{level}--\n"
    assert html.read(f"MIME-Version: 1.0\n{mail}".encode("ascii"), "f.mht").lines == ("2024年甲局部门预算",)


def test_parts_in_parts_without_a_page_are_refused() -> None:
    mail = "Content-Type: text/plain\n\nx\n"
    for level in range(3_000):
        mail = f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n{mail}\n--b{level}--\n"
    with pytest.raises(UnreadableDocumentError):
        html.read(f"MIME-Version: 1.0\n{mail}".encode("ascii"), "f.mht")


def test_an_element_with_a_thousand_attributes_is_read_and_with_more_refused() -> None:
    def page(count: int) -> str:
        return "<p" + "".join(f" a{no}='<b'" for no in range(count)) + ">甲</p>"

    assert lines(page(html.ATTRIBUTE_LIMIT)) == ("甲",)
    with pytest.raises(UnreadableDocumentError, match="一个标记的属性超过 1000 个"):
        lines(page(html.ATTRIBUTE_LIMIT + 1))
