"""The words of performance tables: titles, column heads, levels, signs; data, read by the other modules."""

from __future__ import annotations

import re

from budget.system.patterns import lazy_pattern

LEVEL1, LEVEL2, NAME = "level1", "level2", "level3"
OPERATOR, TARGET, TARGET_UNIT = "operator", "target", "target_unit"
BASIS, PRIOR, WEIGHT, RULE, EVIDENCE, REMARK = "basis", "prior_value", "weight", "scoring_rule", "evidence", "remark"

COLUMNS: dict[str, tuple[str, ...]] = {
    LEVEL1: ("一级指标", "一级绩效指标", "一级目标"),
    LEVEL2: ("二级指标", "二级绩效指标", "二级目标"),
    NAME: ("三级指标", "三级绩效指标", "三级目标", "指标名称", "具体指标"),
    OPERATOR: ("指标符号", "运算符号", "计算符号", "指标性质", "指标方向", "符号"),
    TARGET: (
        "指标值", "年度指标值", "指标目标值", "年度目标值", "目标值", "计划指标值", "预期指标值", "绩效指标值",
        "年初目标值", "指标值内容",
    ),
    TARGET_UNIT: ("计量单位", "度量单位", "指标单位", "单位"),
    BASIS: (
        "指标值设置依据", "指标值设定依据", "指标设定依据", "指标设置依据", "目标值设定依据", "设定依据", "设置依据",
        "指标值来源", "指标值依据", "指标依据",
    ),
    PRIOR: ("上年完成值", "上年度完成值", "上年实际完成值", "上年度实际完成值", "上年完成情况", "上年指标值", "历史值"),
    WEIGHT: ("指标分值权重", "分值权重", "指标权重", "指标分值", "权重", "分值", "分值（权重）"),
    RULE: ("指标赋分规则", "赋分规则", "评分规则", "计分规则", "评分标准", "赋分标准"),
    EVIDENCE: ("佐证资料", "佐证材料", "证明材料", "证明资料", "资料来源", "数据来源", "指标数据来源"),
    REMARK: ("备注", "指标说明", "指标解释", "指标内容", "说明"),
}  # fmt: skip
"""What the head of each column may read, without blanks and without a bracket behind it."""

COLUMN_OF = {label: column for column, labels in COLUMNS.items() for label in labels}
HEAD_LABEL = lazy_pattern(
    "(" + "|".join(sorted(map(re.escape, COLUMN_OF), key=len, reverse=True)) + r")(?:[（(][^（()）]{0,20}[)）])?"
)
HEAD_START = lazy_pattern(r"一级(?:绩效)?[指目]标二级(?:绩效)?[指目]标")
BORDER = frozenset({"绩效指标", "年度绩效指标", "绩效目标"})
SCORE = lazy_pattern(r"[（(]\d{1,3}(?:[-~—～至]\d{1,3})?分?[)）]分?$")
"""Behind a label: the points that it counts for."""
"""What may stand beside the columns of a table, over all its rows."""

TITLE = lazy_pattern(
    r"(?:附[件表]\d{0,2}[-—]?\d{0,2}[:：]?|表\d{1,2}[-—]?\d{0,2}[:：]?)?[^。；，,;:：]{0,40}"
    r"绩效(?:目标)?(?:申报|填报|审批|审核|申请|备案|批复|公开|情况|指标|明细|自评|自评价|评价)?表(?:[（(][^（()）]{1,20}[)）]|[一二三四五六七八九十\d])*"
)
"""Title of a performance table, alone on its line, without blanks."""
CONTINUED = lazy_pattern(r"[（(]续表?\d?[)）]")
HEADING = lazy_pattern(
    r"[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]部分"
)
PART = lazy_pattern(r"第[一二三四五六七八九十]部分")
HEAD_LINE = lazy_pattern(r"(?:预算单位|部门名称|单位名称|部门[（(]单位[)）]名称|主管部门|项目单位|项目名称)")
"""What the first lines of a table start with, without blanks."""

EVIDENCES = ("工作资料", "原始凭证", "说明材料", "佐证材料")
"""The usual evidence, which extractions run together with what stands behind it."""

OUTPUT, COST, BENEFIT, SATISFACTION = "产出指标", "成本指标", "效益指标", "满意度指标"
PARENTS: dict[str, str] = {
    "数量指标": OUTPUT,
    "质量指标": OUTPUT,
    "时效指标": OUTPUT,
    "经济成本指标": COST,
    "社会成本指标": COST,
    "生态环境成本指标": COST,
    "生态成本指标": COST,
    "经济效益指标": BENEFIT,
    "社会效益指标": BENEFIT,
    "生态效益指标": BENEFIT,
    "可持续影响指标": BENEFIT,
    "可持续发展指标": BENEFIT,
    "服务对象满意度指标": SATISFACTION,
    "社会公众满意度指标": SATISFACTION,
    "受益对象满意度指标": SATISFACTION,
}
"""The usual second level and the first level above it."""
FIRST_LEVEL = frozenset(
    (
        OUTPUT, COST, BENEFIT, SATISFACTION, "履职效能", "履职效果", "履职效益", "履职成效", "运行成本", "管理效率",
        "社会效应", "可持续发展能力", "履职效能指标", "运行成本指标", "管理效率指标", "社会效应指标", "投入指标",
        "过程指标", "管理指标", "履职指标", "履职效益指标", "可持续发展能力指标",
        "产出目标", "效果目标", "影响力目标", "投入和管理目标",
    )
)  # fmt: skip
LABELS = frozenset(PARENTS) | FIRST_LEVEL
"""Labels of the two upper levels, as broken text is searched for them."""
PREFIXES = frozenset(label[:size] for label in LABELS for size in range(1, len(label)))
SUFFIXES = frozenset(label[size:] for label in LABELS for size in range(1, len(label)))

OPERATORS = {
    "＞=": ">=", "＞＝": ">=", ">=": ">=", ">＝": ">=", "≥": ">=", "≧": ">=", "=>": ">=", "=＞": ">=",
    "大于等于": ">=", "不低于": ">=", "不少于": ">=", "不小于": ">=",
    "＜=": "<=", "＜＝": "<=", "<=": "<=", "<＝": "<=", "≤": "<=", "≦": "<=", "=<": "<=", "=＜": "<=",
    "小于等于": "<=", "不超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=",
    "＞": ">", ">": ">", "大于": ">", "＜": "<", "<": "<", "小于": "<", "=": "=", "＝": "=", "等于": "=",
}  # fmt: skip
"""Signs and words of comparison as printed."""
SIGNS = "＞＜><≥≤≧≦=＝"
