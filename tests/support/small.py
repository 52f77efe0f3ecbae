"""Two small disclosures of one body, without any file: enough for every screen."""

from __future__ import annotations

from typing import NamedTuple

from budget.library.frames import Frames, frames
from budget.model.coordinates import Coordinates
from budget.model.disclosure import (
    Cell,
    ColumnStatus,
    Disclosure,
    DisclosureHead,
    Line,
    Notice,
    Passage,
    ReadingReport,
    RowKind,
    Severity,
    Side,
    StatementHead,
    StatementId,
)

BODY = "某州医疗保障局"
SUMMARY = StatementId.REVENUE_EXPENDITURE_SUMMARY
ALL = StatementId.EXPENDITURE_DETAIL
GENERAL = StatementId.GENERAL_PUBLIC_EXPENDITURE
PROJECTS = StatementId.PROJECT_EXPENDITURE
ITEM = "一般行政管理事务"
FUNCTIONAL = ("total", "basic", "project")


class _Table(NamedTuple):
    """A printed table: its number and title, what its title says, and the heads of its columns."""

    number: int
    title: str
    about: Coordinates
    breakdown: str
    columns: dict[str, tuple[str, Coordinates]]
    """Head of each measure, and what it says."""


_SPENT = Coordinates(flow="expenditure", version="budget")
_KINDS = {
    "total": ("合计", Coordinates()),
    "basic": ("基本支出", Coordinates(kind="basic")),
    "project": ("项目支出", Coordinates(kind="project")),
}
TABLES = {
    SUMMARY: _Table(
        1, "收支总表", Coordinates(flow="both", version="budget"), "two_sided", {"total": ("预算数", Coordinates())}
    ),
    ALL: _Table(2, "支出总表", _SPENT, "function", _KINDS),
    GENERAL: _Table(3, "一般公共预算支出表", _SPENT._replace(fund="general_public"), "function", _KINDS),
    PROJECTS: _Table(
        4, "一般公共预算项目支出表", _SPENT._replace(fund="general_public", kind="project"), "project",
        {"total": ("合计", Coordinates()), "goods_and_services": ("商品和服务支出", Coordinates(economic="302"))},
    ),
}  # fmt: skip

# code, name, amounts in 0.01 万元 by year; a year without the row has None
ROWS = (
    ("208", "社会保障和就业支出", {2024: (8599, 8599, None), 2025: (8102, 8102, None)}),
    ("20805", "行政事业单位养老支出", {2024: (8599, 8599, None), 2025: (8102, 8102, None)}),
    ("2080501", "行政单位离退休", {2024: (8599, 8599, None), 2025: None}),
    ("2080505", "机关事业单位基本养老保险缴费支出", {2024: None, 2025: (8102, 8102, None)}),
    ("210", "卫生健康支出", {2024: (69586, 44913, 24673), 2025: (61348, 40677, 20671)}),
    ("21015", "医疗保障管理事务", {2024: (69586, 44913, 24673), 2025: (61348, 40677, 20671)}),
    ("2101501", "行政运行", {2024: (44913, 44913, None), 2025: (40677, 40677, None)}),
    ("2101502", ITEM, {2024: (24673, None, 24673), 2025: (20670, None, 20670)}),
)
PROJECT_ROWS = (
    ("2101502", "医疗保障经办服务中心工作经费", {2024: 12000, 2025: None}),
    ("2101502", "医疗保障经办中心工作经费", {2024: None, 2025: 12500}),
    ("2101502", "基金监管工作经费", {2024: 6500, 2025: 5850}),
)


def small(name: str = "{}", years: tuple[int, ...] = (2024, 2025)) -> Frames:
    """Frames of these years; `name` is a pattern that every name, title and text goes through."""
    return frames([disclosure(year, name) for year in years])


class _Writer:
    """Collects the lines and cells of a disclosure; names go through a pattern."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[Line] = []
        self.cells: list[Cell] = []
        self.texts: list[str] = []

    def row(
        self, statement: str, kind: str, code: str, label: str, amounts: dict[str, int | None], side: str = "",
        project: str = "",
    ) -> None:  # fmt: skip
        """Add a line with its amounts in 0.01 万元; None is no amount."""
        number = sum(1 for line in self.lines if line.statement == statement) + 1
        shown = {measure: f"{value / 100:,.2f}" for measure, value in amounts.items() if value is not None}
        self.texts.append(" ".join([code, label, project, *shown.values()]))
        at = len(self.texts)
        key = "/".join(part for part in (side, code or label, project) if part)
        level = {0: 0, 3: 1, 5: 2, 7: 3}[len(code)]
        self.lines.append(Line(statement, number, side, kind, code, code, key, label, label, project, level, None, at))
        for measure, printed in shown.items():
            fen = (amounts[measure] or 0) * 10_000
            status = ColumnStatus.SOLVED if measure == "basic" else ColumnStatus.PRINTED
            table = TABLES[StatementId(statement)]
            column, own = table.columns[measure]
            flow = side or table.about.flow
            meant = table.about._replace(flow=flow, function=code, project=project)
            meant = meant._replace(**{name: value for name, value in own._asdict().items() if value})
            row_path = (f"{code} {label}".strip(), *([project] if project else []))
            self.cells.append(
                Cell(
                    statement, number, measure, fen, 5000, printed, status, (), (), None, at, None,
                    coordinates=meant, table_no=table.number, column_no=list(table.columns).index(measure),
                    block=int(side == Side.EXPENDITURE), row_path=row_path, column_path=(column,),
                )
            )  # fmt: skip

    def summary(self, year: int, total: int) -> None:
        """Write table 1."""
        self.row(SUMMARY, RowKind.GRAND_TOTAL, "", "收入总计", {"total": total}, side=Side.REVENUE)
        for code, label, amounts in ROWS:
            if len(code) == 3 and (found := amounts[year]):
                named = self.name.format(label)
                self.row(SUMMARY, RowKind.CLASS, code, named, {"total": found[0]}, side=Side.EXPENDITURE)
        self.row(SUMMARY, RowKind.GRAND_TOTAL, "", "支出总计", {"total": total}, side=Side.EXPENDITURE)

    def functional(self, statement: str, year: int, total: dict[str, int | None]) -> None:
        """Write table 3 or 5."""
        kinds = {3: RowKind.CLASS, 5: RowKind.SECTION, 7: RowKind.ITEM}
        for code, label, amounts in ROWS:
            if found := amounts[year]:
                named = dict(zip(FUNCTIONAL, found, strict=True))
                self.row(statement, kinds[len(code)], code, self.name.format(label), named)
        self.row(statement, RowKind.GRAND_TOTAL, "", "总计", total)

    def projects(self, year: int) -> None:
        """Write table 7."""
        for code, label, by_year in PROJECT_ROWS:
            if (value := by_year[year]) is not None:
                amounts: dict[str, int | None] = {"total": value, "goods_and_services": value}
                self.row(PROJECTS, RowKind.PROJECT, code, ITEM, amounts, project=self.name.format(label))


def disclosure(year: int, name: str = "{}") -> Disclosure:
    """One year, amounts with two decimals in 万元."""
    writer = _Writer(name)
    top = [found for code, _, amounts in ROWS if len(code) == 3 and (found := amounts[year])]
    total: dict[str, int | None] = {
        measure: sum(part[at] or 0 for part in top) for at, measure in enumerate(FUNCTIONAL)
    }
    writer.summary(year, total["total"] or 0)
    writer.functional(ALL, year, total)
    writer.functional(GENERAL, year, total)
    writer.projects(year)
    heads = tuple(
        StatementHead(
            statement=statement, table_no=table.number, printed_title=name.format(table.title),
            flow=table.about.flow, fund=table.about.fund, kind=table.about.kind, version=table.about.version,
            breakdown=table.breakdown, measures=tuple(table.columns),
        )
        for statement, table in TABLES.items()
    )  # fmt: skip
    notices = (Notice(severity=Severity.UNCERTAIN, text=name.format("有一行没有读准"), line=3),)
    digest = f"{year}abcdef012345"
    head = DisclosureHead(
        disclosure_id=digest,
        sha256=digest * 4,
        body=name.format(BODY),
        aliases=(name.format("某州医保局"),),
        fiscal_year=year,
        title=name.format("部门预算公开"),
        source_path=name.format(f"/资料/{year}.txt"),
        source_name=name.format(f"{year}.txt"),
        source_format="text",
        encoding="utf-8",
        line_count=len(writer.texts),
    )
    passages = tuple(Passage(at, None, "", text) for at, text in enumerate(writer.texts, start=1))
    return Disclosure(
        head=head,
        report=ReadingReport(statements=heads, notices=notices),
        lines=tuple(writer.lines),
        cells=tuple(writer.cells),
        passages=passages,
    )
