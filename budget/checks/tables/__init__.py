"""Checks of the tables, generated from what their figures mean: Facts -> findings; pure functions, integers only."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from budget.checks.rule import Check, Finding, Outcome
from budget.checks.tables import code_names, conventions, empty_tables, figures, sums
from budget.checks.tables.equations import Verdict
from budget.checks.tables.figures import FigureIndex
from budget.checks.tables.misprints import grouped
from budget.i18n.language import N_, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from budget.checks.rule import Ref
    from budget.checks.tables.messages import Words
    from budget.model.facts import Fact, PrintedTable

__all__ = ["CHECKS", "examined", "findings", "verdicts"]

_NOT_PRINTED = N_("有数字不是原样印出（位数为推定，或由图像识别），请先与原件核对")
_WITHIN, _BETWEEN, _FORM = N_("表内"), N_("表间"), N_("编码与空表")
CHECKS: tuple[Check, ...] = (
    Check(
        sums.ROWS,
        _WITHIN,
        N_("各行之和等于合计"),
        N_("每列中，合计、小计和上级科目＝其下各行之和；允许（项数＋1）×末位的一半"),
        hard=True,
        needs=("cells",),
    ),
    Check(
        sums.COLUMNS,
        _WITHIN,
        N_("各栏之和等于合计栏"),
        N_("每行中，合计栏和小计栏＝其下各栏之和；允许（项数＋1）×末位的一半"),
        hard=True,
        needs=("cells",),
    ),
    Check(
        figures.SAME,
        _BETWEEN,
        N_("两张表印的同一个数一致"),
        N_("资金、支出性质、科目、项目、年度口径都相同的数，在各表中相同"),
        hard=True,
        needs=("cells",),
    ),
    Check(
        figures.BREAKDOWN,
        _BETWEEN,
        N_("一张表的各部分之和等于另一张表的合计"),
        N_("只列各部分的表，其和＝另一张表所印的合计"),
        hard=True,
        needs=("cells",),
    ),
    Check(
        figures.BALANCE,
        _BETWEEN,
        N_("收入等于支出"),
        N_("收支总表的收入总计＝支出总计；预算中同一科目的收入＝支出；决算只核包括结转结余的总计"),
        hard=True,
        needs=("cells",),
    ),
    Check(
        code_names.NAMES,
        _FORM,
        N_("编码与名称相符"),
        N_("科目名称所指的编码＝所印的编码；自有编号只报一次"),
        hard=False,
        needs=("cells",),
    ),
    Check(
        empty_tables.EMPTY,
        _FORM,
        N_("空表有说明"),
        N_("没有数字的表应注明“本表为空表”一类的说明，或者文字说明没有这项资金"),
        hard=False,
        needs=("statements",),
    ),
    Check(
        empty_tables.NOTE,
        _FORM,
        N_("有数字的表没有“为空表”的说明"),
        N_("注明“本表为空表”的表不应列有数字"),
        hard=False,
        needs=("statements",),
    ),
    Check(
        conventions.PAIRED,
        _BETWEEN,
        N_("缴费类款级科目与功能科目通常相等"),
        N_("30108＝2080505；30109＝2080506；30110＝2101101＋2101102；30111＝2101103；30113＝2210201"),
        hard=False,
        needs=("cells",),
    ),
    Check(
        conventions.HALF,
        _BETWEEN,
        N_("职业年金通常是基本养老保险缴费的一半"),
        N_("30109×2＝30108"),
        hard=False,
        needs=("cells",),
    ),
    Check(
        conventions.LEAST,
        _BETWEEN,
        N_("“三公”、会议、培训各项不少于基本支出中的对应科目"),
        N_("出国（境）≥30212；公务接待≥30217；公车运行≥30231；公车购置≥31013；会议≥30215；培训≥30216"),
        hard=False,
        needs=("cells",),
    ),
    Check(
        conventions.RUNNING,
        _BETWEEN,
        N_("机关运行经费通常不超过基本支出的公用经费"),
        N_("机关运行经费≤基本支出的公用经费"),
        hard=False,
        needs=("cells",),
    ),
)


def examined(facts: Iterable[Fact], tables: Mapping[int, PrintedTable]) -> tuple[FigureIndex, list[Verdict]]:
    """Index the figures by coordinates and evaluate every equation of the tables.

    Tables that are uncertain as a whole ask for none.
    """
    known = [fact for fact in facts if not (fact.table in tables and tables[fact.table].uncertain)]
    by_table: dict[int, list[Fact]] = defaultdict(list)
    for fact in known:
        by_table[fact.table].append(fact)
    within = [verdict for own in by_table.values() for verdict in sums.check(own)]
    index = FigureIndex(known, tables, within)
    return index, [*within, *figures.check(index), *conventions.check(index)]


def verdicts(facts: Iterable[Fact], tables: Mapping[int, PrintedTable]) -> list[Verdict]:
    """What came of every equation that the figures ask for."""
    return examined(facts, tables)[1]


def findings(
    words: Words,
    facts: Sequence[Fact],
    verdicts: Iterable[Verdict],
    doubt: Callable[[Collection[int]], str],
    nothing: Callable[[str], Ref | None],
    year: int | None = None,
) -> list[Finding]:
    """The findings on the tables of one disclosure: a misprint is one, and so is what could not be checked alike.

    `doubt` tells why a difference between tables may be ours; "" where nothing speaks for that; `nothing` where the
    text says that a fund has nothing. `year` is that of the document, where it is known.
    """
    found = [_doubted(verdict, doubt) for verdict in verdicts]
    made = [words.misprint(misprint) for misprint in grouped(found)]
    open_: dict[tuple[str, str, tuple[int, ...]], list[Verdict]] = defaultdict(list)
    for verdict in found:
        if verdict.outcome is Outcome.NOT_CHECKED:
            places = tuple(dict.fromkeys(fact.table for fact in verdict.equation.facts))
            open_[verdict.equation.check, verdict.why, places].append(verdict)
        elif verdict.outcome is not Outcome.DISCREPANCY:
            made.append(words.finding(verdict))
    made += [words.unchecked(check, why, ones) for (check, why, _), ones in open_.items()]
    return [
        *made,
        *code_names.check(facts, words, year),
        *empty_tables.check(facts, words, nothing),
        *_uncertain(words),
    ]


def _doubted(verdict: Verdict, doubt: Callable[[Collection[int]], str]) -> Verdict:
    """A difference that may be ours accuses nobody."""
    equation = verdict.equation
    if verdict.outcome not in {Outcome.DISCREPANCY, Outcome.HINT}:
        return verdict
    if why := doubt({fact.table for fact in equation.facts}):
        return Verdict(equation, Outcome.NOT_CHECKED, why)
    if any(fact.origin != "printed" for fact in equation.facts):
        return Verdict(equation, Outcome.HINT, _NOT_PRINTED)
    return verdict


def _uncertain(words: Words) -> Iterable[Finding]:
    for number, table in words.tables.items():
        if table.uncertain:
            message = tr("{}有多行不能相加成立，可能没有读对，整张表未核对。").format(words.table(number))
            yield Finding(sums.ROWS, Outcome.NOT_CHECKED, message, (words.table_ref(number),))
