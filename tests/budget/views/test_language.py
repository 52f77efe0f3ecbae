"""In English nothing that a view says is Chinese but the words of the document; in Chinese nothing has changed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

import sample_data
from budget.export.table import to_bytes
from budget.export.xlsx import to_xlsx
from budget.i18n import language
from budget.i18n.language import using
from budget.library.frames import frames
from budget.model.codes import ECONOMIC, FUNCTIONAL, name_en
from budget.model.codes_english import FURTHER
from budget.model.disclosure import RowKind
from budget.search.narrative import record_places
from budget.search.statements import hits
from budget.views import row_detail, view_table
from budget.views.registry import every_state
from budget.views.state import Scope, View, ViewState
from budget.views.text.glossary import explain
from loaders.load import load
from tests.support.english import CHINESE, Own, left, places
from tests.support.nine_tables import outcome, street, unknown
from tests.support.reading import loaded
from tests.support.tiers import EACH, thinned, tiered
from tools.documents.files import office
from tools.documents.files.sheet import random_layout
from tools.documents.known_forms import final_accounts, shanghai
from tools.documents.known_forms.budget_gen import Shape, grow

if TYPE_CHECKING:
    from pathlib import Path

    from budget.library.frames import Frames
    from budget.model.disclosure import Disclosure
    from tests.budget.conftest import Two

GENERATED = {"shanghai": shanghai, "final accounts": final_accounts}
SOURCES = ("general_public_budget", "government_fund", "own_funds", "appropriation_carryover")


@pytest.fixture(scope="module")
def samples() -> list[Disclosure]:
    return [loaded(path) for path in sample_data.paths()]


@pytest.fixture(scope="module")
def bureau(samples: list[Disclosure]) -> tuple[Frames, str, str]:
    """The sample pair: frames, this year's id, last year's."""
    old, new, _ = samples
    return frames(samples), new.head.disclosure_id, old.head.disclosure_id


def generated(form: str, seed: int, folder: Path) -> Disclosure:
    """A document of a form as a web page, read again."""
    module = GENERATED[form]
    made = module.made(grow(Shape(seed=seed, items=6, sources=SOURCES)), module.random_style(seed), random_layout(seed))
    path = folder / f"{form}-{seed}.html"
    path.write_bytes(office.html(made, office.Look()))
    return load(path)


def chinese_left(documents: list[Disclosure]) -> list[str]:
    """What is left of Chinese in all places of the first document, alone and beside the second."""
    loaded = frames(documents)
    own = Own(loaded)
    first, second = (document.head.disclosure_id for document in documents[:2])
    with using("en"):
        return [
            f"{state.view} {state.scope} {state.path}: {what}"
            for baseline in ("", second)
            for state in places(loaded, first, baseline)
            for what in left(state, loaded, own)
        ]


@pytest.mark.long
@pytest.mark.parametrize("pair", thinned([(1, 0), (2, 0)], 2), ids=["pair", "headquarters"])
def test_the_samples_in_english(samples: list[Disclosure], pair: tuple[int, int]) -> None:
    found = chinese_left([samples[at] for at in pair])
    assert not found, (len(found), found[:20])


@pytest.mark.long
@pytest.mark.parametrize(
    "documents",
    [
        [street(2025), street(2024)],
        [outcome(2024), street(2024)],
        [unknown(2025), unknown(2024)],
        [street(2025), unknown(2024)],
    ],
    ids=["nine tables", "final accounts", "no form", "another form"],
)
def test_other_forms_in_english(documents: list[Disclosure]) -> None:
    found = chinese_left(documents)
    assert not found, (len(found), found[:20])


@pytest.mark.long
@pytest.mark.parametrize(("form", "seed"), tiered(list(GENERATED), range(2), together=EACH))
def test_generated_documents_in_english(form: str, seed: int, tmp_path: Path) -> None:
    found = chinese_left([generated(form, seed, tmp_path), generated(form, seed + 10, tmp_path)])
    assert not found, (len(found), found[:20])


@pytest.mark.long
def test_the_search_sees_what_is_not_translated(samples: list[Disclosure]) -> None:
    old, new, _ = samples
    loaded = frames([old, new])  # its findings are made here: others must not find them kept
    own = Own(loaded)
    with using("en"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(language._Chosen, "lookup", staticmethod(language.N_))
        found = {
            (state.view, what.split(":")[0])
            for state in places(loaded, new.head.disclosure_id, old.head.disclosure_id)
            for what in left(state, loaded, own)
        }
    assert {view for view, _ in found} == set(View)
    kinds = {"title", "column", "note", "cell note", "cell side", "detail source", "detail cell", "said", "csv", "json"}
    assert kinds <= {kind for _, kind in found}


def exports(loaded: Frames, now: str, before: str) -> list[bytes]:
    """Every view of a disclosure beside its baseline, and the list of all."""
    states = [ViewState(), *every_state(ViewState(now, before), loaded)]
    tables = [view_table(state, loaded) for state in states]
    return [to_bytes(table, kind) for table in tables for kind in ("csv", "json", "md")]


@pytest.mark.long
def test_no_language_stays_behind(bureau: tuple[Frames, str, str]) -> None:
    chinese = exports(*bureau)
    with using("en"):
        english = exports(*bureau)
    assert exports(*bureau) == chinese
    assert all(one != other for one, other in zip(chinese, english, strict=True))
    with using("en"):
        assert exports(*bureau) == english


@pytest.mark.long
def test_constants_are_in_no_language() -> None:
    script = """
import importlib, pkgutil, sys
from budget.i18n import language
language.use("en")
import budget, budget.views
for package in (budget, budget.views):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
language.use("zh")
from budget.library.frames import frames
from tests.support.builders import forest
from tests.budget.views.test_language import exports
now, before = forest(2025), forest(2024)
sys.stdout.buffer.write(b"".join(exports(frames([before, now]), now.head.disclosure_id, before.head.disclosure_id)))
"""
    english_first = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
    chinese_first = subprocess.run(
        [sys.executable, "-c", script.replace('use("en")', 'use("zh")')], capture_output=True, check=True
    ).stdout
    assert english_first == chinese_first
    assert "编码".encode() in chinese_first


@pytest.mark.long
def test_workbooks_in_english(bureau: tuple[Frames, str, str], tmp_path: Path) -> None:
    loaded, now, before = bureau
    own = Own(loaded)
    states = [state for state in every_state(ViewState(now, before), loaded) if state.view is not View.TEXT]
    path = tmp_path / "all.xlsx"
    with using("en"):
        path.write_bytes(to_xlsx([view_table(state, loaded) for state in states]))
    book = load_workbook(path)
    assert book.sheetnames[0] == "Overview"
    assert book.sheetnames[-1] == "About this export"
    assert not [name for name in book.sheetnames if CHINESE.search(own.left_of_head(name))]
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert not [text for text in texts if own.left_of(text)]


class TestNames:
    """The English of a code stands behind the printed name, which stays whole and first."""

    def test_in_the_column_of_names(self, small: Two) -> None:
        state = ViewState(small.now, small.before, View.EXPENDITURE, Scope.ALL_FUNDS, ("208",))
        chinese = view_table(state, small.frames)
        with using("en"):
            english = view_table(state, small.frames)
        assert chinese.frame["name"].to_list() == ["行政事业单位养老支出"]
        assert english.frame["name"].to_list() == [
            "行政事业单位养老支出 · Pensions of administrative units and public institutions"
        ]
        assert chinese.frame.drop("name").drop_nulls().equals(english.frame.drop("name").drop_nulls())
        assert english.totals["name"].to_list() == ["Total"]

    def test_on_the_path_the_english_alone(self, small: Two) -> None:
        state = ViewState(small.now, view=View.EXPENDITURE, path=("208", "20805"))
        with using("en"):
            assert view_table(state, small.frames).breadcrumb[1:] == (
                "Social security and employment",
                "Pensions of administrative units and public institutions",
            )
        assert view_table(state, small.frames).breadcrumb[1:] == ("社会保障和就业支出", "行政事业单位养老支出")

    def test_a_project_keeps_its_own_name(self, small: Two) -> None:
        state = ViewState(small.now, view=View.PROJECT)
        with using("en"):
            names = view_table(state, small.frames).frame["name"].to_list()
        assert names[:2] == view_table(state, small.frames).frame["name"].to_list()[:2]
        assert names[:2] == ["林区道路管护", "2025年苗木补助"]

    def test_in_the_detail(self, small: Two) -> None:
        state = ViewState(small.now, view=View.EXPENDITURE, path=("208",))
        with using("en"):
            detail = row_detail(state, small.frames, view_table(state, small.frames), "20805")
            assert detail is not None
            assert detail.name.startswith("行政事业单位养老支出 · Pensions")
            assert detail.official_name == ""  # the name says it already
        detail = row_detail(state, small.frames, view_table(state, small.frames), "20805")
        assert detail is not None
        assert detail.official_name.startswith("行政事业单位养老支出 pensions")

    def test_labelled_lines_and_totals(self, bureau: tuple[Frames, str, str]) -> None:
        loaded, now, _ = bureau
        with using("en"):
            table = view_table(ViewState(now, view=View.OVERVIEW), loaded)
        names = [*table.frame["name"], *table.totals["name"]]
        assert "一般财力 · Own general resources" in names
        assert names[-2:] == ["收入总计 · Total revenue", "支出总计 · Total expenditure"]

    def test_filter_and_search_know_them(self, small: Two) -> None:
        state = ViewState(small.now, view=View.EXPENDITURE, filter="Social security")
        assert view_table(state, small.frames).frame.height == 0
        assert hits(small.frames, small.now, "social security") == ()
        with using("en"):
            assert view_table(state, small.frames).frame["code"].to_list() == ["208"]
            found = hits(small.frames, small.now, "social SECURITY")
            assert [(hit.code, hit.where) for hit in found] == [("208", "Expenditure")]
            assert found[0].name == "社会保障和就业支出 · Social security and employment"
            assert hits(small.frames, small.now, "社会保障")[0].code == "208"
            assert hits(small.frames, "", "social security")[0].state.disclosure in {small.now, small.before}

    def test_kinds_of_what_is_found_in_words(self, bureau: tuple[Frames, str, str]) -> None:
        loaded, now, _ = bureau
        with using("en"):
            kinds = {kind for kind, _, _ in record_places(loaded, now, "医疗")}
        assert {"Project detail", "Text"} <= kinds
        assert not any(CHINESE.search(kind) for kind in kinds)

    def test_the_glossary_is_found_by_the_printed_name(self, bureau: tuple[Frames, str, str]) -> None:
        loaded, now, before = bureau
        name = "一般公共预算拨款"
        found = explain(loaded, now, before, [name])
        with using("en"):
            assert explain(loaded, now, before, [f"{name} · General public budget appropriation"]) == found
        assert found is not None

    def test_every_code_of_the_samples_has_one(self, bureau: tuple[Frames, str, str]) -> None:
        coded = bureau[0].lines.filter(
            bureau[0].lines["row_kind"].is_in([RowKind.CLASS, RowKind.SECTION, RowKind.ITEM])
        )
        codes = {code for code in coded["resolved_code"] if code}
        assert len(codes) > 50
        assert not {code for code in codes if not name_en(code)}

    def test_codes_are_of_a_level_and_names_are_english(self) -> None:
        for code, name in FURTHER.items():
            assert code.isdigit()
            assert len(code) in ({5, 7} if code[0] == "2" else {5})
            assert code not in FUNCTIONAL or not FUNCTIONAL[code][1]
            assert code[:3] in {**FUNCTIONAL, **ECONOMIC}
            assert name
            assert not CHINESE.search(name)
