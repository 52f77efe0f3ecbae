"""Which line is which in another disclosure: join keys, near names of projects, a full outer join in document order.

Near names.  Names of projects change from year to year, and no similarity threshold alone tells the same project
from another one: 经办中心工作经费 is 医保局医保经办中心公共耗材及工作经费 (ratio 0.615), 国务院特殊津贴专家周转金 is
not 国务院特殊津贴专家保健医疗费 (0.692).  So names are reduced to their core (no digits, no punctuation, none of the
words that any project may carry), and a pair counts only when the shorter core stands in the longer one all but for a
little (`MIN_CONTAINED`), by runs of at least two characters; within one code each name is given to its best partner
only.  Lines without a code (carry-over, by the title of a notice of one year) are never paired by near names.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from budget.model.disclosure import RowKind
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from budget.model.coordinates import Coordinates
    from budget.reading.rows import Row

MIN_CONTAINED = 0.8
"""Least share of the shorter core that must stand in the longer one."""
MIN_RUN = 2
"""Shortest run of common characters that counts."""

MOST_CANDIDATES = 10_000
"""Pairs of names under one code up to which near names are looked for: a document may hold any number of them."""
_LONGEST = 120
"""Characters of a core that are looked at."""

# words that any project may carry; the longer first, so that 工作经费 goes whole
_GENERIC = lazy_pattern(
    "提前下达|专项资金|补助资金|工作经费|预算的通知|关于|拨付|下达|年度|项目|经费|资金|补助|补贴|专项|支出|预算|通知"
)
_NO_LETTER = lazy_pattern(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A line and its counterpart in the baseline; one of them may be missing, never both."""

    current: Row | None
    baseline: Row | None
    near: bool = False
    """Paired by a near name (≈)."""

    @property
    def row(self) -> Row:
        """The current line, or the baseline's where it stands only there."""
        row = self.current or self.baseline
        assert row is not None
        return row


def alone(rows: Iterable[Row]) -> tuple[Pair, ...]:
    """The lines without a baseline."""
    return tuple(Pair(row, None) for row in rows)


def pair(current: Sequence[Row], baseline: Sequence[Row], unpaired: frozenset[str] = frozenset()) -> tuple[Pair, ...]:
    """Join two versions of one statement: every line of both stands in the result exactly once.

    Lines of `current` keep their order; lines only in `baseline` follow the line that they follow there.
    Projects that find no equal are paired by near names, except those whose line_key is in `unpaired`.
    """
    partners = _exact(current, baseline)
    partners.update(_labels(current, baseline, partners))
    partners.update(_meanings(current, baseline, partners))
    near = _near(current, baseline, partners, unpaired)
    partners.update(near)
    taken = {theirs: mine for mine, theirs in partners.items()}
    followers: dict[int, list[int]] = defaultdict(list)  # index in current (-1: before all) -> only in baseline
    anchor = -1
    for theirs in range(len(baseline)):
        if theirs in taken:
            anchor = taken[theirs]
        else:
            followers[anchor].append(theirs)
    joined = [Pair(None, baseline[theirs]) for theirs in followers[-1]]
    for mine, row in enumerate(current):
        counterpart = baseline[partners[mine]] if mine in partners else None
        joined.append(Pair(row, counterpart, mine in near))
        joined += [Pair(None, baseline[theirs]) for theirs in followers[mine]]
    return tuple(joined)


def join_key(row: Row) -> str:
    """What names the same line in another disclosure: total, side and code, project, or the path of labels."""
    if row.kind == RowKind.GRAND_TOTAL:
        return f"total/{row.side}/{row.meaning.item}"  # what a list of items totals differs from form to form
    if row.kind == RowKind.BODY:  # named after the body: another name in another document
        return f"body/{row.side}"
    if row.code or row.project:
        return f"{row.side}/{row.code}/{row.project}"
    return f"label/{row.line_key}"


@lru_cache(maxsize=16_384)
def core(name: str) -> str:
    """What is distinctive in a project's name; the bare name where nothing would be left."""
    bare = _NO_LETTER.sub("", unicodedata.normalize("NFKC", name))
    distinctive = _GENERIC.sub("", bare)
    return (distinctive if len(distinctive) >= MIN_RUN else bare)[:_LONGEST]


@lru_cache(maxsize=65_536)
def likeness(name: str, other: str) -> float:
    """How alike two project names are: 0 where they are not the same project, else contained share plus ratio."""
    short, long = sorted((core(name), core(other)), key=len)
    if len(short) < MIN_RUN or (Counter(short) & Counter(long)).total() < MIN_CONTAINED * len(short):
        return 0.0
    blocks = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    contained = sum(block.size for block in blocks if block.size >= MIN_RUN) / len(short)
    if contained < MIN_CONTAINED:
        return 0.0
    return contained + SequenceMatcher(None, name[:_LONGEST], other[:_LONGEST], autojunk=False).ratio()


def _exact(current: Sequence[Row], baseline: Sequence[Row]) -> dict[int, int]:
    places = {key: index for index, key in enumerate(_unique_keys(baseline))}
    return {index: places[key] for index, key in enumerate(_unique_keys(current)) if key in places}


def _labels(current: Sequence[Row], baseline: Sequence[Row], partners: dict[int, int]) -> dict[int, int]:
    """Labels that another form puts elsewhere: budgets print 事业收入 by itself, final accounts below 本年收入.

    Only a name that either statement prints once, and only where the label above it is missing in the other: the same
    name below another label that both print is another line.
    """
    mine, theirs = _named(current), _named(baseline)
    above = [{row.line_key for row in rows} for rows in (current, baseline)]
    taken = set(partners.values())
    found = {}
    for name, place in mine.items():
        other = theirs.get(name)
        if other is None or place in partners or other in taken:
            continue
        parents = (_above(current[place]), _above(baseline[other]))
        if parents[0] not in above[1] or parents[1] not in above[0]:
            found[place] = other
    return found


def _meanings(current: Sequence[Row], baseline: Sequence[Row], partners: dict[int, int]) -> dict[int, int]:
    """Labels of another wording that mean the same fund, kind or item: each where it is the only one left."""
    taken = set(partners.values())
    mine = _meant(current, lambda place: place not in partners)
    theirs = _meant(baseline, lambda place: place not in taken)
    return {mine[meaning]: theirs[meaning] for meaning in mine.keys() & theirs.keys()}


def _meant(rows: Sequence[Row], wanted: Callable[[int], bool]) -> dict[Coordinates, int]:
    """Meaning -> place of the one label that has it; the version is another in another document."""
    places: dict[Coordinates, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        meaning = row.meaning._replace(version="", unit="")
        if wanted(place) and not row.code and not row.project and (meaning.fund or meaning.kind or meaning.item):
            places[meaning].append(place)
    return {meaning: found[0] for meaning, found in places.items() if len(found) == 1}


def _named(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Side and name -> place of each label that stands once in a statement."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.kind == RowKind.SOURCE and row.name and not row.code and not row.project:
            places[row.side, row.name].append(place)
    return {name: found[0] for name, found in places.items() if len(found) == 1}


def _above(row: Row) -> str:
    """The key of the label above; at the top the side, which is the key of no line."""
    return row.line_key.rpartition("/")[0]


def _unique_keys(rows: Sequence[Row]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    keys = []
    for row in rows:
        key = join_key(row)
        seen[key] += 1
        keys.append((key, seen[key]))
    return keys


def _near(
    current: Sequence[Row], baseline: Sequence[Row], partners: dict[int, int], unpaired: frozenset[str]
) -> dict[int, int]:
    taken = set(partners.values())
    free = _projects(baseline, lambda place, _: place not in taken)
    asked = _projects(current, lambda place, row: place not in partners and row.line_key not in unpaired)
    candidates = [
        (-score, mine, theirs)
        for group, wanting in asked.items()
        if len(wanting) * len(free[group]) <= MOST_CANDIDATES
        for mine in wanting
        for theirs in free[group]
        if (score := likeness(current[mine].project, baseline[theirs].project))
    ]
    chosen: dict[int, int] = {}
    given: set[int] = set()
    for _, mine, theirs in sorted(candidates):
        if mine not in chosen and theirs not in given:
            chosen[mine] = theirs
            given.add(theirs)
    return chosen


def _projects(rows: Sequence[Row], wanted: Callable[[int, Row], bool]) -> dict[tuple[str, str], list[int]]:
    """Places of the wanted projects that carry a code, by side and code."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.code and row.project and wanted(place, row):
            groups[row.side, row.code].append(place)
    return groups
