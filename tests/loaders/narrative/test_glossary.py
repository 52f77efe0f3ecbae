"""Terms of the document's own glossary, in every way of numbering them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document, Paragraph
from loaders.load import document
from loaders.narrative import glossary
from tests.support.originals import NAMES, shared

TERMS = ("财政拨款", "“三公”经费", "其他收入（含利息）", "机关运行经费", "年初结转和结余")
NUMBERS = {
    "一、": [f"{n}、" for n in "一二三四五"],
    "（一）": [f"（{n}）" for n in "一二三四五"],
    "1.": [f"{n}." for n in range(1, 6)],
    "1、": [f"{n}、" for n in range(1, 6)],
    "(1)": [f"({n})" for n in range(1, 6)],
    "": [""] * 5,
}


def text(*lines: str) -> Document:
    return Document("text", tuple(map(Paragraph, lines)))


@given(
    st.sampled_from(sorted(NUMBERS)),
    st.sampled_from(["第四部分 名词解释", "名词解释", "专业性名词解释"]),
    st.sampled_from(["：", ":"]),
    st.booleans(),
)
def test_every_numbering(style: str, heading: str, colon: str, wrapped: bool) -> None:
    lines = [
        "目 录",
        f"{heading}……………………9",
        "第一部分 概况",
        "一、主要职能",
        "负责本地的有关工作：先做一件，再做一件。",
        heading,
    ]
    for number, term in zip(NUMBERS[style], TERMS, strict=True):
        sentence = (
            f"{number}{term}{colon}指本单位为完成任务而取得或发生的，与“{term}”有关的全部款项，其中：有的一次给付。"
        )
        lines += [sentence[:30], sentence[30:]] if wrapped else [sentence]
    found = glossary.read(text(*lines, "某某委员会", "2024年3月1日"))
    assert [term.term for term in found] == list(TERMS)
    assert all(term.text.startswith("指本单位") and term.text.endswith("一次给付。") for term in found)
    assert [lines[term.line - 1].startswith(number) for term, number in zip(found, NUMBERS[style], strict=True)]


def test_longer_explanations_stay_together() -> None:
    found = glossary.read(
        text(
            "名词解释", "一、基本支出", "指为保障运转而发生的支出。包括：", "1.人员经费：工资等；",
            "2.公用经费：办公费等。", "二、项目支出是指为完成任务而发生的支出。",
            "第五部分 附件", "三、其他：不属于名词。",
        )
    )  # fmt: skip
    assert [(term.term, term.line) for term in found] == [("基本支出", 2), ("项目支出", 6)]
    assert found[0].text.splitlines() == [
        "指为保障运转而发生的支出。包括：",
        "1.人员经费：工资等；",
        "2.公用经费：办公费等。",
    ]
    assert found[1].text == "是指为完成任务而发生的支出。"


def test_the_body_that_signs_is_no_explanation() -> None:
    found = glossary.read(text("名词解释", "一、基本支出：指为保障运转的支出。某某委员会办公室"))
    assert [term.text for term in found] == ["指为保障运转的支出。"]
    found = glossary.read(
        text("名词解释", "一、基本支出：指为保障运转的支出。", "某某局（某某办公室）", "2024年1月1日")
    )
    assert [term.text for term in found] == ["指为保障运转的支出。"]


def test_without_a_glossary() -> None:
    assert glossary.read(text("第一部分 概况", "一、主要职能：负责工作。")) == []
    assert glossary.read(text("名词解释")) == []


@given(st.lists(st.text("一二、（）1.名词解释：:是指。；第部分 \t", max_size=40), max_size=12))
def test_hostile(lines: list[str]) -> None:
    for term in glossary.read(text("名词解释", *lines)):
        assert term.term
        assert term.text
        assert 1 < term.line <= len(lines) + 1


@pytest.mark.parametrize("name", NAMES)
def test_originals(name: str) -> None:
    folder = shared()
    known = json.loads((folder / "reference" / f"{name}.rest.json").read_text(encoding="utf-8"))["glossary"]
    path = folder / "disclosures" / f"{name}.txt"
    found = glossary.read(document(path.read_bytes(), path.name))
    assert [term.term for term in found] == known
    assert all(term.text.endswith("。") for term in found)


@pytest.mark.parametrize("name", ["wanli-2024.pdf", "wanli-2025.pdf"])
def test_original_pages(name: str) -> None:
    path = shared() / "disclosures" / name
    found = glossary.read(document(path.read_bytes(), name))
    assert len(found) == 8
    assert {term.page for term in found} == {5}
    assert all(term.text.endswith("。") for term in found)
