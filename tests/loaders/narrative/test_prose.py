from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.narrative import prose
from tests.loaders.narrative.narrative_documents import document, wrapped

ALPHABET = "水文站点测验资料整编汛期雨量观房"
BODIES = st.lists(st.lists(st.integers(8, 40), min_size=5, max_size=8), min_size=6, max_size=9)
"""Paragraphs as the lengths of their sentences."""


def written(lengths: list[int]) -> str:
    return "".join("".join(ALPHABET[(at * length) % 16] for at in range(length)) + "。" for length in lengths)


def texts(given_document: Document) -> list[str]:
    return [paragraph.text for paragraph in prose.paragraphs(given_document)]


def test_sections_titles_and_places() -> None:
    found = prose.paragraphs(
        document(
            "第三部分 2024年预算情况说明",
            "五、关于某站2024年拨款情况说明",
            "(三)拨款使用情况",
            "1、测验经费。",
            "六、其他",
            "完。",
        )
    )
    assert [(p.section, p.level, p.line) for p in found] == [
        ("", 1, 1), ("五", 2, 2), ("五（三）", 3, 3), ("五（三）", 0, 4), ("六", 2, 5), ("六", 0, 6),
    ]  # fmt: skip
    assert found[3].heading == ("2024年预算情况说明", "关于某站2024年拨款情况说明", "拨款使用情况")
    assert found[5].heading == ("2024年预算情况说明", "其他", "")


def test_a_part_without_number_is_known_by_its_title() -> None:
    found = prose.paragraphs(
        document("2024年部门预算编制说明", "本年收入如下。", "名词解释", "（一）雨量：落下的水，以毫米计。")
    )
    assert [p.heading[0] for p in found] == ["2024年部门预算编制说明"] * 2 + ["名词解释"] * 2
    assert (found[3].section, found[3].level) == ("（一）", 0)


@pytest.mark.parametrize("blank_lines", [True, False])
@given(bodies=BODIES, width=st.integers(27, 45))
def test_wrapped_numbered_paragraphs_are_put_together(blank_lines: bool, bodies: list[list[int]], width: int) -> None:
    paragraphs = [f"{number}、{written(body)}" for number, body in enumerate(bodies, 1)]
    assert texts(wrapped(paragraphs, 2 * width, blank_lines=blank_lines)) == paragraphs


def test_every_character_knows_its_line() -> None:
    found = wrapped(["1、" + "汛期观测雨量" * 30 + "。", "2、" + "整编测验资料" * 30 + "。"], 60, blank_lines=False)
    for paragraph in prose.paragraphs(found):
        for offset, char in enumerate(paragraph.text):
            place = paragraph.place(offset)
            assert found.lines[place.line - 1][offset - place.offset] == char


def test_a_paragraph_of_a_word_document_is_never_joined_to_the_next() -> None:
    lines = ("水文站全年的汛期观测经费安排情况以及资料整编安排情况如下", "仪器检定")
    assert texts(document(*lines, format_="docx")) == list(lines)
    assert texts(document(*lines)) == ["".join(lines)]


def test_page_numbers_running_heads_and_grids_are_left_out() -> None:
    grid = Grid((GridCell(0, 0, 1, 1, "编码"), GridCell(0, 1, 1, 1, "雨量")), 1, 2, page=1)
    blocks: list[Paragraph | Grid] = []
    for page in range(1, 5):
        blocks += [Paragraph("某站预算", page), Paragraph(f"第{page}项。", page), Paragraph(f"- {page} -", page)]
    assert texts(Document("pdf", (*blocks, grid))) == ["第1项。", "第2项。", "第3项。", "第4项。"]


def test_what_follows_a_running_head_on_most_pages_is_kept_where_it_stands_first() -> None:
    blocks: list[Paragraph | Grid] = [Paragraph("封面", 1)]
    for page in range(2, 7):
        own = f"第{page}项。" if page != 5 else "单位：万元"
        blocks += [Paragraph("某站预算", page), Paragraph("内部资料。", page), Paragraph(own, page)]
        blocks += [Paragraph("内部资料。", page), Paragraph(f"- {page} -", page)]
    inside = ["内部资料。"] * 5  # not next to a line that all pages begin with, it is text of the page
    assert texts(Document("pdf", tuple(blocks))) == [
        "封面", "内部资料。", "第2项。", inside[0], "第3项。", inside[1], "第4项。", inside[2], "单位：万元", inside[3],
        "第6项。", inside[4],
    ]  # fmt: skip


def test_lines_of_tables_are_left_out() -> None:
    found = prose.paragraphs(document("一、雨量", "208 05 05", "二、水位"), lambda line: line != 2)
    assert [paragraph.text for paragraph in found] == ["一、雨量", "二、水位"]


def test_numbers_apart_stay_apart() -> None:
    assert texts(document("雨量 30  40 毫米")) == ["雨量30 40毫米"]


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), max_size=12))
def test_any_text_gives_paragraphs(lines: list[str]) -> None:
    for paragraph in prose.paragraphs(document(*lines)):
        assert paragraph.text
        assert 1 <= paragraph.line <= len(lines)
