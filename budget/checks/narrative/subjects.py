"""Where the statements print what a sentence speaks of: subjects of the narrative -> figures of the tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import StatementId as S

if TYPE_CHECKING:
    from budget.checks.context import Book, Figure
    from budget.checks.rule import Ref

T1, T3, T4, T5, T6, T7, T8, T9, T10, T11 = (
    S.REVENUE_EXPENDITURE_SUMMARY,
    S.EXPENDITURE_DETAIL,
    S.APPROPRIATION_SUMMARY,
    S.GENERAL_PUBLIC_EXPENDITURE,
    S.BASIC_EXPENDITURE,
    S.PROJECT_EXPENDITURE,
    S.GOVERNMENT_FUND_EXPENDITURE,
    S.STATE_CAPITAL_EXPENDITURE,
    S.THREE_PUBLIC_EXPENSES,
    S.CARRYOVER_DETAIL,
)


class Seat(NamedTuple):
    """A place in the statements: a grand total, a labelled line or a code, and a measure."""

    statement: str
    measure: str = "total"
    label: str = ""
    """Regular expression of the path of labels, without the side."""
    code: str = ""
    side: str = ""


class Side(NamedTuple):
    """What stands there: one side of a comparison."""

    fen: int
    half_unit: int
    """0 where nothing is printed, and the amount is therefore 0."""
    refs: tuple[Ref, ...]
    certain: bool
    parts: int
    """Printed amounts that it is the sum of, 0 for those that are none."""


_REVENUE = (Seat(T1, side="revenue"),)
_SPENDING = (Seat(T1, side="expenditure"), Seat(T3))
_GENERAL = (
    Seat(T1, label="本年收入/一般公共预算拨款/一般财力"),
    Seat(T1, label="本年收入/一般公共预算拨款"),
    Seat(T1, label="财政拨款收入/一般公共预算资金"),
)
_SUBJECTS: tuple[tuple[re.Pattern[str], tuple[Seat, ...]], ...] = tuple(
    (re.compile(pattern), seats)
    for pattern, seats in (
        (r"一般公共预算(财政)?(拨款)?(收入)?", _GENERAL),
        (r"上级一般公共预算.*转移支付.*", (Seat(T1, label="本年收入/一般公共预算拨款/上级一般公共预算安排转移支付"),)),
        (r"政府性基金(预算)?(拨款)?(收入)?", (Seat(T1, label="(本年收入|财政拨款收入)/政府性基金(预算拨款)?"),)),
        (r"上级政府性基金.*转移支付.*", (Seat(T1, label="本年收入/政府性基金预算拨款/上级政府性基金安排转移支付"),)),
        (r"国有资本经营(预算)?(拨款)?(收入)?", (Seat(T1, label="(本年收入|财政拨款收入)/国有资本经营预算(拨款)?"),)),
        (
            r"上级国有资本.*转移支付.*",
            (Seat(T1, label="本年收入/国有资本经营预算拨款/上级国有资本经营预算安排转移支付"),),
        ),
        (r"财政专户.*", (Seat(T1, label="本年收入/财政专户核拨"),)),
        (r"单位资金", (Seat(T1, label="本年收入/单位资金"),)),
        (r"财政拨款结转(结余)?", (Seat(T1, label="上年结转结余/财政拨款结转"),)),
        (r"非财政拨款结转(结余)?", (Seat(T1, label="上年结转结余/非财政拨款结转结余"),)),
        (r"收入(总)?预算", _REVENUE),
        (r"支出(总)?预算", _SPENDING),
        (r"收支总预算", (*_REVENUE, *_SPENDING)),
        (r"财政拨款收入(预算)?", (Seat(T1, label="财政拨款收入"), Seat(T4, side="revenue"))),
        (r"财政拨款支出(预算)?", (Seat(T4, side="expenditure"),)),
        (r"财政拨款收支总预算", (Seat(T4, side="revenue"), Seat(T4, side="expenditure"))),
        (r"一般公共预算(拨款)?支出(预算)?|一般公共预算拨款合计", (Seat(T5),)),
        (r"政府性基金(预算)?拨款支出(预算)?", (Seat(T8),)),
        (r"国有资本经营预算拨款支出(预算)?", (Seat(T9),)),
        (r"事业收入", (Seat(T1, label="(本年收入/单位资金/)?事业收入"),)),
        (r"(事业单位)?经营收入", (Seat(T1, label="(本年收入/单位资金/)?事业单位经营收入"),)),
        (r"其他收入", (Seat(T1, label="(本年收入/单位资金/)?其他收入"),)),
        (r"人员经费", (Seat(T6, "personnel"),)),
        (r"公用经费", (Seat(T6, "operating"),)),
        (r"“三公”经费", (Seat(T10),)),
        (r"因公出国.*", (Seat(T10, label="总计/因公出国（境）费"),)),
        (r"公务接待费", (Seat(T10, label="总计/公务接待费"),)),
        (r"公务用车购置(及|和).*运行.*", (Seat(T10, label="总计/公务用车购置及运行费"),)),
        (r"公务用车购置费", (Seat(T10, label="总计/公务用车购置及运行费/公务用车购置费"),)),
        (r"公务用车运行(维护)?费", (Seat(T10, label="总计/公务用车购置及运行费/公务用车运行费"),)),
        (r"上年结转结余", (Seat(T11), Seat(T1, label="上年结转结余"))),
        (r"结转的财政拨款", (Seat(T11, "appropriation_total"),)),
        (r"结转的非财政拨款", (Seat(T11, "non_appropriation_total"),)),
    )
)
_KINDS = {"基本支出": "basic", "项目支出": "project"}
_OPERATING = re.compile(r"(财政拨款)?机关运行经费.*")


def seats(subject: str, code: str, heading: str) -> tuple[Seat, ...]:
    """The places that may print what a sentence under this heading speaks of; none for unknown subjects."""
    if code:
        return (Seat(T5, code=code),)
    if kind := _KINDS.get(subject):
        return (Seat(T5 if "一般公共预算" in heading else T3, kind),)
    if _OPERATING.fullmatch(subject):  # the form of Shanghai prints it; elsewhere it is the operating expenditure
        return (Seat(T10, label="机关运行经费"), Seat(T6, "operating"))
    return next((found for pattern, found in _SUBJECTS if pattern.fullmatch(subject)), ())


def side(book: Book, seat: Seat) -> Side | None:
    """What a book prints at a place; 0 where a table that has been read leaves it out; None where it cannot be told."""
    if not book.sheets.found(seat.statement):
        return None
    if not any(book.figures_of(row) for row in book.sheets.of(seat.statement)):
        return _nothing(book, seat.statement)
    if seat.code:
        return _coded(book, seat)
    if seat.label:
        return _labelled(book, seat)
    row = book.total(seat.statement, seat.side)
    found = book.figures_of(row) if row else {}
    figure = found.get(seat.measure)
    if row is None or figure is None:
        # a total that prints other columns has a blank here
        return _nothing(book, seat.statement) if found and seat.measure != "total" else None
    return _side(book, (figure,), len(book.children(row)))


def _nothing(book: Book, statement: str) -> Side:
    return Side(0, 0, (book.statement_ref(statement),), certain=True, parts=0)


def _coded(book: Book, seat: Seat) -> Side | None:
    rows = book.with_code(seat.statement, seat.code)
    if not rows:
        return _nothing(book, seat.statement)
    figures = tuple(found[seat.measure] for row in rows if seat.measure in (found := book.figures_of(row)))
    if len(rows) > 1 and not rows[0].project:
        return None  # several bodies in one table
    if not figures:
        return Side(0, 0, (book.line_ref(rows[0]),), certain=True, parts=0)
    return _side(book, figures, len(book.children(rows[0])))


def _labelled(book: Book, seat: Seat) -> Side | None:
    for row in book.sheets.of(seat.statement):
        path = row.line_key.partition("/")[2] if row.side else row.line_key
        if re.fullmatch(seat.label, path) is None or (row.side and row.side != "revenue"):
            continue
        figure = book.figures_of(row).get(seat.measure)
        if figure is not None:
            return _side(book, (figure,), len(book.children(row)))
        if any(book.figures_of(child) for child in book.children(row)):
            return None
        return Side(0, 0, (book.line_ref(row),), certain=True, parts=0)
    # forms leave out the lines of “三公” expenses and of sources that are not used
    return _nothing(book, seat.statement) if seat.statement == T10 and "机关" not in seat.label else None


def _side(book: Book, figures: tuple[Figure, ...], parts: int) -> Side:
    return Side(
        sum(figure.fen for figure in figures),
        max(figure.half_unit for figure in figures),
        tuple(book.ref(figure) for figure in figures),
        all(
            figure.certain and figure.printed_digits and (figure.statement, figure.row_no) not in book.crowded
            for figure in figures
        ),
        parts,
    )
