"""What the loaders say, in the other language: of bad input of every format, through workers, and from the library."""

from __future__ import annotations

import json
import re
import zipfile
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.export.frame_csv import raw_frame_csv
from budget.i18n.language import CHINESE, ENGLISH, Message, sentence, using
from budget.library.frames import SCHEMAS, frames, spoken
from budget.library.library import OLD, Library
from budget.library.parts import to_parquet
from budget.model.disclosure import Notice, Severity, UnreadableDocumentError
from budget.views.registry import view_table
from budget.views.state import View, ViewState
from loaders.load import LOADER_VERSION, load
from loaders.workers import pool
from loaders.workers import start as hiring
from tests.journeys.fuzzing import FORMATS, damaged, small
from tests.journeys.test_bad_input import BAD
from tests.support.originals import NAMES, original
from tests.support.packages import word, zipped
from tools.documents.strategies import share
from tui.library.intake import Intake
from tui.library.shelf import LoadedLibrary
from tui.render.reports import report

if TYPE_CHECKING:
    from pathlib import Path

    from budget.model.disclosure import Disclosure

CHINESE_LETTERS = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
HOSTILE = '{}{0}{name!r:>99999999}%s{ “"'
SEEDS = range(share(24))
OTHER_FORMATS = {
    "rtf": rb"{\rtf1 x}",
    "ps": b"%!PS-Adobe",
    "sqlite": b"SQLite format 3\x00",
    "xml": b"<?xml version='1.0'?><Workbook/>",
    "archive": zipped({"a.txt": "1"}),
    "slides": zipped({"ppt/presentation.xml": "<p/>"}),
    "xlsb": zipped({"xl/workbook.bin": "1"}),
    "odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "word without text": word(""),
    "word with a picture": word("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"),
    "deep word": word("<w:p>" * 200 + "</w:p>" * 200),
    "entity": zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
    "no pages": zipped({"OFD.xml": "<OFD/>"}),
    "empty page": b"<html><body></body></html>",
    "mail": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n",
    "cut pdf": b"%PDF-1.7\n1 0 obj",
    "broken pdf": b"%PDF-1.7\n1 0 obj\n%%EOF",
}


def in_english(sentence: str) -> None:
    assert sentence
    assert not CHINESE_LETTERS.search(sentence), sentence


def ours(value: str) -> str:
    """A kept value with every text of the document in it replaced by a letter."""
    if value[:1] in {"\x1f", "\x1e"}:
        message, *values = json.loads(value[1:])
        return value[0] + json.dumps([message, *map(ours, values)])
    return "x"


def said(notice: Notice) -> str:
    """The sentence of a notice without what stands in the document."""
    return sentence(notice.text, [ours(value) for value in notice.values])


def loaded_or_refused(path: Path) -> tuple[Disclosure | None, str]:
    try:
        return load(path), ""
    except UnreadableDocumentError as error:
        return None, str(error)


@pytest.mark.parametrize("data", [*BAD.values(), *OTHER_FORMATS.values()], ids=[*BAD, *OTHER_FORMATS])
def test_other_files_are_refused_in_english(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(data)
    chinese = loaded_or_refused(path)[1]
    assert CHINESE_LETTERS.search(chinese)
    with using(ENGLISH):
        refusal = loaded_or_refused(path)[1]
    in_english(refusal)
    assert refusal.startswith("file.bin: ")
    assert refusal.endswith(".")


def test_what_cannot_be_opened_is_refused_in_english(tmp_path: Path) -> None:
    with using(ENGLISH):
        for path in (tmp_path, tmp_path / "none.txt", tmp_path / ("long" * 200), tmp_path / "nul\x00.txt"):
            refusal = loaded_or_refused(path)[1]
            in_english(refusal)
            assert str(path) in refusal


@pytest.mark.parametrize("format_", FORMATS)
def test_damaged_files_of_every_format_are_spoken_of_in_english(format_: str, tmp_path: Path) -> None:
    path = tmp_path / f"damaged.{format_}"
    path.write_bytes(small(format_))
    assert loaded_or_refused(path)[0] is not None
    for seed in SEEDS:
        path.write_bytes(damaged(format_, seed))
        with using(ENGLISH):
            loaded, refusal = loaded_or_refused(path)
            if loaded is None:
                in_english(refusal)
            for notice in loaded.report.notices if loaded is not None else ():
                in_english(said(notice))
    path.write_bytes(small(format_)[:40])
    with using(ENGLISH):
        in_english(loaded_or_refused(path)[1])


@pytest.mark.parametrize("name", NAMES)
def test_originals_and_cut_originals_are_spoken_of_in_english(name: str, tmp_path: Path) -> None:
    """Cut ones lack statements, lines and totals: they have the most to be said of them."""
    text = original(name).text
    path = tmp_path / "cut.txt"
    kinds = set()
    for part in (0.2, 0.35, 0.6, 1):
        path.write_text(text[: int(len(text) * part)], encoding="utf-8")
        loaded, refusal = loaded_or_refused(path)
        with using(ENGLISH):
            for notice in loaded.report.notices if loaded is not None else ():
                kinds.add(notice.text)
                in_english(said(notice))
        assert loaded is not None or refusal
    assert kinds


# -- workers ---------------------------------------------------------------------------------------------------------


def test_workers_are_understood_in_either_language(tmp_path: Path) -> None:
    novel, picture, missing, lacking = (tmp_path / name for name in ("novel.txt", "page.png", "none.txt", "cut.txt"))
    novel.write_bytes(BAD["novel"])
    picture.write_bytes(BAD["png"])
    lacking.write_text(lacking_a_table(), encoding="utf-8")
    paths = [novel, picture, missing, lacking]
    with using(ENGLISH):
        found = {answer.path: answer for answer in pool.results(paths, hiring.hire, workers=1)}
        for path in (novel, picture, missing):
            in_english(found[path].failure)
            assert path.name in found[path].failure
        answer = found[lacking]
        assert answer.frames is not None
        english = spoken(answer.frames.notices)["text"].to_list()
        for one in english:
            in_english(one)
    for path in (novel, picture, missing):
        assert found[path].failure.endswith("。")
    assert spoken(answer.frames.notices)["text"].to_list() == [
        notice.sentence for notice in load(lacking).report.notices
    ]


def test_a_worker_that_ends_is_told_of_in_english(tmp_path: Path) -> None:
    path = tmp_path / "slow.txt"
    path.write_bytes(small("txt"))
    with using(ENGLISH):
        (answer,) = pool.results([path], hiring.hire, workers=1, seconds=0.0)
        in_english(answer.failure)
        with pytest.raises(pool.WorkersFailedError) as caught:
            list(pool.results([path], refusing, workers=1))
        in_english(str(caught.value))


def refusing() -> None:
    raise PermissionError(13, "Zugriff verweigert")


# -- the library -----------------------------------------------------------------------------------------------------


@cache
def lacking_a_table() -> str:
    """A small disclosure whose last table is missing and whose first says no money unit."""
    text = small("txt").decode()
    start = max(found.start() for found in re.finditer(r"^.*表\s*8.*$", text, re.MULTILINE))
    return re.sub(r"单位[:：]\s*万?元", "", text[:start], count=1)


def filled(folder: Path, language: str) -> Library:
    """A library with that disclosure, read in this language."""
    path = folder / "cut.txt"
    path.write_text(lacking_a_table(), encoding="utf-8")
    library = Library(folder / "library", LOADER_VERSION)
    with using(language):
        library.add(frames([load(path)]))
    return library


@pytest.mark.parametrize(("written_in", "opened_in"), [(CHINESE, ENGLISH), (ENGLISH, CHINESE)])
def test_a_library_is_shown_in_the_language_of_who_opens_it(written_in: str, opened_in: str, tmp_path: Path) -> None:
    folder = filled(tmp_path, written_in).folder
    with using(opened_in):
        listed = Library(folder, LOADER_VERSION).contents().frames
        held = listed.of(listed.disclosures["disclosure_id"].item())
        shown_here = spoken(held.notices)["text"].to_list()
        exported = raw_frame_csv(held, "notices").decode("utf-8-sig")
    assert held.notices["values"].list.len().max() == 2
    assert any("没有找到" in text for text in held.notices["text"])
    for text in shown_here:
        assert bool(CHINESE_LETTERS.search(text)) == (opened_in == CHINESE), text
    assert exported.splitlines()[0] == "disclosure_id,severity,statement,line,text,body,fiscal_year"
    assert shown_here[0].split("“")[0] in exported
    assert "\x1f" not in exported


def test_views_and_the_reading_report_follow_the_language(tmp_path: Path) -> None:
    """Of the same frames, for what is cut out of them once is kept."""
    held = filled(tmp_path, ENGLISH).contents().frames
    key = held.disclosures["disclosure_id"].item()
    state = ViewState(disclosure=key, view=View.STATEMENT, scope="revenue_expenditure_summary")
    for language, said_there in (
        (CHINESE, "没有“单位”行，按万元读取。"),
        (ENGLISH, "no money unit printed, read as 10,000 yuan."),
    ):
        with using(language):
            assert any(note.endswith(said_there) for note in view_table(state, held).notes)
            assert any(line.text.endswith(said_there) for line in report(held, key))


def test_a_library_of_the_version_before_opens_and_asks_to_be_read_again(tmp_path: Path) -> None:
    """Its notices have no values: they are sentences, whatever braces stand in them."""
    library = filled(tmp_path, CHINESE)
    (part,) = library.folder.glob("*.part")
    before = f"工作表“{HOSTILE}”已损坏，未读取。"
    with zipfile.ZipFile(part) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["schema"] = "of the version before"
    for entry in manifest["disclosures"]:
        entry["loader_version"] = LOADER_VERSION - 1
    rows = [(entry["disclosure_id"], "lost", None, None, before) for entry in manifest["disclosures"]]
    old = SCHEMAS["notices"].to_frame().drop("values")
    part.unlink()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            if name == "manifest.json":
                archive.writestr(name, json.dumps(manifest))
            elif name == "notices.parquet":
                archive.writestr(name, to_parquet(type(old)(rows, schema=old.schema, orient="row")))
            else:
                archive.writestr(name, content)
    part.write_bytes(out.getvalue())

    again = Library(library.folder, LOADER_VERSION)
    contents = again.contents()
    assert contents.messages == ()
    held = contents.frames.of(contents.frames.disclosures["disclosure_id"].item())
    assert spoken(held.notices)["text"].to_list() == [before, OLD]
    with using(ENGLISH):
        texts = spoken(held.notices)["text"].to_list()
        assert texts[0] == before
        in_english(texts[1])
        assert HOSTILE.replace('"', '""') in raw_frame_csv(held, "notices").decode("utf-8-sig")
    assert [entry.source_path for entry in again.outdated()] == [str(tmp_path / "cut.txt")]
    key = contents.frames.disclosures["disclosure_id"].item()
    assert contents.frames.of(key).cells.height > 0

    again.add(frames([load(tmp_path / "cut.txt")]))
    assert again.outdated() == []
    renewed = again.contents().frames
    assert OLD not in renewed.of(renewed.disclosures["disclosure_id"].item()).notices["text"]


@pytest.mark.parametrize(("read_in", "shown_in"), [(CHINESE, ENGLISH), (ENGLISH, CHINESE)])
def test_why_a_file_was_not_read_is_kept_in_no_language(read_in: str, shown_in: str, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(BAD["png"])
    library = Library(tmp_path / "library", LOADER_VERSION)
    with using(read_in):
        list(Intake(LoadedLibrary(library), [path]).run())
    with using(shown_in):
        ((name, why),) = LoadedLibrary(Library(library.folder, LOADER_VERSION)).failures()
        known = LoadedLibrary(Library(library.folder, LOADER_VERSION)).known(path)
        assert known is not None
        assert known.failure == why
    assert name == str(path)
    assert bool(CHINESE_LETTERS.search(why)) == (shown_in == CHINESE)


# -- texts of documents ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_braces_in_names_are_only_braces(language: str, tmp_path: Path) -> None:
    with using(language):
        path = tmp_path / "{}{0}{name}.txt"
        path.write_bytes(BAD["novel"])
        assert path.name in loaded_or_refused(path)[1]
        (answer,) = pool.results([path], hiring.hire, workers=1)
        assert path.name in answer.failure
        hidden = Notice.of(
            Severity.INFO, "隐藏的工作表未读取：{}。", Message.listed([Message.of("“{}”", HOSTILE), "{0}"])
        )
        assert HOSTILE in hidden.sentence
        assert "{0}" in hidden.sentence


def test_braces_in_a_document_are_shown_as_they_stand(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(small("xlsx")))
    hidden = book.create_sheet("{0}{}{a}")
    hidden.append([1])
    hidden.sheet_state = "hidden"
    path = tmp_path / "book.xlsx"
    book.save(path)
    (notice,) = [one for one in load(path).report.notices if "隐藏的工作表" in one.text]
    assert notice.sentence == "隐藏的工作表未读取：“{0}{}{a}”。"
    held = frames([load(path)])
    with using(ENGLISH):
        assert 'Hidden sheets not read: "{0}{}{a}".' in spoken(held.notices)["text"].to_list()


_TEXT = st.text(st.sampled_from('\x1f\x1e[]"\\{}0:!,x元、'), max_size=12)


@given(st.lists(_TEXT, max_size=4), st.sampled_from([CHINESE, ENGLISH]))
def test_whatever_stands_in_a_document_can_be_shown(values: list[str], language: str) -> None:
    with using(language):
        for value in values:
            Message(value).text()
        plain = [value for value in values if not value.startswith(("\x1f", "\x1e"))]
        assert Message.of("{}" * len(plain), *plain).text() == "".join(plain)
        enumeration = Message.listed(plain)
        assert Message.of("“{}”", enumeration).text().strip('“”"') == enumeration.text().strip('“”"')
        Notice.of(Severity.INFO, "“{}”不属于表中任何一行，未读入。", *values).sentence  # noqa: B018 - it may not fail
