"""Small disclosures written as tables: what a test needs and nothing else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from budget.model.coordinates import Coordinates
from budget.model.disclosure import (
    AmountOrigin,
    Cell,
    ColumnStatus,
    Disclosure,
    DisclosureHead,
    Edition,
    Line,
    MoneyUnit,
    Notice,
    Phase,
    ReadingReport,
    RowKind,
    Side,
    StatementHead,
    StatementId,
)
from budget.model.money import parse
from loaders import meaning
from tests.support.printed_forms import XINJIANG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.printed_forms import PrintedForm, PrintedStatement

KINDS = {3: RowKind.CLASS, 5: RowKind.SECTION, 7: RowKind.ITEM}
T1, T2, T3, T5, T6, T7, T10, T11 = (
    StatementId.REVENUE_EXPENDITURE_SUMMARY,
    StatementId.REVENUE_DETAIL,
    StatementId.EXPENDITURE_DETAIL,
    StatementId.GENERAL_PUBLIC_EXPENDITURE,
    StatementId.BASIC_EXPENDITURE,
    StatementId.PROJECT_EXPENDITURE,
    StatementId.THREE_PUBLIC_EXPENSES,
    StatementId.CARRYOVER_DETAIL,
)


class R(NamedTuple):
    """A row: code, name, amounts by measure, project, side, column status.

    `resolved` is the code of a table that prints none, `origin` that of every amount.
    """

    code: str = ""
    name: str = ""
    amounts: dict[str, str] = {}  # noqa: RUF012 - never written to
    project: str = ""
    side: str = ""
    status: str = ColumnStatus.PRINTED
    resolved: str = ""
    origin: str = AmountOrigin.PRINTED


def disclosure(
    year: int,
    statements: Mapping[StatementId, list[R]] | Mapping[str, list[R]],
    *,
    body: str = "某州林草局",
    aliases: tuple[str, ...] = (),
    name: str = "",
    unit: MoneyUnit | None = None,
    notices: tuple[Notice, ...] = (),
    notes: Mapping[StatementId, str] | None = None,
    form: PrintedForm | None = XINJIANG,
    phase: Phase = Phase.BUDGET,
    edition: Edition = Edition.UNKNOWN,
    titles: dict[str, str] | None = None,
    page: int | None = None,
) -> Disclosure:
    """A disclosure with these statements; the grand total is the row named 总计, 收入总计 or 支出总计.

    Without a unit each statement is in that of the form; `titles` are those of the tables that the form lacks.
    """
    sha = hashlib.sha256(f"{body}{year}{name}{phase}{edition}".encode()).hexdigest()
    lines: list[Line] = []
    cells: list[Cell] = []
    heads: list[StatementHead] = []
    for table_no, (statement, rows) in enumerate(statements.items(), 1):
        known = form.statement(statement) if form else None
        money_unit = unit or (known.money_unit if known else MoneyUnit.WAN)
        printed_title = (titles or {}).get(statement, "") or (known.title if known else statement)
        about = meaning.title(printed_title)
        about = about._replace(version="final" if phase is Phase.FINAL_ACCOUNTS else "budget")
        measures = known.measure_ids if known else tuple({name: None for row in rows for name in row.amounts})
        heads.append(
            StatementHead(
                statement=statement,
                table_no=table_no,
                flow=about.flow,
                fund=about.fund,
                kind=about.kind,
                version=about.version,
                printed_number=f"表{known.number}" if known and form and form.numbered else "",
                printed_title=(titles or {}).get(statement, ""),
                measures=measures,
                money_unit=money_unit,
                note=next((text for id_, text in (notes or {}).items() if id_ == statement), ""),
            )
        )
        for row_no, row in enumerate(rows, 1):
            lines.append(_line(statement, row_no, row, len(lines) + 1)._replace(page=page))
            for measure, text in row.amounts.items():
                column = _column_path(known, measure, row)
                found = _meant(about, column, row)
                amount = parse(text, money_unit)
                assert amount is not None
                places = ("basic", "project") if row.status == ColumnStatus.AMBIGUOUS else ()
                cells.append(
                    Cell(
                        statement,
                        row_no,
                        measure,
                        *amount[:2],
                        text,
                        row.status,
                        places,
                        (),
                        page,
                        len(lines),
                        None,
                        row.origin,
                        found,
                        "",
                        table_no,
                        measures.index(measure) if measure in measures else 0,
                        0 if row.side != "expenditure" else 1,
                        _row_path(row),
                        column,
                    )
                )
    head = DisclosureHead(
        disclosure_id=sha[:16],
        sha256=sha,
        body=body,
        aliases=aliases,
        fiscal_year=year,
        phase=phase,
        edition=edition,
        source_name=name or f"{year}.txt",
    )
    return Disclosure(
        head=head,
        report=ReadingReport(statements=tuple(heads), notices=notices),
        lines=tuple(lines),
        cells=tuple(cells),
    )


def _column_path(known: PrintedStatement | None, measure: str, row: R) -> tuple[str, ...]:
    side = {"revenue": ("收入",), "expenditure": ("支出",)}.get(row.side, ())
    titles = known.columns if known else {}
    return (*side, *titles.get(measure, measure).split("·"))


def _row_path(row: R) -> tuple[str, ...]:
    if row.name in {"总计", "收入总计", "支出总计"} or not (row.code or row.name or row.project):
        return (row.name or "总计",)
    code = row.resolved or row.code
    if row.project:
        return (f"{code} {row.name}".strip() or "合计", row.project)
    return (f"{code} {row.name}".strip(),) if code else tuple(row.name.removeprefix("总计/").split("/"))


def _meant(about: meaning.Meaning, column: tuple[str, ...], row: R) -> Coordinates:
    """The coordinates of an amount, by the grammars of the loaders."""
    side = row.side or ("" if about.flow == "both" else about.flow)
    head = meaning.column(column, about)
    labels = _row_path(row)[:1] if row.project else _row_path(row)
    own = meaning.row(labels, about, side)
    said = meaning.combine(about, head._replace(flow=row.side or head.flow or side), own).meaning
    function = (row.resolved or row.code) if (row.resolved or row.code)[:1] == "2" else said.function
    return Coordinates(
        said.flow, said.fund, said.kind, function, said.economic, said.item, row.project, "", said.version
    )


def _line(statement: str, row_no: int, row: R, line: int) -> Line:
    code = row.resolved or row.code
    if row.name in {"总计", "收入总计", "支出总计"}:
        kind = RowKind.GRAND_TOTAL
    elif row.project:
        kind = RowKind.PROJECT
    else:
        kind = KINDS.get(len(code), RowKind.SOURCE)
    key = "/".join(filter(None, (row.side, code or row.name, row.project))) or f"row{row_no}"
    level = {3: 1, 5: 2, 7: 3}.get(len(code), 0 if kind is RowKind.GRAND_TOTAL else 1)
    return Line(
        statement, row_no, row.side, kind, row.code, code, key, row.name, row.name, row.project, level, None, line
    )


def total(**amounts: str) -> R:
    """The grand total of a one-sided statement."""
    return R(name="总计", amounts=amounts)


def _goods(amount: str) -> dict[str, str]:
    return {"total": amount, "goods_and_services": amount}


def _carried(amount: str) -> dict[str, str]:
    return {"total": amount, "appropriation_total": amount, "appropriation_project": amount}


def forest(year: int = 2025) -> Disclosure:
    """A small bureau: 2130204 has basic and project money, 2130205 projects and carry-over, 2080505 basic money."""
    now = year == 2025
    return disclosure(
        year,
        {
            T1: [
                R(name="本年收入", amounts={"total": "30.00"}, side=Side.REVENUE),
                R(name="上年结转结余", amounts={"total": "5.00"}, side=Side.REVENUE),
                R(name="财政专户", side=Side.REVENUE),
                R("208", "社会保障和就业支出", {"total": "10.00"}, side=Side.EXPENDITURE),
                R("213", "农林水支出", {"total": "25.00"}, side=Side.EXPENDITURE),
                R(name="收入总计", amounts={"total": "35.00"}, side=Side.REVENUE),
                R(name="支出总计", amounts={"total": "35.00"}, side=Side.EXPENDITURE),
            ],
            T2: [
                total(total="35.00", fiscal_appropriation="30.00"),
                R("208", "社会保障和就业支出", {"total": "10.00", "fiscal_appropriation": "10.00"}),
                R("213", "农林水支出", {"total": "25.00", "fiscal_appropriation": "20.00"}),
            ],
            T3: [
                total(total="35.00", basic="18.00", project="17.00"),
                R("208", "社会保障和就业支出", {"total": "10.00", "basic": "10.00"}),
                R("20805", "行政事业单位养老支出", {"total": "10.00", "basic": "10.00"}),
                R("2080505", "机关事业单位基本养老保险缴费支出", {"total": "10.00", "basic": "10.00"}),
                R("213", "农林水支出", {"total": "25.00", "basic": "8.00", "project": "17.00"}),
                R("21302", "林业和草原", {"total": "25.00", "basic": "8.00", "project": "17.00"}),
                R("2130204", "事业机构", {"total": "12.00", "basic": "8.00", "project": "4.00"}),
                R("2130205", "森林资源培育", {"total": "13.01", "project": "13.01"}),
            ],
            T5: [
                total(total="30.00", basic="18.00", project="12.00"),
                R("208", "社会保障和就业支出", {"total": "10.00", "basic": "10.00"}),
                R("20805", "行政事业单位养老支出", {"total": "10.00", "basic": "10.00"}),
                R("2080505", "机关事业单位基本养老保险缴费支出", {"total": "10.00", "basic": "10.00"}),
                R("213", "农林水支出", {"total": "20.00", "basic": "8.00", "project": "12.00"}),
                R("21302", "林业和草原", {"total": "20.00", "basic": "8.00", "project": "12.00"}),
                R("2130204", "事业机构", {"total": "12.00", "basic": "8.00", "project": "4.00"}),
                R("2130205", "森林资源培育", {"total": "8.00", "project": "8.00"}),
            ],
            T6: [
                total(total="18.00", personnel="17.00", operating="1.00"),
                R("301", "工资福利支出", {"total": "17.00", "personnel": "17.00"}),
                R("30101", "基本工资", {"total": "17.00", "personnel": "17.00"}),
                R("302", "商品和服务支出", {"total": "1.00", "operating": "1.00"}),
                R("30201", "办公费", {"total": "1.00", "operating": "1.00"}),
            ],
            T7: [
                total(total="12.00", goods_and_services="12.00"),
                R("213", "农林水支出", {"total": "12.00", "goods_and_services": "12.00"}),
                R("2130204", "事业机构", _goods("4.00"), "林区道路管护" if now else "林区道路管护经费"),
                R("2130205", "森林资源培育", _goods("8.00"), f"{year}年苗木补助"),
            ],
            T10: [
                total(total="0.50", general_public_budget="0.50"),
                R(name="因公出国（境）费"),
                R(name="公务接待费", amounts={"total": "0.50", "general_public_budget": "0.50"}),
            ],
            T11: [
                total(total="5.00", appropriation_total="5.00", appropriation_project="5.00"),
                R(project="退耕还林尾款", amounts=_carried("3.00")),
                R(project="防火物资", amounts=_carried("2.00")),
            ],
        },
    )  # fmt: skip
