"""Names of codes and projects, wrapped or not, and keys of lines."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from budget.model import codes as classification
from budget.model.disclosure import RowKind, Side
from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.lines.rows import RawRow, occurs, wraps_before
from loaders.statement import Shape
from loaders.words.ordinals import without_enumerator
from loaders.words.tokens import Token, compact, joined, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.statement import Reading, ReadRow

_SUBTOTAL = lazy_pattern(r"[(（]小计[)）]$")
_KINDS = {3: RowKind.CLASS, 5: RowKind.SECTION, 7: RowKind.ITEM}
_ORGANISATION = lazy_pattern(
    r"(?:[局委厅办处院校所站队部室会团社馆园场库署学]|中心|本级|机关)(?:[(（][^()（）]*[)）])?$"
)
_PIECES = 14
"""Pieces of a name that are tried in all combinations."""


def clean(label: str) -> str:
    """The label without enumerators and （小计）."""
    return _SUBTOTAL.sub("", without_enumerator(label))


class Names:
    """Names of codes in the tables of one document so far."""

    def __init__(self, narrative: str) -> None:
        """`narrative` is the text outside the tables."""
        self._text = narrative
        self._names: dict[str, Counter[str]] = {}
        self._before = 0
        self.codes: set[str] = set()
        self.classes: set[str] = set()
        self.decimals: int | None = None

    @cached_property
    def _narrative(self) -> str:
        """The text outside the tables in `tokens.normal` form; few documents need it."""
        return normal(self._text)

    def learn(self, shape: Shape, rows: Sequence[RawRow]) -> None:
        """Take in the names of a table without projects."""
        self._before += wraps_before(rows)
        if shape is Shape.ECONOMIC:
            return
        for row in rows:
            if row.code:
                self.codes.add(row.code)
                self._names.setdefault(row.code, Counter())[normal(joined(row.texts))] += 1

    def name_of(self, code: str) -> str:
        """Give the name of a code in other tables, "" for none."""
        found = self._names.get(code)
        return found.most_common(1)[0][0] if found else ""

    def belongs(self, pending: list[Token], current: RawRow, following: list[Token]) -> bool:
        """Tell whether `pending` ends the name of `current`, or begins the next."""
        if current.total:
            return False
        known = self.name_of(current.code)
        own = normal(joined(current.texts))
        if known and own == known:
            return False
        if known and normal(joined([*current.texts, *pending])) == known:
            return True
        ends = occurs([*self._project_part(current), *pending], self._narrative)
        begins = bool(following) and occurs([*pending, *following], self._narrative)
        if ends != begins:
            return ends
        return bool(current.code) or self._before <= 0

    def _project_part(self, row: RawRow) -> list[Token]:
        if not row.code:
            return row.texts
        taken = self._name_pieces(row.code, row.texts)
        return [token for index, token in enumerate(row.texts) if index not in taken]

    def split_project(self, code: str, texts: list[Token]) -> tuple[str, str]:
        """Split the pieces of a row into names of code and project."""
        known = self.name_of(code)
        taken = self._name_pieces(code, texts)
        if taken:
            name = [token for index, token in enumerate(texts) if index in taken]
            return joined(name), joined([token for index, token in enumerate(texts) if index not in taken])
        whole = joined(texts)
        if known and normal(whole).startswith(known):
            cut = next(i for i in range(len(whole) + 1) if normal(whole[:i]) == known)
            return whole[:cut], whole[cut:]
        if len(code) < 7 or len(texts) < 2:  # noqa: PLR2004 - classes and sections have no project
            return whole, ""
        return texts[0].text, joined(texts[1:])

    def _name_pieces(self, code: str, texts: list[Token]) -> frozenset[int]:
        """The indexes of the pieces that make up the name of the code: both names may be wrapped, line by line."""
        known = self.name_of(code)
        if not known:
            return frozenset()

        def search(index: int, rest: str) -> tuple[int, ...] | None:
            if not rest:
                return ()
            for place in range(index, min(len(texts), _PIECES)):
                piece = normal(texts[place].text)
                if piece and rest.startswith(piece):
                    found = search(place + 1, rest[len(piece) :])
                    if found is not None:
                        return (place, *found)
            return None

        return frozenset(search(0, known) or ())


def finish(reading: Reading, units: frozenset[str]) -> None:
    """Give every row its kind, level, key and parent.

    `units` are the bodies that heads name.
    """
    _resolve_classes(reading)
    for statement in reading.statements.values():
        _finish(statement.kind.shape, statement.rows, units, exact=statement.exact)
        units |= {normal(row.name) for row in statement.rows if row.kind is RowKind.BODY}


def _resolve_classes(reading: Reading) -> None:
    """Give the classes that a two-sided statement names without codes their codes.

    What other tables of the document call a class comes first, then the classification.
    """
    codes = {normal(name): code for code, (name, _) in classification.FUNCTIONAL.items() if len(code) == 3}  # noqa: PLR2004
    for statement in reading.statements.values():
        if statement.kind.shape is Shape.FUNCTIONAL:
            codes.update({normal(row.name): row.code for row in statement.rows if len(row.code) == 3})  # noqa: PLR2004
    for statement in reading.statements.values():
        for row in statement.rows if statement.kind.shape is Shape.TWO_SIDED else ():
            if row.side is Side.EXPENDITURE and not row.code and not row.total:
                row.resolved = codes.get(normal(row.name), "")


def _finish(shape: Shape, rows: list[ReadRow], units: frozenset[str], *, exact: bool) -> None:
    if shape in {Shape.TWO_SIDED, Shape.LABELS}:
        _finish_labels(rows)
    else:
        _finish_coded(shape, rows, units, exact=exact)
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.key] += 1
        if seen[row.key] > 1:
            row.key = f"{row.key}#{seen[row.key]}"


def _finish_labels(rows: list[ReadRow]) -> None:
    total = {row.side: index for index, row in enumerate(rows) if row.total}
    by_key: dict[tuple[Side, str], int] = {}
    for index, row in enumerate(rows):
        place = row.key
        if row.total:
            row.kind, row.level = RowKind.GRAND_TOTAL, 0
            row.name = {Side.REVENUE: "收入总计", Side.EXPENDITURE: "支出总计", Side.NONE: "总计"}[row.side]
            place = row.name
        elif row.code or row.resolved:
            place = row.resolved or row.code
            row.kind, row.level = _KINDS[len(place)], 1
            row.parent = total.get(row.side)
        else:
            row.kind = RowKind.SOURCE
            parent = by_key.get((row.side, place.rpartition("/")[0])) if "/" in place else None
            row.parent = parent if parent is not None else None if row.apart else total.get(row.side)
            row.level = row.level or 1
            place = place or normal(row.name)
            by_key[row.side, place] = index
        row.key = f"{row.side}/{place}" if row.side else place


def _finish_coded(shape: Shape, rows: list[ReadRow], units: frozenset[str], *, exact: bool) -> None:
    """Finish rows with codes; cells in columns (`exact`) have told which labels are projects."""
    bodies = _bodies(shape, rows, units)
    total = next((index for index, row in enumerate(rows) if row.total), None)
    at: dict[str, int] = {}
    body: int | None = None
    code = ""
    prefix = ""
    for index, row in enumerate(rows):
        if row.total:
            row.kind, row.name, row.label, row.key, row.level = (
                RowKind.GRAND_TOTAL,
                "总计",
                row.label or "总计",
                "总计",
                0,
            )
            continue
        if index in bodies:
            at, body, code = {}, index, ""
            row.kind, row.level, row.parent = RowKind.BODY, 1, total
            prefix = "" if len(bodies) == 1 else f"{normal(row.name)}/"
            row.key = f"本单位/{normal(row.name)}" if prefix else "本单位"
            continue
        top = body if body is not None else total
        if (
            not row.code and shape is Shape.PROJECTS and (row.project or not exact)
        ):  # a project under the code printed above it
            row.project, row.name = row.project or row.name, rows[at[code]].name if code in at else ""
            row.code = code
        if shape is Shape.PROJECT_NAMES:
            row.project, row.name = row.name, ""
        code = row.code
        row.kind = RowKind.PROJECT if row.project else _KINDS.get(len(code), RowKind.SOURCE)
        above = [code] if row.project else []
        above += [code[:length] for length in (5, 3) if length < len(code)]
        row.parent = next((at[place] for place in above if place in at), top)
        row.level = rows[row.parent].level + 1 if row.parent is not None else 1
        if not row.project:
            at[code] = index
        row.key = prefix + "/".join(
            part for part in (code, normal(row.project), "" if code else normal(row.name)) if part
        )


def _bodies(shape: Shape, rows: Sequence[ReadRow], units: frozenset[str]) -> set[int]:
    """The rows that are the sub-totals of budget units; `units` are those that the project table lists."""
    found = set()
    total = next((row for row in rows if row.total and row.figures), None)
    for index, row in enumerate(rows):
        if row.code or row.total or not row.figures:
            continue
        following = rows[index + 1] if index + 1 < len(rows) else None
        if shape is Shape.PROJECT_NAMES:
            repeats_total = total is not None and row.figures[0].amount.fen == total.figures[0].amount.fen
            first = not any(not before.total for before in rows[:index])
            alone = following is None or following.total
            if any(normal(row.name).endswith(unit) for unit in units) or (
                first and repeats_total and not alone and _ORGANISATION.search(compact(row.name))
            ):
                found.add(index)
        elif following is not None and len(following.code) == 3 and not meaning.is_known(row.name):  # noqa: PLR2004
            found.add(index)  # a class begins below it, and it names no money (人员经费合计 beside the next list)
    return found
