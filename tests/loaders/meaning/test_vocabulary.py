"""The vocabulary is made of words, and the words carry over to provinces that nobody has read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from budget.vocabulary import FUNCTION, simplified, vocabulary
from loaders.meaning import title
from loaders.meaning.value import PARENTS
from loaders.meaning.words import normalise
from tests.loaders.meaning.reference import COORDINATES, INTERNAL, entries, fact, folder, lines, plain, printed

ENOUGH = 0.95
CARRIED_OVER = 0.85
DIMENSIONS = {
    "flow": {"revenue", "expenditure", "both", "?债务限额", "?债务余额"},
    "fund": {"appropriation", "general_public", "government_fund", "state_capital", "special_account", "own"}
    | {"carryover", "current", "?", "?一般债务", "?专项债务"}
    | {value for value in PARENTS if value.startswith("own.")},
    "kind": {"basic", "basic.personnel", "basic.operating", "project", "business", "remittance", "subsidy", "reserve"}
    | {"carry_forward", "current", "?"},
    "item": {"three_public", "overseas", "vehicles", "vehicle_purchase", "vehicle_running", "reception", "*", "?"}
    | {"meetings", "training", "agency_operation", "procurement"}
    | {f"procurement.{part}" for part in ("goods", "works", "services")},
    "economic": {"301", "302", "303", "30107", "501", "502"},
    "version": {"budget", "adjusted", "final", "change"},
    "breakdown": {"function", "economic", "unit", "assets", "targets", "procurement"},
    "scheme": {"department", "government"},
    "is_amount": {"yes", "no"},
    "role": {"filler", "head", "total", "part_total", "prior", "executed", "opening", "closing", "transfer"}
    | {"adjustment", "detail", "summary", "balance", "body"},
    "whole": {"yes"},
    "last": {"yes"},
    "subtotal": {"yes"},
    "under": {"vehicles", "procurement"},
}


def test_every_word_says_something_that_is_known() -> None:
    assert len(vocabulary().words) > 500
    for word in vocabulary().words:
        assert word.says, word
        for dimension, value in word.says:
            assert value in DIMENSIONS[dimension], word
        assert word.grammar in {"", "title", "cell", "body"}, word


def test_no_word_is_there_twice() -> None:
    twice = [key for key, count in Counter((w.text, w.grammar) for w in vocabulary().words).items() if count > 1]
    assert not twice


def test_no_word_is_a_title_a_body_or_a_year() -> None:
    for word in vocabulary().words:
        assert not re.search(r"\d", word.text), word
        if word.grammar != "body":
            assert not re.search("局|厅|委员会|法院|检察院|医院|中心|自治区", word.text), word
        parts = {dimension for dimension, _ in word.says} & {"flow", "fund", "kind", "item", "breakdown", "version"}
        assert not (word.text.endswith("表") and parts), word
        assert len(word.text) <= 16, word


def test_no_word_is_a_title_of_the_reference() -> None:
    titles = {normalise(entry.text) for entry in entries(folder()) if entry.grammar == "title"}
    assert not titles & {normalise(word.text) for word in vocabulary().words}


def test_every_code_has_one_name_at_a_time() -> None:
    used: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code in vocabulary().codes:
        assert re.fullmatch(r"2\d\d(\d\d){0,2}" if code.scheme == FUNCTION else r"[35]\d\d(\d\d)?", code.code), code
        used[code.scheme, code.code].append(code.name)
    assert not [key for key, names in used.items() if len(names) != len(set(names))]
    assert len(used) > 500


def test_traditional_characters_become_simplified_ones_that_are_left_alone() -> None:
    table = simplified()
    assert len(table) > 200
    assert not {ord(character) for character in table.values()} & set(table)


@pytest.mark.parametrize(("grammar", "least"), [("title", ENOUGH), ("column", ENOUGH), ("label", ENOUGH)])
def test_words_of_the_reference_mean_what_is_listed(grammar: str, least: float) -> None:
    own = [entry for entry in entries(folder()) if entry.grammar == grammar]
    wrong = {entry: entry.wrong() for entry in own if entry.wrong()}
    rate = 1 - len(wrong) / len(own)
    print(f"\n{grammar}: {rate:.1%} of {len(own)}")
    for entry, differences in wrong.items():
        print(f"  {entry.text} | {entry.title} | {entry.province}: {'; '.join(differences)}")
    assert rate >= least


def test_labels_without_a_side_say_less_but_nothing_wrong() -> None:
    own = [entry for entry in entries(folder()) if entry.grammar == "label"]
    wrong = [
        (entry.text, dimension)
        for entry in own
        for dimension, value in entry.meant
        if getattr(entry.read(side=False), dimension) not in {"", value}
    ]
    assert not wrong


def test_the_breakdown_of_titles_is_right_or_not_said() -> None:
    listed = list(lines(folder() / "vocabulary" / "titles.csv"))
    wrong = [line["title"] for line in listed if title(line["title"]).breakdown not in {"", line["breakdown"]}]
    silent = [line["title"] for line in listed if line["breakdown"] and not title(line["title"]).breakdown]
    assert not wrong
    assert len(silent) <= 0.05 * len(listed), silent


def test_coordinates_of_printed_amounts_come_from_words_alone() -> None:
    """Tables of debts are left out: theirs are neither revenue nor expenditure, only values count."""
    path = folder()
    right, total = 0, 0
    for file in sorted([*path.glob("*.coords.csv"), *(path / "web").glob("*.coords.csv")]):
        if "debt" in file.name:
            continue
        own = list(lines(file))
        good = sum(
            all(getattr(read, key) == plain(key, line[key]) for key in COORDINATES)
            for line in own
            for read in (fact(line, "final" if "final" in file.name else ""),)
        )
        print(f"{good:5} of {len(own):5}  {file.name}")
        right, total = right + good, total + len(own)
    assert total > 5000
    assert right / total >= 0.99


def test_words_carry_over_to_a_province_that_was_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """What titles, heads and labels of only one province hold is unknown in turn, and that province is read.

    Names of codes stay: they are the nation's, published every year.  Screens of systems are in the table, but no
    province's disclosure.
    """
    path = folder()
    texts = printed(path)
    report = [f"{'province':16} {'entries':>7} {'words left out':>14} {'right':>7}"]
    rates: dict[str, float] = {}
    for province in sorted({entry.province for entry in entries(path)}):
        own = [entry for entry in entries(path) if entry.province == province]
        others = "\n".join(text for other, text in texts.items() if other != province)
        left_out = frozenset(
            word.text
            for word in vocabulary().words
            if normalise(word.text) in texts[province] and normalise(word.text) not in others
        )
        reduced = vocabulary().without(left_out)
        rates[province] = sum(not entry.wrong(reduced) for entry in own) / len(own)
        report.append(f"{province:16} {len(own):7} {len(left_out):14} {rates[province]:7.1%}")
    with capsys.disabled():
        print("\n" + "\n".join(report))
    assert len(rates) > 15
    assert {province: rate for province, rate in rates.items() if rate < CARRIED_OVER and province != INTERNAL} == {}
