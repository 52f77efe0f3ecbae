"""The nine tables of departmental final accounts (部门决算): one form for the whole country, amounts in 万元 or 元."""

from __future__ import annotations

from budget.forms.form import Form, Shape, StatementForm, label_tree
from budget.forms.form import measure as _m
from budget.i18n.language import N_
from budget.model.disclosure import Phase, StatementId

_GENERAL = r"一般公共预算(财政)?(拨款)?(收入)?"
_FUND = r"政府性基金(预算)?(财政)?(拨款)?(收入)?"
_CAPITAL = r"国有资本经营(预算)?(财政)?(拨款)?(收入)?"
_OPENING = r"(年初|上年)(财政)?(拨款)?结转(和|及)?(结余)?"

SUMMARY_REVENUE = label_tree(
    (1, N_("本年收入"), r"本年收入(合计|小计)?"),
    (2, N_("一般公共预算财政拨款收入"), _GENERAL),
    (2, N_("政府性基金预算财政拨款收入"), _FUND),
    (2, N_("国有资本经营预算财政拨款收入"), _CAPITAL),
    (2, N_("财政拨款收入"), r"财政拨款收入"),
    (2, N_("上级补助收入"), r"上级补助收入"),
    (2, N_("事业收入"), r"事业收入"),
    (2, N_("经营收入"), r"(事业单位)?经营收入"),
    (2, N_("附属单位上缴收入"), r"附属单位上缴收入"),
    (2, N_("其他收入"), r"其他收入"),
    (
        1,
        N_("使用非财政拨款结余"),
        r"(使用)?(非财政拨款结余|专用结余|用事业基金弥补收支差额)(\(含专用结余\)|\(或专用结余\))?",
    ),
    (1, N_("年初结转和结余"), _OPENING),
)
"""Revenue side of table 1."""

APPROPRIATION_REVENUE = label_tree(
    (1, N_("本年收入"), r"本年收入(合计|小计)?"),
    (2, N_("一般公共预算财政拨款"), _GENERAL),
    (2, N_("政府性基金预算财政拨款"), _FUND),
    (2, N_("国有资本经营预算财政拨款"), _CAPITAL),
    (1, N_("年初财政拨款结转和结余"), _OPENING),
    (2, N_("一般公共预算财政拨款"), _GENERAL),
    (2, N_("政府性基金预算财政拨款"), _FUND),
    (2, N_("国有资本经营预算财政拨款"), _CAPITAL),
)
"""Revenue side of table 4."""

_VEHICLES = r"公务用车购置(费)?(及|和)运行(维护)?(费|费用|经费)"

THREE_PUBLIC = label_tree(
    (0, N_("总计"), r"[总合]计"),
    (1, N_("因公出国（境）费"), r"因公出国(\(境\))?(费|费用|经费)?"),
    (1, N_("公务用车购置及运行费"), rf"{_VEHICLES}(\(?[小合]计\)?)?"),
    (2, N_("公务用车购置费"), rf"({_VEHICLES})?(公务用车)?购置(费|费用|经费)?"),
    (2, N_("公务用车运行费"), rf"({_VEHICLES})?(公务用车)?运行(维护)?(费|费用|经费)?"),
    (1, N_("公务接待费"), r"公务接待(费|费用|经费)?"),
    (1, N_("机关运行经费"), r"机关运行(经费|费用)"),
    apart=("机关运行经费",),
)
"""Lines or columns of the “三公” table, each as budget and as final accounts."""

_TOTAL = _m("total", N_("合计"), "总计", "决算数", "金额", "本年支出合计", "本年收入合计", "本年支出", "本年收入")
_BASIC = _m("basic", N_("基本支出"))
_PROJECT = _m("project", N_("项目支出"))
_FUNDS = (
    _m("general_public_budget", N_("一般公共预算财政拨款"), "一般公共预算", short=N_("一般公共预算")),
    _m("government_fund", N_("政府性基金预算财政拨款"), "政府性基金预算", "政府性基金", short=N_("政府性基金预算")),
    _m(
        "state_capital",
        N_("国有资本经营预算财政拨款"),
        "国有资本经营预算",
        "国有资本经营",
        short=N_("国有资本经营预算"),
    ),
)
_FUND_EXPENDITURE = (
    _m("opening_balance", N_("年初结转和结余"), "上年结转和结余", short=N_("年初结转")),
    _m("revenue", N_("本年收入")),
    _m("total", N_("本年支出"), "本年支出合计", "本年支出小计", "合计", "总计"),
    _m("basic", N_("基本支出"), "本年支出基本支出"),
    _m("project", N_("项目支出"), "本年支出项目支出"),
    _m("closing_balance", N_("年末结转和结余"), short=N_("年末结转")),
)

FINAL_ACCOUNTS = Form(
    "final_accounts",
    N_("九表（部门决算）"),
    Phase.FINAL_ACCOUNTS,
    (
        StatementForm(
            StatementId.REVENUE_EXPENDITURE_SUMMARY,
            1,
            N_("收入支出决算总表"),
            N_("收支决算总表"),
            (r"(财务)?收入?(和)?支出?决算总表",),
            Shape.TWO_SIDED,
            (_TOTAL,),
            SUMMARY_REVENUE,
        ),
        StatementForm(
            StatementId.REVENUE_DETAIL,
            2,
            N_("收入决算表"),
            N_("收入决算表"),
            (r"收入决算(总)?表",),
            Shape.FUNCTIONAL,
            (
                _TOTAL,
                _m("fiscal_appropriation", N_("财政拨款收入"), "财政拨款"),
                _m("superior_subsidies", N_("上级补助收入")),
                _m("service_income", N_("事业收入")),
                _m("business_income", N_("经营收入"), "事业单位经营收入"),
                _m("affiliated_remittances", N_("附属单位上缴收入"), short=N_("附属上缴")),
                _m("other_income", N_("其他收入")),
            ),
        ),
        StatementForm(
            StatementId.EXPENDITURE_DETAIL,
            3,
            N_("支出决算表"),
            N_("支出决算表"),
            (r"支出决算(总)?表",),
            Shape.FUNCTIONAL,
            (
                _TOTAL,
                _BASIC,
                _PROJECT,
                _m("superior_remittances", N_("上缴上级支出")),
                _m("business_expenditure", N_("经营支出")),
                _m("affiliated_subsidies", N_("对附属单位补助支出"), short=N_("补助附属")),
            ),
        ),
        StatementForm(
            StatementId.APPROPRIATION_SUMMARY,
            4,
            N_("财政拨款收入支出决算总表"),
            N_("财政拨款收支决算总表"),
            (r"财政拨款收入?(和)?支出?决算(总)?表",),
            Shape.TWO_SIDED,
            (_TOTAL, *_FUNDS),
            APPROPRIATION_REVENUE,
        ),
        StatementForm(
            StatementId.GENERAL_PUBLIC_EXPENDITURE,
            5,
            N_("一般公共预算财政拨款支出决算表"),
            N_("一般公共预算支出决算表"),
            (r"一般公共预算(财政拨款)?支出(功能分类)?决算表",),
            Shape.FUNCTIONAL,
            (_TOTAL, _BASIC, _PROJECT),
        ),
        StatementForm(
            StatementId.BASIC_EXPENDITURE,
            6,
            N_("一般公共预算财政拨款基本支出决算表"),
            N_("基本支出决算表"),
            (r"一般公共预算(财政拨款)?基本支出(经济分类)?决算(明细)?表",),
            Shape.ECONOMIC,
            (_TOTAL, _m("personnel", N_("人员经费")), _m("operating", N_("公用经费"))),
        ),
        StatementForm(
            StatementId.THREE_PUBLIC_EXPENSES,
            7,
            N_("财政拨款“三公”经费支出决算表"),
            N_("“三公”经费决算表"),
            (r"(一般公共预算)?(财政拨款)?三公经费((和|及|、)机关运行(经费|费用))?(支出)?(收支)?决算表",),
            Shape.LABELS,
            (_m("budget", N_("预算数"), "年初预算数", "全年预算数"), _m("total", N_("决算数"), "合计", "金额")),
            THREE_PUBLIC,
        ),
        StatementForm(
            StatementId.GOVERNMENT_FUND_EXPENDITURE,
            8,
            N_("政府性基金预算财政拨款收入支出决算表"),
            N_("政府性基金收支决算表"),
            (r"政府性基金(预算)?(财政拨款)?(收入)?(支出|收支)(功能分类)?决算表",),
            Shape.FUNCTIONAL,
            _FUND_EXPENDITURE,
        ),
        StatementForm(
            StatementId.STATE_CAPITAL_EXPENDITURE,
            9,
            N_("国有资本经营预算财政拨款支出决算表"),
            N_("国有资本经营支出决算表"),
            (r"国有资本经营(预算)?(财政拨款)?(收入)?(支出|收支)(功能分类)?决算表",),
            Shape.FUNCTIONAL,
            _FUND_EXPENDITURE,
        ),
    ),
)
