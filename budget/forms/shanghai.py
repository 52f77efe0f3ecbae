"""The nine-table form (Shanghai): tables 1 to 8 in 元, table 9 in 万元, titles without numbers, few codes."""

from __future__ import annotations

from budget.forms.form import Form, Shape, StatementForm, label_tree
from budget.forms.form import measure as _m
from budget.i18n.language import N_
from budget.model.disclosure import MoneyUnit, Phase, StatementId

_GENERAL = r"一般公共预算(财政)?(拨款)?(资金|收入)?"
_FUND = r"政府性基金(预算)?(财政)?(拨款)?(资金|收入)?"
_CAPITAL = r"国有资本经营(预算)?(财政)?(拨款)?(资金|收入)?"

SUMMARY_REVENUE = label_tree(
    (1, N_("财政拨款收入"), r"(本年)?财政拨款(收入)?"),
    (2, N_("一般公共预算资金"), _GENERAL),
    (2, N_("政府性基金"), _FUND),
    (2, N_("国有资本经营预算"), _CAPITAL),
    (1, N_("财政专户管理资金"), r"(财政)?专户(管理)?(资金)?(收入)?"),
    (1, N_("事业收入"), r"事业(单位)?收入"),
    (1, N_("事业单位经营收入"), r"(事业单位)?经营收入"),
    (1, N_("上级补助收入"), r"上级(单位)?补助收入"),
    (1, N_("附属单位上缴收入"), r"附属单位上缴收入"),
    (1, N_("其他收入"), r"其他收入"),
    (1, N_("上年结转结余"), r"(使用)?上年结转(和|及)?(结余)?(收入|资金)?"),
)
"""Revenue side of table 1."""

APPROPRIATION_REVENUE = label_tree(
    (1, N_("一般公共预算资金"), _GENERAL),
    (1, N_("政府性基金"), _FUND),
    (1, N_("国有资本经营预算"), _CAPITAL),
    (1, N_("上年结转结余"), r"(使用)?上年(财政)?(拨款)?结转(和|及)?(结余)?(收入|资金)?"),
)
"""Revenue side of table 4."""

_VEHICLES = r"公务用车购置(费)?(及|和)运行(维护)?(费|费用|经费)"

THREE_PUBLIC = label_tree(
    (0, N_("总计"), r"[总合]计"),
    (1, N_("因公出国（境）费"), r"因公出国(\(境\))?(费|费用|经费)?"),
    (1, N_("公务接待费"), r"公务接待(费|费用|经费)?"),
    (1, N_("公务用车购置及运行费"), rf"{_VEHICLES}(\(?[小合]计\)?)?"),
    (2, N_("公务用车购置费"), rf"({_VEHICLES})?(公务用车)?购置(费|费用|经费)?"),
    (2, N_("公务用车运行费"), rf"({_VEHICLES})?(公务用车)?运行(维护)?(费|费用|经费)?"),
    (1, N_("机关运行经费"), r"机关运行(经费|费用)"),
    apart=("机关运行经费",),
)
"""Columns of table 9; each is a line, as in the eleven-table form."""

_TOTAL = _m("total", N_("合计"), "总计", "预算数", "金额")
_BASIC = _m("basic", N_("基本支出"))
_PROJECT = _m("project", N_("项目支出"))
_PERSONNEL = _m("personnel", N_("人员经费"), "人员支出")
_OPERATING = _m("operating", N_("公用经费"), "公用支出")
_FUNDS = (
    _m("general_public_budget", N_("一般公共预算"), "一般公共预算资金", "一般公共预算拨款", "一般公共预算财政拨款"),
    _m("government_fund", N_("政府性基金预算"), "政府性基金", "政府性基金预算拨款", "政府性基金预算财政拨款"),
    _m("state_capital", N_("国有资本经营预算"), "国有资本经营", "国有资本经营预算拨款", "国有资本经营预算财政拨款"),
)
_EXPENDITURE = (_TOTAL, _BASIC, _PERSONNEL, _OPERATING, _PROJECT)

SHANGHAI = Form(
    "shanghai",
    N_("九表（上海）"),
    Phase.BUDGET,
    (
        StatementForm(
            StatementId.REVENUE_EXPENDITURE_SUMMARY,
            1,
            N_("财务收支预算总表"),
            N_("收支总表"),
            (r"财务收支(预算)?总表", r"收支预算总表"),
            Shape.TWO_SIDED,
            _EXPENDITURE,
            SUMMARY_REVENUE,
            MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.REVENUE_DETAIL,
            2,
            N_("收入预算总表"),
            N_("收入总表"),
            (r"收入预算总表",),
            Shape.FUNCTIONAL,
            (
                _TOTAL,
                _m("fiscal_appropriation", N_("财政拨款收入"), "财政拨款"),
                _m("special_account", N_("财政专户管理资金"), "财政专户管理资金收入"),
                _m("service_income", N_("事业收入")),
                _m("business_income", N_("事业单位经营收入"), "经营收入", short=N_("经营收入")),
                _m("superior_subsidies", N_("上级补助收入")),
                _m("affiliated_remittances", N_("附属单位上缴收入"), short=N_("附属上缴")),
                _m("other_income", N_("其他收入")),
                _m("carryover", N_("上年结转结余"), "上年结转", "使用上年结转结余"),
            ),
            money_unit=MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.EXPENDITURE_DETAIL,
            3,
            N_("支出预算总表"),
            N_("支出总表"),
            (r"支出预算总表",),
            Shape.FUNCTIONAL,
            _EXPENDITURE,
            money_unit=MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.APPROPRIATION_SUMMARY,
            4,
            N_("财政拨款收支预算总表"),
            N_("财政拨款收支总表"),
            (r"财政拨款收支预算总表",),
            Shape.TWO_SIDED,
            (_TOTAL, *_FUNDS),
            APPROPRIATION_REVENUE,
            MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.GENERAL_PUBLIC_EXPENDITURE,
            5,
            N_("一般公共预算支出功能分类预算表"),
            N_("一般公共预算支出表"),
            (r"一般公共预算(财政拨款)?支出功能分类预算表",),
            Shape.FUNCTIONAL,
            _EXPENDITURE,
            money_unit=MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.GOVERNMENT_FUND_EXPENDITURE,
            6,
            N_("政府性基金预算支出功能分类预算表"),
            N_("政府性基金支出表"),
            (r"政府性基金(预算)?(财政拨款)?支出功能分类预算表",),
            Shape.FUNCTIONAL,
            _EXPENDITURE,
            money_unit=MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.STATE_CAPITAL_EXPENDITURE,
            7,
            N_("国有资本经营预算支出功能分类预算表"),
            N_("国有资本经营支出表"),
            (r"国有资本经营(预算)?(财政拨款)?支出功能分类预算表",),
            Shape.FUNCTIONAL,
            _EXPENDITURE,
            money_unit=MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.BASIC_EXPENDITURE,
            8,
            N_("一般公共预算基本支出部门预算经济分类预算表"),
            N_("基本支出表"),
            (r"一般公共预算(财政拨款)?基本支出(部门预算|部门)?经济分类预算表",),
            Shape.ECONOMIC,
            (_TOTAL, _PERSONNEL, _OPERATING),
            money_unit=MoneyUnit.YUAN,
        ),
        StatementForm(
            StatementId.THREE_PUBLIC_EXPENSES,
            9,
            N_("“三公”经费和机关运行经费预算表"),
            N_("“三公”和机关运行经费表"),
            (
                r"(财政拨款|一般公共预算)?三公经费(和|及|、)机关运行(经费|费用)预算表",
                r"(财政拨款|一般公共预算)?三公经费预算表",
            ),
            Shape.LABELS,
            (_TOTAL,),
            THREE_PUBLIC,
        ),
    ),
)
