"""What the checks found in many documents: a table a body, what is missing and how long it took among it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks.rule import Outcome
from budget.checks.wording import OUTCOMES, SIGNAL, check_of, places, sentence, sides
from budget.export.rows import Rows, visible
from budget.export.xlsx import digits_wide, sheets_to_xlsx
from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import Severity
from budget.reading.completeness import Presence
from budget.reading.disclosure import opened
from budget.views.review.completeness import completeness_of
from budget.views.sources import EDITION_TITLES, PHASE_TITLES, year_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.checks.rule import Finding
    from budget.export.findings import Report
    from budget.library.frames import Frames
    from budget.reading.rows import Head

SUMMARY = N_("汇总")
BODY = N_("部门（单位）")
COLUMNS = (
    *(N_("年度"), N_("阶段"), N_("口径"), N_("对照"), N_("不符"), N_("提示"), N_("未核"), N_("缺表"), N_("未读出")),
    *(N_("秒"), N_("文件")),
)
_SECONDS = 9
_NUMBERS = frozenset(range(4, _SECONDS + 1))
_FOUND = (N_("文件"), N_("结果"), N_("主题"), N_("规则"), N_("说明"), N_("一处"), N_("另一处"), N_("相差"), N_("位置"))
_AMOUNTS = frozenset({5, 6, 7})
_LISTED = (Outcome.DISCREPANCY, Outcome.HINT, Outcome.NOT_CHECKED)
_TABLES = ("contents", "national")


class Checked(NamedTuple):
    """One document of many: its report, and what is told of it beside."""

    report: Report
    missing: tuple[str, ...]
    """Titles of the tables that it should have and that were not found."""
    lost: int
    """How many things in it could not be read."""
    tenths: int
    """How long checking it took, in tenths of a second."""

    @property
    def head(self) -> Head:
        """Who published it."""
        return self.report.head

    def count(self, outcome: Outcome) -> int:
        """How many findings have this outcome."""
        return len(self.report.of(outcome))


def checked_one(frames: Frames, report: Report, seconds: float = 0) -> Checked:
    """A document, with what it lacks and what was not read."""
    current = opened(frames, report.head.disclosure_id)
    asked = completeness_of(frames, current)
    missing = {
        current.title(one.statement) if one.statement else one.name: None
        for group in _TABLES
        for one in asked.of(group)
        if one.presence is Presence.MISSING
    }
    lost = current.frames.notices.filter(severity=Severity.LOST.value).height
    return Checked(report, tuple(missing), lost, round(seconds * 10))


def bodies(checked: Sequence[Checked]) -> list[tuple[str, list[Checked]]]:
    """The documents by their bodies: those with most discrepancies first, in each the newest year first."""
    found: list[list[Checked]] = []
    for one in checked:
        own = next((held for held in found if one.head.body and held[0].head.of_body(one.head)), None)
        if own is None:
            found.append([one])
        else:
            own.append(one)
    named = [(held[0].head.body or held[0].head.source_name, sorted(held, key=_of_year)) for held in found]
    return sorted(named, key=lambda each: (-_sum(each[1], Outcome.DISCREPANCY), -_sum(each[1], Outcome.HINT), each[0]))


def _of_year(one: Checked) -> tuple[int, str, str, str]:
    return -(one.head.fiscal_year or 0), one.head.phase, one.head.edition, one.head.source_name


def _sum(held: Sequence[Checked], outcome: Outcome) -> int:
    return sum(one.count(outcome) for one in held)


def timeless(held: Sequence[Checked]) -> Rows:
    """As `table`, without how long it took."""
    whole = table(held)
    rows = [[text for at, text in enumerate(row) if at != _SECONDS] for row in (whole.titles, *whole.rows)]
    return Rows(rows[0], rows[1:], _NUMBERS - {_SECONDS})


def table(held: Sequence[Checked]) -> Rows:
    """One row a document, under `COLUMNS`."""
    return Rows([tr(title) for title in COLUMNS], [_row(one) for one in held], _NUMBERS)


def _row(one: Checked) -> list[str]:
    baseline = one.report.baseline
    return [
        year_text(one.head),
        tr(PHASE_TITLES.get(one.head.phase, "")),
        tr(EDITION_TITLES.get(one.head.edition, "")),
        year_text(baseline) if baseline else "",
        *(str(one.count(outcome)) for outcome in _LISTED),
        str(len(one.missing)),
        str(one.lost),
        f"{one.tenths // 10}.{one.tenths % 10}",
        one.head.source_name,
    ]


def text(checked: Sequence[Checked]) -> Iterator[str]:
    """For the terminal: a table a body, its columns in line, the missing tables named below it."""
    for body, held in bodies(checked):
        shown = table(held)
        yield visible(body)
        lines = [shown.titles, *shown.rows]
        widths = [max(map(digits_wide, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (_cell(part, widths[at], right=at in _NUMBERS) for at, part in enumerate(line))
            yield visible("  " + "  ".join(cells).rstrip())
        for one in held:
            if one.missing:
                words = tr("{0} 缺表：{1}").format(one.head.source_name, joined(one.missing))
                yield visible(f"    {words}")
        yield ""


def _cell(part: str, width: int, *, right: bool) -> str:
    blank = " " * (width - digits_wide(part))
    return blank + part if right else part + blank


def to_xlsx(checked: Sequence[Checked]) -> bytes:
    """A workbook: a sheet of all documents, then one a body with its documents and what was found in them."""
    grouped = bodies(checked)
    every = [[body, *_row(one)] for body, held in grouped for one in held]
    numbers = frozenset(at + 1 for at in _NUMBERS)
    whole = Rows([tr(BODY), *(tr(title) for title in COLUMNS)], every, numbers)
    sheets = [(tr(SUMMARY), [whole, Rows([tr(SIGNAL)], [])])]
    sheets += [(body, [table(held), _missing(held), _found(held)]) for body, held in grouped]
    return sheets_to_xlsx([(name, [rows for rows in blocks if rows.titles]) for name, blocks in sheets])


def _missing(held: Sequence[Checked]) -> Rows:
    rows = [[one.head.source_name, title] for one in held for title in one.missing]
    return Rows([tr(N_("文件")), tr(N_("没有读到的表"))] if rows else [], rows)


def _found(held: Sequence[Checked]) -> Rows:
    rows = [_finding(one, finding) for one in held for outcome in _LISTED for finding in one.report.of(outcome)]
    return Rows([tr(title) for title in _FOUND] if rows else [], rows, _AMOUNTS)


def _finding(one: Checked, finding: Finding) -> list[str]:
    said = sides(finding, one.report.unit)
    check = check_of(finding)
    return [
        one.head.source_name,
        tr(OUTCOMES[finding.outcome]),
        tr(check.topic),
        check.id,
        sentence(finding),
        *(value.replace(",", "") for value in (said.left, said.right, said.difference)),
        places(finding.refs),
    ]
