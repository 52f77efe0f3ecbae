"""Basic expenditure by economic class against what it is made of, against its functions and the “三公” expenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks.comparison import Sum, compare, not_checked, pick
from budget.checks.context import KINDS as LINES
from budget.checks.rule import Check, Finding, Outcome, Ref
from budget.i18n.language import N_, tr
from budget.model.codes import CLASS, level
from budget.model.disclosure import StatementId as S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.checks.context import Book, Figure
    from budget.reading.rows import Row

_T5, _T6, _T10 = S.GENERAL_PUBLIC_EXPENDITURE.value, S.BASIC_EXPENDITURE.value, S.THREE_PUBLIC_EXPENSES.value
PERSONNEL, OPERATING = ("301", "303"), ("302", "310")
_LINES = dict(zip(("personnel", "operating"), LINES, strict=True))
TWINS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("30108", ("2080505",)),
    ("30109", ("2080506",)),
    ("30110", ("2101101", "2101102")),
    ("30111", ("2101103",)),
    ("30113", ("2210201",)),
)
"""Economic sections and the functional items that usually carry the same money."""
ITEMS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (N_("因公出国（境）费"), "总计/因公出国（境）费", "30212", ("出国",)),
    (N_("公务接待费"), "总计/公务接待费", "30217", ("公务接待", "接待费")),
    (
        N_("公务用车运行费"),
        "总计/公务用车购置及运行费/公务用车运行费",
        "30231",
        ("公务用车运行", "车辆运行", "公车运行"),
    ),
    (
        N_("公务用车购置费"),
        "总计/公务用车购置及运行费/公务用车购置费",
        "31013",
        ("公务用车购置", "车辆购置", "公车购置"),
    ),
)
"""Item of the “三公” expenses, its line_key, its economic section, and what parts of projects for it are called."""

KINDS = Check(
    "T6.kinds",
    N_("表6"),
    N_("基本支出表：人员经费、公用经费按类归列"),
    N_("301、303 列人员经费，302、310 列公用经费；决算的人员经费、公用经费合计＝所属各类之和"),
    hard=True,
    needs=(_T6,),
)
PAIRS = Check(
    "T6.pairs",
    N_("表6"),
    N_("缴费类款级科目与功能科目通常相等"),
    N_("30108＝2080505；30109＝2080506；30110＝2101101＋2101102；30111＝2101103；30113＝2210201"),
    hard=False,
    needs=(_T6, _T5),
)
HALF = Check(
    "T6.half", N_("表6"), N_("职业年金通常是基本养老保险缴费的一半"), N_("30109×2＝30108"), hard=False, needs=(_T6,)
)
LEAST = Check(
    "T10>=T6",
    N_("表10"),
    N_("“三公”各项不少于基本支出中的对应科目"),
    N_("出国（境）≥30212；公务接待≥30217；公车运行≥30231；公车购置≥31013"),
    hard=True,
    needs=(_T10, _T6),
)
RUNNING = Check(
    "T10.running<=T6",
    N_("表10"),
    N_("机关运行经费通常不超过基本支出的公用经费"),
    N_("机关运行经费≤基本支出表公用经费总计"),
    hard=False,
    needs=(_T10, _T6),
)
PROJECTS = Check(
    "T10.projects",
    N_("表10"),
    N_("项目中列有“三公”性质支出，而“三公”表只等于基本支出部分"),
    N_("项目资金分配中有出国、接待、公车支出时，“三公”表对应项目通常大于基本支出的对应科目"),
    hard=False,
    needs=(_T10, _T6, "allocations"),
)
CHECKS: tuple[Check, ...] = (KINDS, PAIRS, HALF, LEAST, RUNNING, PROJECTS)
_UNUSUAL = N_("与通常情形不同")


def check(book: Book) -> Iterator[Finding]:
    """Economic classes and sections, and what is usually or always at least as large."""
    yield from _kinds(book)
    yield from _sub_totals(book)
    yield from _twins(book)
    yield from _three_public(book)


def _kinds(book: Book) -> Iterator[Finding]:
    """Each class stands in the column of its kind; where that is the only one with an amount, nothing is said twice."""
    measures = book.measures(_T6)
    if not {"personnel", "operating"} <= set(measures):
        return
    for row in book.sheets.of(_T6):
        kind = "personnel" if row.code[:CLASS] in PERSONNEL else "operating" if row.code[:CLASS] in OPERATING else ""
        whole = pick(book, (row,), ("total",))
        own = pick(book, (row,), (kind,))
        if kind and whole.figures and book.figures_of(row).keys() & {"personnel", "operating"}:
            found = compare(KINDS, book, whole, own)
            if found is not None:
                yield found


def _sub_totals(book: Book) -> Iterator[Finding]:
    """The lines 人员经费合计 and 公用经费合计 of final accounts."""
    classes = [row for row in book.sheets.of(_T6) if level(row.code) == 1]
    lines = {kind: line for kind in _LINES if (line := _line(book, kind)) is not None}
    for kind, line in lines.items() if classes else ():
        parts = [row for row in classes if (row.code in PERSONNEL) == (kind == "personnel")]
        found = compare(KINDS, book, pick(book, (line,), ("total",)), pick(book, parts, ("total",)))
        if found is not None:
            yield found


def _line(book: Book, kind: str) -> Row | None:
    return next((row for row in book.sheets.of(_T6) if not row.code and row.name.startswith(_LINES[kind])), None)


def _twins(book: Book) -> Iterator[Finding]:
    for section, items in TWINS:
        ours = pick(book, book.with_code(_T6, section), ("total",))
        theirs = pick(book, [row for item in items for row in book.with_code(_T5, item)], ("basic",))
        if ours.figures and theirs.figures:
            yield from _present(compare(PAIRS, book, ours, theirs, said=_UNUSUAL))
    half = pick(book, book.with_code(_T6, "30109"), ("total",))
    whole = pick(book, book.with_code(_T6, "30108"), ("total",))
    if half.figures and whole.figures:
        yield from _half(book, Sum((half.figures[0], half.figures[0]), half.open), whole)


def _half(book: Book, doubled: Sum, whole: Sum) -> Iterator[Finding]:
    """The rate is 8% to 16% of nearly the same base: a hundredth is no news."""
    found = compare(HALF, book, doubled, whole, said=_UNUSUAL)
    if found is not None and found.outcome is Outcome.HINT and abs(found.difference_fen or 0) * 100 <= whole.fen:
        near = whole.fen // 100
        found = found._replace(outcome=Outcome.ROUNDING, message=tr("约为一半，相差不足百分之一。"), tolerance_fen=near)
    yield from _present(found)


def _three_public(book: Book) -> Iterator[Finding]:
    """Every item is at least what the basic expenditure has for it; the operating expenses of organs at most."""
    parts = _project_parts(book)
    for name, key, section, words in ITEMS:
        row = book.row(_T10, key)
        least = pick(book, book.with_code(_T6, section), ("total",))
        if row is None or not least.figures:
            continue
        measure = "general_public_budget" if "general_public_budget" in book.measures(_T10) else "total"
        item = pick(book, (row,), (measure,))
        if not item.figures and not item.open:
            why = tr("“三公”表没有印出{item}").format(item=tr(name))
            yield not_checked(LEAST, why, [book.ref(figure) for figure in least.figures])
            continue
        yield from _present(compare(LEAST, book, least, item, relation="<="))
        yield from _in_projects(book, item, least, [part for part in parts if any(word in part[0] for word in words)])
    running, operating = book.row(_T10, "机关运行经费"), _operating(book)
    if running is not None and operating.figures:
        own = pick(book, (running,), ("total",))
        if own.figures:
            yield from _present(compare(RUNNING, book, own, operating, said=_UNUSUAL, relation="<="))


def _operating(book: Book) -> Sum:
    total = book.total(_T6)
    found = Sum() if total is None else pick(book, (total,), ("operating",))
    line = _line(book, "operating")
    return found if found.figures or line is None else pick(book, (line,), ("total",))


def _project_parts(book: Book) -> list[tuple[str, str, int, int | None, int | None]]:
    """Parts of projects with money: what they are called, printed amount, fen, line and page."""
    wanted = book.own.allocations.select("item", "printed", "amount_fen", "line", "page")
    return [(item, printed, fen, line, page) for item, printed, fen, line, page in wanted.iter_rows() if item and fen]


def _in_projects(
    book: Book, item: Sum, least: Sum, parts: list[tuple[str, str, int, int | None, int | None]]
) -> Iterator[Finding]:
    """A part of a project for this item, although the “三公” table has only what the basic expenditure has."""
    if not parts or item.open or least.open or item.fen != least.fen:
        return
    figures: tuple[Figure, ...] = (*item.figures, *least.figures)
    refs = [book.ref(figure) for figure in figures]
    refs += [
        Ref(book.head.disclosure_id, "allocations", name, printed, fen, line=line, page=page)
        for name, printed, fen, line, page in parts
    ]
    message = tr("项目中另有“{part}”，而“三公”表与基本支出的对应科目正好相等：项目部分可能没有计入。")
    yield Finding(PROJECTS.id, Outcome.HINT, message.format(part=parts[0][0]), tuple(refs), item.fen, least.fen, 0)


def _present(found: Finding | None) -> Iterator[Finding]:
    if found is not None:
        yield found
