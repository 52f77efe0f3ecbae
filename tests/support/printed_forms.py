"""What three forms print, for tests that write documents of them: titles, money units, columns, depths of labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from budget.model.disclosure import MoneyUnit


class PrintedStatement(NamedTuple):
    """A statement as a form prints it."""

    id: str
    number: int
    title: str
    money_unit: MoneyUnit
    columns: dict[str, str]
    """Measure -> what its column is headed with, in printed order."""
    levels: dict[str, int]
    """Label without a code -> its depth."""

    @property
    def measure_ids(self) -> tuple[str, ...]:
        """The measures, in printed order."""
        return tuple(self.columns)


@dataclass(frozen=True)
class PrintedForm:
    """The statements that bodies of some region print."""

    statements: tuple[PrintedStatement, ...]
    numbered: bool
    """Whether their titles begin with 表1."""

    def statement(self, id_: str) -> PrintedStatement | None:
        """The statement with this id."""
        return next((statement for statement in self.statements if statement.id == id_), None)


def _form(text: str, *, numbered: bool = False) -> PrintedForm:
    """A form from lines of id, title and unit; columns, and labels below."""
    found: list[PrintedStatement] = []
    for line in text.strip().splitlines():
        kind, *words = line.split()
        if kind == "columns":
            found[-1].columns.update(word.split("=", 1) for word in words)
        elif kind == "labels":
            found[-1].levels.update((word[1:], int(word[0])) for word in words)
        else:
            found.append(PrintedStatement(kind, len(found) + 1, words[0], MoneyUnit(words[1]), {}, {}))
    return PrintedForm(tuple(found), numbered)


XINJIANG = _form(
    """
revenue_expenditure_summary 收支总体情况表 万元
columns total=合计
labels 1本年收入 2一般公共预算拨款 3一般财力 3上级一般公共预算安排转移支付 2政府性基金预算拨款 3政府性基金收入
labels 3上级政府性基金安排转移支付 2国有资本经营预算拨款
labels 3国有资本经营收入 3上级国有资本经营预算安排转移支付 2财政专户核拨 2单位资金 3事业收入 3上级补助收入
labels 3附属单位上缴收入 3事业单位经营收入 3其他收入 1上年结转结余
labels 2财政拨款结转 2非财政拨款结转结余
revenue_detail 收入总体情况表 万元
columns total=合计 fiscal_appropriation=财政拨款小计 general_public_budget=一般公共预算
columns general_public_transfer=上级一般公共预算转移支付 government_fund=政府性基金预算
columns government_fund_transfer=上级政府性基金转移支付 state_capital=国有资本经营预算
columns state_capital_transfer=上级国有资本转移支付 special_account=财政专户 own_funds=单位资金
columns appropriation_carryover=财政拨款结转 non_appropriation_carryover=非财政拨款结转结余
expenditure_detail 支出总体情况表 万元
columns total=合计 basic=基本支出 project=项目支出
appropriation_summary 财政拨款收支预算总体情况表 万元
columns total=合计 general_public_budget=一般公共预算 government_fund=政府性基金预算 state_capital=国有资本经营预算
labels 1财政拨款（补助） 2一般公共预算 2政府性基金预算 2国有资本经营预算 1上年结转
general_public_expenditure 一般公共预算支出情况表 万元
columns total=合计 basic=基本支出 project=项目支出
basic_expenditure 一般公共预算基本支出情况表 万元
columns total=合计 personnel=人员经费 operating=公用经费
project_expenditure 一般公共预算项目支出情况表 万元
columns total=项目支出合计 wages_and_welfare=工资福利支出 goods_and_services=商品和服务支出
columns individuals_and_families=对个人和家庭的补助 debt_interest=债务利息及费用支出
columns capital_construction=资本性支出(基本建设)
columns capital_other=资本性支出 enterprise_construction=对企业补助(基本建设) enterprise_subsidies=对企业补助
columns social_security_funds=对社会保障基金补助 other_expenditure=其他支出
government_fund_expenditure 政府性基金预算支出情况表 万元
columns total=合计 basic=基本支出 personnel=人员经费 operating=公用经费 project=项目支出
state_capital_expenditure 国有资本经营预算支出情况表 万元
columns total=合计 basic=基本支出 personnel=人员经费 operating=公用经费 project=项目支出
three_public_expenses 财政拨款“三公”经费支出情况表 万元
columns total=合计 general_public_budget=一般公共预算 government_fund=政府性基金预算 state_capital=国有资本经营预算
labels 0总计 1因公出国（境）费 1公务接待费 1公务用车购置及运行费 2公务用车购置费 2公务用车运行费
carryover_detail 上年结转结余情况明细表 万元
columns total=合计 appropriation_total=财政拨款合计 appropriation_personnel=财政拨款·人员经费
columns appropriation_operating=财政拨款·公用经费 appropriation_project=财政拨款·项目支出
columns non_appropriation_total=非财政拨款合计 non_appropriation_personnel=非财政拨款·人员经费
columns non_appropriation_operating=非财政拨款·公用经费 non_appropriation_project=非财政拨款·项目支出
    """,
    numbered=True,
)

SHANGHAI = _form(
    """
revenue_expenditure_summary 财务收支预算总表 元
columns total=合计 basic=基本支出 personnel=人员经费 operating=公用经费 project=项目支出
labels 1财政拨款收入 2一般公共预算资金 2政府性基金 2国有资本经营预算 1财政专户管理资金 1事业收入 1事业单位经营收入
labels 1上级补助收入 1附属单位上缴收入 1其他收入 1上年结转结余
revenue_detail 收入预算总表 元
columns total=合计 fiscal_appropriation=财政拨款收入 special_account=财政专户管理资金 service_income=事业收入
columns business_income=事业单位经营收入 superior_subsidies=上级补助收入 affiliated_remittances=附属单位上缴收入
columns other_income=其他收入 carryover=上年结转结余
expenditure_detail 支出预算总表 元
columns total=合计 basic=基本支出 personnel=人员经费 operating=公用经费 project=项目支出
appropriation_summary 财政拨款收支预算总表 元
columns total=合计 general_public_budget=一般公共预算 government_fund=政府性基金预算 state_capital=国有资本经营预算
labels 1一般公共预算资金 1政府性基金 1国有资本经营预算 1上年结转结余
general_public_expenditure 一般公共预算支出功能分类预算表 元
columns total=合计 basic=基本支出 personnel=人员经费 operating=公用经费 project=项目支出
government_fund_expenditure 政府性基金预算支出功能分类预算表 元
columns total=合计 basic=基本支出 personnel=人员经费 operating=公用经费 project=项目支出
state_capital_expenditure 国有资本经营预算支出功能分类预算表 元
columns total=合计 basic=基本支出 personnel=人员经费 operating=公用经费 project=项目支出
basic_expenditure 一般公共预算基本支出部门预算经济分类预算表 元
columns total=合计 personnel=人员经费 operating=公用经费
three_public_expenses “三公”经费和机关运行经费预算表 万元
columns total=合计
labels 0总计 1因公出国（境）费 1公务接待费 1公务用车购置及运行费 2公务用车购置费 2公务用车运行费 1机关运行经费
    """
)

FINAL_ACCOUNTS = _form(
    """
revenue_expenditure_summary 收入支出决算总表 万元
columns total=合计
labels 1本年收入 2一般公共预算财政拨款收入 2政府性基金预算财政拨款收入 2国有资本经营预算财政拨款收入 2财政拨款收入
labels 2上级补助收入 2事业收入 2经营收入 2附属单位上缴收入
labels 2其他收入 1使用非财政拨款结余 1年初结转和结余
revenue_detail 收入决算表 万元
columns total=合计 fiscal_appropriation=财政拨款收入 superior_subsidies=上级补助收入 service_income=事业收入
columns business_income=经营收入 affiliated_remittances=附属单位上缴收入 other_income=其他收入
expenditure_detail 支出决算表 万元
columns total=合计 basic=基本支出 project=项目支出 superior_remittances=上缴上级支出 business_expenditure=经营支出
columns affiliated_subsidies=对附属单位补助支出
appropriation_summary 财政拨款收入支出决算总表 万元
columns total=合计 general_public_budget=一般公共预算财政拨款 government_fund=政府性基金预算财政拨款
columns state_capital=国有资本经营预算财政拨款
labels 1本年收入 2一般公共预算财政拨款 2政府性基金预算财政拨款 2国有资本经营预算财政拨款 1年初财政拨款结转和结余
general_public_expenditure 一般公共预算财政拨款支出决算表 万元
columns total=合计 basic=基本支出 project=项目支出
basic_expenditure 一般公共预算财政拨款基本支出决算表 万元
columns total=合计 personnel=人员经费 operating=公用经费
three_public_expenses 财政拨款“三公”经费支出决算表 万元
columns budget=预算数 total=决算数
labels 0总计 1因公出国（境）费 1公务用车购置及运行费 2公务用车购置费 2公务用车运行费 1公务接待费 1机关运行经费
government_fund_expenditure 政府性基金预算财政拨款收入支出决算表 万元
columns opening_balance=年初结转和结余 revenue=本年收入 total=本年支出 basic=基本支出 project=项目支出
columns closing_balance=年末结转和结余
state_capital_expenditure 国有资本经营预算财政拨款支出决算表 万元
columns opening_balance=年初结转和结余 revenue=本年收入 total=本年支出 basic=基本支出 project=项目支出
columns closing_balance=年末结转和结余
    """
)
