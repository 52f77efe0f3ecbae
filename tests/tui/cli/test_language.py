"""The command line in English: usage, errors, exports and checks have no Chinese but that of the document."""

from __future__ import annotations

import argparse
import gettext
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from babel.messages.extract import extract_python

import sample_data
from budget.i18n import language
from budget.views.state import VIEW_SCOPES, View
from tests.support.command import Command
from tests.support.foreign import HAN, not_of_the_documents
from tui.cli import arguments
from tui.cli import help as usage
from tui.config.settings import UNITS
from tui.terminal import output

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW, _ = (str(path) for path in sample_data.paths())


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    with language.using(language.current()):
        yield


@pytest.fixture
def run(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "home", capsysbinary, monkeypatch)


HELPS = [["--help"], ["export", "--help"], ["check", "--help"], ["config", "--help"]]


@pytest.mark.parametrize("given", HELPS, ids=lambda given: given[0])
def test_the_help_is_english(run: Command, given: list[str]) -> None:
    shown = run(*given, "--lang", "en")
    assert shown.status == output.OK
    assert not HAN.search(shown.text)
    assert shown.text.startswith("usage: yusuan")
    assert "--lang LANGUAGE" in shown.text
    assert run(*given, "--lang=zh").text.startswith("用法: yusuan")


@pytest.mark.parametrize(
    "given",
    [
        ["--nope"],
        ["--lang", "fr"],
        ["--lang"],
        ["no such.txt"],
        ["--config", "/nowhere/x.toml"],
        ["export"],
        ["export", "x"],
        ["export", NEW, "--view", "nope"],
        ["export", NEW, "--view", "all"],
        ["export", NEW, "--view", "overview", "--scope", "nope"],
        ["export", NEW, "--view", "overview", "--at", "210"],
        ["export", NEW, "--view", "expenditure", "--at", "2"],
        ["export", NEW, "--view", "expenditure", "--at", "999"],
        ["export", NEW, "--view", "expenditure", "--unit", "dollar"],
        ["export", NEW, "--view", "expenditure", "-o", "x.doc"],
        ["export", NEW, "--view", "expenditure", "-o", "/nowhere/x.csv"],
        ["export", NEW, "--view", "statement", "--scope", "nope"],
        ["export", NEW, "--view", "one-project", "--scope", "nope"],
        ["export", NEW, OLD, "--view", "overview"],
        ["export", NEW, "--frame", "cells", "--at", "210"],
        ["export", NEW, "--frame", "cells", "--format", "json"],
        ["export", NEW, "--frame", "nope"],
        ["check"],
        ["check", "no such.txt"],
        ["check", NEW, "--format", "nope"],
    ],
    ids=" ".join,
)
def test_what_is_wrong_is_said_in_english(run: Command, given: list[str]) -> None:
    ran = run(*given, "--lang", "en") if given != ["--lang"] else run("--lang", "en", "--lang")
    assert ran.status in {output.FAILED, output.MISUSED}
    assert ran.err
    assert not HAN.search(ran.err.replace(NEW, "").replace(OLD, ""))


def test_argparse_speaks_for_itself_in_english(run: Command) -> None:
    assert "yusuan: error: unrecognized arguments: --nope\n" in run("--lang", "en", "--nope").err
    assert "yusuan：不认识的参数 --nope。用 --help 查看帮助。\n" in run("--nope").err


NEVER_SAID = {
    "positional arguments",
    "show this help message and exit",
    "show program's version number and exit",
    "expected at most one argument",
    "one of the arguments %s is required",
    "unexpected option string: %s",
    "expected %s argument",
}
"""What argparse can say of a command line, but not of ours: no such option, no such argument."""
OF_THE_PROGRAMMER = re.compile(
    r"subparser|parser_name|not callable|__call__|mode %r|open '|cannot merge|'required' is|must start with|dest=|"
    r"conflict|mutually exclusive|ArgumentParser|unknown parser|version"
)


def test_argparse_speaks_chinese_whatever_it_says() -> None:
    """Its messages are those of the Python that runs: a new one wants a new line in the catalogue."""
    with Path(argparse.__file__).open("rb") as source:
        found = [message for _, _, message, _ in extract_python(source, ["_", "ngettext"], [], {})]
    said = {message[0] if isinstance(message, tuple) else message for message in found}
    said = {message for message in said if message and not OF_THE_PROGRAMMER.search(message)} - NEVER_SAID
    assert len(said) > 10
    known = gettext.translation(arguments.DOMAIN, language.FOLDER, ["zh"])
    assert [message for message in sorted(said) if known.gettext(message) == message] == []


@pytest.mark.parametrize(("latin", "unit"), [(name, unit) for unit, name in UNITS.items()])
def test_units_have_names_that_need_no_input_method(run: Command, latin: str, unit: str) -> None:
    export = ["export", NEW, "--view", "expenditure", "--unit"]
    assert arguments.parse_export([*export[1:], latin]).unit == unit
    assert run(*export, latin).out == run(*export, unit).out
    assert "没有金额单位" in run(*export, latin.upper()).err


@pytest.mark.parametrize("extension", [name for name in usage.FORMATS if name != "xlsx"])
@pytest.mark.parametrize("view", [View.LIBRARY, View.OVERVIEW, View.PROJECT, View.FACTS, View.FINDINGS, View.STATED])
def test_exports_are_english_beside_the_words_of_the_document(run: Command, view: View, extension: str) -> None:
    against = [] if view is View.LIBRARY else ["--against", OLD]
    ran = run("export", NEW, "--view", view.value, *against, "--format", extension, "--lang", "en")
    assert ran.status == output.OK
    assert len(ran.text) > 150
    said = re.sub(r'^ *"key": .*$', "", ran.text, flags=re.MULTILINE)  # keys are the same in every language
    assert not_of_the_documents(said) == set()


@pytest.mark.long
def test_a_workbook_of_all_views_is_english(run: Command, tmp_path: Path) -> None:
    target = tmp_path / "all.xlsx"
    given = ["export", NEW, "--against", OLD, "--view", "all", "-o", str(target), "--lang", "en"]
    assert run(*given).status == output.OK
    book = openpyxl.load_workbook(io.BytesIO(target.read_bytes()), read_only=True)
    assert len(book.sheetnames) > len(VIEW_SCOPES)
    for name in book.sheetnames:
        assert not HAN.search(name), name
        cells = [str(cell) for row in book[name].iter_rows(values_only=True) for cell in row if cell is not None]
        assert not_of_the_documents("\n".join(cells)) == set(), name


@pytest.mark.parametrize("extension", usage.REPORTS)
def test_reports_of_findings_are_english(run: Command, extension: str) -> None:
    ran = run("check", NEW, "--against", OLD, "--format", extension, "--lang", "en")
    assert ran.status in {output.OK, output.DISCREPANT}
    said = _texts_of_workbook(ran.out) if extension == "xlsx" else ran.text
    assert len(said) > 150
    assert not_of_the_documents(said) == set()


def _texts_of_workbook(data: bytes) -> str:
    """Names of sheets and what all cells hold, one a line: a workbook is no text."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    return "\n".join([*book.sheetnames, *map(str, cells)])


def test_what_stands_in_place_of_the_browser_is_english(run: Command) -> None:
    ran = run(NEW, "--lang", "en")
    assert ran.status == output.OK
    assert "10,000 yuan" in ran.text
    assert not_of_the_documents(ran.text) == set()


def test_options_may_stand_before_the_command(run: Command) -> None:
    export = ["export", NEW, "--view", "overview"]
    assert run("--lang", "en", *export).out == run(*export, "--lang", "en").out
    assert run("--lang=en", "--no-config", *export).out == run(*export, "--lang", "en").out
    assert "unrecognized arguments: --theme" in run("--lang", "en", "--theme", "dark", *export).err
    assert "--view" in run("--lang", "en", "--", *export).err  # behind -- there are only names of files
    assert run("--lang", "en", "--config").status == output.MISUSED


def test_figures_of_the_narrative_have_english_units(run: Command) -> None:
    shown = run("export", NEW, "--view", "facts", "--lang", "en").text
    assert "Actual staff (persons)" in shown
    assert "（人）" in run("export", NEW, "--view", "facts").text
