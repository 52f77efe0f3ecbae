"""Documents in which the checks find what other documents of the tests do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.disclosure import AmountOrigin, ColumnStatus, Notice, Passage, Phase, Severity, Side
from budget.model.disclosure import StatementId as S
from budget.model.records import Records
from tests.support.builders import T1, T2, T3, T5, T6, T7, T10, T11, R, disclosure, forest, total
from tests.support.making_records import change, fact, indicator, part, plan, project, speaking
from tests.support.printed_forms import FINAL_ACCOUNTS, SHANGHAI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.model.disclosure import Disclosure

_T4, _T8, _T9 = S.APPROPRIATION_SUMMARY, S.GOVERNMENT_FUND_EXPENDITURE, S.STATE_CAPITAL_EXPENDITURE
_IN, _OUT = Side.REVENUE, Side.EXPENDITURE
_CAPITAL = "国有资本经营预算支出"
_RUNNING = "公务用车运行维护费"
TEXT = (
    ("第三部分说明", "第三部分说明"),
    ("第三部分说明 › 一、结转结余预算", "本年安排结转。1.防火物资9.00万元。"),
    ("第三部分说明 › 二、支出说明", "住房公积金预算安排3.00万元，主要用于缴费，预算数4.00万元。预计2023年培训。"),
)
"""Headings and lines of the narrative of `talk`, from line 900 on."""


def tables() -> Disclosure:
    """Statements that agree nowhere: state capital, “三公” expenses, carry-over, names of classes, titles, notes."""
    amounts = {"total": "3.00", "general_public_budget": "1.00", "government_fund": "1.00"}
    carried = {"total": "5.00", "appropriation_total": "1.00", "non_appropriation_total": "3.00"}
    made = disclosure(
        2025,
        {
            T1: [
                R("201", "一般支出", {"total": "2.00"}, side=_OUT),
                R(name="支出总计", amounts={"total": "2.00"}, side=_OUT),
            ],
            T2: [
                total(total="1.00", state_capital="1.00", government_fund="1.00", non_appropriation_carryover="1.00"),
                R("223", _CAPITAL, {"total": "1.00", "state_capital": "1.00"}),
            ],
            _T4: [
                R("223", _CAPITAL, {"total": "1.00", "state_capital": "1.00"}, side=_OUT),
                R(
                    name="支出总计",
                    amounts=dict.fromkeys(("total", "state_capital", "government_fund"), "1.00"),
                    side=_OUT,
                ),
            ],
            _T8: [
                total(total="2.00", basic="0.00", project="1.00"),
                R("212", "城乡社区支出", {"total": "1.50", "project": "1.00"}),
            ],
            T6: [
                R("30217", "公务接待费", {"total": "4.00", "operating": "4.00"}),
                R("30231", _RUNNING, {"total": "4.49", "operating": "4.49"}),
            ],
            _T9: [
                total(total="2.00", basic="0.00", project="1.00"),
                R("223", _CAPITAL, {"total": "1.50", "project": "1.50"}),
            ],
            T10: [
                R(name="总计/公务接待费", amounts=amounts),
                R(name="总计/公务用车购置及运行费/公务用车运行费", amounts=_twice("4.49")),
            ],
            T11: [total(**carried), R(project="防火物资", amounts={**carried, "total": "4.00"})],
        },
        titles={T1: "部门收支总体情况表", T2: "部门收入总体情况表", T6: "单位基本支出情况表"},
        notes={T10: "本表为空表。"},
    )
    records = Records(allocations=(part(_RUNNING, "3.00"),), facts=(fact("assets", "vehicles", "0", "辆"),))
    return made._replace(records=records)


def _twice(amount: str) -> dict[str, str]:
    return {"total": amount, "general_public_budget": amount}


def final_accounts() -> Disclosure:
    """Funds of which less goes out than came in."""
    fund = total(opening_balance="1.00", revenue="5.00", total="4.00", closing_balance="2.50")
    return disclosure(2024, {_T8: [fund], _T9: [fund]}, form=FINAL_ACCOUNTS, phase=Phase.FINAL_ACCOUNTS)


def completed() -> Disclosure:
    """Final accounts that say how much of the budget was spent: wrongly, of nothing, and of one cannot tell what."""
    sentences = (
        "培训费年初预算为2.00万元，支出决算为1.00万元，完成年初预算的80%。",
        "会议费年初预算为0.00万元，支出决算为1.00万元，完成年初预算的100%。",
        "差旅费年初预算为1,000.00万元，支出决算为634.10万元，完成年初预算的63.42%。",
        "完成年初预算的80%。",
    )
    made = disclosure(2024, {_T8: [total(total="1.00")]}, form=FINAL_ACCOUNTS, phase=Phase.FINAL_ACCOUNTS)
    passages = tuple(Passage(900 + at, None, "支出决算情况", text) for at, text in enumerate(sentences))
    return made._replace(passages=passages)


def talk() -> Disclosure:
    """The small bureau, whose narrative contradicts itself, its reasons, its targets and its tables."""
    item = "农林水支出/林业和草原/"
    changes = (
        change("10.00", "1.00", "减少", subject="公务接待费", base_fen=9_000_000, base_half_unit=5_000, line=903),
        change("3.00", subject="住房公积金", flags=("amount_contradicts",), line=902),
        change(
            "12.00", "1.00", "增加",
            subject=f"{item}事业机构", code="2130204", reason="森林资源培育减少", line=903,
        ),
        change(
            "8.00", "1.00", "增加",
            subject=f"{item}森林资源培育", code="2130205", reason="森林资源培育减少", line=903,
        ),
        change("30.00", "2.00", "增加", subject="本年收入", reason="森林资源培育支出减少2.00万元", line=903),
    )  # fmt: skip
    plans = (
        plan(1, "2025年苗木补助", "8.00", appropriation_fen=6_000_000, other_fen=1_000_000),
        plan(2, "林区道路管护", "4.00", appropriation_fen=4_000_000, other_fen=0),
    )
    facts = (
        fact("performance_summary", "projects_total", "2", "个"),
        fact("performance_summary", "non_fiscal_amount", "5.00", "万元", "5.00"),
    )
    spoken = speaking(2025, stated_changes=changes, plans=plans, facts=facts)
    return spoken._replace(passages=_passages())


def carried() -> Disclosure:
    """One carry-over, of which the narrative says another amount."""
    lines = {T11: [total(total="5.00", appropriation_total="5.00"), R(project="防火物资", amounts={"total": "5.00"})]}
    return disclosure(2025, lines)._replace(passages=_passages())


def carried_others() -> Disclosure:
    """Two carry-overs, of which the narrative names one with another amount, and none of the other."""
    rows = [R(project=name, amounts={"total": "5.00"}) for name in ("防火物资", "退耕还林尾款")]
    return disclosure(2025, {T11: [total(total="10.00"), *rows]})._replace(passages=_passages())


def summaries() -> Disclosure:
    """A summary whose lines are no sums of their columns, and a label that no form knows."""
    columns = {"total": "3.00", "personnel": "1.00", "operating": "1.00", "project": "0.50"}
    rows = [
        R(name="本年收入", amounts={"total": "30.00"}, side=_IN),
        R(name="特别收入", amounts={"total": "4.00"}, side=_IN),
        R("201", "一般公共服务支出", columns, side=_OUT),
        R(name="收入总计", amounts={"total": "31.00"}, side=_IN),
    ]
    return disclosure(2025, {T1: rows}, form=SHANGHAI)


def uncertain() -> Disclosure:
    """Figures in doubtful columns, of other origins, in columns that no form knows, in a table not wholly read."""
    whole = {"total": "35.00", "basic": "30.00"}
    made = disclosure(
        2025,
        {
            T3: [
                R("208", "社会保障和就业支出", {"total": "35.00", "basic": "30.00", "其他资金": "5.00"}),
                R("210", "卫生健康支出", whole, status=ColumnStatus.AMBIGUOUS),
                R("211", "节能环保支出", whole, origin=AmountOrigin.RECONSTRUCTED),
            ],
            T5: [total(basic="30.00"), R("208", "社会保障和就业支出", whole)],
            T6: [total(total="9.00", personnel="9.00"), R("301", "工资", {"total": "8.00", "personnel": "8.00"})],
        },
        notices=(Notice(severity=Severity.LOST, text="第3行没有读出。", statement=T5),),
    )
    heads = tuple(head._replace(unit_stated=head.statement != T6) for head in made.report.statements)
    cells = tuple(
        cell._replace(column_status=ColumnStatus.PRINTED, candidates=()) if cell.measure == "total" else cell
        for cell in made.cells
    )
    about = {"head": made.head._replace(fiscal_year=None), "cells": cells}
    return made._replace(**about, report=made.report._replace(statements=heads))


def other_scopes() -> Disclosure:
    """Statements of the three budgets that include carry-overs, and projects of all funds."""
    label = "上年结转结余/财政拨款结转/一般公共预算拨款"
    sources = {"total": "35.00", "fiscal_appropriation": "30.00", "general_public_budget": "30.00"}
    return disclosure(
        2025,
        {
            T1: [R(name=label, amounts={"total": "5.00"}, side=_IN)],
            T2: [total(**sources, appropriation_carryover="5.00")],
            T3: [total(total="35.00", basic="26.00", project="9.00")],
            T5: [total(total="35.00", basic="31.00", project="4.00")],
            T6: [
                R("30108", "养老", {"total": "8.00"}),
                R("30109", "年金", {"total": "4.01"}),
                R("30217", "接待", {"total": "1.00"}),
            ],
            T7: [total(total="9.00", goods_and_services="9.00")],
            T10: [R(name="总计/公务接待费")],
        },
        titles={T7: "部门项目支出情况表"},
    )


def doubts() -> Disclosure:
    """The small bureau, whose records are doubtful or speak of what no table has."""
    item = "农林水支出/林业和草原/"
    changes = (
        change("10.00", direction="增加", subject="公务接待费", flags=("sign_contradicts",)),
        change("9.00", "1.00", "增加", subject="“三公”经费", base="prior_executed"),
        change("10.00", "1.00", "增加", subject="事业收入", base_fen=9_000_000, base_half_unit=5_000),
        change("9.00", direction="增加", subject="其他收入", reason="减少在职人员3人"),
        change("10.00", "1.00", "持平", subject="人员经费"),
        change("106.26", percent="6.2", subject="公用经费", half_unit=1, base_fen=100_000_000, base_half_unit=1),
        change("8.00", subject=f"{item}育林"),
        change("12.00", subject="农林水支出/林业/事业机构"),
        change("0.40", subject="机关运行经费"),
        change("1.00", "3.00", "增加", subject="培训费"),
        change("6.00", "1.00", "增加", subject="会议费"),
        change("6.00", "2.00", "增加", subject="会议费"),
        change("20.01", subject="林业和草原", code="21302"),
        change("10.00", "1.00", "增加", subject="经营收入", base_fen=10_000_000, base_half_unit=5_000),
    )
    projects = (
        project("2025年苗木补助", "", printed="8万元"),
        project("无人知晓的事项", "3.00", number=2),
        project("林区道路管护", "4.00", number=3, flags=("unit_doubtful",)),
    )
    parts = (part("树苗", "5.00"), part("车费", "5.00", project_number=9, project="未知", flags=("unit_doubtful",)))
    plans = (
        plan(1, "2025年苗木补助款", "8.00", appropriation_fen=6_000_000, other_fen=1_000_000),
        plan(2, "林区道路管护", "4.00", appropriation_fen=4_000_000, other_fen=1_000_000),
        plan(3, "", "9.00", appropriation_fen=9_000_000),
    )
    indicators = (
        indicator("任务完成率", ">=", "95", "%", weight="?", status="uncertain"),
        indicator("设备完成率", "<=", "95", "%", weight="10"),
    )
    facts = (fact("procurement", "total", "5.00", "万元", "5.00"), fact("assets", "vehicles", "0", "辆"))
    return speaking(
        2025,
        stated_changes=changes,
        projects=projects,
        allocations=parts,
        plans=plans,
        indicators=indicators,
        facts=facts,
    )


def columns() -> Disclosure:
    """Figures that add up in no column, or may stand in several; totals that are missing."""
    received = {"total": "10.00", "fiscal_appropriation": "7.00", "general_public_budget": "5.00", "own_funds": "1.50"}
    spent = {"total": "9.00", "personnel": "5.00", "operating": "3.00"}
    made = disclosure(
        2025,
        {
            T1: [R(name="上年结转结余", amounts={"total": "1.50"}, side=_IN)],
            T2: [R("208", "社会保障和就业支出", received, status=ColumnStatus.AMBIGUOUS)],
            T6: [total(**spent)._replace(status=ColumnStatus.AMBIGUOUS)],
            T7: [R("2130204", "事业机构", {"total": "4.00"}, "道路管护", status=ColumnStatus.AMBIGUOUS)],
            T10: [total(total="0.50", general_public_budget="0.50")],
            T11: [R(project="防火物资", amounts={"total": "1.50"})],
        },
        notices=(Notice(severity=Severity.LOST, text="第3行没有读出。", statement=T10),),
    )
    choices = {T2: ("special_account", "own_funds", "government_fund"), T7: ("total", "goods_and_services")}
    cells = tuple(
        cell._replace(column_status=ColumnStatus.PRINTED, candidates=())
        if cell.measure == "total" and cell.statement != T7
        else cell._replace(candidates=next((of for id_, of in choices.items() if id_ == cell.statement), ()))
        for cell in made.cells
    )
    records = Records(
        stated_changes=(change("4.00", subject="人员经费"), change("7.00", subject="“三公”经费")),
        plans=(plan(1, "道路管护", "4.00", appropriation_fen=4_000_000),),
    )
    return made._replace(cells=cells, records=records)


def funds() -> Disclosure:
    """The small bureau, whose targets fit its projects but not what it says of them, a project under two codes."""
    plans = (
        plan(1, "2025年苗木补助", "8.00", appropriation_fen=8_000_000),
        plan(2, "林区道路管护", "4.00", appropriation_fen=4_000_000),
    )
    facts = (fact("performance_summary", "fiscal_amount", "13.00", "万元", "13.00"),)
    told = (project("巡护", "3.00"),)
    twice = [R(code, name, {"total": "3.00"}, "巡护") for code, name in (("2130204", "事业机构"), ("2130205", "育林"))]
    rows = [
        R("2130205", "育林", {"total": "8.00"}, "2025年苗木补助"),
        R("2130204", "机构", {"total": "4.00"}, "林区道路管护"),
    ]
    made = disclosure(2025, {T7: [*rows, *twice]})
    return made._replace(records=Records(projects=told, plans=plans, facts=facts))


def scopes() -> Disclosure:
    """Tables that add up, and do not agree: of other things, of another unit, of digits that are not as printed."""
    basic = [
        total(total="25.00", personnel="15.00", operating="10.00"),
        R("301", "工资福利支出", {"total": "15.00", "personnel": "15.00"}),
        R("302", "商品和服务支出", {"total": "10.00", "operating": "10.00"}),
    ]
    spent = [
        total(total="40.00", basic="30.00", project="10.00"),
        R("208", "社会保障和就业支出", {"total": "22.00", "basic": "20.00", "project": "2.00"}),
        R("210", "卫生健康支出", {"total": "18.00", "basic": "10.00", "project": "8.00"}),
    ]
    other = [
        row._replace(amounts={name: f"{float(text) * 3:.2f}" for name, text in row.amounts.items()}) for row in spent
    ]
    recognised = [
        R(name="支出总计", amounts=_twice("9.00"), side=_OUT, origin=AmountOrigin.RECONSTRUCTED),
        R("223", _CAPITAL, {"total": "9.50", "general_public_budget": "9.50"}, side=_OUT),
    ]
    titles = {T6: "部门基本支出情况表", T5: "部门支出情况表"}
    made = disclosure(2025, {T3: spent, T5: other, T6: basic, _T4: recognised}, titles=titles)
    shares = (
        change("13994.31", subject="基本支出", share_percent="63.75", line=902),
        change("5573.00", subject="项目支出", share_percent="25.38", line=902),
        change("2388.04", subject="单位预留机动经费", share_percent="10.87", line=902),
        change("9.00", subject="会议费", line=903),
    )
    facts = (fact("operating_expenses", "amount", "8.00", "万元", "8.00"),)
    return made._replace(records=Records(stated_changes=shares, facts=facts))


def contradictions() -> Disclosure:
    """Both sides that differ, projects that do not make their function, items below basic expenditure, a lost unit."""
    codes = {"2130204": "4.00", "2130205": "8.00", "2130207": "5.00"}
    general = [R(code, "科目", {"total": amount, "project": amount}) for code, amount in codes.items()]
    projects = [
        R(code, "科目", {"total": "6.00" if code == "2130207" else amount}, f"项目{code}")
        for code, amount in codes.items()
    ]
    basic = [
        R("301", "工资福利支出", {"total": "15.00", "personnel": "15.00"}),
        R("30217", "公务接待费", {"total": "4.00", "operating": "4.00"}),
    ]
    sides = [
        R(name="收入总计", amounts={"total": "31.00"}, side=_IN),
        R(name="支出总计", amounts={"total": "30.00"}, side=_OUT),
    ]
    item = R(name="总计/公务接待费", amounts=_twice("1.00"))
    rows = {T1: sides, T3: [total(total="29.00")], T5: general, T6: basic, T7: projects, T10: [item]}
    made = disclosure(2025, rows)
    heads = tuple(head._replace(unit_stated=head.statement != T3) for head in made.report.statements)
    return made._replace(report=made.report._replace(statements=heads))


def no_sums() -> Disclosure:
    """Columns that do not add up in any row, and a project of no function below one that its projects do not make."""
    amounts = {"total": "10.00", "basic": "9.00", "project": "5.00"}
    spent = [R(code, "科目", amounts) for code in ("201", "204", "205", "208")]
    projects = [
        total(total="13.00"),
        R("2130204", "事业机构", {"total": "9.00"}),
        R("2130204", "事业机构", {"total": "4.00"}, "道路管护"),
        R("2130205", "育林", {"total": "4.00"}),
        R("2130205", "育林", {"total": "4.00"}, "苗木补助"),
        R("", "", {"total": "5.00"}, "无科目的项目"),
    ]
    return disclosure(2025, {T3: spent, T7: projects})


def doubtful() -> Disclosure:
    """A table that is uncertain as a whole."""
    made = disclosure(2025, {T3: [total(total="9.00", basic="1.00", project="1.00")]})
    heads = tuple(head._replace(uncertain=True) for head in made.report.statements)
    return made._replace(report=made.report._replace(statements=heads))


def promised() -> Disclosure:
    """Tables beside a contents page that names two more: one is nowhere, of one the title stands alone."""
    kept = {
        T1: "部门收支总体情况表",
        T2: "部门收入总体情况表",
        T3: "部门支出总体情况表",
        _T4: "财政拨款收支总体情况表",
        T5: "一般公共预算支出情况表",
        T6: "一般公共预算基本支出情况表",
    }
    made = disclosure(
        2025,
        {statement: [R("", "总计", {"total": "9.00"})] for statement in kept},
        titles={str(statement): title for statement, title in kept.items()},
    )
    listed = [*kept.values(), "政府采购预算表", "部门项目支出情况表"]
    contents = ("目录", *(f"{number}、{title}" for number, title in zip("一二三四五六七八", listed, strict=True)))
    lines = [*(("目录", text) for text in contents), ("第一部分 概况", "表八 2025年部门项目支出情况表")]
    return made._replace(passages=tuple(Passage(at, None, *line) for at, line in enumerate(lines, 1)))


def explained() -> Disclosure:
    """A table without figures, whose fund has nothing as the text says."""
    made = disclosure(2025, {T5: [total(total="1.00")], _T8: []})
    said = Passage(900, None, "第三部分说明 › 二、支出说明", "本部门无政府性基金预算拨款。")
    return made._replace(passages=(said,))


def every() -> Iterator[tuple[str, Disclosure, Disclosure | None]]:
    """All of them by name, each with the document of the year before where it has one."""
    alone = (
        *(tables, final_accounts, completed, talk, carried, carried_others, summaries),
        *(uncertain, other_scopes, columns, funds),
        *(scopes, contradictions, no_sums, doubtful, promised, explained),
    )
    yield from ((make.__name__, make(), None) for make in alone)
    yield "doubts", doubts(), forest(2024)


def _passages() -> tuple[Passage, ...]:
    return tuple(Passage(900 + at, None, heading, text) for at, (heading, text) in enumerate(TEXT))
