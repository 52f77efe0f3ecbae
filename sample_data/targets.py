"""The tables of performance targets of a sample: every cell behind its tab, labels of levels beside their first row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Mapping[str, str]

HEADERS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "指标值",
    "basis": "指标值设置依据",
    "prior_value": "上年完成值",
    "weight": "指标分值权重",
    "scoring_rule": "指标赋分规则",
    "evidence": "佐证资料",
}
"""Columns of the frame of indicators -> their heads."""
ENTITY_HEADERS = ("level1", "level2", "level3", "target", "basis", "weight")
"""The columns of the table of a whole body."""
WAN = 1_000_000
"""Fen."""


def tables(plans: Sequence[Row], indicators: Sequence[Row], year: int, edition: str) -> list[str]:
    """Each table's lines, joined: title, year, budget and its split, overall goal, indicators."""
    return ["\n".join(_table(plan, _of(indicators, plan), year, edition)) for plan in plans]


def _of(indicators: Sequence[Row], plan: Row) -> list[Row]:
    return [row for row in indicators if row["plan"] == plan["number"]]


def _table(plan: Row, indicators: list[Row], year: int, edition: str) -> list[str]:
    entity = plan["scope"] == "entity"
    title = f"{edition}整体绩效目标表" if entity else "项目支出绩效目标表"
    return [
        title,
        "",
        f"（{year}年）",
        "",
        *(_entity_head(plan, edition) if entity else _project_head(plan)),
        *_rows(indicators, ENTITY_HEADERS if entity else tuple(HEADERS)),
    ]


def _entity_head(plan: Row, edition: str) -> list[str]:
    return [
        f"{edition}名称\t{plan['unit']}",
        f"年度绩效目标\t{plan['goal']}",
        "年度预算(万元)\t资金来源\t\t资金总额（万元）",
        f"\t财政资金（万元）\t上级安排\t{_wan(plan['upper_level_fen'])}",
        f"\t\t本级安排\t{_wan(plan['own_level_fen'])}",
        f"\t其他资金（万元）\t其他\t{_wan(plan['other_fen'])}",
    ]


def _project_head(plan: Row) -> list[str]:
    money = ("年度预算总额", _wan(plan["total_fen"]), "其中：财政拨款", _wan(plan["appropriation_fen"]))
    return [
        f"预算单位\t{plan['unit']}",
        f"项目名称\t{plan['project']}",
        "\t".join(("项目资金(万元)", *money, "其他资金", _wan(plan["other_fen"]))),
        f"项目总体目标\t{plan['goal']}",
    ]


def _rows(indicators: list[Row], columns: tuple[str, ...]) -> list[str]:
    lines = ["\t".join(HEADERS[column] for column in columns)]
    before = ("", "")
    for row in indicators:
        levels = (row["level1"], row["level2"])
        first = levels[0] if levels[0] != before[0] else ""
        second = levels[1] if levels != before else ""
        before = levels
        lines.append("\t".join((first, second, *(row[column] for column in columns[2:]))))
    return lines


def _wan(fen: str) -> str:
    """Fen as 万元 with two decimals, grouped."""
    return f"{int(fen) // WAN:,}.{int(fen) % WAN * 100 // WAN:02d}" if fen else ""
