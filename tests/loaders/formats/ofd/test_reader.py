"""OFD pages: text objects and paths come to stand where they are printed, and become grids and lines."""

from __future__ import annotations

import pytest

from budget.model.disclosure import Severity
from loaders.formats.ofd import reader
from loaders.formats.ofd.page import POINTS, Marks, _placed, add, box_of
from loaders.formats.package import parse_xml
from tests.support import packages
from tests.support.packages import grids, plain, refused, replaced, sound

PAPER = (0.0, 0.0, 100.0, 50.0)
MM = POINTS


def marks(content: str) -> Marks:
    found = Marks()
    add(parse_xml(f'<a xmlns:ofd="o">{content}</a>'.encode(), "f", "page"), PAPER, found)
    return found


def text(words: str, x: float, y: float, *, more: str = "", code: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 40 5" Size="4"{more}>'
        f'<ofd:TextCode X="0" Y="4"{code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, *, more: str = "", inner: str = "", boundary: str = "0 0 100 50") -> str:
    return (
        f'<ofd:PathObject Boundary="{boundary}"{more}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ruled(xs: tuple[float, ...], ys: tuple[float, ...]) -> str:
    lines = [f"M {xs[0]} {y} L {xs[-1]} {y}" for y in ys] + [f"M {x} {ys[0]} L {x} {ys[-1]}" for x in xs]
    return "".join(map(path, lines))


def near(found: list[float], expected: list[float]) -> bool:
    return found == pytest.approx([number * MM for number in expected], abs=0.01)


def test_a_ruled_page_is_a_grid_with_lines_around_it() -> None:
    content = text("部门预算", 10, 2) + ruled((10, 40, 90), (10, 20, 30))
    content += (
        text("科目", 12, 13)
        + text("金额", 42, 13)
        + text("行政", 12, 23)
        + text("1,234.50", 42, 23)
        + text("注", 10, 40)
    )
    document = reader.read(packages.ofd(content, pages=2), "f.ofd")
    sound(document)
    assert (document.format, document.page_count) == ("ofd", 2)
    assert document.lines[:4] == ("部门预算", "科目\t金额", "行政\t1,234.50", "注")
    assert document.pages == (1, 1, 1, 1, 2, 2, 2, 2)
    grid = grids(document)[0]
    assert [plain(cell) for cell in grid.cells] == [
        (0, 0, 1, 1, "科目"),
        (0, 1, 1, 1, "金额"),
        (1, 0, 1, 1, "行政"),
        (1, 1, 1, 1, "1,234.50"),
    ]
    assert grid.cells[0].box == pytest.approx([10 * MM, 10 * MM, 40 * MM, 20 * MM], abs=0.1)


def test_templates_lie_under_every_page() -> None:
    document = reader.read(packages.ofd(text("正文", 10, 20), template=text("版头", 10, 2), pages=2), "f")
    assert document.lines == ("版头", "正文", "版头", "正文")


def test_templates_that_fill_many_pages_are_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "TEMPLATE_LIMIT", 3)
    document = reader.read(packages.ofd(text("正文", 10, 20), template=text("版头", 10, 2), pages=3), "f")
    assert document.lines == ("版头", "正文", "版头", "正文", "正文")
    assert [notice.sentence for notice in document.notices] == ["第 3 页模板里的文字过多，模板未读。"]


def test_a_template_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = reader._drawn
    monkeypatch.setattr(reader, "_drawn", lambda *args: drawn.append(args[1]) or draw(*args))
    document = reader.read(packages.ofd(text("正文", 10, 20), template=text("版头", 10, 2), pages=5), "f")
    assert document.lines == ("版头", "正文") * 5
    assert len(drawn) == 1


def test_pages_with_nothing_but_templates_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[int] = []
    lay_out = reader._laid_out
    monkeypatch.setattr(reader, "_laid_out", lambda *args: laid_out.append(args[-1]) or lay_out(*args))
    bare = reader.read(packages.ofd("", template=text("版头", 10, 2), pages=3), "f")
    assert (bare.lines, bare.pages, laid_out) == (("版头",) * 3, (1, 2, 3), [1])
    reader.read(packages.ofd(text("正文", 10, 20), template=text("版头", 10, 2), pages=3), "f")
    assert laid_out == [1, 1, 2, 3]


def test_a_page_that_is_listed_again_is_read_once_and_said() -> None:
    members = {
        "OFD.xml": '<OFD xmlns="urn:ofd"><DocBody><DocRoot>D/D.xml</DocRoot></DocBody></OFD>',
        "D/D.xml": '<Document xmlns="urn:ofd"><Pages>' + '<Page BaseLoc="P.xml"/>' * 3 + "</Pages></Document>",
        "D/P.xml": (
            f'<Page xmlns="urn:ofd"><Content><Layer>{text("预算", 10, 10).replace("ofd:", "")}</Layer></Content></Page>'
        ),
    }
    document = reader.read(packages.zipped(members), "f")
    assert document.lines == ("预算",)
    assert [notice.sentence for notice in document.notices] == ["第 2、3 页与第 1 页是同一内容，未再读。"]


def test_text_that_is_turned_or_mirrored_keeps_its_corners() -> None:
    boxes = [
        _placed(matrix, (1, 2, 3, 5)) for matrix in ((1, 0, 0, 1, 10, 20), (-1, 0, 0, 1, 10, 20), (0, 1, 1, 0, 0, 0))
    ]
    assert boxes == [(11, 22, 13, 25), (7, 22, 9, 25), (2, 1, 5, 3)]


def test_names_without_a_prefix_are_the_same() -> None:
    plain_names = 'xmlns="urn:ofd"'
    members = {
        "OFD.xml": f"<OFD {plain_names}><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>",
        "D/Document.xml": f'<Document {plain_names}><Pages><Page BaseLoc="/D/P0.xml"/></Pages></Document>',
        "D/P0.xml": (
            f"<Page {plain_names}><Content><Layer>{text('预算', 10, 10).replace('ofd:', '')}</Layer></Content></Page>"
        ),
    }
    assert reader.read(packages.zipped(members), "f").lines == ("预算",)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (' DeltaX="4 4"', [10, 14, 18]),
        (' DeltaX="g 2 5"', [10, 15, 20]),
        (' DeltaX="5"', [10, 15, 20]),  # the last distance goes on
        (' DeltaX="g 1 4 6"', [10, 14, 20]),
        ("", [10, 14, 18]),
        (' DeltaY="g 2 4"', [10, 10, 10]),
    ],
)
def test_characters_follow_their_distances(code: str, expected: list[float]) -> None:
    found = marks(text("甲乙丙", 10, 10, code=code))
    assert "".join(found.text) == "甲乙丙"
    assert near(found.left, expected)


def test_latin_characters_are_half_as_wide() -> None:
    found = marks(text("1甲", 10, 10))
    assert near(found.left, [10, 12])
    assert near(found.right, [12, 16])


def test_a_code_without_place_goes_on_from_the_one_before() -> None:
    two = '<ofd:TextObject Boundary="10 10 40 5" Size="4"><ofd:TextCode X="1" Y="4">甲</ofd:TextCode>'
    found = marks(two + '<ofd:TextCode Y="8">乙</ofd:TextCode></ofd:TextObject>')
    assert near(found.left, [11, 11])
    assert found.top[1] - found.top[0] == pytest.approx(4 * MM)


def test_objects_are_turned_and_scaled_by_their_matrix() -> None:
    assert near(marks(text("甲", 10, 10, more=' CTM="2 0 0 2 1 0"')).left, [11])
    turned = marks(text("甲乙", 50, 10, more=' CTM="0 1 -1 0 0 0"'))
    assert near(turned.top, [10, 14])
    assert turned.left[0] == turned.left[1]
    rules = marks(path("M 0 0 L 0 30", more=' CTM="0 1 -1 0 40 5"'))
    assert len(rules.horizontal) == 1
    assert near(list(rules.horizontal[0]), [5, 10, 40])


def test_the_corner_of_the_paper_is_the_origin() -> None:
    found = Marks()
    add(parse_xml(text("甲", 15, 10).replace("ofd:", "").encode(), "f", "p"), (5.0, 5.0, 105.0, 55.0), found)
    assert near(found.left, [10])


@pytest.mark.parametrize(
    ("drawn", "horizontal", "vertical"),
    [
        (path("M 10 10 L 90 10"), 1, 0),
        (path("S 10 10 L 90 10 L 90 40 L 10 40 C"), 2, 2),
        (path("M 10 10 L 90 10 M 10 20 L 90 20"), 2, 0),
        (path("M 10 10 L 90 40"), 0, 0),  # neither along nor across
        (path("M 10 10 L 90 10", more=' Stroke="false"'), 0, 0),
        (path("M 10 10 L 90 10 L 90 10.3 L 10 10.3 C", more=' Stroke="false" Fill="true"'), 1, 0),
        (path("M 10 10 L 90 10 L 90 40 L 10 40 C", more=' Stroke="false" Fill="true"'), 0, 0),  # shading
        (path("M 10 10 L 90 10", inner='<ofd:StrokeColor Value="255 255 255"/>'), 0, 0),
        (path("M 10 10 L 90 10", inner='<ofd:StrokeColor Value="0 0 0"/>'), 1, 0),
        (path("M 10 10 B 1 1 2 2 30 30 Q 1 1 90 30"), 0, 0),
        (path("M 10 10 A 5 5 0 0 1 20 30 L 90 30"), 1, 0),
        (path("M0,0L10,0", boundary="5 5 9 9"), 1, 0),
        (path("M 10 10 L 90 10", more=' Visible="false"'), 0, 0),
    ],
)
def test_paths_become_rules(drawn: str, horizontal: int, vertical: int) -> None:
    found = marks(drawn)
    assert (len(found.horizontal), len(found.vertical), found.unread) == (horizontal, vertical, 0)


@pytest.mark.parametrize(
    "broken",
    [
        path("M 10 L"),
        path("X 1 1"),
        path("M nan 1 L 2 2"),
        path("M 1 1 L 2 2", boundary="a b c d"),
        path("M 1 1 L 2 2", more=' CTM="1 0 0"'),
        text("甲", 1, 1, more=' CTM="inf 0 0 1 0 0"'),
        text("甲乙", 1, 1, code=' DeltaX="x"'),
        text("甲乙", 1, 1, code=' DeltaX="g"'),
        '<ofd:CompositeObject ResourceID="3"/>',
    ],
)
def test_what_is_not_read_is_said(broken: str) -> None:
    document = reader.read(packages.ofd(text("正文", 10, 20) + broken), "f")
    assert document.lines == ("正文",)
    assert [(notice.severity, notice.sentence) for notice in document.notices] == [
        (Severity.LOST, "第 1 页有损坏或特殊的图形、文字，未读。")
    ]


def test_text_beyond_the_paper_and_invisible_text_is_not_printed() -> None:
    content = text("见", 10, 10) + text("外", 200, 10) + text("隐", 10, 20, more=' Visible="false"')
    assert reader.read(packages.ofd(content), "f").lines == ("见",)


def test_a_repetition_without_end_costs_nothing() -> None:
    found = marks(text("甲乙", 10, 10, code=' DeltaX="g 999999999 4"'))
    assert near(found.left, [10, 14])


def test_a_damaged_page_hides_no_other() -> None:
    data = replaced(packages.ofd(text("正文", 10, 10), pages=3), {"D/P1.xml": "<ofd:Page"})
    document = reader.read(data, "f")
    assert document.pages == (1, 3)
    assert [notice.sentence for notice in document.notices] == ["第 2 页缺失或已损坏，未读。"]


def test_scanned_pages_are_said() -> None:
    image = '<ofd:ImageObject Boundary="0 0 100 50" ResourceID="1"/>'
    assert "扫描" in refused(reader.read, packages.ofd(image))
    data = replaced(packages.ofd(text("正文", 10, 10), pages=2), {
        "D/P1.xml": f'<ofd:Page xmlns:ofd="o"><ofd:Content><ofd:Layer>{image}</ofd:Layer></ofd:Content></ofd:Page>'
    })  # fmt: skip
    assert [notice.severity for notice in reader.read(data, "f").notices] == [Severity.LOST]


def test_empty_encrypted_and_endless_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有文字" in refused(reader.read, packages.ofd(""))
    assert "密码" in refused(reader.read, replaced(packages.ofd(""), {"Encryptions.xml": "<a/>"}))
    assert "损坏" in refused(reader.read, packages.zipped({"OFD.xml": "<OFD"}))
    monkeypatch.setattr(reader, "PAGE_LIMIT", 2)
    assert "2 页" in refused(reader.read, packages.ofd(text("正文", 1, 1), pages=3))


def test_a_page_with_more_than_a_page_can_show_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.formats.ofd.page.GLYPH_LIMIT", 3)
    assert "内容过多" in refused(reader.read, packages.ofd(text("一二三四", 10, 10)))


@pytest.mark.parametrize("words", [None, "", "1 2", "0 0 0 5", "a b c d", "0 0 inf 1"])
def test_boxes_that_are_none(words: str | None) -> None:
    assert box_of(words) is None
