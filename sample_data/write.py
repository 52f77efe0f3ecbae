"""Write a disclosure in the published layout from its cells and records.

    python -m sample_data.write FOLDER 昌吉州医疗保障局 2025 部门 > sample_data/昌吉州医疗保障局2025年部门预算.txt

FOLDER has cells.csv and a file for each frame of records (stated_changes.csv, projects.csv ...), as
`yusuan export --frame` writes them.  Every column of a table keeps its tab, blank or not; but a row whose columns the
source leaves open is written without its blanks, so that they stay open.
"""

from __future__ import annotations

import csv
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from budget.model.disclosure import ColumnStatus, MoneyUnit, StatementId
from budget.model.money import FEN, format_fen
from sample_data import narrative, targets

Amounts = dict[str, str]
CLASSES = (
    "201 一般公共服务支出",
    "202 外交支出",
    "203 国防支出",
    "204 公共安全支出",
    "205 教育支出",
    "206 科学技术支出",
    "207 文化旅游体育与传媒支出",
    "208 社会保障和就业支出",
    "209 社会保险基金支出",
    "210 卫生健康支出",
    "211 节能环保支出",
    "212 城乡社区支出",
    "213 农林水支出",
    "214 交通运输支出",
    "215 资源勘探工业信息等支出",
    "216 商业服务业等支出",
    "217 金融支出",
    "219 援助其他地区支出",
    "220 自然资源海洋气象等支出",
    "221 住房保障支出",
    "222 粮油物资储备支出",
    "223 国有资本经营预算支出",
    "224 灾害防治及应急管理支出",
    "227 预备费",
    "229 其他支出",
    "230 转移性支出",
    "231 债务还本支出",
    "232 债务付息支出",
    "233 债务发行费用支出",
    "234 抗疫特别国债安排的支出",
)
"""The functional classes that the form prints, with or without an amount."""
CLASSES_WITHOUT_BONDS_FROM = 2025
"""From this year on the form no longer prints class 234."""
REVENUE = (
    "一、本年收入",
    "1.一般公共预算拨款",
    "其中：一般财力",
    "上级一般公共预算安排转移支付",
    "2.政府性基金预算拨款",
    "其中：政府性基金收入",
    "上级政府性基金安排转移支付",
    "3.国有资本经营预算拨款",
    "其中：国有资本经营收入",
    "上级国有资本经营预算安排转移支付",
    "4.财政专户核拨",
    "5.单位资金",
    "其中：事业收入",
    "上级补助收入",
    "附属单位上缴收入",
    "事业单位经营收入",
    "其他收入",
    "二、上年结转结余",
    "1.财政拨款结转",
    "其中：一般公共预算拨款",
    "政府性基金预算拨款",
    "国有资本经营预算拨款",
    "2.非财政拨款结转结余",
    "其中：财政专户核拨",
    "单位资金",
)
APPROPRIATION = ("一、财政拨款（补助）", "一般公共预算", "政府性基金预算", "国有资本经营预算")
THREE_PUBLIC = (
    "合计",
    "因公出国（境）费",
    "公务接待费",
    "公务用车购置及运行费（小计）",
    "其中：公务用车购置费",
    "公务用车运行费",
)
TITLES: dict[StatementId, str] = {
    StatementId.REVENUE_EXPENDITURE_SUMMARY: "收支总体情况表",
    StatementId.REVENUE_DETAIL: "收入总体情况表",
    StatementId.EXPENDITURE_DETAIL: "支出总体情况表",
    StatementId.APPROPRIATION_SUMMARY: "财政拨款收支预算总体情况表",
    StatementId.GENERAL_PUBLIC_EXPENDITURE: "一般公共预算支出情况表",
    StatementId.BASIC_EXPENDITURE: "一般公共预算基本支出情况表",
    StatementId.PROJECT_EXPENDITURE: "一般公共预算项目支出情况表",
    StatementId.GOVERNMENT_FUND_EXPENDITURE: "政府性基金预算支出情况表",
    StatementId.STATE_CAPITAL_EXPENDITURE: "国有资本经营预算支出情况表",
    StatementId.THREE_PUBLIC_EXPENSES: "财政拨款“三公”经费支出情况表",
    StatementId.CARRYOVER_DETAIL: "上年结转结余情况明细表",
}
"""The eleven tables that the samples print, in order."""
_KINDS = {"total": "合计", "basic": "基本支出", "project": "项目支出"}
_PARTS = {"total": "合计", "personnel": "人员经费", "operating": "公用经费"}
_FUNDS = {
    "total": "合计",
    "general_public_budget": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
}
HEADERS: dict[StatementId, dict[str, str]] = {
    StatementId.REVENUE_EXPENDITURE_SUMMARY: {"total": "合计"},
    StatementId.REVENUE_DETAIL: {
        "total": "总计",
        "fiscal_appropriation": "财政拨款（补助）小计",
        "general_public_budget": "一般公共预算",
        "general_public_transfer": "上级一般公共预算安排的转移支付",
        "government_fund": "政府性基金预算",
        "government_fund_transfer": "上级政府性基金安排的转移支付",
        "state_capital": "国有资本经营预算",
        "state_capital_transfer": "上级国有资本经营预算安排的转移支付",
        "special_account": "财政专户（教育收费）",
        "own_funds": "单位资金",
        "appropriation_carryover": "财政拨款结转",
        "non_appropriation_carryover": "非财政拨款结转结余",
    },
    StatementId.EXPENDITURE_DETAIL: _KINDS,
    StatementId.APPROPRIATION_SUMMARY: _FUNDS,
    StatementId.GENERAL_PUBLIC_EXPENDITURE: _KINDS,
    StatementId.BASIC_EXPENDITURE: _PARTS,
    StatementId.PROJECT_EXPENDITURE: {
        "total": "项目支出合计",
        "wages_and_welfare": "工资福利支出",
        "goods_and_services": "商品和服务支出",
        "individuals_and_families": "对个人和家庭的补助",
        "debt_interest": "债务利息及费用支出",
        "capital_construction": "资本性支出(基本建设)",
        "capital_other": "资本性支出",
        "enterprise_construction": "对企业补助(基本建设)",
        "enterprise_subsidies": "对企业补助",
        "social_security_funds": "对社会保障基金补助",
        "other_expenditure": "其他支出",
    },
    StatementId.GOVERNMENT_FUND_EXPENDITURE: {**_PARTS, "project": "项目支出"},
    StatementId.STATE_CAPITAL_EXPENDITURE: {**_PARTS, "project": "项目支出"},
    StatementId.THREE_PUBLIC_EXPENSES: _FUNDS,
    StatementId.CARRYOVER_DETAIL: {
        "total": "合计",
        "appropriation_total": "财政拨款合计",
        "appropriation_personnel": "财政拨款人员经费",
        "appropriation_operating": "财政拨款公用经费",
        "appropriation_project": "财政拨款项目支出",
        "non_appropriation_total": "非财政拨款合计",
        "non_appropriation_personnel": "非财政拨款人员经费",
        "non_appropriation_operating": "非财政拨款公用经费",
        "non_appropriation_project": "非财政拨款项目支出",
    },
}
"""The measures of each table and their heads, in order."""


class Row(NamedTuple):
    """A line of a statement with its amounts as printed, by measure."""

    code: str
    name: str
    project: str
    amounts: Amounts
    open: bool = False
    """True where the columns of some amounts are inferred or ambiguous."""


RECORDS = ("stated_changes", "projects", "allocations", "plans", "indicators", "facts", "terms")
"""The frames of records."""


def read_records(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Rows of each frame of records, in the order of the files."""
    records = {}
    for name in RECORDS:
        with (folder / f"{name}.csv").open(newline="", encoding="utf-8-sig") as file:
            records[name] = list(csv.DictReader(file))
    return records


def read(path: Path) -> dict[StatementId, list[Row]]:
    """The rows of each statement, in the order of the file; a new row begins with its total."""
    statements: dict[StatementId, list[Row]] = {statement: [] for statement in StatementId}
    with path.open(newline="", encoding="utf-8-sig") as file:
        for cell in csv.DictReader(file):
            rows = statements[StatementId(cell["statement"])]
            if cell["measure"] == "total":
                rows.append(Row(cell["code"], cell["name"], cell["project"], {}))
            if cell["column_status"] in {ColumnStatus.INFERRED, ColumnStatus.AMBIGUOUS}:
                rows[-1] = rows[-1]._replace(open=True)
            fen = int(Decimal(cell["amount_yuan"]) * FEN[MoneyUnit.YUAN])
            rows[-1].amounts[cell["measure"]] = format_fen(fen, MoneyUnit.WAN)
    return statements


def two_sided(
    rows: list[Row],
    labels: tuple[str, ...],
    classes: tuple[str, ...],
    measures: tuple[str, ...],
    heads: tuple[str, ...],
) -> list[str]:
    """Revenue labels on the left, functional classes on the right, totals last."""
    coded = {row.code: row.amounts for row in rows if row.code}
    named = iter([row for row in rows if not row.code and row.name not in {"收入总计", "支出总计"}])
    totals = {row.name: row.amounts for row in rows if row.name in {"收入总计", "支出总计"}}
    row, left = next(named, None), []
    for label in labels:
        found = row is not None and re.sub(r"^(其中：|.、|\d\.)", "", label) == row.name
        left.append((label, row.amounts["total"] if row and found else ""))
        row = next(named, None) if found else row
    right = [(name, coded.get(name[:3], {})) for name in classes]
    lines = ["\t".join(("项目", heads[0], "功能分类", *heads[1:]))]
    for index in range(max(len(left), len(right))):
        label, amount = left[index] if index < len(left) else ("", "")
        name, amounts = right[index] if index < len(right) else ("", {})
        lines.append("\t".join((label, amount, name, *(amounts.get(measure, "") for measure in measures))))
    spent = [totals["支出总计"].get(measure, "") for measure in measures]
    return [*lines, "\t".join(("收入总计", totals["收入总计"]["total"], "支出总计", *spent))]


def coded(rows: list[Row], statement: StatementId, heads: tuple[str, ...], measures: tuple[str, ...]) -> list[str]:
    """Rows with one cell for each code level, names and all columns."""
    economic = statement is StatementId.BASIC_EXPENDITURE
    levels = 2 if economic else 3
    kind = "经济" if economic else "功能"
    names = ["项目名称"] if statement is StatementId.PROJECT_EXPENDITURE else []
    lines = ["\t".join((*("类", "款", "项")[:levels], f"{kind}分类科目名称", *names, *heads))]
    lines.append("\t".join((*["※"] * (levels + 1 + len(names)), *(str(n) for n in range(1, len(heads) + 1)))))
    for row in rows:
        code = [row.code[:3], row.code[3:5], row.code[5:7]][:levels]
        project = [row.project] if names else []
        cells = (*code, row.name, *project, *(row.amounts.get(measure, "") for measure in measures))
        lines.append(" ".join(cell for cell in cells if cell) if row.open else "\t".join(cells))
    return lines


def named(rows: list[Row], labels: tuple[str, ...], heads: tuple[str, ...], measures: tuple[str, ...]) -> list[str]:
    """Rows known by a label or a project name alone."""
    lines = ["\t".join(heads), "\t".join(("※", *(str(n) for n in range(1, len(heads)))))]
    if not labels:
        lines += ["\t".join((row.name or row.project, *(row.amounts.get(m, "") for m in measures))) for row in rows]
    amounts = {"合计" if row.name == "总计" else row.name: row.amounts for row in rows}
    for label in labels:
        mine = amounts.get(label.removeprefix("其中：").removesuffix("（小计）"), {})
        lines.append("\t".join((label, *(mine.get(measure, "") for measure in measures))))
    return lines


def table(statement: StatementId, rows: list[Row], year: int) -> list[str]:
    """The header and the rows of one statement."""
    measures, heads = tuple(HEADERS[statement]), tuple(HEADERS[statement].values())
    classes = CLASSES[:-1] if year >= CLASSES_WITHOUT_BONDS_FROM else CLASSES
    if statement is StatementId.REVENUE_EXPENDITURE_SUMMARY:
        return two_sided(rows, REVENUE, classes, measures, ("预算数", "预算数"))
    if statement is StatementId.APPROPRIATION_SUMMARY:
        return two_sided(rows, APPROPRIATION, classes, measures, ("合计", *heads))
    if statement is StatementId.THREE_PUBLIC_EXPENSES:
        return named(rows, THREE_PUBLIC, ("“三公”经费支出内容", *heads), measures)
    if statement is StatementId.CARRYOVER_DETAIL:
        return named(rows, (), ("项目", *heads), measures)
    if not rows:
        return [
            *coded(rows, statement, heads, measures),
            "",
            f"备注：{year}年没有此项支出，{TITLES[statement]}为空表。",
        ]
    return coded(rows, statement, heads, measures)


def document(
    statements: dict[StatementId, list[Row]], records: narrative.Records, body: str, year: int, edition: str
) -> str:
    """The whole text: title, a sentence on its origin, staff, eleven tables, explanations, targets, terms."""
    lines = [f"{body}{year}年{edition}预算公开", "", "本文件由 yusuan 依据公开数据编写，非原文件。", ""]
    lines += [
        f"第一部分 {year}年{edition}概况",
        "",
        "一、关于本资料",
        "",
        f"{body}{year}年的收支全部列入下列各表。",
        "",
    ]
    lines += [
        "二、机构设置及人员情况",
        "",
        *(line for text in narrative.staffing(records["facts"]) for line in (text, "")),
    ]
    lines += [f"第二部分 {year}年{edition}预算公开表"]
    for number, (statement, rows) in enumerate(statements.items(), start=1):
        title = TITLES[statement]
        title = edition + title if number <= 3 else title  # noqa: PLR2004 - the first three name the edition
        lines += ["", f"表{number}", "", title, "", f"编制{edition}：{body}\t单位：万元", ""]
        lines += table(statement, rows, year)
    spent = statements[StatementId.EXPENDITURE_DETAIL][0].amounts
    lines += ["", f"第三部分 {year}年{edition}预算情况说明", ""]
    lines += ["一、收支预算总体情况说明", ""]
    lines += [
        f"全年收支各为{spent['total']}万元，支出中基本支出{spent['basic']}万元，项目支出{spent['project']}万元。",
        "",
    ]
    tables = targets.tables(records["plans"], records["indicators"], year, edition)
    lines += [*narrative.explanations(records, tables), "第四部分 名词解释", ""]
    return "\n".join([*lines, *narrative.terms(records["terms"])]).rstrip("\n") + "\n"


if __name__ == "__main__":
    source, organization, fiscal_year, scope = sys.argv[1:]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    folder = Path(source)
    cells, said = read(folder / "cells.csv"), read_records(folder)
    sys.stdout.write(document(cells, said, organization, int(fiscal_year), scope))
