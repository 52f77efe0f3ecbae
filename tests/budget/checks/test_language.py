"""In English nothing that a check says is Chinese but the words of the document; in Chinese nothing has changed."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import pytest
from babel.messages.extract import extract_from_dir

from budget import checks
from budget.checks import catalogue, tables
from budget.checks.cache import checked
from budget.checks.rule import Outcome, worded
from budget.checks.wording import catalogue_markdown, kind, ref_words, title
from budget.export.findings import FORMATS, Report, to_bytes
from budget.i18n import language
from budget.i18n.language import using
from budget.library.frames import Frames, frames
from budget.model.codes import FUNCTIONAL
from budget.model.disclosure import MoneyUnit
from budget.reading.disclosure import opened
from loaders.load import load
from sample_data import paths
from tests.budget.checks import odd_documents
from tests.budget.checks.narrative.test_narrative import ACROSS, CHANGED
from tests.support.english import CHINESE
from tests.support.mutating import mutants, read, text
from tests.support.nine_tables import outcome, street, unknown
from tests.support.talking import talking
from tests.support.tiers import turns
from tools.documents.files.layout import Layout
from tools.documents.files.render import write
from tools.documents.known_forms.budget_gen import Shape, grow
from tools.documents.known_forms.forms import FORMS, draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from budget.checks.rule import Finding
    from loaders.document import Document

SEED = 20261122
DRAWN = 7 - turns(6)
"""Documents of each form of the writer; each is checked as it is and with figures changed. One in the quick tier."""
SOURCES = ("general_public_budget", "own_funds", "appropriation_carryover")
MADE = frozenset({Outcome.DISCREPANCY, Outcome.HINT, Outcome.ROUNDING, Outcome.EXACT})
"""Outcomes of comparisons that were made."""
DIFFERING = frozenset({Outcome.DISCREPANCY, Outcome.HINT})
WORDING = "wording.py"
"""What is said about checks and outcomes, in pages and reports; findings do not say it."""
UNSAID = {"核对中出现内部错误（{error}），未核对。": "told by a test of its own"}
"""Messages of the checks that no document below brings forth, each with the reason."""
ON = date(2026, 11, 22)


class Spoken(NamedTuple):
    """What the checks say of one document in both languages."""

    name: str
    own: Frames
    baseline: Frames | None
    chinese: list[Finding]
    english: list[Finding]
    asked: set[str]
    """The messages that were looked up for it."""

    def report(self, found: list[Finding]) -> Report:
        """The findings as the reports have them."""
        heads = [
            None if one is None else opened(one, one.disclosures["disclosure_id"][0]).head
            for one in (self.own, self.baseline)
        ]
        assert heads[0] is not None
        return Report(heads[0], heads[1], MoneyUnit.WAN, tuple(found))


def documents() -> Iterator[tuple[str, Frames, Frames | None]]:
    """Name, frames, frames of the year before: samples as they are and changed, what the writer draws, small ones."""
    samples = {path.stem: path.read_text(encoding="utf-8") for path in paths()}
    of = {name: frames([load(path)]) for name, path in zip(samples, paths(), strict=True)}
    yield from ((name, own, None) for name, own in of.items())
    yield "pair", of["changji-2025"], of["changji-2024"]
    yield "the wrong way round", of["changji-2024"], of["changji-2025"]
    for name, old, new, check, _ in CHANGED[:: turns(4)]:
        yield f"{name} {check}", _read(text(samples[name].replace(old, new, 1).encode())), None
    for old, new, check, _ in ACROSS[:: turns(3)]:
        changed = text(samples["changji-2025"].replace(old, new, 1).encode())
        yield f"pair {check}", _read(changed), of["changji-2024"]
    rng = Random(SEED)
    drawn = {f"{form} {seed}": draw(form, SEED + seed, 8).made().document for form in FORMS for seed in range(DRAWN)}
    drawn["lost blanks"] = text(
        write(grow(Shape(seed=3, items=9, sources=SOURCES)), Layout(cells="lost", zeros="blank")).data
    )
    for name, document in drawn.items():
        yield name, _read(document), None
        if read(document).cells:
            yield from (
                (f"{name} changed", _read(mutant.document), None) for mutant in mutants(document, rng, DRAWN // 2)
            )
    yield "talking", frames([talking()]), frames([talking(2024)])
    yield "nine tables", frames([street(2025)]), frames([street(2024)])
    yield "final accounts", frames([outcome()]), None
    yield "no form", frames([unknown()]), None
    for name, odd, before in odd_documents.every():
        yield f"odd {name}", frames([odd]), frames([before]) if before else None


def _read(document: Document) -> Frames:
    return frames([read(document)])


@pytest.fixture(scope="module")
def spoken() -> list[Spoken]:
    found = []
    for name, own, baseline in documents():
        with listening() as asked:
            english = checks.findings(own, baseline)
        found.append(Spoken(name, own, baseline, checks.findings(own, baseline), english, asked))
    return found


def _words(frame: pl.DataFrame) -> Iterator[str]:
    for column in frame.iter_columns():
        if column.dtype == pl.List(pl.String):
            yield from column.explode().drop_nulls()
        elif column.dtype == pl.String:
            yield from column.drop_nulls()


@cache
def _official() -> str:
    return "\n".join(name for name, _ in FUNCTIONAL.values())


def of_document(one: Spoken) -> str:
    """All text of both documents without blanks, and the names of the classification."""
    both = [own for own in (one.own, one.baseline) if own is not None]
    every = [
        frame for own in both for field in fields(own) if isinstance(frame := getattr(own, field.name), pl.DataFrame)
    ]
    printed = [ref.text for finding in one.chinese for ref in finding.refs]
    words = {"".join(word.split()) for frame in every for word in _words(frame)}
    return "\n".join([*words, *printed, _official()])


def left_of(said: Iterable[str], document: str) -> list[str]:
    """What is Chinese in some texts and no part of the document."""
    runs = {run for text_ in said for run in CHINESE.findall(text_)}
    return sorted(run for run in runs if run not in document)


def told(finding: Finding) -> Iterator[str]:
    """All words of a finding but those that it quotes as printed."""
    yield from (finding.message, finding.left, finding.right, title(finding))
    yield from (ref.label for ref in finding.refs)
    yield from (ref_words(ref, "2024", ref.text) for ref in finding.refs)


@pytest.mark.long
def test_findings_in_english_have_no_chinese_but_that_of_the_document(spoken: list[Spoken]) -> None:
    assert len(spoken) > 30
    with using("en"):
        for one in spoken[:: turns(3)]:
            document = of_document(one)
            assert left_of((word for finding in one.english for word in told(finding)), document) == [], one.name


@pytest.mark.long
def test_reports_in_english_have_no_chinese_but_that_of_the_document(spoken: list[Spoken]) -> None:
    """What the formats add to the findings is the same everywhere: every third document is enough."""
    with using("en"):
        for one in spoken[:: 3 * turns(3)]:
            document = of_document(one)
            report = one.report(one.english)
            for format_ in FORMATS:
                assert left_of([to_bytes([report, report], format_, ON).decode()], document) == [], (one.name, format_)


def test_both_languages_find_the_same(spoken: list[Spoken]) -> None:
    """Only words differ: ids, outcomes, figures, places and what is quoted are those of the document."""
    for one in spoken:
        assert [_figures(finding) for finding in one.english] == [_figures(finding) for finding in one.chinese]
        assert all(finding.message.endswith(".") for finding in one.english)
        assert all(finding.message.endswith("。") for finding in one.chinese)
        assert not [finding for finding in one.chinese if finding.message in {other.message for other in one.english}]


def _figures(finding: Finding) -> tuple[object, ...]:
    refs = tuple(ref._replace(label="") for ref in finding.refs)
    amounts = (finding.left_fen, finding.right_fen, finding.difference_fen, finding.tolerance_fen)
    return (finding.check, finding.outcome, refs, *amounts, bool(finding.left), bool(finding.right))


@pytest.mark.long
def test_every_check_and_every_message_is_among_them(spoken: list[Spoken]) -> None:
    """What is shown above is shown of the whole catalogue, and of all that its modules can say but what is listed."""
    found = [finding for one in spoken for finding in one.english]
    every = {check.id for check in catalogue.CHECKS}
    assert every - {finding.check for finding in found if finding.outcome in MADE} == set()
    assert every - {finding.check for finding in found if finding.outcome in DIFFERING} == set()
    marked = extract_from_dir(Path(checks.__file__).parent, keywords={"tr": None, "N_": None})
    said = {asked for one in spoken for asked in one.asked} | _asked_of_catalogue()
    messages = {str(message) for name, _, message, _, _ in marked if name != WORDING}
    assert messages - said == UNSAID.keys()


def _asked_of_catalogue() -> set[str]:
    with listening() as asked:
        for check in (*catalogue.CHECKS, catalogue.OTHER_YEAR):
            worded(check.title), worded(check.formula), language.tr(check.topic)
    return asked


@contextmanager
def listening() -> Iterator[set[str]]:
    """The messages that are looked up in English while the block lasts."""
    asked: set[str] = set()
    with using("en"), pytest.MonkeyPatch.context() as patch:
        look_up = language._Chosen.lookup

        def heard(message: str) -> str:
            asked.add(message)
            return look_up(message)

        patch.setattr(language._Chosen, "lookup", heard)
        yield asked


def test_the_catalogue_is_told_in_english_without_chinese() -> None:
    with using("en"):
        words = [
            word for check in catalogue.CHECKS for word in (worded(check.title), worded(check.formula), kind(check))
        ]
        assert [word for word in words if CHINESE.search(word)] == []
    assert catalogue_markdown().count("必须成立") > 15


def test_a_topic_that_fails_says_so_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[Finding]:
        raise RuntimeError("odd")

    monkeypatch.setattr(tables, "findings", fail)
    with using("en"):
        found = checks.findings(frames([load(paths()[0])]))
    assert "Internal error while checking (RuntimeError('odd')); not checked." in {one.message for one in found}


def test_findings_that_are_kept_do_not_outlive_their_language() -> None:
    own = frames([load(paths()[0])])
    id_ = own.disclosures["disclosure_id"][0]
    before = checked(own, id_)
    with using("en"):
        english = checked(own, id_)
        assert english[0].message != before[0].message
        assert checked(own, id_) is english
    assert checked(own, id_) == before


def test_checks_that_were_imported_in_english_speak_chinese_later() -> None:
    """Nothing that is made when a module is imported keeps a language."""
    code = (
        "from budget.i18n import language; language.use('en'); from budget.checks import catalogue; language.use('zh');"
        "from budget.checks.wording import catalogue_markdown; print(catalogue_markdown())"
    )
    said = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert said.stdout.rstrip("\n") == catalogue_markdown().rstrip("\n")


def test_ids_and_keys_are_the_same_in_every_language(spoken: list[Spoken]) -> None:
    (pair,) = [one for one in spoken if one.name == "pair"]
    with using("en"):
        english = json.loads(to_bytes([pair.report(pair.english)], "json", ON))
        head, *rows = csv.reader(io.StringIO(to_bytes([pair.report(pair.english)], "csv", ON).decode("utf-8-sig")))
    chinese = json.loads(to_bytes([pair.report(pair.chinese)], "json", ON))
    assert list(_keys(english)) == list(_keys(chinese))
    assert english["summary"] == chinese["summary"]
    ids = [(one["check"], one["outcome"]) for one in english["documents"][0]["findings"]]
    assert ids == [(one["check"], one["outcome"]) for one in chinese["documents"][0]["findings"]]
    assert head[4:8] == ["Outcome", "Topic", "Rule id", "Rule"]
    assert [row[6] for row in rows] == [id_ for id_, _ in ids]


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _keys(inner)
