"""Names and numbers of persons are taken out of every kind of document; nothing else is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document import Document, Grid, GridCell, Paragraph
from loaders.load import document
from loaders.privacy.redact import redacted
from tests.support.limits import processor_seconds
from tests.support.originals import shared

if TYPE_CHECKING:
    from pathlib import Path

AMOUNT = re.compile(r"\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+")
NAMES = ("赵钱", "周吴郑", "欧阳甲乙", "冯 陈", "褚卫", "阿依古丽·买买提", "努尔买买提", "甲乙丙")
PHONES = ("13912345678", "139-1234-5678", "0991-1234567", "(0991)12345678", "0991 - 1234567", "12345678901234"[2:9])


def text(*lines: str) -> Document:
    return Document("text", tuple(map(Paragraph, lines)))


def cells(*rows: tuple[str, ...]) -> Document:
    found = [GridCell(r, c, 1, 1, value) for r, row in enumerate(rows) for c, value in enumerate(row) if value != "·"]
    return Document("pdf", (Grid(tuple(found), len(rows), max(map(len, rows)), 1),))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["联系人：赵钱"], ["联系人：〔略〕"]),
        (["联系人：赵钱 联系电话：13912345678"], ["联系人：〔略〕 联系电话：〔略〕"]),
        (["联系人：赵钱联系电话：0991-1234567"], ["联系人：〔略〕联系电话：〔略〕"]),
        (["部门联系人 周吴郑 联系电话 13912345678"], ["部门联系人 〔略〕 联系电话 〔略〕"]),
        (["项目名称\t\t修缮\t项目负责人\t\t赵钱\t"], ["项目名称\t\t修缮\t项目负责人\t\t〔略〕\t"]),
        (["项目负责人", "", "赵钱", "资金"], ["项目负责人", "", "〔略〕", "资金"]),
        (["项目负责", "", "人", "赵钱"], ["项目负责", "", "人", "〔略〕"]),
        (["联系电", "话 139123", "45678"], ["联系电", "话 〔略〕", ""]),
        (["联系人：冯 陈    电话：1234567"], ["联系人：〔略〕    电话：〔略〕"]),
        (["填报人（签字）：赵钱  审核人：周吴  填报日期：2024年2月1日"],
         ["填报人（签字）：〔略〕  审核人：〔略〕  填报日期：2024年2月1日"]),
        (["联系人及电话：赵钱 1234567"], ["联系人及电话：〔略〕 〔略〕"]),
        (["负责人：赵钱、阿依古丽·买买提"], ["负责人：〔略〕、〔略〕"]),
        (["联系人赵钱，电话13912345678。"], ["联系人〔略〕，电话〔略〕。"]),
        (["请咨询赵钱（13912345678）或来信 a.b-c@example.gov.cn"], ["请咨询〔略〕（〔略〕）或来信 〔略〕"]),
        (["单位负责人：      填表人：      联系电话："], ["单位负责人：      填表人：      联系电话："]),
        (["经办人：努尔买买提"], ["经办人：〔略〕"]),
        (["项目负责人\t赵钱\t5000000\t5000000"], ["项目负责人\t〔略〕\t5000000\t5000000"]),
        (["由项目负责人周吴郑牵头实施，负责人：周吴同志"], ["由项目负责人〔略〕牵头实施，负责人：〔略〕同志"]),
        (["编制人：赵钱\t审核人：周吴\t13912345678"], ["编制人：〔略〕\t审核人：〔略〕\t〔略〕"]),
    ],
)  # fmt: skip
def test_wording(lines: list[str], expected: list[str]) -> None:
    assert list(redacted(text(*lines)).lines) == expected


@pytest.mark.parametrize(
    "line",
    [
        "合计 13912345678",
        "总计 13912345678 13912345678",
        "电话费 1234567元，水费 7654321元",
        "30207 邮电费 1,234,567.00",
        "单位主要负责人离任经济责任审计 12.50",
        "项目负责人由各处室指定，经办人员、审核人员分设。",
        "负责人才引进、负责人事管理，联系人大代表 20 人",
        "由项目负责人",
        "社发〔2024〕13912号、财社函0991号",
        "2024-01-01至2024-12-31",
        "项目编码 650000-23-0000001",
        "联系人 项目资金 5.00",
        "项目负责人 年度预算总额 5.00",
        "联系人：财务科",
        "投诉举报电话：12345",
        "电话会议 3 次，联系群众",
        "电话 5000000 5000000",
        "项目负责人 立项依据 计划开始日期 2024/1/1",
        "单位主要负责人为第一责任人，负责人方可签字报销，负责人任职期间，负责人包括：",
    ],
)
def test_what_stays(line: str) -> None:
    assert redacted(text(line, "签字。")).lines == (line, "签字。")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("项目负责人", "赵钱", "金额", "5.00"),), ["项目负责人\t〔略〕\t金额\t5.00"]),
        ((("项目\n负责人", "·", "周吴郑", "金额"),), ["项目负责人\t〔略〕\t金额"]),
        ((("项目", "联系人", "联系电话"), ("修缮", "赵钱", "13912345678"), ("维护", "冯陈", "1234567")),
         ["项目\t联系人\t联系电话", "修缮\t〔略〕\t〔略〕", "维护\t〔略〕\t〔略〕"]),
        ((("负责人", "金额"), ("赵钱", "5.00"), ("合计", "5.00")), ["负责人\t金额", "〔略〕\t5.00", "合计\t5.00"]),
        ((("联系电话", "13912345678", "金额", "13912345678"),), ["联系电话\t〔略〕\t金额\t13912345678"]),
        ((("填报人：赵钱", "", "填报日期：2024年"),), ["填报人：〔略〕\t\t填报日期：2024年"]),
        ((("支出功能分类", "13912345678"), ("教育支出", "13912345678")), None),
        ((("负责人", "5,000.00"), ("项目负责人", "项目金额")), None),
        ((("项目负责人", ""), ("上级补助", "5.00")), None),
        ((("项目负责人", "计划开始日期"), ("其中：财政拨款", "2024/1/1")), None),
    ],
)  # fmt: skip
def test_cells(rows: tuple[tuple[str, ...], ...], expected: list[str] | None) -> None:
    before = cells(*rows)
    after = redacted(before)
    assert list(after.lines) == (expected or list(before.lines))
    assert [cell[:4] for cell in after.blocks[0].cells] == [cell[:4] for cell in before.blocks[0].cells]  # type: ignore[union-attr]


def test_a_long_column() -> None:
    after = redacted(cells(("联系人", "电话"), *[("赵钱", "13912345678")] * 3000))
    assert set(after.lines[1:]) == {"〔略〕\t〔略〕"}


WORDS = st.sampled_from([
    "预算", "支出", "合计", "其中", "项目", "教育", "本年", "财政拨款", "机关", "电费", "水费", "王府井", "金额",
    "高等教育", "林业", "万元", "（类）", "20805", "2024年", "人才", "电", "话", "系",
])  # fmt: skip
FIGURES = st.decimals(0, 99_999_999_999, places=2).map(lambda value: f"{value:,}") | st.integers(0, 10**12).map(str)
LINES = st.lists(
    st.lists(WORDS | FIGURES, max_size=6).map(" ".join) | st.lists(WORDS | FIGURES, max_size=6).map("\t".join),
    max_size=8,
)


@given(LINES)
def test_without_labels_nothing_changes(lines: list[str]) -> None:
    plain = text(*lines)
    assert redacted(plain).lines == plain.lines
    grid = cells(*[tuple(line.split("\t")) for line in lines] or [("",)])
    assert redacted(grid).lines == grid.lines


@given(
    LINES,
    st.sampled_from(["项目负责人", "联系人", "部门联系人", "经办人", "审核人"]),
    st.sampled_from(NAMES),
    st.sampled_from(["：", ": ", " ", "\t", "\t\t"]),
    st.sampled_from(["联系电话", "办公电话"]),
    st.sampled_from(PHONES),
)
def test_behind_labels_persons_vanish(
    lines: list[str], label: str, name: str, gap: str, number_label: str, number: str
) -> None:
    if gap == " " and " " in name:
        name = name.replace(" ", "")
    after = redacted(text(*lines, f"{label}{gap}{name} {number_label}{gap}{number}", *lines))
    assert list(after.lines) == [*lines, f"{label}{gap}〔略〕 {number_label}{gap}〔略〕", *lines]
    assert redacted(after) == after
    row = tuple(part for part in (label, name, number_label, number))
    assert list(redacted(cells(row)).lines) == [f"{label}\t〔略〕\t{number_label}\t〔略〕"]


@given(st.lists(st.text("联系人负责电话：: \t0123456789-王赵·@a.（）\n", max_size=60), max_size=6))
def test_hostile_text_keeps_its_lines(lines: list[str]) -> None:
    before = text(*lines)
    after = redacted(before)
    assert len(after.blocks) == len(before.blocks)


@pytest.mark.parametrize("piece", ["负 ", "联系人", "电话", "1", "a", "@", "王", "（", "139123456", " ", "联系人：王 "])
def test_long_lines_are_read_quickly(piece: str) -> None:
    line = (piece * 20_000)[:20_000]
    with processor_seconds(1.5):
        redacted(text(*[line] * 5))


@pytest.mark.parametrize(
    "name", ["changji-2024.txt", "changji-2025.txt", "xinjiang-hq-2024.txt", "wanli-2024.pdf", "wanli-2025.pdf"]
)
def test_originals(name: str) -> None:
    path: Path = shared() / "disclosures" / name
    before = document(path.read_bytes(), name)
    after = redacted(before)
    changed = [(old, new) for old, new in zip(before.lines, after.lines, strict=True) if old != new]
    assert all(re.search("负责人|联系人", old) for old, _ in changed)
    assert [AMOUNT.findall(old) for old in before.lines] == [AMOUNT.findall(new) for new in after.lines]
    assert len(changed) == sum("负责人" in old or "联系人" in old for old in before.lines if len(old) < 80)
    assert not any(re.search(r"1[3-9]\d{9}", new) for new in after.lines)
