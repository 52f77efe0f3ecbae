"""A check that fails costs its own findings and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sample_data
from budget import checks
from budget.checks import tables
from budget.checks.rule import Outcome
from tests.support.reading import loaded_frames

if TYPE_CHECKING:
    import pytest

    from budget.checks.rule import Finding


def test_no_check_fails_on_the_samples() -> None:
    for path in sample_data.paths():
        found = checks.findings(loaded_frames(path))
        assert found
        assert not [finding for finding in found if "内部错误" in finding.message]


def test_a_topic_that_fails_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[Finding]:
        raise RuntimeError

    own = loaded_frames(next(iter(sample_data.paths())))
    whole = {finding.check for finding in checks.findings(own)}
    monkeypatch.setattr(tables, "findings", fail)
    found = checks.findings(own)
    assert {finding.check for finding in found} == whole
    lost = [finding for finding in found if "内部错误" in finding.message]
    assert {finding.check for finding in lost} == {check.id for check in tables.CHECKS}
    assert {finding.outcome for finding in lost} == {Outcome.NOT_CHECKED}


def test_a_figure_that_is_taken_twice_is_named_once() -> None:
    found = [
        one for path in sample_data.paths() for one in checks.findings(loaded_frames(path)) if "年金" in one.message
    ]
    halves = [one for one in found if one.check == "annuity_half" and one.refs]
    assert halves
    for one in halves:
        assert len(one.refs) == len(set(one.refs)) == 2
        assert one.message.count("职业年金缴费") == 1
        assert "职业年金缴费×2" in one.message
