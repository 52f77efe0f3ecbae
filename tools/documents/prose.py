"""The words around the tables: title page, contents, prose that names tables, narrative.  All of our own making."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.documents.files.paper import amount_text, name_text
from tools.documents.model import GENERAL

if TYPE_CHECKING:
    from tools.documents.files.layout import Layout
    from tools.documents.files.paper import Paper
    from tools.documents.model import Budget

_TITLES = (
    "收支总体情况表", "收入总体情况表", "支出总体情况表", "财政拨款收支预算总体情况表", "一般公共预算支出情况表",
    "一般公共预算基本支出情况表", "一般公共预算项目支出情况表", "政府性基金预算支出情况表",
    "国有资本经营预算支出情况表",
    "财政拨款“三公”经费支出情况表", "上年结转结余情况明细表",
)  # fmt: skip
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
_LINE = 34
"""Characters in a line of prose."""


def fold(text: str, layout: Layout) -> list[str]:
    """Prose in lines, where blanks were lost; one long line where tabs were kept."""
    if layout.cells == "tabs":
        return [text]
    return [text[i : i + _LINE] for i in range(0, len(text), _LINE)]


def _say(paper: Paper, layout: Layout, *sentences: str) -> None:
    for sentence in sentences:
        for line in fold(name_text(sentence, layout), layout):
            paper.put(line)


def before(paper: Paper, budget: Budget, layout: Layout) -> None:
    """Title page, contents, and the part on the body. That part may quote titles of tables."""
    titles = [budget.edition + title if i < 3 else title for i, title in enumerate(_TITLES)]
    if layout.title_page:
        paper.put(budget.body)
        paper.put(f"{budget.year}年{budget.edition}预算公开")
    if layout.contents != "none":
        paper.page()
        paper.put("目 录")
        entries = [f"第一部分 {budget.edition}概况", f"第二部分 {budget.year}年{budget.edition}预算公开表"]
        entries += [f"{numeral}、{title}" for numeral, title in zip(_NUMERALS, titles, strict=True)]
        entries += [f"第三部分 {budget.year}年{budget.edition}预算情况说明", "第四部分 名词解释"]
        if layout.contents == "cut off":
            entries = entries[:1]
        for page, entry in enumerate(entries, 3):
            bullet = "- " if layout.bullets and "、" in entry else ""
            dots = "." * 24 + str(page) if layout.contents == "dotted" else ""
            paper.put(bullet + entry + dots)
    paper.page()
    paper.put(f"第一部分 {budget.body}概况")
    _say(paper, layout, "一、主要职能", f"{budget.body}负责本地区有关工作，编制{budget.year}年预算，共有在职人员31人。")
    if layout.quoted_titles == "inline":
        _say(paper, layout, f"有关数字见《{titles[0]}》和《{titles[6]}》，共计12项、4.50万元，表5另有说明。")
    if layout.quoted_titles == "whole line":
        paper.put("二、本年预算的编制口径与上年相同，各项支出的数字详见本文件第二部分所附的")
        paper.put(name_text(titles[4], layout))
        paper.put("和各项目的说明，其余情况以")
        paper.put(name_text(titles[10], layout))
        paper.put("为准，不再重复。")


def after(paper: Paper, budget: Budget, layout: Layout) -> None:
    """The narrative: sums, projects and carry-over in words."""
    if layout.narrative == "none":
        return

    def money(fen: int) -> str:
        quantum = budget.quantum
        text = amount_text((fen + quantum // 2) // quantum * quantum, layout, quantum, budget.decimals)
        return text + budget.unit

    paper.page()
    paper.put(name_text(f"第三部分 {budget.year}年{budget.edition}预算情况说明", layout))
    _say(
        paper, layout,
        f"一、关于{budget.body}{budget.year}年收支预算情况总体说明",
        f"收支总预算{money(budget.total())}，其中一般公共预算{money(budget.total(sources=GENERAL))}。",
        f"二、关于{budget.body}{budget.year}年一般公共预算项目支出情况说明",
    )  # fmt: skip
    for count, project in enumerate(budget.projects[:10], 1):
        _say(
            paper, layout,
            f"（{count}）项目名称：{project.name}",
            f"预算安排规模：{money(sum(project.columns.values()))}",
            f"资金执行时间：{budget.year}年1月1日-{budget.year}年12月31日",
        )  # fmt: skip
    _say(paper, layout, f"三、关于{budget.body}{budget.year}年上年结转结余预算情况说明")
    for count, carry in enumerate(budget.carryovers, 1):
        _say(paper, layout, f"{count}.{carry.name} {money(sum(carry.amounts.values()))}，用于上年未完成的工作。")
    _say(
        paper, layout,
        f"四、关于政府性基金预算：{budget.body}{budget.year}年的情况以政府性基金预算支出情况表为准。",
        "项目支出绩效目标表", f"（{budget.year}年）", f"项目名称 {budget.body}整体目标", "年度资金总额： 5.00",
        "第四部分 名词解释",
    )  # fmt: skip
