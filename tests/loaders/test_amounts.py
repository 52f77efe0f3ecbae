"""Amounts and sums beyond 64 bits: each costs its own figure and a notice, and the rest is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from budget.checks.cache import checked
from budget.library.frames import spoken
from loaders import amounts
from loaders.amounts import LARGEST_FEN, ROOM
from loaders.workers.result import attempt

if TYPE_CHECKING:
    from pathlib import Path

    from budget.library.frames import Frames

TABLE = """2024年甲局部门预算

部门支出总体情况表

单位：万元

| 编码 | 名称 | 合计 | 基本支出 | 项目支出 |
|---|---|---|---|---|
| 201 | 一般公共服务支出 | {first} | {second} | 2.00 |
| 20101 | 人大事务 | 7.00 | 5.00 | 2.00 |
|  | 合计 | 7.00 | 5.00 | 2.00 |
"""
BEYOND = ["9" * 18 + ".00", "9" * 40, "-" + "9" * 30, "92233720368547.58", "999,999,999,999,999,999.00"]


def read(folder: Path, text: str) -> Frames:
    path = folder / "document.md"
    path.write_text(text, encoding="utf-8")
    found = attempt(path)
    assert found.frames is not None, found.failure
    return found.frames


@pytest.mark.parametrize("amount", BEYOND)
def test_an_amount_beyond_all_measure_costs_itself_and_a_notice(tmp_path: Path, amount: str) -> None:
    frames = read(tmp_path, TABLE.format(first=amount, second="5.00"))
    assert frames.cells.height == 8
    assert sorted(frames.cells["amount_fen"].unique()) == [2_000_000, 5_000_000, 7_000_000]
    told = [row for row in spoken(frames.notices).iter_rows(named=True) if "大得不可能" in row["text"]]
    assert [(row["line"], row["severity"]) for row in told] == [(9, "lost")]
    assert "一般公共服务支出" in told[0]["text"]
    checked(frames, frames.disclosures["disclosure_id"].item())


def test_the_largest_amount_is_kept(tmp_path: Path) -> None:
    frames = read(tmp_path, TABLE.format(first="10000000000.00", second="5.00"))
    assert frames.cells["amount_fen"].max() == LARGEST_FEN
    assert frames.cells.height == 9


def test_amounts_whose_sum_is_beyond_are_left_out() -> None:
    assert amounts._limit([LARGEST_FEN, 5, -3]) == LARGEST_FEN
    many = [LARGEST_FEN] * 500 + [7]
    assert sum(many) > ROOM
    assert 7 <= amounts._limit(many) < LARGEST_FEN
    assert amounts._limit([LARGEST_FEN + 1, 2]) == LARGEST_FEN


@pytest.mark.parametrize("amount", ["9" * 18, "9" * 60])
def test_an_amount_of_the_narrative_costs_its_record(tmp_path: Path, amount: str) -> None:
    told = "三、项目支出情况说明\n\n"
    told += "".join(
        f"项目名称：{name}项目\n\n预算安排规模：{size}万元\n\n" for name, size in [("甲", amount), ("乙", "3")]
    )
    frames = read(tmp_path, TABLE.format(first="7.00", second="5.00") + "\n" + told)
    assert frames.cells.height == 9
    assert [row["name"] for row in frames.projects.iter_rows(named=True) if row["amount_fen"]] == ["乙项目"]


@pytest.mark.parametrize(
    "line", ["|", "||", "| | |", "\u3000", "\u200b", "\ufeff", "\x0c", "│", "|---|", "\x1c", "- |"]
)
def test_a_line_without_a_word_costs_nothing(tmp_path: Path, line: str) -> None:
    rows = TABLE.format(first="7.00", second="5.00").split("\n")
    for at in range(6, len(rows) - 1):
        frames = read(tmp_path, "\n".join([*rows[:at], line, *rows[at:]]))
        assert frames.cells.height == 9, at
