"""The figures of a random body: leaves whose sums are all the printed amounts."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import budget.vocabulary
from tools.documents.any_form.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

FEN = {"元": 100, "千元": 100_000, "万元": 1_000_000}
APPROPRIATIONS = ("general_public", "government_fund", "state_capital")
OWN = ("own.service", "own.business", "own.superior", "own.affiliated", "own.other")
KINDS = ("basic.personnel", "basic.operating", "project", "business", "remittance", "subsidy")
ECONOMIC = {"basic.personnel": ("301", "303"), "basic.operating": ("302", "310")}
"""Economic classes of the kinds of basic expenditure."""


class Leaf(NamedTuple):
    """An amount that no table divides further: exact fen by version."""

    function: str
    fund: str
    carried: bool
    kind: str
    economic: str
    project: str
    unit: str
    amounts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """All amounts of one body and year."""

    body: str
    year: int
    phase: str  # budget, final
    unit: str
    decimals: int
    leaves: tuple[Leaf, ...]
    items: dict[str, dict[str, int]]  # of three public expenses, meetings and training: version -> fen
    carry_forward: int
    function_names: dict[str, str] = field(default_factory=dict)
    economic_names: dict[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The version of the amounts of the own year."""
        return self.phase

    def total(self, accepts: Callable[[Leaf], bool], version: str = "") -> int:
        """The sum of some leaves."""
        return sum(leaf.amounts[version or self.version] for leaf in self.leaves if accepts(leaf))

    def codes(self, accepts: Callable[[Leaf], bool], levels: tuple[int, ...] = (3, 5, 7)) -> list[str]:
        """Functional codes of some leaves and their ancestors, in printed order."""
        return sorted({leaf.function[:level] for leaf in self.leaves if accepts(leaf) for level in levels})


@cache
def _names(name: str, length: int) -> tuple[tuple[str, str, str], ...]:
    """Code, name and last year of the codes of a list."""
    path = Path(budget.vocabulary.__file__).with_name(name)
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["code"], row["name"], row["valid_to"])
            for row in csv.DictReader(file)
            if len(row["code"]) == length and row.get("scheme", "department") == "department"
        )


def _function_names(rng: Random, *, old: bool) -> dict[str, str]:
    """One name a code: names of today, or of before 2019."""
    found: dict[str, str] = {}
    for length in (3, 5, 7):
        names = _names("function.csv", length)
        found |= {code: name for code, name, until in names if not until and name != "一般公共支出"}
        found |= {code: name for code, name, until in names if old and until == "2018" and rng.random() < 0.8}
    return found


def economic_names() -> dict[str, str]:
    """The names of economic classes and sections."""
    found: dict[str, str] = {}
    for length in (3, 5):
        for code, name, until in _names("economic.csv", length):
            if not until:
                found.setdefault(code, name)
    return found


def draw(rng: Random) -> Figures:
    """Random figures of a random body."""
    phase = rng.choice(("budget", "budget", "final"))
    year = rng.randint(2017, 2026)
    unit, decimals = rng.choice((("万元", 2), ("万元", 2), ("元", 2), ("万元", 6), ("元", 0), ("千元", 2)))
    quantum = FEN[unit] // 10**decimals
    names = _function_names(rng, old=year < 2019 or rng.random() < 0.15)
    items = [c for c in names if len(c) == 7 and c[:3] in names and c[:5] in names and c[:3] not in {"230", "231"}]
    economic = economic_names()

    def amount() -> int:
        size: int = rng.choice((10**6, 10**8, 10**9, 10**10))
        return int(max(rng.randrange(size) // quantum, 1) * quantum)

    def versions() -> dict[str, int]:
        own, prior_budget, prior_final, adjusted, final = (amount() for _ in range(5))
        found = {"prior_budget": prior_budget, "prior_final": prior_final, "adjusted": adjusted}
        return found | ({"budget": own} if phase == "budget" else {"budget": own, "final": final})

    chosen = rng.sample(items, min(rng.randint(2, 9), len(items)))
    funds = ["general_public"] + [
        f for f in ("government_fund", "state_capital", "special_account") if rng.random() < 0.5
    ]
    own_funds = [fund for fund in OWN if rng.random() < 0.4]
    kinds = ["basic.personnel", "basic.operating", "project"] + [k for k in KINDS[3:] if rng.random() < 0.15]
    place = rng.choice(words()["names"]["places"])
    body = place + rng.choice(words()["names"]["levels"]) + rng.choice(words()["names"]["offices"])
    units = [
        text.format(place=rng.choice(words()["names"]["places"]), office=body) for text in words()["names"]["units"]
    ]
    units = rng.sample(units, rng.choice((1, 2, 3)))
    carried = rng.choice(("none", "none", "own", "all"))
    leaves: list[Leaf] = []
    used: set[str] = set()
    for code in sorted(chosen):
        for fund in (*funds, *own_funds):
            for kind in kinds:
                if fund != "general_public" and rng.random() < 0.6:
                    continue
                if fund in {"government_fund", "state_capital"} and kind != "project":
                    continue
                sections = [""]
                if kind in ECONOMIC:
                    below = [c for c in economic if len(c) == 5 and c[:3] in ECONOMIC[kind] and c[:3] in economic]
                    sections = rng.sample(below, rng.randint(1, 4))
                for section in sections:
                    project = _project(rng, used) if kind == "project" else ""
                    moved = carried == "all" or (carried == "own" and fund not in APPROPRIATIONS)
                    moved = moved and rng.random() < 0.2
                    leaves.append(Leaf(code, fund, moved, kind, section, project, rng.choice(units), versions()))
    forward = amount() if rng.random() < 0.2 else 0
    return Figures(body, year, phase, unit, decimals, tuple(leaves), _items(rng, versions), forward, names, economic)


def _project(rng: Random, used: set[str]) -> str:
    """A new name of a project."""
    names = words()["names"]
    while True:
        text: str = rng.choice(names["projects"]).format(
            place=rng.choice(names["places"]), thing=rng.choice(names["things"])
        )
        if text in used:
            text += f"（{len(used)}期）"
        if text not in used:
            used.add(text)
            return text


def _items(rng: Random, versions: Callable[[], dict[str, int]]) -> dict[str, dict[str, int]]:
    """Three public expenses with their sums, meetings and training."""
    found = {name: versions() for name in ("overseas", "vehicle_purchase", "vehicle_running", "reception")}
    found = {name: dict.fromkeys(own, 0) if rng.random() < 0.3 else own for name, own in found.items()}
    found["vehicles"] = _sum(found["vehicle_purchase"], found["vehicle_running"])
    found["three_public"] = _sum(found["overseas"], found["vehicles"], found["reception"])
    return found | {"meetings": versions(), "training": versions()}


def _sum(*parts: dict[str, int]) -> dict[str, int]:
    return {version: sum(part[version] for part in parts) for version in parts[0]}
