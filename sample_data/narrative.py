"""The prose of a sample: staffing, stated changes, projects with their parts, other facts, terms; in words of our own.

Rows are those of the frames as `yusuan export --frame` writes them: texts by the names of the columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Row = Mapping[str, str]
Rows = Sequence[Row]
Records = Mapping[str, Rows]
"""Name of a frame of records -> its rows, in the order of the document."""

SECTIONS = {
    "二": "收入预算情况说明",
    "三": "支出预算情况说明",
    "五": "一般公共预算当年拨款情况说明",
    "五（一）": "规模变化",
    "五（二）": "结构",
    "五（三）": "具体使用",
    "七": "一般公共预算项目支出情况说明",
    "十": "财政拨款“三公”经费预算情况说明",
    "十二": "其他重要事项情况说明",
    "十二（一）": "机关运行经费",
    "十二（二）": "政府采购",
    "十二（三）": "国有资产占用使用",
    "十二（四）": "预算绩效",
}
"""Number of a section of the third part -> its title."""
MOVES = {"增加": "增长", "减少": "下降"}
PROJECT_LABELS = {
    "policy_basis": "设立的政策依据",
    "printed": "预算安排规模",
    "executing_unit": "项目承担单位",
    "allocations": "资金分配情况",
    "period": "资金执行时间",
    "funding_source": "资金来源",
    "recipients": "补助人数",
    "standard": "补助标准",
}
NUMERALS = "一二三四五六七八九十"
STAFF = (
    "编制数{approved_posts}，实有{actual}人，其中：在职{in_service}人，{in_service_change}；"
    "退休{retired}人，{retired_change}；离休{li_xiu}人，{li_xiu_change}。"
)
PROCUREMENT = (
    "政府采购预算{total}万元，其中：政府采购货物预算{goods}万元，政府采购工程预算{works}万元，政府采购服务预算{services}万元。",
    "面向中小企业预留政府采购项目预算金额{sme}万元，小微企业预留政府采购项目预算金额{micro}万元。",
)
ASSETS = (
    "截至{as_of}，占用使用国有资产：",
    "1.房屋{house_area_m2}平方米，价值{house_value}万元。",
    (
        "2.车辆{vehicles}辆，价值{vehicle_value}万元；"
        "其中：一般公务用车{general_vehicles}辆，价值{general_vehicles_value}万元；"
        "执法执勤用车{enforcement_vehicles}辆，价值{enforcement_vehicles_value}万元；"
        "其他车辆{other_vehicles}辆，价值{other_vehicles_value}万元。"
    ),
    "3.办公家具价值{furniture_value}万元。",
    "4.其他资产价值{other_value}万元。",
    "单位价值50万元以上大型设备{large_equipment_over_50}台，单位价值100万元以上大型设备{large_equipment_over_100}台。",
    "{planned_vehicles}购置车辆经费，安排购置50万元以上大型设备{planned_large_over_50}台，单位价值100万元以上大型设备{planned_large_over_100}台。",
)
TARGETS = (
    "整体预算绩效目标{overall_goals}个，涉及预算金额{overall_amount}万元。",
    (
        "当年预算安排项目共{projects_total}个，其中：财政拨款项目涉及预算金额{fiscal_amount}万元；"
        "非财政拨款项目涉及预算金额{non_fiscal_amount}万元。"
    ),
    "当年财政拨款项目{fiscal_projects}个，涉及预算金额{fiscal_amount}万元。",
    "当年非财政拨款项目{non_fiscal_projects}个，涉及预算金额{non_fiscal_amount}万元。",
    "另有中央转移支付项目{upper_transfer_projects}个，涉及预算金额{upper_transfer_amount}万元。",
)


def staffing(facts: Rows) -> list[str]:
    """The sentences on departments and staff."""
    return _paragraphs(("下设{departments}个科室。", STAFF), _values(facts, "staffing"))


def explanations(records: Records, targets: list[str]) -> list[str]:
    """The third part: stated changes by sections, projects, other facts, then the tables of targets."""
    changes, facts = records["stated_changes"], records["facts"]
    lines: list[str] = []
    for number, title in SECTIONS.items():
        own = [_change(row) for row in changes if row["section"] == number]
        if number == "七":
            own = _projects(records["projects"], records["allocations"])
        if number == "十二（二）":
            own = _paragraphs(PROCUREMENT, _values(facts, "procurement"))
        if number == "十二（三）":
            own = _paragraphs(ASSETS, _values(facts, "assets"))
        if number == "十二（四）":
            own = [*_paragraphs(TARGETS, _values(facts, "performance_summary")), *targets]
        if own or number in {"五", "十二"}:
            head = f"（{number.partition('（')[2]}{title}" if "（" in number else f"{number}、{title}"
            lines += [head, "", *(line for text in own for line in (text, ""))]
    return lines


def terms(rows: Rows) -> list[str]:
    """The entries of the glossary."""
    return [line for row in rows for line in (f"{row['term']}：{row['text']}", "")]


def _change(row: Row) -> str:
    """One statement: amount, share, change, reason; 未安排 where nothing is planned."""
    names = row["subject"].split("/")
    subject = "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=False))
    subject = f"{subject}：" if len(names) > 1 else subject if row["code"] else row["subject"]
    if "not_planned" in row["flags"].split("|"):
        return f"{subject}未安排。"
    share = f"占{row['share_percent']}%" if row["share_percent"] else ""
    move = f"比上年预算{row['direction']}{row['delta_printed']}" if row["direction"] else ""
    rate = f"{MOVES[row['direction']]}{row['percent']}%" if row["percent"] else ""
    said = (row["printed"], share, move, rate, row["reason"].rstrip("。"))
    return subject + "，".join(filter(None, said)) + "。"


def _projects(projects: Rows, allocations: Rows) -> list[str]:
    """Each project's labels with what stands behind them."""
    paragraphs: list[str] = []
    for project, numeral in zip(projects, NUMERALS, strict=False):
        parts = [part for part in allocations if part["project_number"] == project["number"]]
        said = {**project, "allocations": "、".join(part["item"] + part["printed"] for part in parts)}
        paragraphs.append(f"（{numeral}）项目名称：{project['name']}")
        paragraphs += [f"{label}：{said[field]}" for field, label in PROJECT_LABELS.items() if said[field]]
    return paragraphs


def _values(facts: Rows, topic: str) -> dict[str, str]:
    """The facts of a topic; changes of staff in words."""
    values = {row["key"]: row["value"] for row in facts if row["topic"] == topic}
    for key in [key for key in values if key.endswith("_change")]:
        number = values[key]
        values[key] = f"{'减少' if number.startswith('-') else '增加'}{number.removeprefix('-')}人"
    return values


def _paragraphs(templates: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The templates of which all figures are known, filled."""
    wanted = [(text, set(re.findall(r"{(\w+)}", text))) for text in templates]
    return [text.format(**values) for text, keys in wanted if keys <= set(values)]
