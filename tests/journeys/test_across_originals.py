"""Every printed amount of every pivot of the originals against the facts that were read from them by eye."""

from __future__ import annotations

import csv
import itertools
import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from budget.reading.disclosure import opened
from budget.views.across.grid import PROJECT_KEY, grid
from budget.views.across.spec import PivotSpec
from tests.support.reading import loaded_frames
from tests.support.tiers import thinned

SHARED = os.environ.get("YUSUAN_SHARED", "")
AXES = ("function", "economic", "kind", "fund", "item", "project")
WHERE = ("flow", *AXES)
FACTS = sorted(Path(SHARED).glob("reference/*.coords.csv")) if SHARED else []
ENOUGH = 200
"""Amounts that the pivots of a document have at least: a comparison of nothing proves nothing."""


def reference(path: Path) -> dict[tuple[str, ...], set[int]]:
    """Coordinates -> the amounts (fen) that the document prints for them; this year's money is the whole."""
    found: dict[tuple[str, ...], set[int]] = defaultdict(set)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = tuple("" if row[name] == "current" else row[name] for name in WHERE)
            found[key].add(int(Decimal(row["amount_yuan"]) * 100))
    return found


def original(path: Path) -> Path:
    """The document of a file of facts."""
    name = path.name.removesuffix(".coords.csv")
    return next(Path(SHARED).resolve().glob(f"disclosures/{name}.*"))


@pytest.mark.skipif(not SHARED, reason="YUSUAN_SHARED is not set: the pivots of originals are not tested")
@pytest.mark.parametrize("facts", thinned(FACTS, 8), ids=lambda path: path.name.partition(".")[0])
def test_no_pivot_shows_another_amount_than_the_document(facts: Path) -> None:
    wanted = reference(facts)
    held = loaded_frames(original(facts))
    document = opened(held, held.disclosures["disclosure_id"].item())
    own = set(document.cells.filter(document.cells["standard_code"] != "")["standard_code"])
    compared = 0
    for flow, (rows, columns) in itertools.product(("expenditure", "revenue"), itertools.permutations(AXES, 2)):
        if "item" in {rows, columns}:
            continue  # items are of a fund of their own
        found = grid(PivotSpec(rows, columns, (("flow", flow),)), [document])
        for (row, column), cell in found.cells.items():
            place = {**dict.fromkeys(WHERE, ""), "flow": flow, "fund": found.fund or "", "kind": found.kind or ""}
            for axis, value in ((rows, row), (columns, column)):
                if axis == "project" and value:
                    place["function"], _, place["project"] = value.partition(PROJECT_KEY)
                else:
                    place[axis] = value
            # a code that means another one today stands under that
            if cell.computed or (own and {place["function"], place["economic"]} != {""}):
                continue
            amounts = wanted.get(tuple(place.values()))
            assert amounts is None or cell.fen in amounts, place
            compared += amounts is not None
    assert compared >= (ENOUGH if not own else 1)
