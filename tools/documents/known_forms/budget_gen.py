"""Random budgets: a small shape that shrinks well, and the budget that grows from it and its seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tools.documents import names
from tools.documents.model import CAPITAL, ECONOMIC_COLUMNS, FUND, GENERAL, SOURCES, Budget, CarryOver, Item, Project

UNITS = (("万元", 2), ("元", 2), ("元", 0), ("千元", 2))
LABELS = ("travel", "reception", "vehicle_purchase", "vehicle_running")
"""The lines of table 10 that carry money of their own."""
SPLIT_SOURCES = (("own_funds", 5), ("appropriation_carryover", 3), ("non_appropriation_carryover", 2))
"""Sources whose make-up table 1 prints, and in how many lines."""
APPROPRIATION, NON_APPROPRIATION = "appropriation", "non_appropriation"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a random budget looks like; everything else follows from the seed."""

    seed: int = 0
    items: int = 1  # 1 to 40
    siblings: int = 4  # largest number of items under one section, up to 25
    digits: int = 5  # digits of a large amount in printed digits
    sources: tuple[str, ...] = ("general_public_budget",)  # active ones
    unit: tuple[str, int] = ("万元", 2)
    edition: str = "部门"
    residue: bool = True  # amounts finer than the printed digit: parents differ from sums
    equal: bool = False  # few different amounts: many ways to add up
    basic_elsewhere: bool = False  # carry-over and own money pay basic expenditure too
    nasty: float = 0.3  # share of hard names
    sections: int = 3
    long_projects: int = 4  # most projects per item


class _Money:
    """Random amounts of one budget: fen, each at least one printed digit."""

    def __init__(self, shape: Shape, quantum: int, rng: Random) -> None:
        self.quantum, self.rng, self.residue = quantum, rng, shape.residue
        self.largest = 10**shape.digits
        self.pool = [self._fresh() for _ in range(3)] if shape.equal else []

    def _fresh(self) -> int:
        whole = max(1, int(self.largest ** self.rng.uniform(0.3, 1.0)))
        if self.rng.random() < 0.3:  # round sums, as people budget them
            whole = max(1, whole // 1000 * 1000) if whole >= 1000 else whole
        return self._fine(whole)

    def _fine(self, whole: int) -> int:
        return whole * self.quantum + (self.rng.randrange(self.quantum) if self.residue else 0)

    def draw(self) -> int:
        return self.rng.choice(self.pool) if self.pool and self.rng.random() < 0.8 else self._fresh()

    def split(self, total: int, parts: int) -> list[int]:
        """Cut an amount into at most `parts` pieces that each print as more than zero."""
        parts = max(1, min(parts, total // self.quantum))
        pieces = []
        for left in range(parts, 1, -1):
            most = total - (left - 1) * self.quantum
            piece = self.rng.randint(self.quantum, max(self.quantum, min(most, 2 * total // left)))
            if not self.residue:
                piece -= piece % self.quantum
            pieces.append(piece)
            total -= piece
        return [*pieces, total]


def grow(shape: Shape) -> Budget:
    """Grow the budget of a shape."""
    rng = Random(shape.seed)
    unit, decimals = shape.unit
    quantum = {"元": 100, "千元": 100_000, "万元": 1_000_000}[unit] // 10**decimals
    money = _Money(shape, quantum, rng)
    body = names.body_name(rng)
    code_names: dict[str, str] = {}
    items = tuple(
        Item(code, name, _sources(shape, money, rng, code)) for code, name in _functional(shape, rng, code_names)
    )
    spent: dict[tuple[str, str], int] = {}
    for item in items:
        for (source, kind), fen in item.amounts.items():
            spent[source, kind] = spent.get((source, kind), 0) + fen
    economic = _economic(money, rng, spent)
    economic_names = {part[:3]: names.ECONOMIC_CLASSES[part[:3]] for part in economic}
    economic_names |= {part: names.ECONOMIC_SECTIONS[part[:3]][part[3:]] for part in economic}
    own, carried, other = (_scatter(money, rng, _all_kinds(spent, source), parts) for source, parts in SPLIT_SOURCES)
    full = names.full_name(body) if rng.random() < 0.5 else body
    projects = tuple(_projects(shape, money, rng, items))
    return Budget(
        body, full, rng.randint(2019, 2027), shape.edition, unit, decimals, code_names, items,
        economic, economic_names, projects,
        _three_public(money, rng, economic, spent), tuple(_carryovers(shape, money, rng, spent)),
        own, carried, other,
        (f"items={_band(len(items))}", f"sources={len(shape.sources)}", f"unit={unit}{decimals}",
         f"fund={any(s in FUND for s in shape.sources)}", f"capital={any(s in CAPITAL for s in shape.sources)}",
         f"equal={shape.equal}", f"residue={shape.residue}", f"basic_elsewhere={shape.basic_elsewhere}",
         f"edition={shape.edition}", f"projects={_band(len(projects))}"),
    )  # fmt: skip


def _band(count: int) -> str:
    return next(band for band, most in (("0", 0), ("1", 1), ("2-8", 8), ("9-20", 20), (">20", 10**9)) if count <= most)


def _functional(shape: Shape, rng: Random, code_names: dict[str, str]) -> list[tuple[str, str]]:
    """Items with codes and names; classes and sections are named in `code_names`."""
    sections: dict[str, int] = {}
    found: list[tuple[str, str]] = []
    while len(found) < shape.items:
        open_sections = [code for code, left in sections.items() if left]
        if not open_sections or rng.random() < 0.25:
            known = sorted({code[:3] for code in sections})
            class_code = rng.choice(known) if known and rng.random() < 0.5 else rng.choice(list(names.CLASSES))
            code = class_code + f"{rng.randint(1, 99):02d}"
            if code in sections or len([s for s in sections if s[:3] == class_code]) >= shape.sections:
                if all(left == 0 for left in sections.values()) or not open_sections:
                    sections.setdefault(code, rng.randint(1, shape.siblings))
                    _name(code_names, code, rng)
                continue
            sections[code] = rng.randint(1, shape.siblings)
            _name(code_names, code, rng)
            open_sections = [code]
        section = rng.choice(open_sections)
        code = section + f"{rng.randint(1, 99):02d}"
        if code not in code_names:
            sections[section] -= 1
            siblings = {name for other, name in code_names.items() if other[:5] == section}
            name = names.functional_name(rng, names.ITEMS)
            while name in siblings:
                name += "支出"
            code_names[code] = name
            found.append((code, name))
    return sorted(found)


def _name(code_names: dict[str, str], code: str, rng: Random) -> None:
    code_names[code[:3]] = names.CLASSES[code[:3]]
    code_names.setdefault(code, names.functional_name(rng, names.SECTIONS))


def _sources(shape: Shape, money: _Money, rng: Random, code: str) -> dict[tuple[str, str], int]:
    active = [source for source in shape.sources if source in SOURCES]
    picked = rng.sample(active, rng.randint(1, min(len(active), rng.choice((1, 1, 2, 3, len(active))))))
    basic = ("personnel", "operating")
    kinds = rng.choice((("project",), basic, basic[:1], (*basic, "project")))
    amounts: dict[tuple[str, str], int] = {}
    for source in picked:
        own_kinds = kinds
        if source not in GENERAL and not shape.basic_elsewhere:
            own_kinds = ("project",)
        for kind in own_kinds:
            if kind == own_kinds[-1] or rng.random() < 0.8:
                amounts[source, kind] = money.draw()
    return amounts


def _economic(money: _Money, rng: Random, spent: dict[tuple[str, str], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind, classes in (("personnel", ("301", "303")), ("operating", ("302", "310"))):
        total = sum(fen for (source, of), fen in spent.items() if source in GENERAL and of == kind)
        if not total:
            continue
        codes = [c + s for c in (classes if rng.random() < 0.5 else classes[:1]) for s in names.ECONOMIC_SECTIONS[c]]
        pieces = money.split(total, rng.randint(1, len(codes)))
        found.update(zip(sorted(rng.sample(codes, len(pieces))), pieces, strict=True))
    return dict(sorted(found.items()))


def _projects(shape: Shape, money: _Money, rng: Random, items: tuple[Item, ...]) -> list[Project]:
    found: list[Project] = []
    for item in items:
        total = sum(fen for (source, kind), fen in item.amounts.items() if source in GENERAL and kind == "project")
        if not total:
            continue
        used: set[str] = set()
        for amount in money.split(total, rng.randint(1, shape.long_projects)):
            name = ""
            while not name or name in used:
                name = names.project_name(rng, shape.nasty)
                if found and rng.random() < 0.2:
                    name = rng.choice(found).name
                elif rng.random() < 0.08 * (shape.nasty > 0):
                    name = item.name
                if name in used:
                    name += f"（{len(used)}）"
            used.add(name)
            weights = (3, 20, 5, 1, 3, 6, 1, 2, 2, 2)
            columns = sorted(set(rng.choices(range(10), weights, k=rng.choice((1, 1, 1, 2, 3)))))
            pieces = money.split(amount, len(columns))
            found.append(Project(item.code, name, {
                ECONOMIC_COLUMNS[column]: piece for column, piece in zip(columns, pieces, strict=False)
            }))  # fmt: skip
    return found


def _all_kinds(spent: dict[tuple[str, str], int], source: str) -> int:
    return sum(fen for (of, _), fen in spent.items() if of == source)


def _scatter(money: _Money, rng: Random, total: int, places: int) -> tuple[int, ...]:
    """Spread an amount over some of these places."""
    pieces = money.split(total, rng.choice((1, 1, 2, places))) if total else []
    found = [0] * places
    for place, piece in zip(rng.sample(range(places), len(pieces)), pieces, strict=True):
        found[place] = piece
    return tuple(found)


def _three_public(
    money: _Money, rng: Random, economic: dict[str, int], spent: dict[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    """What the basic table names, and more that is paid out of projects or funds, never more than they have."""
    found: dict[tuple[str, str], int] = {}
    least = {"reception": economic.get("30217", 0), "vehicle_running": economic.get("30231", 0)}
    sides = (("general_public_budget", GENERAL, 0.3), ("government_fund", FUND, 0.15), ("state_capital", CAPITAL, 0.15))
    for fund, sources, share in sides:
        left = sum(fen for (of, kind), fen in spent.items() if of in sources and kind == "project")
        for label in LABELS:
            amount = least.get(label, 0) if sources is GENERAL else 0
            if rng.random() < share and left >= money.quantum:
                more = min(money.draw(), left)
                amount, left = amount + more, left - more
            if amount:
                found[label, fund] = amount
    return found


def _carryovers(shape: Shape, money: _Money, rng: Random, spent: dict[tuple[str, str], int]) -> list[CarryOver]:
    rows: dict[str, dict[tuple[str, str], int]] = {}
    for side in (APPROPRIATION, NON_APPROPRIATION):
        for kind in ("personnel", "operating", "project"):
            total = spent.get((f"{side}_carryover", kind), 0)
            if not total:
                continue
            for amount in money.split(total, rng.randint(1, 4)):
                name = names.project_name(rng, shape.nasty)
                if rows and rng.random() < 0.2:
                    name = rng.choice(list(rows))
                while (side, kind) in rows.get(name, {}):
                    name += "二期"
                rows.setdefault(name, {})[side, kind] = amount
    return [CarryOver(name, amounts) for name, amounts in rows.items()]
