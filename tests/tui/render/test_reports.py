"""Reports show what a part of the library holds, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

import sample_data
from tests.support.reading import loaded_frames
from tui.render.reports import Printed, amount_places, report


@pytest.mark.parametrize("severity", ["\x1b]0;title\x07", "[red]", "other"])
def test_a_severity_that_is_none_of_ours_is_not_shown(severity: str) -> None:
    read = loaded_frames(sample_data.paths()[0])
    disclosure = read.disclosures["disclosure_id"].item()
    row = {"disclosure_id": disclosure, "severity": severity, "text": "这里少了一行。"}
    notices = pl.DataFrame([row], schema=read.notices.schema)
    lines = report(replace(read, notices=notices), disclosure)
    assert any("这里少了一行。" in line.text for line in lines)
    assert not any(severity in part for line in lines for part in map(str, line))


def test_a_status_that_is_none_of_ours_sends_nothing_to_the_terminal() -> None:
    read = loaded_frames(sample_data.paths()[0])
    foreign = read.cells.with_columns(column_status=pl.lit("\x1b]0;title\x07"), origin=pl.lit("\x1b[2J"))
    lines = report(replace(read, cells=foreign), read.disclosures["disclosure_id"].item())
    assert not any("\x1b" in line.prefix for line in lines)


@pytest.mark.parametrize(
    ("line", "amounts", "marked"),
    [
        ("208 甲 4.00 3.00 1.00", [("4.00", 1), ("1.00", 3)], [6, 16]),
        ("208 甲 4.00 4.00", [("4.00", 1), ("4.00", 2)], [6, 11]),
        ("208 甲 4.00 4.00", [("4.00", 1)], []),  # whose is which cannot be told
        ("收\t4.00\t支\t4.00", [("4.00", 3)], [12]),
        ("收\t4.00\t支\t4.00", [("4.00", None)], []),
        ("收\t14.00\t支\t4.00", [("4.00", None)], [13]),
        ("收\t1,234.00", [("234.00", 1)], []),
    ],
)
def test_amounts_are_marked_where_their_place_is_known(
    line: str, amounts: list[tuple[str, int | None]], marked: list[int]
) -> None:
    found = amount_places(line, [Printed(*amount) for amount in amounts])
    assert [start for start, _ in found] == marked
    assert all(line.replace("\t", "  ")[slice(*place)] in {text for text, _ in amounts} for place in found)
