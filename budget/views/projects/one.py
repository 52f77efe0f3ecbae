"""One project: its amount, what it is made of, its terms, its carry-over and its targets, beside those of the baseline.

Without a project in the state's scope the view shows all projects at and below the place, one after the other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, tr
from budget.reading.choice import PROJECT_BY_FUNCTION, PROJECTS
from budget.reading.pairing import Pair
from budget.reading.projects import Dossier, dossier_of, dossiers, near_partners
from budget.views.build import UNCOMPARED, Entry, Plan, assemble
from budget.views.projects.rows import ORDER, PART, Item, amount_of, items
from budget.views.select import chosen
from budget.views.table import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.model.disclosure import MoneyUnit
    from budget.reading.rows import Amount, Row
    from budget.views.sources import Sources
    from budget.views.table import ViewTable

SOURCES = {"text": N_("自述"), "targets": N_("绩效目标表"), "carryover": N_("结转表"), "table": N_("项目表")}
"""What the screen calls the parts of a document that name a project."""


class Couple(NamedTuple):
    """A project and the same one in the baseline; one of them may be missing, never both."""

    current: Dossier | None
    baseline: Dossier | None

    @property
    def name(self) -> str:
        """The name in the shown disclosure, or that of the baseline."""
        found = self.current or self.baseline
        assert found is not None
        return found.name


def one_project(sources: Sources) -> ViewTable:
    """The parts of the project that the scope names; amounts in fen, shares of the project's amount."""
    wanted = sources.state.scope
    found = couples(sources)
    shown = [couple for couple in found if not wanted or _is(couple, wanted)]
    if not wanted:
        shown = [couple for couple in shown if _code(couple).startswith(sources.place)]
    entries = [entry for couple in shown for entry in _entries(couple, sources, several=not wanted)]
    missing = tr("没有读到项目“{}”").format(wanted) if wanted else tr("没有读到项目")
    names = sources.place_names((*chosen(sources, PROJECTS).rows, *chosen(sources, PROJECT_BY_FUNCTION).rows))
    return assemble(
        sources,
        Plan(chosen(sources, PROJECTS).statement, (("total", tr("金额")),), lead=(PART,), unit=_unit(sources)),
        entries,
        places=(*names, *([couple.name for couple in shown[:1]] if wanted else [])),
        notes=() if shown else (missing,),
    )


def _unit(sources: Sources) -> MoneyUnit:
    """The money unit of the project table; without one that of the project expenditure, else of the first table."""
    asked = (chosen(sources, question).statement for question in (PROJECTS, PROJECT_BY_FUNCTION))
    printed = (statement for statement in (*asked, *sources.current.statements) if sources.printed(statement))
    return sources.unit(next(printed, ""))


def couples(sources: Sources) -> tuple[Couple, ...]:
    """Every project with its partner in the baseline: by the lines of the project table, else by near names."""
    ours = dossiers(sources.current)
    if sources.baseline is None:
        return tuple(Couple(dossier, None) for dossier in ours)
    theirs = dossiers(sources.baseline)
    partners = _by_lines(sources)
    given = set(partners.values())
    rest = near_partners(
        [one.name for one in ours if one.name not in partners and not _undone(one, sources)],
        [one.name for one in theirs if one.name not in given],
    )
    partners |= rest
    given |= set(rest.values())
    by_name = {dossier.name: dossier for dossier in theirs}
    paired = [Couple(dossier, by_name.get(partners.get(dossier.name, ""))) for dossier in ours]
    return (*paired, *(Couple(None, dossier) for dossier in theirs if dossier.name not in given))


def _by_lines(sources: Sources) -> dict[str, str]:
    """Name -> name in the baseline, where a line of the project table is paired; each name once."""
    partners: dict[str, str] = {}
    given: set[str] = set()
    for pair in chosen(sources, PROJECTS).pairs:
        if pair.current is None or pair.baseline is None or not (pair.current.project and pair.baseline.project):
            continue
        if pair.current.project not in partners and pair.baseline.project not in given:
            partners[pair.current.project] = pair.baseline.project
            given.add(pair.baseline.project)
    return partners


def _undone(dossier: Dossier, sources: Sources) -> bool:
    return any(row.line_key in sources.state.unpaired for row in dossier.lines)


def _is(couple: Couple, wanted: str) -> bool:
    """Whether a name or a line key means this project; the baseline's own names count where it stands only there."""
    found = couple.current or couple.baseline
    return found is not None and dossier_of((found,), wanted) is not None


def _code(couple: Couple) -> str:
    return next((one.code for one in (couple.current, couple.baseline) if one is not None and one.code), "")


def _entries(couple: Couple, sources: Sources, *, several: bool) -> Iterator[Entry]:
    """The rows of one project; with several projects its name stands above them."""
    unit = _unit(sources)
    own = {} if couple.current is None else _keyed(items(couple.current, sources.current, unit))
    other: dict[str, Item] = {}
    if couple.baseline is not None and sources.baseline is not None:
        other = _keyed(items(couple.baseline, sources.baseline, unit))
    prefix = f"{couple.name}/" if several else ""
    head = replace(next(iter((*own.values(), *other.values()))).row, statement="", row_no=None, amounts={})
    if several:
        yield _named(head, f"{prefix}@name", couple.name, enter=couple.name)
    if couple.current and couple.baseline and couple.current.name != couple.baseline.name:
        yield _named(head, f"{prefix}@baseline", f"≈ {sources.titles[1]} {couple.baseline.name}")
    for source, name in (couple.current or couple.baseline or Dossier("")).other_names:
        yield _named(head, f"{prefix}@{source}/{name}", f"≈ {tr(SOURCES[source])} {name}")
    whole = None if couple.current is None else amount_of(couple.current)
    both = couple.current is not None and couple.baseline is not None
    for key, mine, theirs in _joined(own, other, sources.titles[1]):
        entry = _entry(f"{prefix}{key}", mine, theirs, whole)
        silent = both and ((mine is None and _unsaid(key, own)) or (theirs is None and _unsaid(key, other)))
        yield replace(entry, changed=Change.NONE, values={**entry.values, **UNCOMPARED}) if silent else entry


def _joined(own: dict[str, Item], other: dict[str, Item], year: str) -> Iterator[tuple[str, Item | None, Item | None]]:
    """Amounts side by side; words one after the other, those of the baseline only where they differ.

    The baseline's targets are left to the view of targets, which pairs them by their names.
    """
    ranks = {part: rank for rank, part in enumerate(ORDER)}
    for key in sorted(dict.fromkeys([*own, *other]), key=lambda key: ranks[(own.get(key) or other[key]).part]):
        mine, theirs = own.get(key), other.get(key)
        if theirs is None or not theirs.text:
            yield key, mine, theirs
            continue
        if mine is not None:
            yield key, mine, None
        target = key.startswith("target/") and bool(own)
        if not target and (mine is None or mine.text != theirs.text):
            yield f"baseline/{key}", None, theirs._replace(name=tr("{0}：{1}").format(year, theirs.name))


def _unsaid(key: str, elsewhere: dict[str, Item]) -> bool:
    """Whether the other disclosure is silent on the matter: a part that it does not list among others is gone."""
    if key.startswith("part/"):
        return not any(other.startswith("part/") for other in elsewhere)
    return key in {"amount/text", "amount/plan"}


def _keyed(found: Iterator[Item]) -> dict[str, Item]:
    """Items by their keys; a key that is repeated gets a number."""
    keyed: dict[str, Item] = {}
    seen: Counter[str] = Counter()
    for item in found:
        seen[item.key] += 1
        keyed[item.key if seen[item.key] == 1 else f"{item.key}#{seen[item.key]}"] = item
    return keyed


def _named(row: Row, key: str, name: str, enter: str | None = None) -> Entry:
    """A row that gives a name of the project, and nothing else."""
    return Entry(Pair(row, None), key, name, enter=enter, values={PART.id: tr("项目")}, changed=Change.NONE)


def _entry(key: str, mine: Item | None, theirs: Item | None, whole: Amount | None) -> Entry:
    item = mine or theirs
    assert item is not None
    mixed = mine is not None and theirs is not None
    pair = Pair(mine.row if mine else None, theirs.row if theirs else None)
    line = item.key.startswith("amount/") and bool(item.row.statement)
    near = line and mixed and pair.baseline is not None and pair.row.project != pair.baseline.project
    return Entry(
        replace(pair, near=near),
        key=item.row.line_key if line and mine else key,  # what undoes a pair of near names
        name=item.name,
        note=item.note,
        share_of=whole.fen if whole and item.shares else None,
        values={PART.id: tr(item.part)},
        changed=Change.NONE if item.text else None,
    )
