"""The comparison itself: a perfect reading passes, each kind of fault is seen."""

from __future__ import annotations

from budget.model.disclosure import Cell, ColumnStatus, Disclosure, DisclosureHead, Line, ReadingReport
from tests.support.compare import Known, compare, label


def _disclosure(*cells: Cell, name: str = "教育支出") -> Disclosure:
    line = Line("expenditure_detail", 1, "", "class", "205", "205", "205", name, name, "", 1, None, 7)
    head = DisclosureHead(disclosure_id="0" * 16, sha256="0" * 64, body="")
    return Disclosure(head=head, report=ReadingReport(), lines=(line,), cells=cells)


def _cell(measure: str, fen: int, status: str = ColumnStatus.SOLVED, candidates: tuple[str, ...] = ()) -> Cell:
    return Cell("expenditure_detail", 1, measure, fen, 5000, "", status, candidates, (), None, 7, None)


def _known(measure: str, fen: int, line: int = 7) -> Known:
    return Known("expenditure_detail", "205", "教育支出", "", measure, fen, frozenset({line}))


KNOWN = [_known("total", 100), _known("project", 100)]


def test_a_perfect_reading_has_no_faults() -> None:
    assert not compare(KNOWN, _disclosure(_cell("total", 100), _cell("project", 100))).faults


def test_an_uncertain_cell_may_stand_elsewhere_if_the_truth_is_a_candidate() -> None:
    unsure = _cell("basic", 100, ColumnStatus.AMBIGUOUS, ("basic", "project"))
    outcome = compare(KNOWN, _disclosure(_cell("total", 100), unsure))
    assert not outcome.faults
    assert outcome.uncertain == {"expenditure_detail": 1}


def test_every_kind_of_fault_is_seen() -> None:
    total = _cell("total", 100)
    unsure = _cell("basic", 100, ColumnStatus.AMBIGUOUS, ("basic",))
    unsure_total = _cell("total", 100, ColumnStatus.INFERRED, ("total",))
    for cells, kind in (
        ((total,), "missing"),
        ((total, _cell("basic", 100)), "certain but wrong"),
        ((total, _cell("project", 100), _cell("basic", 5)), "invented"),
        ((total, unsure), "truth not a candidate"),
        ((unsure_total, _cell("project", 100)), "total uncertain"),
    ):
        assert kind in compare(KNOWN, _disclosure(*cells)).faults, kind
    assert "missing" in compare(KNOWN, _disclosure(total, _cell("project", 100), name="科学技术支出")).faults
    moved = [_known("total", 100, line=8), KNOWN[1]]
    assert "wrong line" in compare(moved, _disclosure(total, _cell("project", 100))).faults


def test_labels_compare_without_blanks_enumerators_and_bracket_width() -> None:
    assert label("1．一般公共 预算拨款") == label("一般公共预算拨款")
    assert label("公务用车购置及运行费（小计）") == "公务用车购置及运行费"
    assert label("合 计") == "总计"
    assert label("1.5万亩公益林") == "1.5万亩公益林"
