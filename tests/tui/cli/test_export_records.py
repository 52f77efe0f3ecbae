"""The exported frames of records, scored against what was read from the originals by eye."""

from __future__ import annotations

import csv
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import sample_data
from tests.support.command import Command
from tui.cli import help as usage

SHARED = Path(os.environ.get("YUSUAN_SHARED", ""))
RECORDS = ("stated_changes", "projects", "allocations", "plans", "indicators", "facts", "terms", "passages")
KEYS = {
    "stated_changes": ("section", "subject", "amount_yuan", "share_percent", "direction", "delta_yuan", "percent"),
    "allocations": ("project", "project_amount_yuan", "item", "amount_yuan"),
    "indicators": ("scope", "project", "level1", "level2", "level3", "target", "basis", "prior_value", "weight"),
}
NAMES = ("changji-2024", "changji-2025", "xinjiang-hq-2024")
UNIT_PRICE = "每人"
"""Where the name of a part says this its amount is a price for one, which is the standard of its project."""
NOTHING_KNOWN = {"", "/"}

originals = pytest.mark.skipif(not SHARED.name, reason="YUSUAN_SHARED is not set: records are not scored")


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


def plain(field: str) -> str:
    """Numbers in one form: 80.00 is 80; what is not a number stays."""
    text = field.replace(" ", "")
    return str(Decimal(text).normalize() + 0) if text.replace(".", "", 1).replace("-", "", 1).isdecimal() else text


def reference(name: str, frame: str) -> list[dict[str, str]]:
    with (SHARED / "reference" / f"{name}.{frame}.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def keyed(rows: list[dict[str, str]], columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(plain(row[column]) for column in columns) for row in rows]


def exported(run: Command, name: str, frame: str) -> list[dict[str, str]]:
    ran = run("export", SHARED / "disclosures" / f"{name}.txt", "--frame", frame)
    assert ran.status == 0
    return ran.rows


def test_every_frame_of_records_of_the_samples_has_rows(run: Command) -> None:
    assert set(RECORDS) <= set(usage.FRAMES)
    for path in sample_data.paths():
        for frame in RECORDS:
            assert run("export", path, "--frame", frame).rows, (path.name, frame)


@originals
@pytest.mark.parametrize("name", NAMES)
def test_stated_changes_are_those_of_the_reference(run: Command, name: str) -> None:
    found = [row for row in exported(run, name, "stated_changes") if "not_planned" not in row["flags"].split("|")]
    columns = KEYS["stated_changes"]
    assert keyed(found, columns) == keyed(reference(name, "stated_changes"), columns)


@originals
@pytest.mark.parametrize("name", NAMES)
def test_allocations_are_those_of_the_reference(run: Command, name: str) -> None:
    columns = KEYS["allocations"]
    parts = [row for row in reference(name, "allocations") if UNIT_PRICE not in row["item"]]
    prices = [row for row in reference(name, "allocations") if UNIT_PRICE in row["item"]]
    found, known = keyed(exported(run, name, "allocations"), columns), keyed(parts, columns)
    assert found == known
    standards = {row["name"]: row["standard"] for row in exported(run, name, "projects")} if prices else {}
    for row in prices:
        assert row["amount_yuan"] in standards[row["project"]]


@originals
@pytest.mark.parametrize("name", NAMES)
def test_indicators_are_those_of_the_reference(run: Command, name: str) -> None:
    columns = KEYS["indicators"]
    found, known = exported(run, name, "indicators"), reference(name, "indicators")
    for row in (*found, *known):
        row["prior_value"] = "" if row["prior_value"] in NOTHING_KNOWN else row["prior_value"]
    whole = sum((Counter(keyed(found, columns)) & Counter(keyed(known, columns))).values())
    targets = sum((Counter(keyed(found, ("level3", "target"))) & Counter(keyed(known, ("level3", "target")))).values())
    print(f"{name}: {len(known)} indicators, {targets} with their target, {whole} in full")
    assert keyed(found, ("level3", "weight")) == keyed(known, ("level3", "weight"))
    assert targets >= 0.9 * len(known)
    if name == "xinjiang-hq-2024":
        assert keyed(found, columns) == keyed(known, columns)
