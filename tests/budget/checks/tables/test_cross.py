"""“三公” expenses beside parts of projects, and the operating expenses of organs beside the basic expenditure."""

from __future__ import annotations

import pytest

from budget.checks import findings
from budget.checks.rule import Outcome
from budget.forms.shanghai import SHANGHAI
from budget.library.frames import frames
from budget.model.records import Allocation, Records
from tests.support.builders import T6, T10, R, disclosure, total


def _allocated(item: str, fen: int | None) -> Records:
    return Records(allocations=(Allocation(1, "执法检查", 9_000_000, item, fen, 5_000, "3.00万元", (), 40, 2),))


@pytest.mark.parametrize(
    ("printed", "item", "fen", "outcome"),
    [
        ("4.49", "公务用车运行维护费", 3_000_000, Outcome.HINT),
        ("7.49", "公务用车运行维护费", 3_000_000, Outcome.NOT_APPLICABLE),
        ("4.49", "印刷费", 3_000_000, Outcome.NOT_APPLICABLE),
        ("4.49", "公务用车运行维护费", None, Outcome.NOT_APPLICABLE),
    ],
)
def test_vehicles_in_projects_are_missed_in_the_table(
    printed: str, item: str, fen: int | None, outcome: Outcome
) -> None:
    basic = [R("30231", "公务用车运行维护费", {"total": "4.49", "operating": "4.49"})]
    running = R(
        name="总计/公务用车购置及运行费/公务用车运行费", amounts={"total": printed, "general_public_budget": printed}
    )
    read = disclosure(2025, {T6: basic, T10: [running]}).model_copy(update={"records": _allocated(item, fen)})
    found = [finding for finding in findings(frames([read])) if finding.check == "T10.projects"]
    assert [finding.outcome for finding in found] == [outcome]
    if outcome is Outcome.HINT:
        assert (found[0].refs[-1].frame, found[0].refs[-1].line) == ("allocations", 40)


@pytest.mark.parametrize(
    ("printed", "outcome"), [("3.00", Outcome.EXACT), ("4.00", Outcome.EXACT), ("5.00", Outcome.HINT)]
)
def test_operating_expenses_of_organs_are_a_part_of_those_of_all(printed: str, outcome: Outcome) -> None:
    basic = [total(total="90,000", personnel="50,000", operating="40,000")]
    read = disclosure(2025, {T6: basic, T10: [R(name="机关运行经费", amounts={"total": printed})]}, form=SHANGHAI)
    found = [finding.outcome for finding in findings(frames([read])) if finding.check == "T10.running<=T6"]
    assert found == [outcome]
