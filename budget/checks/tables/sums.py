"""Within one table: what its words make a whole is the sum of what they make its parts, down and across."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Outcome
from budget.checks.tables.equations import Equation, Verdict, cut, holds, outcome
from budget.checks.tables.nested import tops
from budget.checks.tables.trees import (
    CURRENT,
    Node,
    chain,
    compatible,
    counts_in,
    covers,
    differing,
    forest,
    ordinal,
    relative,
)
from budget.i18n.language import N_
from budget.model.coordinates import ITEM_PARENTS, Coordinates, parent
from budget.vocabulary import simplified

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from budget.model.facts import Fact

ROWS, COLUMNS = "sum_of_rows", "sum_of_columns"
INCOMPLETE = N_("各部分之和小于合计，而表中没有别的数说明部分已经列全")
NO_SUM = N_("这些栏目在多数行中并不相加")
OPEN = N_("有数字所在的列未能确定")
UNPLACED = N_("有的行看不出属于哪一科目")
PERSONNEL = frozenset({"301", "303"})
"""Economic classes of personnel; the others of basic expenditure are operating."""
_EXHAUSTIVE = (
    ("kind", frozenset({"basic", "project"})),
    ("kind", frozenset({"basic.personnel", "basic.operating"})),
    ("item", frozenset({"procurement.goods", "procurement.works", "procurement.services"})),
    ("item", frozenset({"overseas", "vehicles", "reception"})),
    ("item", frozenset({"vehicle_purchase", "vehicle_running"})),
)
"""Parts that are all there are, whatever a table leaves out."""
_LISTED = "listed"
"""The reading of headings by layout alone: it counts where it holds for another heading, or in another column, too."""
_UNLIKELY = frozenset({"between", "below", "numbered", "body"})
"""Readings that count where they hold, and are not reported where they do not."""
_MOST_PLACEMENTS = 5_000
"""Placements of one row that are tried at most."""
_MANY = 3
"""Lines that show whether some columns are meant to be added."""


class Structure(NamedTuple):
    """A whole and one reading of which nodes are its parts."""

    total: Node
    label: tuple[str, frozenset[str]]
    """Which of the readings; the same for all lines of a table."""
    addends: tuple[Node, ...]


class Tried(NamedTuple):
    """One sum of a table: the equation of the reading that fits best."""

    key: tuple[object, ...]
    """The same for the same sum in other columns or rows."""
    structure: Structure
    equation: Equation
    good: bool
    """Whether it holds."""
    empty: bool
    """Whether it is of nothing but zeros."""


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    """Every sum within one table, whose facts these are in printed order."""
    unsure = [fact for fact in facts if fact.column_status in {"inferred", "ambiguous"}]
    unplaced = any(fact.coordinates.project and not fact.coordinates.function for fact in facts) and any(
        fact.coordinates.function for fact in facts
    )
    for verdict in _judged(_down(facts), unsure):
        if unplaced and verdict.outcome is Outcome.DISCREPANCY and verdict.equation.difference > 0:
            yield Verdict(verdict.equation, Outcome.NOT_CHECKED, UNPLACED)
        else:
            yield verdict
    across, structures = _across(facts)
    contradictory = list(_contradictory(facts, structures)) if unsure else []
    yield from contradictory
    told = {verdict.equation.left[0].row for verdict in contradictory}
    yield from _judged([one for one in across if one.equation.left[0].row not in told], unsure)


def _down(facts: Sequence[Fact]) -> list[Tried]:
    """The sums of all columns."""
    lines: dict[tuple[object, ...], list[Node]] = defaultdict(list)
    columns = _columns(facts)
    for fact in facts:
        place = fact.coordinates
        key = (fact.block, columns[fact], place.flow, place.version)
        lines[key].append(Node(fact.row, _labels(fact.row_path), place, fact))
    for nodes in lines.values():
        forest(nodes)
    _joined_lists(lines)
    found: list[Tried] = []
    for (block, column, *_), nodes in lines.items():
        readings: list[tuple[Node, Iterable[Structure]]] = [(node, _readings(node, nodes)) for node in nodes]
        if not any(node.grand for node in nodes):
            readings += _elsewhere(nodes, lines.values())
        readings += [(node, list(_of_kind(node, lines.values()))) for node in nodes if node.grand and not node.children]
        for whole, structures in _joined(readings):
            found += _best(ROWS, (block, whole.place), structures, _printed, column)
    return _voted(found)


def _joined_lists(lines: Mapping[tuple[object, ...], Sequence[Node]]) -> None:
    """Give codes that stand in another block than the code above them that code: a list may go on in the next block."""
    blocks = [(key[0], nodes) for key, nodes in lines.items()]
    known = {(block, node.coordinates): node for block, nodes in blocks for node in nodes}
    others = list(dict.fromkeys(block for block, _ in blocks))
    for block, node in [(block, node) for block, nodes in blocks for node in nodes] if len(others) > 1 else ():
        place = node.coordinates
        if node.parent is not None or node.grand or not (place.function or place.economic):
            continue
        codes = [place._replace(economic=code) for code in chain("economic", place.economic)[1:-1]]
        codes += [place._replace(function=code) for code in chain("function", place.function)[1:-1]]
        found = (known.get((other, code)) for code in codes for other in others if other != block)
        above = next((node_ for node_ in found if node_ is not None), None)
        if above is not None:
            node.parent = above
            above.children.append(node)


def _across(facts: Sequence[Fact]) -> tuple[list[Tried], dict[object, list[Structure]]]:
    """The sums of all rows, and by block which columns are parts of which: the same for all rows."""
    blocks: dict[tuple[object, ...], dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    columns = _columns(facts)
    for fact in facts:
        blocks[fact.block, fact.coordinates.flow, fact.coordinates.version][columns[fact]].append(fact)
    found: list[Tried] = []
    rows = _rows(facts)
    structures: dict[object, list[Structure]] = defaultdict(list)
    for (block, *_), own in blocks.items():
        if len(own) > 1:
            tried = _block(block, own, rows)
            found += tried
            structures[block] += _usual(tried)
    return found, structures


def _usual(tried: Sequence[Tried]) -> list[Structure]:
    """The reading of each whole that holds in most rows."""
    votes: dict[int, Counter[tuple[str, frozenset[str]]]] = defaultdict(Counter)
    known: dict[tuple[int, tuple[str, frozenset[str]]], Structure] = {}
    for one in tried:
        if one.good and not one.empty:
            structure = one.structure
            votes[structure.total.place][structure.label] += 1
            known[structure.total.place, structure.label] = structure
    return [known[place, labels.most_common(1)[0][0]] for place, labels in votes.items()]


def _contradictory(facts: Sequence[Fact], structures: Mapping[object, Sequence[Structure]]) -> Iterator[Verdict]:
    """Rows of amounts without columns that add up in no columns that they may stand in."""
    rows: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        rows[fact.block, fact.row].append(fact)
    for (block, _), own in rows.items():
        sums = structures.get(block, ())
        if not sums or len(own) < 2 or not all(fact.column_status == "ambiguous" for fact in own):  # noqa: PLR2004
            continue
        places = sorted({node.place for one in sums for node in (one.total, *one.addends)})
        if len(own) > len(places) or comb(len(places), len(own)) > _MOST_PLACEMENTS:
            continue
        if not any(_fits(dict(zip(chosen, own, strict=True)), sums) for chosen in combinations(places, len(own))):
            yield Verdict(Equation(COLUMNS, (own[0],), tuple(own[1:])), Outcome.DISCREPANCY)


def _fits(cells: Mapping[int, Fact], sums: Sequence[Structure]) -> bool:
    """Whether amounts in these columns add up."""
    for one in sums:
        left = [cells[one.total.place]] if one.total.place in cells else []
        right = [cells[part.place] for part in one.addends if part.place in cells]
        if (left or right) and not holds(Equation(COLUMNS, tuple(left), tuple(right))):
            return False
    return True


def _columns(facts: Sequence[Fact]) -> dict[Fact, int]:
    """The column of each figure, by its head where that names one.

    A lone row may have fewer cells, and a page its columns in another order.
    """
    rows = Counter((fact.block, fact.row, fact.column_path) for fact in facts)
    shared = {(block, path) for (block, _, path), count in rows.items() if count > 1 or not path}
    usual: dict[tuple[object, ...], Counter[int]] = defaultdict(Counter)
    for fact in facts:
        usual[_column(fact, shared)][fact.column] += 1
    ordered = sorted(usual, key=lambda column: usual[column].most_common(1)[0][0])
    numbers = {column: number for number, column in enumerate(ordered)}
    return {fact: numbers[_column(fact, shared)] for fact in facts}


def _column(fact: Fact, shared: Collection[tuple[int, tuple[str, ...]]]) -> tuple[object, ...]:
    named = (fact.block, fact.column_path) not in shared
    return (fact.block, fact.column_path) if named else (fact.block, fact.column)


def _rows(facts: Sequence[Fact]) -> dict[Fact, int]:
    """The printed row of each figure: a table of one row may have been turned, so that its columns are rows."""
    turned = len({fact.row_path for fact in facts}) == 1 and len({fact.column_path for fact in facts}) == len(facts)
    return {fact: facts[0].row if turned else fact.row for fact in facts}


def _block(block: object, columns: dict[int, list[Fact]], row_of: Mapping[Fact, int]) -> list[Tried]:
    places = sorted(columns)
    paths = relative([columns[place][0].column_path for place in places])
    nodes = [
        Node(place, path, _of_column([fact.coordinates for fact in columns[place]]))
        for place, path in zip(places, paths, strict=True)
    ]
    forest(nodes)
    rows: dict[int, dict[int, Fact]] = defaultdict(dict)
    for place in places:
        for fact in columns[place]:
            rows[row_of[fact]].setdefault(place, fact)
    found: list[Tried] = []
    for whole in nodes:
        structures = list(_readings(whole, nodes))
        tried = [
            one
            for row, cells in sorted(rows.items())
            if whole.place in cells
            for one in _best(COLUMNS, (block, whole.place), structures, _cells(cells), row)
        ]
        found += _voted(tried)
    return found


def _of_column(coordinates: Sequence[Coordinates]) -> Coordinates:
    """What is the same for all figures of a column; '' for what its rows tell apart."""
    return Coordinates(*(values[0] if len(set(values)) == 1 else "" for values in zip(*coordinates, strict=True)))


def _labels(path: tuple[str, ...]) -> tuple[str, ...]:
    """Labels in simplified characters, without blanks; what stands behind 其中 stands beside it."""
    found = tuple("".join(label.split()).translate(simplified()) for label in path if label.strip())
    for place, label in enumerate(found[:-1]):
        if label.startswith("其中"):
            return (*found[:place], found[-1])
    return found


def _printed(node: Node) -> tuple[Fact, ...]:
    return () if node.fact is None else (node.fact,)


def _cells(cells: dict[int, Fact]) -> Callable[[Node], tuple[Fact, ...]]:
    """What a row prints in a column; where that is blank, what it prints in its parts."""

    def found(node: Node) -> tuple[Fact, ...]:
        own = cells.get(node.place)
        return (own,) if own is not None else tuple(fact for child in node.children for fact in found(child))

    return found


def _readings(whole: Node, nodes: Sequence[Node]) -> Iterator[Structure]:
    """What may be the parts of a whole, the likeliest first."""
    if whole.children:
        yield from _groups(whole, "tree", whole.children)
        yield from _groups(whole, "nested", _above_others(whole, whole.children))
    elif not whole.total:
        yield from _groups(whole, _LISTED, _listed(whole, nodes))
    if not whole.total or (whole.children and not whole.grand):
        return
    if not whole.grand and len(whole.path) > 1:
        return  # a group's total: its parts stand in its group
    at = next(index for index, node in enumerate(nodes) if node is whole)
    before = [index for index, node in enumerate(nodes[:at]) if node.grand]
    after = [index for index, node in enumerate(nodes) if index > at and node.grand]
    previous = before[-1] if before else -1
    following = after[0] if after else len(nodes)

    def roots(first: int, last: int) -> list[Node]:
        return [
            node
            for node in nodes[max(first, 0) : last]
            if node is not whole
            and node.parent is None
            and not node.grand
            and counts_in(whole.coordinates, node.coordinates)
            and _of_its_kind(whole.coordinates, node.coordinates)
        ]

    if before and compatible(whole.coordinates, nodes[previous].coordinates):
        yield from _groups(whole, "run", [nodes[previous], *roots(previous + 1, at)])
        yield from _groups(whole, "between", roots(previous + 1, at))
    for name, found in (
        ("all", roots(0, len(nodes))),
        ("above", roots(0, at)),
        ("below", roots(at + 1, following)),
        ("current", _with_current(whole, nodes[at:], roots(0, len(nodes)))),
        ("numbered", _numbered(roots(0, len(nodes)))),
        ("body", _behind_body(whole, roots(0, len(nodes)))),
        ("nested", _above_others(whole, roots(0, len(nodes)))),
    ):
        yield from _groups(whole, name, found)


def _of_its_kind(whole: Coordinates, part: Coordinates) -> bool:
    """False for an economic class of personnel below the total of operating expenditure, and the other way round."""
    if part.kind != "basic" or not part.economic or whole.kind not in {"basic.personnel", "basic.operating"}:
        return True
    return (part.economic[:3] in PERSONNEL) == (whole.kind == "basic.personnel")


def _listed(whole: Node, nodes: Sequence[Node]) -> list[Node]:
    """What stands without numbers below a numbered heading, up to the next heading or total."""
    rank = ordinal(whole)
    found: list[Node] = []
    at = next(index for index, node in enumerate(nodes) if node is whole)
    for node in nodes[at + 1 :] if rank is not None else ():
        if node.grand or ordinal(node) is not None:
            break
        found.append(node)
    return found


def _with_current(whole: Node, nodes: Sequence[Node], roots: Iterable[Node]) -> list[Node]:
    """This year's sub-total where it follows the whole, and what lies beside it."""
    for node in nodes:
        if node.grand and node is not whole and covers(whole.coordinates, node.coordinates):
            beside = [root for root in roots if not compatible(node.coordinates, root.coordinates)]
            return [node, *beside]
    return []


def _behind_body(whole: Node, roots: Sequence[Node]) -> list[Node]:
    """The roots behind one that repeats the total: the row of the body itself."""
    first = roots[0].fact if roots else None
    repeated = first is not None and whole.fact is not None and first.amount_fen == whole.fact.amount_fen != 0
    return list(roots[1:]) if repeated else []


def _above_others(whole: Node, roots: Sequence[Node]) -> list[Node]:
    """The roots that stand above the others, where sums show it: bodies above their projects."""
    amounts = [root.fact.amount_fen for root in roots if root.fact is not None]
    if whole.fact is None or len(amounts) < len(roots) or any(ordinal(root) is not None for root in roots):
        return []
    return [roots[at] for at in tops(amounts, whole.fact.amount_fen)]


def _numbered(roots: Sequence[Node]) -> list[Node]:
    """The roots that are numbered as the first of them is, where others are not: a list of headings."""
    ranks = [ordinal(root) for root in roots]
    first = next((rank for rank in ranks if rank is not None), None)
    found = [root for root, rank in zip(roots, ranks, strict=True) if rank is not None and rank == first]
    return found if len(found) < len(roots) else []


def _groups(whole: Node, name: str, parts: Sequence[Node]) -> Iterator[Structure]:
    """All parts together, and those of each dimension alone."""
    if not parts:
        return
    yield Structure(whole, (name, frozenset()), tuple(parts))
    groups: list[tuple[frozenset[str], list[Node]]] = []
    for part in parts:
        dimensions = differing(whole.coordinates, part.coordinates)
        touching = [group for group in groups if group[0] & dimensions]
        merged = dimensions.union(*(group[0] for group in touching))
        members = [node for group in touching for node in group[1]]
        groups = [group for group in groups if group not in touching] + [(merged, [*members, part])]
    if len(groups) > 1:
        for dimensions, members in groups:
            yield Structure(whole, (name, dimensions), tuple(members))
    above = Counter(parent(part.coordinates.item, ITEM_PARENTS) for part in parts if part.coordinates.item)
    for item, count in above.items():
        if item and 1 < count < len(parts):
            members = [part for part in parts if parent(part.coordinates.item, ITEM_PARENTS) == item]
            yield Structure(whole, (name, frozenset({item})), tuple(members))
    for digit in ("3", "5"):
        classes = [part for part in parts if part.coordinates.economic.startswith(digit)]
        if classes and len(classes) < len(parts):
            yield Structure(whole, (name, frozenset({digit})), tuple(classes))


def _elsewhere(nodes: Sequence[Node], lines: Iterable[Sequence[Node]]) -> Iterator[tuple[Node, list[Structure]]]:
    """A block without a total of its own, and the totals of its table that cover it."""
    roots = [node for node in nodes if node.parent is None]
    wholes = [
        node
        for line in lines
        for node in line
        if node.grand and all(covers(node.coordinates, root.coordinates) for root in roots)
    ]
    if len(roots) > 1 and wholes:
        yield wholes[0], [found for whole in wholes for found in _groups(whole, "block", roots)]


def _of_kind(whole: Node, lines: Iterable[Sequence[Node]]) -> Iterator[Structure]:
    """人员经费合计 and 公用经费合计 of economic classes that stand in several blocks."""
    kind = whole.coordinates.kind
    if kind not in {"basic.personnel", "basic.operating"} or whole.coordinates.economic:
        return
    roots = [node for line in lines for node in line if node.parent is None and node.coordinates.economic]
    own = [node for node in roots if node.coordinates == whole.coordinates._replace(economic=node.coordinates.economic)]
    yield from _groups(whole, "blocks", own)
    basic = whole.coordinates._replace(kind="basic")
    parts = [
        node
        for node in roots
        if node.coordinates == basic._replace(economic=node.coordinates.economic)
        and (node.coordinates.economic[:3] in PERSONNEL) == (kind == "basic.personnel")
    ]
    yield from _groups(whole, "kind", parts)


def _joined(readings: Iterable[tuple[Node, Iterable[Structure]]]) -> list[tuple[Node, list[Structure]]]:
    """The readings of each whole together."""
    found: dict[Node, list[Structure]] = {}
    for whole, structures in readings:
        found.setdefault(whole, []).extend(structures)
    return list(found.items())


def _best(
    check_: str,
    key: tuple[object, ...],
    structures: Iterable[Structure],
    printed: Callable[[Node], tuple[Fact, ...]],
    line: object,
) -> list[Tried]:
    """The readings that hold; where none does, all of them."""
    tried: list[Tried] = []
    for structure in structures:
        left = printed(structure.total)
        right = tuple(fact for part in structure.addends for fact in printed(part))
        if left and right and not set(map(id, left)) & set(map(id, right)):
            equation = Equation(check_, left, right)
            empty = not any(fact.amount_fen for fact in equation.facts)
            tried.append(Tried((*key, structure.label, line), structure, equation, holds(equation), empty))
    good = [one for one in tried if one.good]
    together = [one for one in good if not one.structure.label[1]]
    if together:
        return together[:1]
    if good:
        # several lists of parts: those of a reading that holds, with the others of its kind
        name = good[0].structure.label[0]
        return [one for one in tried if one.structure.label[0] == name and one.structure.label[1]]
    return tried


def _voted(tried: list[Tried]) -> list[Tried]:
    """Of sums of which no reading holds, the reading that holds in other lines, else that with the least difference."""
    votes = Counter((one.key[:2], one.structure.label) for one in tried if one.good and not one.empty)
    by_line: dict[tuple[object, ...], list[Tried]] = defaultdict(list)
    for one in tried:
        by_line[(*one.key[:2], one.key[-1])].append(one)
    found: list[Tried] = []
    for ones in by_line.values():
        if any(one.good for one in ones) or len(ones) == 1:
            found += ones
        else:
            likely = [
                one
                for one in ones
                if one.structure.label[0] not in _UNLIKELY or votes[one.key[:2], one.structure.label]
            ]
            found.append(
                min(
                    likely or ones,
                    key=lambda one: (
                        -votes[one.key[:2], one.structure.label],
                        abs(one.equation.difference),
                    ),
                )
            )
    return found


def _judged(tried: list[Tried], unsure: Sequence[Fact]) -> Iterator[Verdict]:
    good = [one for one in tried if one.good and not one.empty]
    same = Counter((one.key[:2], one.structure.label) for one in good)
    bad = Counter((one.key[:2], one.structure.label) for one in tried if not one.good)
    less = Counter((one.key[:2], one.structure.label) for one in tried if not one.good and one.equation.difference > 0)
    listed = {one.key for one in good if one.structure.label[0] == _LISTED}
    for one in tried:
        equation, kind = one.equation, (one.key[:2], one.structure.label)
        if one.structure.label[0] == _LISTED and not listed - {one.key}:
            continue
        if not equation.certain or (not one.good and _open_within(equation, unsure)):
            yield Verdict(equation, Outcome.NOT_CHECKED, OPEN)
        elif one.good:
            if not one.empty:
                yield Verdict(equation, outcome(equation))
        elif bad[kind] > same[kind] and bad[kind] >= _MANY:
            yield Verdict(equation, Outcome.NOT_CHECKED, NO_SUM)
        elif bad[kind] > 1 and less[kind] == bad[kind] and not (same[kind] and _promises(one)):
            # one misprint does not repeat: rows, or columns, of the table are left out
            yield Verdict(equation, Outcome.NOT_CHECKED, INCOMPLETE)
        elif cut(equation) or _complete(one, good, tried, same[kind]):
            yield Verdict(equation, outcome(equation))
        else:
            yield Verdict(equation, Outcome.NOT_CHECKED, INCOMPLETE)


def _promises(one: Tried) -> bool:
    """Whether the parts may be all there are; a lone one behind 其中 need not be."""
    parts = one.structure.addends
    return len(parts) > 1 or not parts[0].of_which


def _open_within(equation: Equation, unsure: Sequence[Fact]) -> bool:
    """Whether an amount of uncertain column may be missing here."""
    if equation.check == COLUMNS:
        row = equation.left[0].row
        return any(fact.row == row for fact in unsure)
    bare = equation.left[0].coordinates._replace(fund="", kind="", economic="")
    return any(compatible(bare, fact.coordinates._replace(fund="", kind="", economic="")) for fact in unsure)


def _lists_all(one: Tried, good: Sequence[Tried], tried: Sequence[Tried]) -> bool:
    """Whether what stands behind 其中 is all there is in a table: elsewhere in it, and without exception."""

    def of_which(other: Tried) -> bool:
        own = other.key[:2] != one.key[:2]
        return own and any(part.of_which for part in other.structure.addends)

    others = {other.key[:2] for other in good if other.key[:2] != one.key[:2]}
    held = {other.key[:2] for other in good if of_which(other)}
    return bool(held) and len(others) > _MANY and not any(of_which(other) and not other.good for other in tried)


def _named_only(part: Node, dimensions: frozenset[str]) -> bool:
    """Whether a class is known by its name alone: what stands beside it may have none."""
    return bool(dimensions) and dimensions <= {"function", "economic"} and not part.path[-1][:1].isdigit()


def _only_beside(structure: Structure) -> bool:
    """Whether nothing but a missing name makes a row the whole of those below it: 一般公共预算收入, 上级补助收入.

    Lists of a government's revenue and spending print what is received from others beside its own.
    """
    whole = structure.total
    return not whole.total and all(
        differing(whole.coordinates, part.coordinates) == {"item"}
        and part.coordinates.item not in ITEM_PARENTS
        and part.path[:-1] == whole.path[:-1]
        for part in structure.addends
    )


def _complete(one: Tried, good: Sequence[Tried], tried: Sequence[Tried], same: int) -> bool:
    """Whether the parts are all there are, so that the difference contradicts the print."""
    parts = one.structure.addends
    promised = not any(part.of_which for part in parts)
    if same or _only_beside(one.structure):
        return bool(same)
    if one.equation.difference < 0 and (promised or len(parts) == 1):
        return True  # the parts are more than the whole: nothing that is missing explains that
    dimensions = differing(one.structure.total.coordinates, parts[0].coordinates)
    for name, all_ in _EXHAUSTIVE:
        if {getattr(part.coordinates, name) for part in parts} >= all_:
            return True
    whole = one.structure.total
    listed = whole.total or bool(dimensions & {"function", "economic", "project"}) or parts[0].path[:-1] == whole.path
    if not promised:
        return _lists_all(one, good, tried)
    if len(parts) == 1 and (not listed or _named_only(parts[0], dimensions)):
        return False
    others = {other.key[:2] for other in good if other.key[:2] != one.key[:2]}
    failed = {other.key[:2] for other in tried if not other.good and other.key[:2] != one.key[:2]}
    return bool(others) and len(others) >= len(failed - others)


__all__ = ["COLUMNS", "CURRENT", "ROWS", "check"]
