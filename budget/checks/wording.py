"""What is said of checks and findings: outcomes, places, sides; the catalogue as a table for the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.checks import catalogue
from budget.checks.rule import Outcome, worded
from budget.i18n.language import CHINESE, N_, joined, tr, using
from budget.model.disclosure import MoneyUnit
from budget.model.money import FEN, format_fen, in_unit, unit_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from budget.checks.rule import Check, Finding, Ref

OUTCOMES: dict[Outcome, str] = {
    Outcome.DISCREPANCY: N_("不符"),
    Outcome.HINT: N_("提示"),
    Outcome.NOT_CHECKED: N_("未核"),
    Outcome.ROUNDING: N_("舍入"),
    Outcome.EXACT: N_("一致"),
    Outcome.NOT_APPLICABLE: N_("不适用"),
}
"""The outcomes in the order in which they are listed."""
MEANINGS: dict[Outcome, str] = {
    Outcome.DISCREPANCY: N_("必须成立的关系不成立，舍入也不能解释：两处不能同时成立，须回原文核实"),
    Outcome.HINT: N_("通常成立的关系不成立：值得看一看，不一定有误"),
    Outcome.NOT_CHECKED: N_("缺少数字或对照年度，数字所在的列未能确定，或这一列正是由这条规则定出的"),
    Outcome.ROUNDING: N_("有差额，四舍五入可以解释"),
    Outcome.EXACT: N_("两边相等"),
    Outcome.NOT_APPLICABLE: N_("这条规则在这份资料中没有可以核对的内容"),
}
SIGNAL = N_("核对结果是信号，不是结论，须回原文核实")
FRAMES = {
    "stated_changes": N_("增减说明"),
    "projects": N_("项目情况"),
    "allocations": N_("项目构成"),
    "plans": N_("绩效目标表"),
    "indicators": N_("绩效指标"),
    "facts": N_("基本情况"),
    "passages": N_("正文"),
    "statements": N_("各表"),
    "lines": N_("各表"),
    "cells": N_("各表"),
    "terms": N_("名词解释"),
}
"""What the frames are called that a check needs."""
_MOST_DECIMALS = 10
"""Decimals of 万元 and 亿元 as people write them."""
_PLACES = 2
"""So many places are listed; of more the first."""
_HEADS = (N_("规则号"), N_("规则"), N_("内容"), N_("性质"), N_("需要"))


class Sides(NamedTuple):
    """Both sides, difference and tolerance in words; "" where there is none."""

    left: str
    right: str
    difference: str
    tolerance: str


def check_of(finding: Finding) -> Check:
    """The rule that a finding comes from."""
    return catalogue.by_id(finding.check)


def exact_decimals(fens: list[int], unit: MoneyUnit, least: int = 2) -> int:
    """Decimals, at least so many, that show each of these amounts exactly."""
    decimals = least
    while decimals < _MOST_DECIMALS and any(fen * 10**decimals % FEN[unit] for fen in fens):
        decimals += 1
    return decimals


def amount(fen: int, unit: MoneyUnit) -> str:
    """An amount without its unit, exact: 0.01."""
    return format_fen(fen, unit, exact_decimals([fen], unit, least=0 if unit is MoneyUnit.YUAN else 2))


def amount_beside(finding: Finding, fen: int, unit: MoneyUnit) -> str:
    """An amount with its unit, exact: 0.01万元. The unit is that of the sentence of the finding, else `unit`."""
    told = (one for one in (MoneyUnit.WAN, MoneyUnit.YUAN) if unit_title(one) in finding.message)
    shown = next(told, unit)
    return in_unit(amount(fen, shown), shown)


def sentence(finding: Finding) -> str:
    """What a finding says in one sentence; one without figures begins with its rule."""
    if finding.refs:
        return finding.message
    return tr("{0}：{1}").format(worded(check_of(finding).title), finding.message)


def difference(finding: Finding, unit: MoneyUnit) -> str:
    """By how much both sides differ, without a sign; "" where that is no money."""
    fen = finding.difference_fen
    return amount_beside(finding, abs(fen), unit) if fen else ""


def places(refs: Iterable[Ref]) -> str:
    """Where figures stand, each place once; of many the first one and how many there are."""
    every = list(dict.fromkeys(filter(None, map(where, refs))))
    if len(every) > _PLACES:
        return tr("{0}等{1}处").format(every[0], len(every))
    return joined(every)


def sides(finding: Finding, unit: MoneyUnit) -> Sides:
    """Both sides of a finding as texts: the amounts in this unit, which goes without saying; else as worded."""

    def said(text: str, fen: int | None) -> str:
        return text if fen is None else amount(fen, unit)

    return Sides(
        said(finding.left, finding.left_fen),
        said(finding.right, finding.right_fen),
        said("", finding.difference_fen),
        said("", finding.tolerance_fen),
    )


def where(ref: Ref) -> str:
    """第12页, in documents without pages 第376行; "" where neither is known."""
    if ref.page is not None:
        return tr("第{}页").format(ref.page)
    return tr("第{}行").format(ref.line) if ref.line is not None else ""


def ref_words(ref: Ref, year: str = "", shown: str = "") -> str:
    """One figure in words: what it is called, as printed, where it stands; the year where it is the baseline's.

    What is `shown` beside it already is not said again.
    """
    printed = "" if ref.text in {"", shown} or ref.text in ref.label else ref.text
    return joined((f"{year} {ref.label}".strip(), printed, where(ref)), "，")


def title(finding: Finding) -> str:
    """The rule, and what it was applied to."""
    label = finding.refs[0].label if finding.refs else ""
    rule = worded(check_of(finding).title)
    return tr("{0}：{1}").format(rule, label) if label else rule


@using(CHINESE)
def catalogue_markdown() -> str:
    """The table of all rules for the docs, as Markdown: a heading a topic; Chinese whatever the interface speaks."""
    lines: list[str] = []
    topic = ""
    for check in catalogue.CHECKS:
        if check.topic != topic:
            topic = check.topic
            lines += [
                "",
                f"### {tr(topic)}",
                "",
                f"| {' | '.join(map(tr, _HEADS))} |",
                "| --- | --- | --- | --- | --- |",
            ]
        rule, formula = worded(check.title), worded(check.formula)
        lines.append(f"| `{check.id}` | {rule} | {formula} | {kind(check)} | {_needs(check)} |")
    return "\n".join([*lines[1:], ""])


def kind(check: Check) -> str:
    """Whether a rule must hold; whether it needs the other year."""
    rule = tr("必须成立") if check.hard else tr("通常成立")
    return tr("{rule}，跨年").format(rule=rule) if check.baseline else rule


def _needs(check: Check) -> str:
    return joined(dict.fromkeys(tr(FRAMES[name]) for name in check.needs))
