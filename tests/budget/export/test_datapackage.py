"""The data package: valid by its own description, exact amounts, every printed figure once."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

import sample_data
from budget.export.datapackage import to_datapackage
from budget.library.frames import frames
from loaders.load import load
from tests.support.builders import forest

if TYPE_CHECKING:
    from pathlib import Path

    from budget.library.frames import Frames


@pytest.fixture(scope="module")
def held() -> Frames:
    return frames([*(load(path) for path in sample_data.paths()), forest(2025)])


@pytest.fixture(scope="module")
def package(held: Frames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "package.zip"
    path.write_bytes(to_datapackage(held))
    return path


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(package) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8"), newline="")))


def unpacked(package: Path, folder: Path) -> Path:
    """The package as files, its profile one that frictionless does not look up on the network."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    assert descriptor.pop("profile") == "fiscal-data-package"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    return path


def test_frictionless_finds_nothing_wrong(package: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(unpacked(package, tmp_path)), type="package")
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    assert [(task.name, task.stats["rows"] > 0) for task in report.tasks] == [
        ("facts", True),
        ("documents", True),
        ("tables", True),
    ]


def test_frictionless_finds_what_is_wrong(package: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    path = unpacked(package, tmp_path)
    facts = tmp_path / "facts.csv"
    facts.write_bytes(facts.read_bytes().replace(b"printed,value\r\n", b"printed,amount\r\n", 1))
    assert not frictionless.validate(str(path), type="package").valid


def test_every_printed_amount_is_there_once_and_exact(held: Frames, package: Path) -> None:
    found = rows(package, "facts")
    assert len(found) == held.cells.height == len({row["id"] for row in found})
    fens = [round(float(row["value"]) * 100) for row in found]
    assert fens == held.cells["amount_fen"].to_list()
    assert all("." not in row["value"] or len(row["value"].partition(".")[2]) == 2 for row in found)


def test_codes_stand_level_by_level(package: Path) -> None:
    for row in rows(package, "facts"):
        assert row["function_3"].startswith(row["function_2"]) or not row["function_3"]
        assert row["function_2"].startswith(row["function_1"]) or not row["function_2"]
        digits = "".join(str(len(row[name])) for name in ("function_1", "function_2", "function_3"))
        assert digits in {"000", "300", "350", "357"}
    assert any(row["economic_2"] for row in rows(package, "facts"))


def test_the_columns_have_fiscal_types(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        descriptor = json.loads(archive.read("datapackage.json"))
    assert descriptor["profile"] == "fiscal-data-package"
    fields = {field["name"]: field for field in descriptor["resources"][0]["schema"]["fields"]}
    assert fields["value"] | {"title": ""} == {
        "name": "value", "title": "", "type": "number", "columnType": "value", "currency": "CNY",
    }  # fmt: skip
    assert fields["fiscal_year"]["columnType"] == "date:fiscal-year"
    assert list(fields) == list(rows(package, "facts")[0])


def test_the_same_documents_give_the_same_bytes(held: Frames, package: Path) -> None:
    assert to_datapackage(held) == package.read_bytes()
