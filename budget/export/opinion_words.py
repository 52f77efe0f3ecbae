"""The words of the review opinion: headings, sentences and heads of tables, as data.

Places of sentences are named: `date`, `number`, `unit`, `counts`, `list`, `there`, `place`, `comment`.
"""

from __future__ import annotations

from budget.i18n.language import N_

TITLE = N_("预算公开审查意见")
DATED = N_("{date}，共 {number} 份资料。")
CAUTION = N_("以下由公开资料所印的数字核对得出，是信号，不是结论；逐项回原文核实后方可作为意见提出。")
SUMMARY = N_("汇总")
IDENTITY = N_("资料")
FACT_TITLES = (N_("事项"), N_("内容"))
BODY = N_("部门（单位）")
YEAR = N_("年度")
PHASE = N_("阶段")
EDITION = N_("口径")
SOURCE = N_("原文件")
HASH = N_("SHA-256")
AGAINST = N_("对照")
NOTHING_AGAINST = N_("无，跨年规则未核")
NOTE = N_("记录")
TOTALS = N_("收支总况（{unit}）")
CHANGES = N_("支出变化最大的 {number} 项（{unit}）")
FINDINGS = N_("核对结果")
COUNTED = N_("核对结果：{counts}。")
FINDING_TITLES = (
    *(N_("序号"), N_("结果"), N_("问题"), N_("原文"), N_("规则内容")),
    *(N_("状态"), N_("意见")),
)
COMPLETENESS = N_("完整性")
COMPLETE = N_("{list}：应有 {number} 项，有 {there} 项。")
LACKING_TITLES = (N_("依据"), N_("应公开的内容"), N_("情况"))
PROBLEMS = N_("问题清单")
PROBLEMS_ABOUT = N_("共 {number} 项：不符（已判不成立的除外），和记为属实、已反馈、已整改的。")
NOTED = N_("{place}：{comment}")
REVIEW = N_("审查记录")
PROBLEM_TITLES = (
    *(N_("序号"), N_("部门（单位）"), N_("年度"), N_("问题"), N_("规则"), N_("位置")),
    *(N_("状态"), N_("意见"), N_("单位反馈")),
)
