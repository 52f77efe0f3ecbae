"""Small disclosures of the other forms: nine tables in whole 元, final accounts, tables of no form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model.disclosure import Edition, MoneyUnit, Phase, Side
from tests.support.builders import T1, T2, T3, T5, T6, T10, R, disclosure, total
from tests.support.printed_forms import FINAL_ACCOUNTS, SHANGHAI

if TYPE_CHECKING:
    from budget.model.disclosure import Disclosure

STREET = "某区某街道办事处"
IN, OUT = Side.REVENUE, Side.EXPENDITURE
FLEET = "公务用车运行费"
PURCHASES = "政府采购预算表"


def _parts(basic: int, project: int) -> dict[str, str]:
    return {"total": f"{basic + project:,}", "basic": f"{basic:,}", "project": f"{project:,}"}


def _income(amount: int, service: int = 0) -> dict[str, str]:
    return {"total": f"{amount:,}", "fiscal_appropriation": f"{amount - service:,}", "service_income": f"{service:,}"}


def street(year: int = 2025, *, edition: Edition = Edition.DEPARTMENT) -> Disclosure:
    """A street office: 212 has basic and project money, 201 project money only; projects are not listed."""
    more = 1_500_000 if year == 2025 else 0
    roads, census = 4_000_000 + more, 250_000 - more // 10
    spent = 2_000_000 + roads + census
    functional = [
        R("201", "一般公共服务支出", _parts(0, census)),
        R("20105", "统计信息事务", _parts(0, census)),
        R("2010507", "专项普查活动", _parts(0, census)),
        R("212", "城乡社区支出", _parts(2_000_000, roads)),
        R("21201", "城乡社区管理事务", _parts(2_000_000, roads)),
        R("2120101", "行政运行", _parts(2_000_000, 0)),
        R("2120199", "其他城乡社区管理事务支出", _parts(0, roads)),
        total(**_parts(2_000_000, roads + census)),
    ]
    summary = [
        R(name="事业收入", amounts={"total": "1,000"}, side=IN),
        R(name="财政拨款收入", amounts={"total": f"{spent - 1000:,}"}, side=IN),
        R(name="一般公共服务支出", amounts={"total": f"{census:,}"}, side=OUT, resolved="201"),
        R(name="城乡社区支出", amounts={"total": f"{2_000_000 + roads:,}"}, side=OUT, resolved="212"),
        R(name="收入总计", amounts={"total": f"{spent:,}"}, side=IN),
        R(name="支出总计", amounts={"total": f"{spent:,}"}, side=OUT),
    ]
    return disclosure(
        year,
        {
            T1: summary,
            T2: [
                R("201", "一般公共服务支出", _income(census)),
                R("212", "城乡社区支出", _income(2_000_000 + roads, 1000)),
                total(**_income(spent, 1000)),
            ],
            T3: functional,
            T5: functional,
            T6: [
                R("301", "工资福利支出", {"total": "1,500,000", "personnel": "1,500,000", "operating": "0"}),
                R("302", "商品和服务支出", {"total": "500,000", "personnel": "0", "operating": "500,000"}),
                total(total="2,000,000", personnel="1,500,000", operating="500,000"),
            ],
            T10: [
                total(total="37.91"),
                R(name=FLEET, amounts={"total": "37.91"}),
                R(name="机关运行经费", amounts={"total": "464.64"}),
            ],
        },
        body=STREET,
        name=f"街道{year}.pdf",
        form=SHANGHAI,
        edition=edition,
        page=9,
    )


def outcome(year: int = 2024) -> Disclosure:
    """The final accounts of the street office, in 元 with decimals."""
    summary = [
        R(name="本年收入", amounts={"total": "6,201,200.50"}, side=IN),
        R(name="事业收入", amounts={"total": "1,200.50"}, side=IN),
        R(name="城乡社区支出", amounts={"total": "6,201,200.50"}, side=OUT, resolved="212"),
        R(name="本年支出合计", amounts={"total": "6,201,200.50"}, side=OUT),
        R(name="收入总计", amounts={"total": "6,201,200.50"}, side=IN),
        R(name="支出总计", amounts={"total": "6,201,200.50"}, side=OUT),
    ]
    spent = {
        "total": "6,201,200.50",
        "basic": "1,900,000.00",
        "project": "4,300,200.50",
        "business_expenditure": "1,000.00",
    }
    made = disclosure(
        year,
        {T1: summary, T3: [R("212", "城乡社区支出", spent), total(**spent)]},
        body=STREET,
        name=f"决算{year}.pdf",
        form=FINAL_ACCOUNTS,
        phase=Phase.FINAL_ACCOUNTS,
        edition=Edition.DEPARTMENT,
        unit=MoneyUnit.YUAN,
    )
    lines = tuple(
        line._replace(line_key="revenue/本年收入/事业收入", level=2) if line.name == "事业收入" else line
        for line in made.lines
    )
    return made._replace(lines=lines)


def unknown(year: int = 2025, *, first: str = PURCHASES, header: str = "采购金额") -> Disclosure:
    """A document of no form: two tables with their printed titles and headers; `first` is the title of the first."""
    other = "会议费、培训费预算表"
    titles = {"other_1": f"{year}年{first}", "other_2": f"{year}年{other if first == PURCHASES else PURCHASES}"}
    purchases = [
        R(name="办公设备", amounts={header: "12.50", "面向中小企业": "2.00"}),
        R("2130204", "事业机构", {header: f"{year - 2000}.00"}),
    ]
    meetings = [R(name="会议费", amounts={"本年": "1.00"})]
    tables = (
        {"other_1": purchases, "other_2": meetings}
        if first == PURCHASES
        else {"other_1": meetings, "other_2": purchases}
    )
    return disclosure(year, tables, body="某局", name=f"未知{year}.pdf", form=None, titles=titles)
