"""Word documents: every printed text once, in order, tables with their spans."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.model.disclosure import Severity
from loaders.document import Grid, Paragraph
from loaders.formats import doc, docx
from tests.support.packages import WORD, grids, paragraph, plain, refused, sound, table, tc, texts, word, zipped
from tools.documents.strategies import share

WORD97 = Path(__file__).parent / "data" / "word97.doc"


def lines(body: str, **others: str) -> tuple[str, ...]:
    return docx.read(word(body, **others), "f.docx").lines


def only_grid(body: str) -> Grid:
    document = docx.read(word(body), "f.docx")
    sound(document)
    (grid,) = grids(document)
    return grid


def test_paragraphs_and_tables_stand_in_order() -> None:
    document = docx.read(word(paragraph("前") + table(tc("a") + tc("b")) + paragraph("", "后")), "f.docx")
    assert document.format == "docx"
    assert document.page_count is None
    assert document.lines == ("前", "a\tb", "后")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<w:r><w:t>表1</w:t><w:tab/><w:t>收支</w:t></w:r>", ("表1\t收支",)),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t>丙</w:t></w:r>", ("甲", "乙", "丙")),
        ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/></w:r>", ("1-2",)),
        ('<w:ins w:id="1">{新}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>', ("新",)),
        ("<w:moveFrom>{旧处}</w:moveFrom><w:moveTo>{新处}</w:moveTo>", ("新处",)),
        ('<w:hyperlink r:id="r9">{链接}</w:hyperlink>', ("链接",)),
        ("<w:smartTag>{标记}</w:smartTag>", ("标记",)),
        ("<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent>{控件}</w:sdtContent></w:sdt>", ("控件",)),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>{见}", ("见",)),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>见</w:t></w:r>', ("见",)),
        ('<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr="X">{7}</w:fldSimple>', ("7",)),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', ("□是",)),
        ("<w:ruby><w:rt>{pin}</w:rt><w:rubyBase>{拼}</w:rubyBase></w:ruby>", ("拼",)),
        ("<w:oMath>{a+b}</w:oMath>", ("a+b",)),
    ],
)
def test_what_is_printed_is_read_and_nothing_else(content: str, expected: tuple[str, ...]) -> None:
    """Runs are written in braces."""
    runs = re.sub(r"\{([^}]*)\}", r"<w:r><w:t>\1</w:t></w:r>", content)
    assert lines(f"<w:p>{runs}</w:p>") == expected


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><x>{box}</x></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(f"<w:p><w:r><w:t>框外</w:t></w:r><w:r>{both}</w:r></w:p>" + paragraph("其后")) == (
        "框外",
        "框内",
        "其后",
    )
    assert lines(f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>") == ("框内",)


def test_a_table_in_a_text_box_is_a_grid() -> None:
    box = f"<w:txbxContent>{table(tc('a') + tc('b'))}</w:txbxContent>"
    assert texts(only_grid(f"<w:p><w:r><w:drawing>{box}</w:drawing></w:r></w:p>")) == [["a", "b"]]


def test_notes_stand_at_the_end_and_heads_and_feet_are_left_out() -> None:
    line = f'<w:footnote w:type="separator">{paragraph("线")}</w:footnote>'
    notes = f"<w:x {WORD}>{line}<w:footnote>{paragraph('注')}</w:footnote></w:x>"
    head = f"<w:hdr {WORD}>{paragraph('眉')}</w:hdr>"
    assert lines(paragraph("正文"), footnotes=notes, header1=head) == ("正文", "注")


def test_spans_come_from_the_xml() -> None:
    grid = only_grid(
        table(
            tc("科目", '<w:vMerge w:val="restart"/>') + tc("支出", '<w:gridSpan w:val="2"/>'),
            tc("", "<w:vMerge/>") + tc("基本") + tc("项目"),
            tc("合计") + tc("1.00") + tc(),
        )
    )
    assert [plain(cell) for cell in grid.cells] == [
        (0, 0, 2, 1, "科目"),
        (0, 1, 1, 2, "支出"),
        (1, 1, 1, 1, "基本"),
        (1, 2, 1, 1, "项目"),
        (2, 0, 1, 1, "合计"),
        (2, 1, 1, 1, "1.00"),
        (2, 2, 1, 1, ""),
    ]


def test_skipped_places_do_not_exist() -> None:
    late = '<w:trPr><w:gridBefore w:val="2"/></w:trPr>'
    grid = only_grid(table(tc("a") + tc("b") + tc("c"), late + tc("d")))
    assert plain(grid.cells[-1]) == (1, 2, 1, 1, "d")
    assert len(grid.cells) == 4


def test_old_merges_are_spans_too() -> None:
    grid = only_grid(table(tc("宽", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>"), tc("a") + tc("b")))
    assert plain(grid.cells[0]) == (0, 0, 1, 2, "宽")


def test_a_merge_that_continues_nothing_is_a_cell() -> None:
    grid = only_grid(table(tc("上") + tc("宽"), tc("下", "<w:vMerge/>") + tc("c"), tc("x", '<w:gridSpan w:val="2"/>')))
    assert texts(grid) == [["上", "宽"], ["c"], ["x"]]
    first = only_grid(table(tc("首", "<w:vMerge/>") + tc("c")))
    assert texts(first) == [["首", "c"]]


def test_deleted_and_hidden_rows_are_left_out() -> None:
    gone = "<w:trPr><w:del/></w:trPr>" + tc("旧") + tc("行")
    hidden = "<w:trPr><w:hidden/></w:trPr>" + tc("藏") + tc("行")
    assert texts(only_grid(table(tc("a") + tc("b"), gone, hidden, tc("c") + tc("d")))) == [["a", "b"], ["c", "d"]]


def test_a_nested_table_follows_as_a_grid_of_its_own() -> None:
    document = docx.read(
        word(table(tc(paragraph("外") + table(tc("内1") + tc("内2")) + paragraph("续")) + tc("旁"))), "f"
    )
    assert [texts(grid) for grid in grids(document)] == [[["外\n续", "旁"]], [["内1", "内2"]]]


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert lines(table(tc(paragraph("甲") + paragraph("乙")))) == ("甲", "乙")
    inner = table(tc(paragraph("标题") + table(tc("a") + tc("b"))))
    assert lines(inner) == ("标题", "a\tb")


def test_rows_may_stand_in_content_controls() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('a')}{tc('b')}</w:tr></w:sdtContent></w:sdt>"
    cell = f"<w:tr><w:sdt><w:sdtContent>{tc('c')}</w:sdtContent></w:sdt>{tc('d')}</w:tr>"
    assert texts(only_grid(f"<w:tbl>{row}{cell}</w:tbl>")) == [["a", "b"], ["c", "d"]]


def test_columns_too_narrow_for_a_character_are_none() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    grid = only_grid(
        table(tc("a") + tc("b", wide), tc("c", wide) + tc("d"), tc("e") + tc("") + tc("f"), grid=(2000, 1, 2000))
    )
    assert (grid.rows, grid.columns) == (3, 2)
    assert texts(grid) == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_text_in_a_column_too_narrow_is_not_lost() -> None:
    last = tc("a") + tc("b") + tc("窄")
    first = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("x") + tc("y")
    assert texts(only_grid(table(last, first, grid=(2000, 2000, 5)))) == [["a", "b\n窄"], ["x\ny"]]
    assert texts(only_grid(table(tc("窄") + tc("a") + tc("b"), grid=(5, 2000, 2000)))) == [["窄\na", "b"]]


def test_widths_that_say_nothing_change_nothing() -> None:
    assert texts(only_grid(table(tc("a") + tc("b") + tc("c"), grid=(0, 0, 0)))) == [["a", "b", "c"]]


def test_pictures_and_embedded_files_are_said() -> None:
    body = (
        paragraph("正文")
        + "<w:p><w:r><w:drawing><blip/></w:drawing></w:r><w:r><w:object><OLEObject/></w:object></w:r></w:p>"
    )
    notices = docx.read(word(body + "<w:altChunk/>"), "f").notices
    assert [(notice.severity, notice.sentence[:10]) for notice in notices] == [
        (Severity.INFO, "文档里有 1 张图片"),
        (Severity.LOST, "文档里嵌有 2 个其"),
    ]


def test_a_document_of_pictures_is_refused() -> None:
    assert "只有图片" in refused(docx.read, word("<w:p><w:r><w:drawing><blip/></w:drawing></w:r></w:p>"))
    assert "没有文字" in refused(docx.read, word(""))


def test_damaged_notes_hide_nothing_else() -> None:
    document = docx.read(word(paragraph("正文"), footnotes="<w:x"), "f")
    assert document.lines == ("正文",)
    assert [notice.severity for notice in document.notices] == [Severity.LOST]


def test_spans_without_end_are_refused() -> None:
    many = tc("a", '<w:gridSpan w:val="999999"/>')
    assert "列" in refused(docx.read, word(table(many + tc("b"))))


def test_the_main_part_may_have_another_name() -> None:
    rels = '<R><Relationship Id="a" Type="urn:x/officeDocument" Target="doc/main.xml"/></R>'
    data = zipped(
        {"_rels/.rels": rels, "doc/main.xml": f"<w:document {WORD}><w:body>{paragraph('正文')}</w:body></w:document>"}
    )
    assert docx.read(data, "f").lines == ("正文",)


def test_the_library_for_word_documents_writes_what_is_read() -> None:
    import docx as python_docx

    made = python_docx.Document()
    made.add_paragraph("预算")
    filled = made.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            filled.cell(row, column).text = f"{row}{column}"
    filled.cell(0, 0).merge(filled.cell(1, 1))
    out = BytesIO()
    made.save(out)
    document = docx.read(out.getvalue(), "f")
    assert [plain(cell) for cell in grids(document)[0].cells][:2] == [
        (0, 0, 2, 2, "00\n01\n10\n11"),
        (0, 2, 1, 1, "02"),
    ]


def test_a_binary_document_is_read_like_its_successor() -> None:
    document = doc.read(WORD97.read_bytes(), "f.doc")
    assert document.format == "doc"
    assert [line for line in document.lines if "\t" not in line] == [
        "某局2025年部门预算",
        "单位：万元",
        "以上为全部内容",
    ]
    assert [plain(cell) for cell in grids(document)[0].cells][:6] == [
        (0, 0, 2, 1, "科目"),
        (0, 1, 1, 2, "支出"),
        (1, 1, 1, 1, "基本"),
        (1, 2, 1, 1, "项目"),
        (2, 0, 1, 1, "行政\n运行"),
        (2, 1, 1, 1, "1,234.50"),
    ]


def test_damaged_binary_documents_are_refused() -> None:
    data = WORD97.read_bytes()
    assert refused(doc.read, data[:4_000])
    assert refused(doc.read, data[:600])
    assert refused(doc.read, b"")
    flags = data.index(b"\xec\xa5") + 11  # in the head of the text stream
    encrypted = data[:flags] + bytes([data[flags] | 1]) + data[flags + 1 :]
    assert "密码" in refused(doc.read, encrypted)


def test_a_missing_component_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "doc2docx", None)
    assert "pip install msdoc2docx" in refused(doc.read, WORD97.read_bytes())


@st.composite
def word_rows(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A table with random spans and merges, well-formed or not, and the texts that it must print."""
    rows: list[str] = []
    expected: list[str] = []
    for row in range(draw(st.integers(1, 5))):
        cells = ""
        for column in range(draw(st.integers(1, 5))):
            text = f"r{row}c{column}"
            span = draw(st.integers(0, 4))
            merge = draw(st.sampled_from(["", "", '<w:vMerge w:val="restart"/>']))
            cells += tc(text, f'<w:gridSpan w:val="{span}"/>{merge}')
            expected.append(text)
            if draw(st.booleans()):
                cells += tc("", draw(st.sampled_from(["<w:vMerge/>", "<w:hMerge/>"])))
        before = draw(st.integers(0, 3))
        rows.append(f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>{cells}')
    widths = tuple(draw(st.lists(st.sampled_from([0, 5, 1500]), max_size=8)))
    return table(*rows, grid=widths), expected


@given(word_rows())
@settings(max_examples=share(150), deadline=None)
def test_spans_never_overlap_and_every_text_is_there_once(made: tuple[str, list[str]]) -> None:
    body, expected = made
    document = docx.read(word(body + paragraph("末")), "f")
    sound(document)
    cells = [cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells]
    others = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    found = "\n".join([*cells, *others]).split("\n")
    assert sorted(filter(None, found)) == sorted([*expected, "末"])
