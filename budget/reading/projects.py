"""What one disclosure has on each of its projects: lines of tables, description, parts, targets.

The same project bears slightly different names in the project table, in the text, in its table of targets and in the
carry-over table.  Equal names belong together; of the others each takes the best near name
(`budget.reading.pairing.likeness`) that is still free.  A table of targets may stand for several
projects: one that is left without takes the nearest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from budget.model.disclosure import RowKind
from budget.reading.choice import CARRYOVER, PROJECTS, choose_table
from budget.reading.pairing import MOST_CANDIDATES, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.model.records import Allocation, Indicator, Plan, Project, Records
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.rows import Row

_K = TypeVar("_K")
_T = TypeVar("_T")


class Dossier(NamedTuple):
    """One project of one disclosure; `name` is that of the first source that has it, in the order of the fields."""

    name: str
    lines: tuple[Row, ...] = ()
    """Of the project table; one project may stand under several codes."""
    described: tuple[Project, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    plan: Plan | None = None
    indicators: tuple[Indicator, ...] = ()
    shared: bool = False
    """Whether the plan belongs to a project with a nearer name."""
    carried: tuple[Row, ...] = ()

    @property
    def code(self) -> str:
        """The functional code of the first line; "" where no table has the project."""
        return self.lines[0].code if self.lines else ""

    @property
    def other_names(self) -> tuple[tuple[str, str], ...]:
        """(source, name) of each source that calls it otherwise: text, targets, carry-over."""
        named = [
            *(("text", project.name) for project in self.described),
            *([("targets", self.plan.project)] if self.plan else []),
            *(("carryover", row.project or row.name) for row in self.carried),
        ]
        return tuple(dict.fromkeys((source, name) for source, name in named if name != self.name))


class _Gathered(NamedTuple):
    """Parts by the number of their project, indicators by that of their plan."""

    parts: dict[int, tuple[Allocation, ...]]
    indicators: dict[int, tuple[Indicator, ...]]


def dossiers(found: OpenDisclosure) -> tuple[Dossier, ...]:
    """Every project: in the order of the project table, then those of the text, of the targets, of the carry-over."""
    return found.once("dossiers", lambda: _dossiers(found, found.records))


def _dossiers(found: OpenDisclosure, said: Records) -> tuple[Dossier, ...]:
    lines = _by_name((row.project, row) for row in choose_table(found, PROJECTS).rows if row.project)
    described = _by_name((project.name, project) for project in said.projects if project.name)
    plans = _by_name((plan.project, plan) for plan in said.plans if plan.scope == "project" and plan.project)
    carried = _by_name(
        (row.project or row.name, row)
        for row in choose_table(found, CARRYOVER).rows
        if row.project or row.kind == RowKind.PROJECT
    )
    gathered = _Gathered(
        _by_name((part.project_number, part) for part in said.allocations),
        _by_name((one.plan, one) for one in said.indicators),
    )
    names = list(lines)
    of_text = _assigned(names, list(described))
    of_plan = _assigned(names, list(plans))
    of_carried = _assigned(names, list(carried))
    shared = _nearest([name for name in names if name not in of_plan], list(plans))
    return tuple(
        _dossier(
            name,
            gathered,
            lines.get(name, ()),
            described.get(of_text.get(name, ""), ()),
            next(iter(plans.get(of_plan.get(name) or shared.get(name, ""), ())), None),
            carried.get(of_carried.get(name, ""), ()),
        )._replace(shared=name in shared)
        for name in names
    )


def dossier_of(found: Iterable[Dossier], wanted: str) -> Dossier | None:
    """The project with this name or with a line of this key; None where there is none."""
    every = tuple(found)
    by_key = (dossier for dossier in every if any(row.line_key == wanted for row in dossier.lines))
    by_name = (dossier for dossier in every if dossier.name == wanted)
    other = (dossier for dossier in every if any(name == wanted for _, name in dossier.other_names))
    return next(by_key, None) or next(by_name, None) or next(other, None)


def near_partners(names: Sequence[str], others: Sequence[str], least: float = 0.0) -> dict[str, str]:
    """Each name -> its partner: the same name, else the best near one that no other name has; one-to-one.

    `least` is what the likeness of a near name must reach, beyond being the same project at all.
    """
    known = set(others)
    partners = {name: name for name in names if name in known}
    free = [other for other in others if other not in partners]
    asking = [name for name in names if name not in partners]
    if len(free) * len(asking) > MOST_CANDIDATES:
        return partners
    candidates = [
        (-score, mine, theirs)
        for mine, name in enumerate(asking)
        for theirs, other in enumerate(free)
        if (score := likeness(name, other)) and score >= least
    ]
    taken: set[int] = set()
    for _, mine, theirs in sorted(candidates):
        if asking[mine] not in partners and theirs not in taken:
            partners[asking[mine]] = free[theirs]
            taken.add(theirs)
    return partners


def _assigned(names: list[str], others: list[str]) -> dict[str, str]:
    """Each name -> the name that another source has for it; names that only the other source has are added."""
    partners = near_partners(names, others)
    given = set(partners.values())
    new = [other for other in others if other not in given]
    names += new
    return partners | {name: name for name in new}


def _nearest(names: Sequence[str], others: Sequence[str]) -> dict[str, str]:
    """Each of these names -> the nearest of the others, whether it has been given away or not."""
    if len(names) * len(others) > MOST_CANDIDATES:
        return {}
    found = {}
    for name in names:
        score, place = max(((likeness(name, other), -place) for place, other in enumerate(others)), default=(0.0, 0))
        if score:
            found[name] = others[-place]
    return found


def _dossier(
    name: str,
    gathered: _Gathered,
    lines: tuple[Row, ...],
    described: tuple[Project, ...],
    plan: Plan | None,
    carried: tuple[Row, ...],
) -> Dossier:
    parts = [part for project in described for part in gathered.parts.get(project.number, ())]
    indicators = () if plan is None else gathered.indicators.get(plan.number, ())
    return Dossier(name, lines, described, tuple(parts), plan, indicators, carried=carried)


def _by_name(named: Iterable[tuple[_K, _T]]) -> dict[_K, tuple[_T, ...]]:
    found: dict[_K, list[_T]] = {}
    for name, one in named:
        found.setdefault(name, []).append(one)
    return {name: tuple(those) for name, those in found.items()}
