"""Bad input gets one plain sentence, or is read as far as it goes; nothing certain is wrong."""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.model.disclosure import Disclosure, UnreadableDocumentError
from loaders.load import load
from tests.journeys.test_property import known
from tests.support.compare import UNCERTAIN, Outcome, compare, label
from tests.support.originals import NAMES, original
from tools.documents.files.layout import Layout
from tools.documents.files.paper import amount_text
from tools.documents.files.render import Written, write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.strategies import profile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.compare import Known

SOURCES = ("general_public_budget", "government_fund", "own_funds", "appropriation_carryover")
LAYOUTS = {
    "lost": Layout(wrap="prefix", continuation="same", row_break=True, seed=3),
    "tabs": Layout(cells="tabs", code_style="split", continuation="same"),
}
NOVEL = (
    "第一章 雪后的站台\n\n老周把灯提到胸口，数了数车厢，一共12节。他想起1998年的冬天，也是这样的雪。\n"
    "“三公里外有人家。”孩子说。他们沿着铁轨走，走了很久，路边的收入和支出都记在一个本子上：米5.00，盐2.10，合计7.10。\n"
)


BAD = {
    "empty": b"",
    "blank": b" \r\n\t\n",
    "mark only": b"\xef\xbb\xbf",
    "utf-16 mark only": b"\xff\xfe",
    "elf": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40,
    "zip": b"PK\x03\x04" + b"\x00" * 4000,
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(255, -1, -1)) * 30,
    "broken utf-16": "公文".encode("utf-16-le") + b"\x00\xd8" * 50,
    "nul": b"\x00" * 5000,
    "deep html": b"<html><body>" + b"<div>" * 30_000,
    "novel": NOVEL.encode() * 200,
    "short novel": NOVEL.encode("gb18030") * 3,
    "digits": ("1 " * 50_000).encode(),
    "numbers of tables": ("表 1\n" * 5_000).encode(),
    "brackets": ("(" * 200_000).encode(),
    "0xff": b"\xff" * 10_000,
}
"""Files that are no disclosure, by what they are."""


def written(layout: str = "lost", seed: int = 5, items: int = 6) -> Written:
    """A document of moderate size."""
    return write(grow(Shape(seed=seed, items=items, sources=SOURCES)), LAYOUTS[layout])


def refused(path: Path) -> str:
    """The sentence with which a document is refused: one line, names the file, ends as a sentence."""
    with pytest.raises(UnreadableDocumentError) as caught:
        load(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert "\n" not in sentence
    assert sentence.endswith(("。", "！"))
    assert len(sentence) < 300
    return sentence


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_other_documents_are_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "某文件.txt"
    path.write_bytes(data)
    refused(path)


@pytest.mark.parametrize("ending", [".pdf", ".PDF", ".docx", ".et"])
def test_noise_by_the_name_of_another_format_is_not_to_be_saved_as_text(ending: str, tmp_path: Path) -> None:
    for name, advice in ((f"表{ending}", "请重新取得"), ("表.txt", "另存为"), ("表", "另存为")):
        path = tmp_path / name
        path.write_bytes(bytes(range(255, -1, -1)) * 40)
        assert advice in refused(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "某文件夹.txt"
    folder.mkdir()
    refused(folder)
    refused(tmp_path / "没有.txt")


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "密.txt"
    path.write_bytes(written().data)
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        refused(path)
    else:
        pytest.skip("this account may read every file: permission was not tested")
    finally:
        path.chmod(0o600)


@pytest.mark.long
def test_a_very_long_line_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "长行.txt"
    path.write_bytes("字1.00 ".encode() * 6_500_000)  # 52 MB
    assert os.path.getsize(path) > 50_000_000  # noqa: PTH202 - the size is the point
    refused(path)


def test_a_long_line_in_a_document_hides_nothing(tmp_path: Path) -> None:
    document = written("tabs")
    path = tmp_path / "长行.txt"
    path.write_text(document.text + "说明" * 1_000_000 + "\n", encoding="utf-8")
    outcome = compare(known(document), load(path))
    assert not outcome.faults, outcome.text()


def test_nul_bytes_inside_a_document_hide_nothing_else(tmp_path: Path) -> None:
    document = written()
    path = tmp_path / "零.txt"
    path.write_bytes(document.data.replace("第三部分".encode(), "第\0三部分".encode()))
    outcome = compare(known(document), _loaded_or_refused(path) or load(path))
    assert not outcome.faults, outcome.text()


def test_bytes_of_another_encoding_inside_a_document(tmp_path: Path) -> None:
    """A few bytes of GB18030 in a UTF-8 text: refused in a sentence, or everything certain is right."""
    document = written()
    path = tmp_path / "混.txt"
    path.write_bytes(document.data.replace("主要职能".encode(), "主要职能".encode("gb18030")))
    loaded = _loaded_or_refused(path)
    if loaded:
        assert "certain but wrong" not in compare(known(document), loaded).faults


def _loaded_or_refused(path: Path) -> Disclosure | None:
    try:
        return load(path)
    except UnreadableDocumentError:
        return None


# -- cut documents --------------------------------------------------------------------------------------------------


def _wrong(items: list[Known], loaded: Disclosure, text: str) -> list[str]:
    """Cells that are not printed, except on the last line, where the text was cut."""
    outcome: Outcome = compare(items, loaded)
    kinds = ("certain but wrong", "invented", "truth not a candidate", "wrong line")
    cut = f"line {len(text.rstrip().split(chr(10)))};"
    return [fault for kind in kinds for fault in outcome.faults[kind] if cut not in fault]


@profile(25)
@given(layout=st.sampled_from(sorted(LAYOUTS)), seed=st.integers(0, 50), share=st.floats(0.02, 0.99))
def test_cut_documents_are_never_wrong(
    layout: str, seed: int, share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _check_cut(layout, seed, share, tmp_path_factory.mktemp("cut") / "cut.txt")


def _check_cut(layout: str, seed: int, share: float, path: Path) -> None:
    """A document that ends early: a sentence, or what is certain is right (the line at the cut aside)."""
    document = written(layout, seed)
    lines = document.text.split("\n")
    kept = max(1, int(len(lines) * share))
    text = "\n".join(lines[:kept])
    path.write_text(text, encoding="utf-8")
    loaded = _loaded_or_refused(path)
    if loaded is not None:
        whole = [item for item in known(document) if max(item.lines) <= kept]
        assert not _wrong(whole, loaded, text), _wrong(whole, loaded, text)


@pytest.mark.parametrize("share", [0.05, 0.11, 0.14, 0.17, 0.2, 0.23, 0.26, 0.29, 0.31, 0.33, 0.35, 0.37, 0.41])
@pytest.mark.parametrize("name", NAMES)
def test_cut_originals_are_never_wrong(name: str, share: float, tmp_path: Path) -> None:
    real = original(name)
    path = tmp_path / "cut.txt"
    text = real.text[: int(len(real.text) * share)]
    path.write_text(text, encoding="utf-8")
    loaded = _loaded_or_refused(path)
    if loaded is not None:
        assert not _wrong(list(real.known), loaded, text), _wrong(list(real.known), loaded, text)


# -- figures that contradict ----------------------------------------------------------------------------------------


@profile(25)
@given(layout=st.sampled_from(sorted(LAYOUTS)), seed=st.integers(0, 200), place=st.integers(0, 10**6))
def test_one_wrong_figure_makes_nothing_certain_wrong(
    layout: str, seed: int, place: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _check_wrong_figure(layout, seed, place, tmp_path_factory.mktemp("changed") / "changed.txt")


def _check_wrong_figure(layout: str, seed: int, place: int, path: Path) -> None:
    """One printed figure changed: it is read as printed, and only its own row may be in doubt."""
    budget = grow(Shape(seed=seed, items=6, sources=SOURCES))
    document = write(budget, LAYOUTS[layout])
    items = known(document)
    at = Random(place).randrange(len(items))
    changed = items[at]
    lines = document.text.split("\n")
    (number,) = changed.lines
    old = amount_text(changed.fen, document.layout, budget.quantum, budget.decimals)
    new_fen = changed.fen + 777 * budget.quantum + changed.fen // 3 // budget.quantum * budget.quantum
    new = amount_text(new_fen, document.layout, budget.quantum, budget.decimals)
    occurrence = sum(item.lines == changed.lines and item.fen == changed.fen for item in items[:at])
    pieces = _split_amount(lines[number - 1], old)
    lines[number - 1] = old.join(pieces[: occurrence + 1]) + new + old.join(pieces[occurrence + 1 :])
    path.write_text("\n".join(lines), encoding="utf-8")
    items[at] = changed._replace(fen=new_fen)
    loaded = load(path)
    outcome = compare(items, loaded)
    assert outcome.found == outcome.expected
    # the row that contradicts itself may be unsure of its total, and no other row
    assert not set(outcome.faults) - {"total uncertain"}, outcome.text()
    unsure = {cell.line for cell in loaded.cells if cell.measure == "total" and cell.column_status in UNCERTAIN}
    assert unsure <= {number}, outcome.text()


def _split_amount(line: str, amount: str) -> list[str]:
    """The line between the whole amounts equal to this one (1.00 is no part of 21.00)."""
    pieces, start = [""], 0
    for end in range(len(line)):
        before = line[end - 1 : end]
        after = line[end + len(amount) : end + len(amount) + 1]
        if line.startswith(amount, end) and not (before.isdigit() or before in {",", "."}) and not after.isdigit():
            pieces[-1] = line[start:end]
            pieces.append("")
            start = end + len(amount)
    pieces[-1] = line[start:]
    return pieces


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_what_a_wrong_figure_does_not_concern_stays_solved(layout: str, tmp_path: Path) -> None:
    """A wrong total of the carry-over table leaves the columns of all other tables as they were."""
    budget = grow(Shape(seed=21, items=6, sources=SOURCES))
    document = write(budget, LAYOUTS[layout])
    path = tmp_path / "before.txt"
    path.write_bytes(document.data)
    before = load(path)
    total = next(item for item in known(document) if item.statement == "carryover_detail" and item.name == "总计")
    lines = document.text.split("\n")
    (number,) = total.lines
    old = amount_text(total.fen, document.layout, budget.quantum, budget.decimals)
    lines[number - 1] = lines[number - 1].replace(old, old.replace(old[0], str(9 - int(old[0]) or 7), 1))
    path = tmp_path / "after.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    after = load(path)

    def elsewhere(loaded: Disclosure) -> list[tuple[object, ...]]:
        return [
            (cell.statement, cell.row_no, cell.measure, cell.amount_fen, cell.column_status in UNCERTAIN)
            for cell in loaded.cells
            if cell.statement != "carryover_detail"
        ]

    assert elsewhere(after) == elsewhere(before)


def test_hostile_names_are_only_names(tmp_path: Path) -> None:
    """Markup, escape sequences, formulas and very long names are read as they are."""
    budget = grow(Shape(seed=8, items=4, sources=SOURCES, long_projects=1))
    hostile = ["[/项]", "[red]经费[/red]", "=HYPERLINK(1)经费", "\x1b[31m经费", "经" * 4000]
    projects = tuple(replace(project, name=hostile[i % len(hostile)]) for i, project in enumerate(budget.projects))
    document = write(replace(budget, projects=projects), LAYOUTS["tabs"])
    path = tmp_path / "名.txt"
    path.write_bytes(document.data)
    loaded = load(path)
    names = {label(line.project) for line in loaded.lines if line.project and line.statement == "project_expenditure"}
    assert names == {label(project.name) for project in projects}


def test_a_table_cut_after_its_first_class(tmp_path: Path) -> None:
    _check_cut("tabs", 24, 0.55859375, tmp_path / "cut.txt")


def test_the_line_of_the_body_with_a_wrong_figure(tmp_path: Path) -> None:
    _check_wrong_figure("lost", 157, 157, tmp_path / "changed.txt")
