"""The languages of the interface: the catalogue is whole, and nothing that is said stands outside of it."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from budget.checks.wording import catalogue_markdown
from budget.i18n import language
from tests.support.document_words import OF_DOCUMENTS, OURS
from tests.support.sources import HAN, marked, marked_in_strings, unmarked
from tui.actions import keys_markdown
from tui.cli import config

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).parents[3]
PACKAGES = ("budget", "loaders", "tui")
PLACE = re.compile(r"\{[^{}]*\}")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’…—]")
CHINESE_IN_ENGLISH = {
    "打开视图和导出时的金额单位：printed 按原表，其余为元、万元、亿元（也可写 yuan、wan、yi）。": "values to be typed",
}
"""Messages whose English has Chinese in it, each with the reason."""


def catalogue() -> Catalog:
    path = language.FOLDER / "en" / "LC_MESSAGES" / "yusuan.po"
    with path.open("rb") as file:
        return read_po(file, locale="en", domain=language.DOMAIN)


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


@cache
def collected() -> frozenset[str]:
    """The messages that are marked in the source now."""
    found: set[str] = set()
    for package in PACKAGES:
        extracted = extract_from_dir(ROOT / package, keywords={"tr": None, "N_": None})
        found |= {str(message) for _, _, message, _, _ in extracted}
    return frozenset(found)


def test_the_catalogue_has_the_messages_of_the_source_and_no_others() -> None:
    kept = {str(message.id) for message in messages()}
    assert collected() - kept == set(), "python3 tasks.py locale collects them"
    assert kept - collected() == set()


@pytest.mark.long
def test_the_collector_overlooks_no_marked_message() -> None:
    """It reads tokens: what is marked within the place of an f-string is lost to it, unless it stands elsewhere too."""
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert set[str]().union(*map(marked, paths)) - collected() == set()
    assert {path.name: lines for path in paths if (lines := marked_in_strings(path))} == {}


def test_every_message_has_english() -> None:
    assert len(messages()) > 300
    assert [message.id for message in messages() if not message.string] == []
    assert [message.id for message in messages() if message.fuzzy] == []


def test_both_languages_have_the_same_places() -> None:
    for message in messages():
        own, english = PLACE.findall(str(message.id)), PLACE.findall(str(message.string))
        assert sorted(english) == sorted(own), message.id


def test_english_has_no_chinese_in_it() -> None:
    found = {str(message.id) for message in messages() if CHINESE.search(str(message.string))}
    assert found == set(CHINESE_IN_ENGLISH)


def test_english_begins_and_ends_as_the_chinese_does() -> None:
    """A sentence ends with a full stop in both, and what is put together with something else does in neither."""
    for message in messages():
        own, english = str(message.id), str(message.string)
        assert own.endswith("。") <= english.rstrip().endswith("."), own
        assert own.endswith("：") <= english.endswith((": ", ":")), own


def test_the_compiled_catalogue_is_that_of_the_messages() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    path = language.FOLDER / "en" / "LC_MESSAGES" / "yusuan.mo"
    assert path.read_bytes() == compiled.getvalue(), "python3 tasks.py locale compiles it"


def test_the_language_can_be_switched_and_comes_back() -> None:
    assert language.current() == language.CHINESE
    with language.using(language.ENGLISH):
        assert language.tr("没有选中的行。") == "No row is selected."
        with language.using(language.CHINESE):
            assert language.tr("没有选中的行。") == "没有选中的行。"
        assert language.current() == language.ENGLISH
    assert language.tr("没有选中的行。") == "没有选中的行。"
    with pytest.raises(ValueError, match="fr"):
        language.use("fr")


def test_the_tables_of_the_docs_are_chinese_whatever_is_spoken() -> None:
    tables = (keys_markdown, catalogue_markdown, config.markdown)
    chinese = [table() for table in tables]
    with language.using(language.ENGLISH):
        assert [table() for table in tables] == chinese
    assert all(HAN.search(table) for table in chinese)


# The source


def of(package: str) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("name", of("tui"))
def test_every_chinese_word_of_the_terminal_is_marked(name: str) -> None:
    found = {word.within: word for word in unmarked(ROOT / name, name)}
    assert found.keys() == OURS.get(name, {}).keys(), [found[within] for within in found.keys() - OURS.get(name, {})]


@pytest.mark.parametrize("name", of("budget"))
def test_every_chinese_word_of_the_domain_is_marked_or_a_word_of_documents(name: str) -> None:
    compare(name, constants=True)


@pytest.mark.parametrize("name", of("loaders"))
def test_what_loaders_say_is_marked_and_the_rest_are_words_of_documents(name: str) -> None:
    """Their constants are the words that documents are read by; what they say is said in functions."""
    compare(name, constants=False)


def compare(name: str, *, constants: bool) -> None:
    words = unmarked(ROOT / name, name, constants=constants, compared=False)
    known = set(OF_DOCUMENTS.get(name, "").split()) | OURS.get(name, {}).keys()
    found = {word.within for word in words}
    assert [word for word in words if word.within not in known] == []
    assert known - found == set(), "no longer unmarked: take it from the list"


def test_the_lists_name_modules_that_are_there() -> None:
    assert {*OURS, *OF_DOCUMENTS} <= {name for package in PACKAGES for name in of(package)}
    assert all(reason for reasons in OURS.values() for reason in reasons.values())
