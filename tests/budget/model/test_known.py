"""Names of statements that are known by their meaning."""

from __future__ import annotations

from budget.model.coordinates import Coordinates
from budget.model.known import REQUIRED, STATEMENT_COORDINATES, lacking


def test_a_table_of_that_meaning_is_there_whatever_its_rows_are() -> None:
    titles = {statement.value: STATEMENT_COORDINATES[statement][0] for statement in REQUIRED}
    assert lacking(titles) == ()
    del titles["expenditure_detail"]
    assert lacking(titles) == ("expenditure_detail",)
    assert lacking({**titles, "other_1": Coordinates("expenditure")}) == ()
    assert lacking({**titles, "other_1": Coordinates("expenditure", "own")}) == ("expenditure_detail",)
    assert lacking({"other_1": Coordinates("expenditure", "own")}) == (), "where none is there, nothing is said"
