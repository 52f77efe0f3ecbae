"""The eleven-table form (Xinjiang): amounts in 万元, codes printed, titles numbered 表1 to 表11."""

from __future__ import annotations

from budget.forms.form import Form, Shape, StatementForm, label_tree
from budget.forms.form import measure as _m
from budget.i18n.language import N_
from budget.model.disclosure import Phase, StatementId

_TRANSFER = r"(预算)?(安排)?的?转移支付(收入|资金)?"
_CARRYOVER = r"上年(财政)?(拨款)?结转(和|及)?(结余)?(收入|资金)?"

SUMMARY_REVENUE = label_tree(
    (1, N_("本年收入"), r"本年(收入)?(合计|小计)?"),
    (2, N_("一般公共预算拨款"), r"一般公共预算(财政)?拨款(收入)?"),
    (3, N_("一般财力"), r"一般财力(安排)?"),
    (3, N_("上级一般公共预算安排转移支付"), r"上级一般公共" + _TRANSFER),
    (2, N_("政府性基金预算拨款"), r"(政府性)?基金预算(财政)?拨款(收入)?"),
    (3, N_("政府性基金收入"), r"(本级)?政府性基金(预算)?收入"),
    (3, N_("上级政府性基金安排转移支付"), r"上级政府性基金" + _TRANSFER),
    (2, N_("国有资本经营预算拨款"), r"国有资本经营(预算)?(财政)?拨款(收入)?"),
    (3, N_("国有资本经营收入"), r"(本级)?国有资本经营(预算)?收入"),
    (3, N_("上级国有资本经营预算安排转移支付"), r"上级国有资本(经营)?" + _TRANSFER),
    (2, N_("财政专户核拨"), r"财政专户(核拨|管理)?(资金)?(收入)?(\(教育收费\))?"),
    (2, N_("单位资金"), r"单位资金(收入)?"),
    (3, N_("事业收入"), r"事业收入(资金)?"),
    (3, N_("上级补助收入"), r"上级(单位)?补助收入"),
    (3, N_("附属单位上缴收入"), r"附属单位上缴收入"),
    (3, N_("事业单位经营收入"), r"(事业单位)?经营收入"),
    (3, N_("其他收入"), r"其他收入"),
    (1, N_("上年结转结余"), _CARRYOVER),
    (2, N_("财政拨款结转"), r"财政拨款结转(结余)?(资金)?"),
    (3, N_("一般公共预算拨款"), r"一般公共预算(财政)?拨款(结转)?(结余)?"),
    (3, N_("政府性基金预算拨款"), r"(政府性)?基金(预算)?(财政)?(拨款)?(结转)?(结余)?"),
    (3, N_("国有资本经营预算拨款"), r"国有资本经营(预算)?(财政)?(拨款)?(结转)?(结余)?"),
    (2, N_("非财政拨款结转结余"), r"非财政拨款(结转)?(和|及)?(结余)?(资金)?"),
    (3, N_("财政专户核拨"), r"财政专户(核拨|管理)?(资金)?(收入)?(结转)?(结余)?(\(教育收费\))?"),
    (3, N_("单位资金"), r"单位资金(收入)?(结转)?(结余)?"),
)
"""Revenue side of T1."""

APPROPRIATION_REVENUE = label_tree(
    (1, N_("财政拨款（补助）"), r"(本年)?财政拨款(\(补助\))?(收入)?"),
    (2, N_("一般公共预算"), r"一般公共预算(财政)?(拨款)?(收入)?"),
    (2, N_("政府性基金预算"), r"(政府性)?基金(预算)?(财政)?(拨款)?(收入)?"),
    (2, N_("国有资本经营预算"), r"国有资本经营(预算)?(财政)?(拨款)?(收入)?"),
    (1, N_("上年结转"), _CARRYOVER),
    (2, N_("一般公共预算"), r"一般公共预算(财政)?(拨款)?(收入)?(结转)?"),
    (2, N_("政府性基金预算"), r"(政府性)?基金(预算)?(财政)?(拨款)?(收入)?(结转)?"),
    (2, N_("国有资本经营预算"), r"国有资本经营(预算)?(财政)?(拨款)?(收入)?(结转)?"),
)
"""Revenue side of T4."""

THREE_PUBLIC = label_tree(
    (0, N_("总计"), r"[总合]计"),
    (1, N_("因公出国（境）费"), r"因公出国(\(境\))?(费|费用|经费)?"),
    (1, N_("公务接待费"), r"公务接待(费|费用|经费)?"),
    (1, N_("公务用车购置及运行费"), r"公务用车(购置)?(及|和|费及)(运行)?(维护)?(费|费用|经费)(\(?小计\)?)?"),
    (2, N_("公务用车购置费"), r"公务用车购置(费|费用|经费)?"),
    (2, N_("公务用车运行费"), r"公务用车运行(维护)?(费|费用|经费)?"),
)
"""Lines of T10."""


_TOTAL = _m("total", N_("合计"), "总计", "预算数", "金额")
_BASIC = _m("basic", N_("基本支出"))
_PROJECT = _m("project", N_("项目支出"))
_PERSONNEL = _m("personnel", N_("人员经费"))
_OPERATING = _m("operating", N_("公用经费"))
_GENERAL_PUBLIC = _m("general_public_budget", N_("一般公共预算"), "一般公共预算拨款", "一般公共预算资金")
_GOVERNMENT_FUND = _m("government_fund", N_("政府性基金预算"), "政府性基金", "政府性基金预算拨款")
_STATE_CAPITAL = _m("state_capital", N_("国有资本经营预算"), "国有资本经营", "国有资本经营预算拨款")

XINJIANG = Form(
    "xinjiang",
    N_("十一表（新疆）"),
    Phase.BUDGET,
    (
        StatementForm(
            StatementId.REVENUE_EXPENDITURE_SUMMARY,
            1,
            N_("收支总体情况表"),
            N_("收支总表"),
            (r"收支(预算)?总(体情况)?表", r"(预算)?收支总体情况(总)?表"),
            Shape.TWO_SIDED,
            (_TOTAL,),
            SUMMARY_REVENUE,
        ),
        StatementForm(
            StatementId.REVENUE_DETAIL,
            2,
            N_("收入总体情况表"),
            N_("收入总表"),
            (r"收入(预算)?总(体情况)?表",),
            Shape.FUNCTIONAL,
            (
                _TOTAL,
                _m("fiscal_appropriation", N_("财政拨款小计"), "财政拨款(补助)小计", "财政拨款(补助)"),
                _GENERAL_PUBLIC,
                _m(
                    "general_public_transfer",
                    N_("上级一般公共预算转移支付"),
                    "上级一般公共预算安排的转移支付",
                    short=N_("一般公共转移"),
                ),
                _GOVERNMENT_FUND,
                _m(
                    "government_fund_transfer",
                    N_("上级政府性基金转移支付"),
                    "上级政府性基金安排的转移支付",
                    short=N_("基金转移"),
                ),
                _STATE_CAPITAL,
                _m(
                    "state_capital_transfer",
                    N_("上级国有资本转移支付"),
                    "上级国有资本经营预算安排的转移支付",
                    short=N_("国资转移"),
                ),
                _m("special_account", N_("财政专户"), "财政专户(教育收费)", "财政专户管理资金"),
                _m("own_funds", N_("单位资金")),
                _m("appropriation_carryover", N_("财政拨款结转"), "财政拨款结转结余"),
                _m("non_appropriation_carryover", N_("非财政拨款结转结余"), "非财政拨款结余", "非财政拨款结转"),
            ),
        ),
        StatementForm(
            StatementId.EXPENDITURE_DETAIL,
            3,
            N_("支出总体情况表"),
            N_("支出总表"),
            (r"支出(预算)?总(体情况)?表",),
            Shape.FUNCTIONAL,
            (_TOTAL, _BASIC, _PROJECT),
        ),
        StatementForm(
            StatementId.APPROPRIATION_SUMMARY,
            4,
            N_("财政拨款收支预算总体情况表"),
            N_("财政拨款收支总表"),
            (r"财政拨款(预算)?收支(预算)?总(体情况)?表",),
            Shape.TWO_SIDED,
            (_TOTAL, _GENERAL_PUBLIC, _GOVERNMENT_FUND, _STATE_CAPITAL),
            APPROPRIATION_REVENUE,
        ),
        StatementForm(
            StatementId.GENERAL_PUBLIC_EXPENDITURE,
            5,
            N_("一般公共预算支出情况表"),
            N_("一般公共预算支出表"),
            (r"一般公共预算(财政拨款)?支出(预算)?(情况)?表",),
            Shape.FUNCTIONAL,
            (_TOTAL, _BASIC, _PROJECT),
        ),
        StatementForm(
            StatementId.BASIC_EXPENDITURE,
            6,
            N_("一般公共预算基本支出情况表"),
            N_("基本支出表"),
            (r"一般公共预算(财政拨款)?基本支出(预算)?(情况)?表",),
            Shape.ECONOMIC,
            (_TOTAL, _PERSONNEL, _OPERATING),
        ),
        StatementForm(
            StatementId.PROJECT_EXPENDITURE,
            7,
            N_("一般公共预算项目支出情况表"),
            N_("项目支出表"),
            (r"(一般公共预算)?(财政拨款)?项目支出(预算)?(情况)?表",),
            Shape.PROJECTS,
            (
                _m("total", N_("项目支出合计"), "合计", "总计", short=N_("合计")),
                _m("wages_and_welfare", N_("工资福利支出"), short=N_("工资福利")),
                _m("goods_and_services", N_("商品和服务支出"), "商品服务支出", short=N_("商品服务")),
                _m("individuals_and_families", N_("对个人和家庭的补助"), "对个人和家庭补助", short=N_("个人家庭")),
                _m("debt_interest", N_("债务利息及费用支出"), short=N_("债务利息")),
                _m("capital_construction", N_("资本性支出(基本建设)"), short=N_("资本性(基建)")),
                _m("capital_other", N_("资本性支出"), short=N_("资本性")),
                _m("enterprise_construction", N_("对企业补助(基本建设)"), short=N_("企业(基建)")),
                _m("enterprise_subsidies", N_("对企业补助"), short=N_("企业补助")),
                _m("social_security_funds", N_("对社会保障基金补助"), short=N_("社保基金")),
                _m("other_expenditure", N_("其他支出")),
            ),
        ),
        StatementForm(
            StatementId.GOVERNMENT_FUND_EXPENDITURE,
            8,
            N_("政府性基金预算支出情况表"),
            N_("政府性基金支出表"),
            (r"政府性基金(预算)?(财政拨款)?支出(预算)?(情况)?表",),
            Shape.FUNCTIONAL,
            (_TOTAL, _BASIC, _PERSONNEL, _OPERATING, _PROJECT),
        ),
        StatementForm(
            StatementId.STATE_CAPITAL_EXPENDITURE,
            9,
            N_("国有资本经营预算支出情况表"),
            N_("国有资本经营支出表"),
            (r"国有资本经营(预算)?(财政拨款)?支出(预算)?(情况)?表",),
            Shape.FUNCTIONAL,
            (_TOTAL, _BASIC, _PERSONNEL, _OPERATING, _PROJECT),
        ),
        StatementForm(
            StatementId.THREE_PUBLIC_EXPENSES,
            10,
            N_("财政拨款“三公”经费支出情况表"),
            N_("“三公”经费表"),
            (r"(财政拨款|一般公共预算)?三公经费(支出|预算)?(预算)?(情况)?表",),
            Shape.LABELS,
            (_TOTAL, _GENERAL_PUBLIC, _GOVERNMENT_FUND, _STATE_CAPITAL),
            THREE_PUBLIC,
        ),
        StatementForm(
            StatementId.CARRYOVER_DETAIL,
            11,
            N_("上年结转结余情况明细表"),
            N_("结转结余明细表"),
            (r"上年结转(结余)?(情况)?(明细)?(情况)?表",),
            Shape.PROJECT_NAMES,
            (
                _TOTAL,
                _m("appropriation_total", N_("财政拨款合计"), "财政拨款", short=N_("财政拨款")),
                _m("appropriation_personnel", N_("财政拨款·人员经费"), short=N_("拨款·人员")),
                _m("appropriation_operating", N_("财政拨款·公用经费"), short=N_("拨款·公用")),
                _m("appropriation_project", N_("财政拨款·项目支出"), short=N_("拨款·项目")),
                _m("non_appropriation_total", N_("非财政拨款合计"), "非财政拨款", short=N_("非财政拨款")),
                _m("non_appropriation_personnel", N_("非财政拨款·人员经费"), short=N_("非拨款·人员")),
                _m("non_appropriation_operating", N_("非财政拨款·公用经费"), short=N_("非拨款·公用")),
                _m("non_appropriation_project", N_("非财政拨款·项目支出"), short=N_("非拨款·项目")),
            ),
        ),
    ),
)
