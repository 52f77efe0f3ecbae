"""Headers of the eleven tables: as flowing text where blanks were lost, as rows of cells where tabs were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.documents.files.paper import wrap

if TYPE_CHECKING:
    from tools.documents.files.layout import Layout
    from tools.documents.known_forms.tables import Table

_SOURCES = (
    "一般公共预算", "上级一般公共预算安排的转移支付", "政府性基金预算", "上级政府性基金安排的转移支付",
    "国有资本经营预算", "上级国有资本经营预算安排的转移支付",
)  # fmt: skip
_OTHERS = ("财政专户（教育收费）", "单位资金", "财政拨款结转", "非财政拨款结转结余")
_SUB = "财政拨款（补助）小计"
_ECONOMIC = (
    "项目支出合计", "工资福利支出", "商品和服务支出", "对个人和家庭的补助", "债务利息及费用支出",
    "资本性支出（基本建设）", "资本性支出", "对企业补助（基本建设）", "对企业补助", "对社会保障基金补助", "其他支出",
)  # fmt: skip
_WHOSE = {
    3: "支出预算", 5: "一般公共预算支出", 6: "一般公共预算基本支出", 8: "政府性基金预算支出", 9: "国有资本经营预算支出",
}  # fmt: skip


def label_columns(table: Table, layout: Layout) -> int:
    """How many tab-separated cells stand before the amounts of a one-sided table."""
    if table.number in {10, 11}:
        return 1
    levels = 2 if table.number == 6 else 3
    if layout.code_style == "split":
        return levels + 1 + (table.number == 7)
    if layout.code_style == "glued":
        return levels if table.number not in {2, 7} else levels + 1 + (table.number == 7)
    return 2 + (table.number == 7)


def flowing(table: Table, layout: Layout, *, again: bool) -> list[list[str]]:  # noqa: PLR0911 - one a table
    """Header cells of a table in lost-blank text, one list a line; `again` on a continuation page."""
    codes = ["功能分类", "科目编码"] if table.number != 6 else ["经济分类科", "目编码"]
    levels = [["类 款" if table.number == 6 else "类 款 项"]] if layout.code_style == "spaced" else []
    if table.number == 1:
        return [["收入", "支出"], ["项目", "预算数", _classification(layout), "预算数"]]
    if table.number == 2:
        names = ["功能分类科目名称", "总计"]
        if again and layout.continuation == "reordered":
            return [codes[:1], codes[1:], names, ["财政拨款（补助）"], [*_OTHERS], *levels, [_SUB, *_SOURCES]]
        return [codes[:1], codes[1:], ["财政拨款（补助）"], *levels, [*names, _SUB, *_SOURCES, *_OTHERS]]
    if table.number == 4:
        return [
            ["财政拨款收入", "财政拨款支出"],
            ["项目", "合计", _classification(layout), "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
        ]
    if table.number == 7:
        return [["科目编码"], *levels, ["功能分类科目名称", "项目名称", *_economic(layout)]]
    if table.number == 10:
        return [["资金来源"], ["“三公”经费支出内容", "合计"], ["一般公共预算", "政府性基金", "国有资本经营预算"]]
    if table.number == 11:
        word = layout.carry_columns
        pair = ["人员经费", "公用经费"]
        return [
            ["财政拨款", "非财政拨款"], ["基本支出", "基本支出", "项目名称", "总计"], [word], pair,
            ["项目支出", word], pair, ["项目支出"],
        ]  # fmt: skip
    name = "经济分类科目名称" if table.number == 6 else "功能分类科目名称"
    top = [["科目", _WHOSE[table.number]], ["".join(codes)]]
    if table.number in {8, 9} and layout.fund_columns == "personnel":
        top[1] = ["".join(codes), "基本支出"]
        return [*top, *levels, [name, "合计"], ["人员经费", "公用经费"], ["项目支出"]]
    return [*top, *levels, [name, "合计", *_plain(table)]]


def flowing_lines(table: Table, layout: Layout, *, again: bool) -> list[tuple[str, bool]]:
    """The same as visual lines: (text, tight)."""
    lines: list[tuple[str, bool]] = []
    for cells in flowing(table, layout, again=again):
        current = ""
        for cell in cells:
            pieces = wrap(cell, 5) if layout.header_style == "wrapped" and len(cell) > 6 else [cell]
            if len(pieces) == 1:
                current = f"{current}{layout.gap}{cell}" if current else cell
                continue
            if current:
                lines.append((current, False))
                current = ""
            lines += [(piece, False) for piece in pieces]
        if current:
            lines.append((current, False))
    if layout.star_row:
        labels = {1: 0, 4: 0, 10: 1, 11: 1, 6: 3, 7: 5}.get(table.number, 4)
        if labels > 1 and layout.code_style != "spaced":
            labels -= 1 if table.number == 6 else 2
        if labels:
            stars = ["※"] * labels + [str(n + 1) for n in range(len(table.columns))]
            lines.append((" ".join(stars), False))
    return lines


def grid(table: Table, layout: Layout, *, again: bool) -> list[list[str]]:
    """Header rows of a table whose cells are separated by tabs."""
    if table.number == 1:
        return [["收入", "", "支出", ""], ["项目", "预算数", _classification(layout), "预算数"]]
    funds = ["一般公共预算", "政府性基金预算", "国有资本经营预算"]
    if table.number == 4:
        kept = funds[: len(table.columns) - 1]
        return [
            ["财政拨款收入", "", "财政拨款支出", "", *[""] * len(kept)],
            ["项目", "合计", _classification(layout), "合计", *kept],
        ]
    before = label_columns(table, layout)
    width = before + len(table.columns)
    rows = _grid_rows(table, layout, before)
    if again and layout.tab_fault == "second header short" and table.number == 2:
        rows[0] = [cell for i, cell in enumerate(rows[0]) if i != before + 3] + [""]
        rows[1] = [cell for cell in rows[1] if cell != _SOURCES[-1]] + [""]
    if layout.star_row:
        rows.append(["※"] * before + [str(n + 1) for n in range(len(table.columns))])
    return [row + [""] * (width - len(row)) for row in rows]


def _grid_rows(table: Table, layout: Layout, before: int) -> list[list[str]]:
    pad = [""] * (before - 1)
    if table.number == 10:
        funds = ["一般公共预算", "政府性基金", "国有资本经营预算"]
        return [["“三公”经费支出内容", "合计", "资金来源"], ["", "", *funds]]
    if table.number == 11:
        word, pair = layout.carry_columns, ["基本支出", "", "项目支出"]
        return [
            ["项目名称", "总计", "财政拨款", "", "", "", "非财政拨款", "", "", ""],
            ["", "", word, *pair, word, *pair],
            ["", "", "", "人员经费", "公用经费", "", "", "人员经费", "公用经费", ""],
        ]
    if table.number == 2:
        name = [*[""] * (before - 2), "功能分类科目名称", "总计"]
        return [
            ["功能分类科目编码", *name, "财政拨款（补助）", *[""] * 6, *_OTHERS],
            [*[""] * (before + 1), _SUB, *_SOURCES],
            *_levels(table, layout, before),
        ]
    if table.number == 7:
        return [
            ["科目编码", *[""] * (before - 3), "功能分类科目名称", "项目名称", *_economic(layout)],
            *_levels(table, layout, before),
        ]
    whose = ["科目", *pad, _WHOSE[table.number]]
    kind = "经济" if table.number == 6 else "功能"
    names = [f"{kind}分类科目编码", *[""] * (before - 2), f"{kind}分类科目名称", "合计"]
    if table.number in {8, 9} and layout.fund_columns == "personnel":
        return [
            whose, [*names, "基本支出", "", "项目支出"],
            [*(_levels(table, layout, before) or [[""] * before])[0], "", "人员经费", "公用经费"],
        ]  # fmt: skip
    return [whose, [*names, *_plain(table)], *_levels(table, layout, before)]


def _levels(table: Table, layout: Layout, before: int) -> list[list[str]]:
    if layout.code_style not in {"split", "glued"}:
        return []
    levels = ["类", "款"] if table.number == 6 else ["类", "款", "项"]
    return [(levels + [""] * before)[:before]]


def _plain(table: Table) -> list[str]:
    titles = {"basic": "基本支出", "project": "项目支出", "personnel": "人员经费", "operating": "公用经费"}
    return [titles[column] for column in table.columns[1:]]


def _classification(layout: Layout) -> str:
    return "功能分类" if layout.label_variant == "short" else "支出功能分类"


def _economic(layout: Layout) -> tuple[str, ...]:
    if layout.label_variant == "plain":
        return _ECONOMIC
    return tuple(title.replace("商品和服务", "商品服务") for title in _ECONOMIC)
