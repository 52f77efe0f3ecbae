"""What each frame and each of its columns means: tables of the docs, which are Chinese."""

from __future__ import annotations

FRAMES: dict[str, str] = {
    "disclosures": "每份资料一行：谁的、哪一年、从哪个文件读入",
    "statements": "每张表一行：印的题目、单位、有哪些列、从哪里到哪里",
    "lines": "表中的每一行，没有金额的行也在内",
    "cells": "印出的每一个金额一行；统计和计算用这个",
    "passages": "正文，每行一行",
    "notices": "阅读报告中的说明：什么不确定，什么没读到",
    "stated_changes": "文字说明里的金额、比重和增减，及其原因",
    "projects": "文字说明里的项目情况",
    "allocations": "项目金额由哪些部分构成",
    "plans": "绩效目标表，每张一行",
    "indicators": "绩效指标，每个一行",
    "facts": "文字说明里的人员、运行经费、采购、资产等数字",
    "terms": "资料自己的名词解释",
}
"""Frame -> what a row of it is."""

EVERYWHERE: dict[str, str] = {
    "disclosure_id": "资料的编号，各数据表由它相连（原文件 SHA-256 的前 16 位）",
    "page": "所在的页；没有分页的文件为空",
    "line": "所在的行，即正文（`passages`）的第几行",
    "flags": "印得不寻常之处的代号，见下面的“代号”；没有就是空",
    "amount_fen": "金额；没有印出时为空",
    "half_unit": "印出的末位的一半，即四舍五入最多差多少",
    "printed": "印出的金额原样",
}
"""Columns that mean the same in every frame that has them, unless it says otherwise."""

_OF_LINES: dict[str, str] = {
    "statement": "哪一张表，代号见下面的“表和列的代号”；没有通用名称的表是 `other_1` 等",
    "row_no": "在这张表中是第几行，从 1 起",
    "side": "收支两栏的表：`revenue` 收入一边，`expenditure` 支出一边；其他表为空",
    "row_kind": "行的种类，见下面的“代号”",
    "code": "印出的编码，去掉空格；没有印时为空",
    "resolved_code": "确定的编码：汇总、对比、核对用它",
    "line_key": "这一行在表中的名字，不重复；对比两年时用它配对",
    "name": "名称，去掉序号和排版的空格",
    "project": "项目名称；不是项目的行为空",
}

_COORDINATES: dict[str, str] = {
    "table_no": "资料中的第几张表，从 1 起",
    "flow": "`revenue` 收入，`expenditure` 支出；题目两边都有时为 `both`",
    "fund": "资金来源，如 `general_public` 一般公共预算；空的是全部资金，`?` 后是没有归类的原文",
    "kind": "支出性质，如 `basic` 基本支出、`project` 项目支出；空的是全部",
    "version": (
        "`budget` 预算，`final` 决算，`prior_budget` 上年预算，`prior_final` 上年决算，"
        "`adjusted` 调整预算，`change` 增减额"
    ),
}

_OF_TARGETS: dict[str, str] = {
    "scope": "`entity` 整体，`project` 项目",
    "project": "项目名称；整体目标为空",
}

COLUMNS: dict[str, dict[str, str]] = {
    "disclosures": {
        "sha256": "原文件的 SHA-256，用来认定是不是同一个文件",
        "body": "部门或单位的名称",
        "aliases": "同一资料中这个部门（单位）的其他写法",
        "fiscal_year": "年度",
        "phase": "`budget` 预算，`final_accounts` 决算",
        "edition": "`department` 部门口径，`unit` 单位口径；资料没有说明时为空",
        "title": "资料的题目",
        "source_path": "读入时原文件的位置",
        "source_name": "原文件的名称",
        "source_format": "原文件的格式（按内容判断）",
        "encoding": "文本文件的编码；其他格式为空",
        "line_count": "正文有多少行",
        "page_count": "有多少页；没有分页的文件为空",
        "loader_version": "读入这份资料的程序版本号",
    },
    "statements": {
        "statement": "表的代号",
        **_COORDINATES,
        "breakdown": (
            "各行按什么分：`function` 功能分类，`economic` 经济分类，`two_sided` 收支两栏，"
            "`project` 项目，`items` 条目等"
        ),
        "uncertain": "`true` 表示多处与自身的合计不符，整张表不核对",
        "printed_number": "印出的表号",
        "printed_title": "印出的题目",
        "money_unit": "金额单位",
        "unit_stated": "表上是否印了单位；`false` 表示单位取自别处",
        "measures": "有哪些列（代号），按印出的顺序",
        "note": "表下的备注原样，如空表的说明",
        "line_from": "从正文第几行起",
        "line_to": "到正文第几行止",
        "page_from": "从第几页起；没有分页的文件为空",
        "page_to": "到第几页止；没有分页的文件为空",
    },
    "lines": {
        **_OF_LINES,
        "label": "印出的名称原样，带序号",
        "level": "层次：总计是 0，往下加 1",
    },
    "cells": {
        **_OF_LINES,
        **_COORDINATES,
        "function": "功能分类编码，按原样；空的是全部",
        "economic": "经济分类编码，按原样；空的是全部",
        "item": "条目，如 `three_public` “三公”经费、`procurement` 政府采购；其他条目是原文",
        "unit": "所属单位的名称；空的是整个部门（单位）",
        "standard_code": "名称如今对应的编码；与印出的编码一致时为空",
        "column_no": "表中的第几列，从 0 起",
        "block": "并排的几个表中的第几个，从 0 起",
        "title": "表的题目，按原样",
        "row_path": "这一行的各级名称，从外到内，按原样",
        "column_path": "表头各级，从外到内，按原样",
        "measure": "哪一列，代号见下面的“表和列的代号”；不认识的列是印出的表头",
        "column_status": "这一列有多可靠，见下面的“标记”",
        "candidates": "推断或未定时，可能的各列",
        "solved_by": "定出这一列的等式的代号",
        "line": "金额本身所在的行，即正文（`passages`）的第几行",
        "box": "在页面上的位置：左、上、右、下，从页面左上角量起；没有页面的文件为空",
        "origin": "数字从哪里来，见下面的“标记”",
    },
    "passages": {
        "heading": "所在的标题，从大到小用 › 连接",
        "text": "这一行的文字",
    },
    "notices": {
        "severity": "`info` 说明，`uncertain` 不确定，`lost` 未读到",
        "statement": "与哪张表有关；与哪张都无关时为空",
        "line": "与正文第几行有关；没有时为空",
        "text": "一句话",
        "values": "这句话里填的内容；导出时已填进 `text`，没有这一列",
    },
    "stated_changes": {
        "section": "所在一节的序号",
        "subject": "说的是什么：一种资金、基本支出，或类、款、项的名称，用 / 连接",
        "code": "类、款、项的编码；不是类、款、项，或哪张表都没有时为空",
        "share_percent": "占总额的比重，照印",
        "direction": "增加、减少或持平；没有说时为空",
        "delta_fen": "增减额；没有说时为空",
        "delta_half_unit": "增减额末位的一半",
        "delta_printed": "印出的增减额原样",
        "percent": "增减的幅度，照印，不带正负号",
        "base": "与什么比：`prior_budget` 上年预算，`prior_executed` 上年执行数，`prior_year` 上年（未说明哪个数），"
        "`own_budget` 本年预算；没有说时为空",
        "reason": "主要原因，照印",
        "base_fen": "所比的数；没有印时为空",
        "base_half_unit": "所比的数末位的一半",
        "base_printed": "印出的所比的数原样",
    },
    "projects": {
        "number": "第几个项目，按资料中的顺序",
        "name": "项目名称",
        "policy_basis": "设立的政策依据",
        "executing_unit": "实施单位",
        "period": "期限，照印",
        "period_start": "期限的开始日期；看不出时为空",
        "period_end": "期限的结束日期；看不出时为空",
        "funding_source": "资金来源",
        "recipients": "受益人数和范围",
        "standard": "补助标准",
        "method": "补助方式",
        "procedure": "发放程序",
        "benefits": "社会经济效益",
        "overview": "项目概况",
    },
    "allocations": {
        "project_number": "第几个项目，同 `projects` 的 `number`",
        "project": "项目名称",
        "project_amount_fen": "整个项目的金额",
        "item": "这一部分的名称",
        "printed": "印出的金额原样，连单位",
    },
    "plans": {
        **_OF_TARGETS,
        "number": "第几张目标表，按资料中的顺序",
        "unit": "预算单位的名称",
        "total_fen": "资金总额",
        "appropriation_fen": "其中财政拨款",
        "other_fen": "其中其他资金",
        "upper_level_fen": "其中上级资金（整体目标表）",
        "own_level_fen": "其中本级资金（整体目标表）",
        "goal": "年度目标，照印",
    },
    "indicators": {
        **_OF_TARGETS,
        "plan": "第几张目标表，同 `plans` 的 `number`",
        "number": "在这张表中是第几个指标",
        "level1": "一级指标",
        "level2": "二级指标",
        "level3": "三级指标",
        "operator": "比较的符号：>= <= > < =；没有时为空",
        "target_value": "指标值的数字；不是数字时是文字",
        "target_unit": "指标值的单位",
        "target": "指标值，照印",
        "basis": "指标值的依据",
        "prior_value": "上年完成值，照印",
        "weight": "权重，照印",
        "scoring_rule": "赋分规则",
        "evidence": "佐证资料",
        "status": "`printed` 照印，`rejoined` 断开的文字已接上，`uncertain` 接得不确定",
    },
    "facts": {
        "topic": "哪一方面，见下面的“代号”",
        "key": "是什么数，见下面的“代号”",
        "value": "印出的数或文字",
        "amount_fen": "是金额时的数；不是金额时为空",
        "unit": "数的单位：人、辆、平方米、万元……",
    },
    "terms": {
        "term": "名词",
        "text": "资料的解释",
    },
}
"""Frame -> column -> what it means there."""

ADDED: dict[str, str] = {
    "…_yuan": "每个 `…_fen` 列都另有同名的 `…_yuan` 列，以元计，最多两位小数",
    "body": "部门或单位的名称（`disclosures` 以外的各表）",
    "fiscal_year": "年度（`disclosures` 以外的各表）",
}
"""Columns that an export adds to those of a frame."""


def meaning(frame: str, column: str) -> str:
    """What a column of a frame means; KeyError where nobody has said it."""
    own = COLUMNS[frame]
    return own[column] if column in own else EVERYWHERE[column]


def unit(column: str) -> str:
    """The unit of the numbers of a column, "" for none: amounts are fen, places on a page points."""
    if column.endswith(("_fen", "half_unit")):
        return "分"
    if column in {"percent", "share_percent"}:
        return "%"
    return "点" if column == "box" else ""
