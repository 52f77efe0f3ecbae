"""Search by code prefix, part of a name, project or pinyin initials.

It goes through one disclosure or through all of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import polars as pl

from budget.i18n.language import tr
from budget.library import texts
from budget.library.frames import Piece, concat
from budget.library.gathered.search_index import IS_END, PLACE, Sought
from budget.model.disclosure import StatementId
from budget.model.matching import normalise
from budget.reading.disclosure import OpenDisclosure, opened
from budget.views.english import beside, english_of, spoken, texts_in_english
from budget.views.locate import TARGETS, Place, state_of, views_of_statements
from budget.views.state import VIEW_TITLES, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from budget.library.frames import Frames
    from budget.views.state import ViewState

    Targets = Mapping[str, tuple[View, str]]

MOST_HITS = 200
MOST_TABLES = 12
FUNCTIONAL_DIGIT = "2"
"""What the codes of expenditure by function begin with."""

_ORDER = [str(statement) for statement in dict.fromkeys([*TARGETS, *StatementId])]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found."""

    state: ViewState
    """Shows the place, with the cursor on it."""
    name: str
    code: str
    where: str
    """The view or table: 支出, 项目支出, 表8."""


def hits(frames: Frames, disclosure_id: str, query: str, limit: int = MOST_HITS) -> tuple[Hit, ...]:
    """The places that match, in document order, codes before labels; an empty disclosure_id looks in all disclosures.

    In all that are listed: not in hidden ones, nor in what a shelf holds besides.
    Lines without amounts and totals are no places.  Document text and query are compared as plain text.
    """
    wanted = normalise(query)
    if not wanted:
        return ()
    found: list[Hit] = []
    targets = views_of_statements(opened(frames, disclosure_id)) if disclosure_id else TARGETS
    own, listed = pl.col("disclosure_id"), frames.disclosures["disclosure_id"]
    is_listed = own.is_in(listed.implode()) & ~own.is_in(sorted(frames.hidden))
    for piece in _pieces(frames, disclosure_id, wanted):
        found += _hits(piece, wanted, own == disclosure_id if disclosure_id else is_listed, limit - len(found), targets)
        if len(found) >= limit:
            break
    return tuple(found)


def _pieces(frames: Frames, disclosure_id: str, wanted: str) -> Iterable[Piece]:
    """The rows to look in."""
    if not disclosure_id:
        return frames.pieces(Sought(wanted, texts_in_english(wanted) if spoken() else frozenset()))
    own = opened(frames, disclosure_id)
    return [Piece(own.lines, own.cells, own.frames.statements)]


def _hits(piece: Piece, wanted: str, is_listed: pl.Expr, limit: int, targets: Targets) -> list[Hit]:
    matching = _matching(piece.lines, wanted).filter(is_listed)
    if matching.is_empty():  # as in most parts of a library
        return []
    # a code stands in a dozen tables at most: more lines than this cannot be needed
    found = _with_amounts(matching, piece.cells).head(limit * MOST_TABLES)
    codes = _codes(piece.lines, found)
    number = cache(partial(_number, piece.statements))
    result: list[Hit] = []
    seen: set[tuple[str, str]] = set()
    for row in found.iter_rows(named=True):
        hit = _hit(row, codes, number, targets)
        # a functional code is one place, however many tables print it
        key = row["resolved_code"] if row["functional"] else f"{row['statement']}/{row['line_key']}"
        place = (hit.state.disclosure, key)
        if place not in seen:
            seen.add(place)
            result.append(hit)
        if len(result) == limit:
            break
    return result


def _matching(lines: pl.DataFrame, wanted: str) -> pl.DataFrame:
    """The lines that match, ordered by disclosure, then by the view that shows them."""
    different = pl.concat([lines["name"].unique(), lines["project"].unique()]).unique()
    matching = different.filter(texts.matching(different, wanted) & (different != ""))
    project = pl.col("project") != ""
    by_name = pl.when(project).then(pl.col("project")).otherwise(pl.col("name")).is_in(matching.implode())
    if spoken():
        by_name |= ~project & _is_english(lines, wanted)
    rank = pl.col("statement").replace_strict({statement: i for i, statement in enumerate(_ORDER)}, default=len(_ORDER))
    return (
        lines.filter((by_name | pl.col("resolved_code").str.starts_with(wanted)) & ~IS_END)
        .with_columns(
            functional=pl.col("resolved_code").str.starts_with(FUNCTIONAL_DIGIT) & ~project,
            rank=rank,
        )
        .sort(["disclosure_id", "rank", "row_no"], maintain_order=True)
    )


def _is_english(lines: pl.DataFrame, wanted: str) -> pl.Expr:
    """Whether the English of a line holds what is looked for."""
    place = ["row_kind", "resolved_code", "name", "line_key"]
    every = lines.select(place).unique()
    found = [row for row in every.iter_rows() if wanted in normalise(english_of(*row))]
    alike = pl.DataFrame(found, schema=every.schema, orient="row")
    return pl.struct(place).is_in(alike.to_struct().implode())


def _with_amounts(found: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Those of these lines that have amounts."""
    # the many cells are looked up in the few lines, not the other way round
    filled = cells.select(PLACE).join(found, on=PLACE, how="semi")
    return found.join(filled, on=PLACE, how="semi", maintain_order="left")


def _codes(lines: pl.DataFrame, found: pl.DataFrame) -> dict[tuple[str, str], set[str]]:
    """The codes of each statement of the disclosures that have hits: what a path can be made of."""
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    ids = found["disclosure_id"].unique().implode()
    own = lines.filter(pl.col("disclosure_id").is_in(ids) & (pl.col("resolved_code") != "") & ~IS_END)
    for disclosure, statement, code in own.select("disclosure_id", "statement", "resolved_code").iter_rows():
        codes[disclosure, statement].add(code)
    return codes


def _hit(
    row: dict[str, Any], codes: dict[tuple[str, str], set[str]], number: Callable[[str, str], str], targets: Targets
) -> Hit:
    disclosure, statement, code = row["disclosure_id"], row["statement"], row["resolved_code"]
    place = Place(disclosure, statement, code, row["line_key"], row["side"], row["project"])
    state = state_of(place, lambda wanted: codes[disclosure, wanted], targets)
    printed = number(disclosure, statement) if state.view is View.STATEMENT else ""
    name = row["project"] or row["name"]
    if spoken() and not row["project"]:
        name = beside(name, english_of(row["row_kind"], code, name, row["line_key"]))
    return Hit(state=state, name=name, code=code, where=printed or tr(VIEW_TITLES[state.view]))


def _number(statements: pl.DataFrame, disclosure_id: str, statement: str) -> str:
    """The number of a statement, for which its disclosure need not be opened."""
    own = statements.filter(pl.col("disclosure_id") == disclosure_id)
    return OpenDisclosure(disclosure_id, replace(concat([]), statements=own)).number(statement)
