"""How figures of tables are called, and what findings on them say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from budget.checks.rule import Finding, Outcome, Ref
from budget.i18n.language import N_, joined, sentence, tr
from budget.model import money
from budget.model.disclosure import MoneyUnit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from budget.checks.tables.equations import Equation, Verdict
    from budget.checks.tables.misprints import Misprint
    from budget.model.facts import Fact, PrintedTable

CLASH = N_("两处数字不能同时成立")
_CUT = N_("末位可能是截尾而不是舍入")
_HALF_OF_WAN = 5_000
"""Fen: half of the last digit of amounts in 万元 with two decimals."""
_FOLLOWING = 3
"""Consequences of a misprint that its message tells."""


class Words:
    """The tables of one disclosure as messages name them."""

    def __init__(self, disclosure_id: str, tables: Mapping[int, PrintedTable], file: str = "") -> None:
        self.disclosure_id = disclosure_id
        self.tables = tables
        self.file = file
        """The file that prints them, where it is not the one that is checked; "" for the same."""
        self._refs: dict[tuple[int, int, int, int], Ref] = {}

    def table(self, number: int) -> str:
        """支出预算总表."""
        table = self.tables.get(number)
        return (table.title if table and table.title else "") or tr("第{}张表").format(number)

    def place(self, fact: Fact) -> str:
        """支出预算总表 第3页."""
        page, line = fact.page, fact.line
        if page is None and line is None and (table := self.tables.get(fact.table)) is not None:
            page, line = table.page_from, table.line_from
        where = tr("第{}页").format(page) if page is not None else tr("第{}行").format(line) if line is not None else ""
        return f"{self.table(fact.table)} {where}".strip()

    def ref(self, fact: Fact) -> Ref:
        """Where a figure stands."""
        place = (fact.table, fact.row, fact.column, fact.block)
        known = self._refs.get(place)
        if known is None:  # a figure stands in several findings
            known = self._refs[place] = self._ref(fact)
        return known

    def _ref(self, fact: Fact) -> Ref:
        table = self.tables.get(fact.table)
        return Ref(
            self.disclosure_id,
            "cells",
            f"{self.file} {self.table(fact.table)} {label(fact)}".strip(),
            fact.printed,
            fact.amount_fen,
            table.statement if table else "",
            fact.row,
            str(fact.column),
            fact.line,
            fact.page,
        )

    def table_ref(self, number: int) -> Ref:
        """Where a whole table stands."""
        table = self.tables.get(number)
        place = (table.line_from, table.page_from) if table else (None, None)
        statement = table.statement if table else ""
        return Ref(
            self.disclosure_id,
            "statements",
            f"{self.file} {self.table(number)}".strip(),
            "",
            None,
            statement,
            None,
            "",
            *place,
        )

    def finding(self, verdict: Verdict) -> Finding:
        """What came of one equation."""
        equation = verdict.equation
        refs = tuple(map(self.ref, dict.fromkeys(equation.facts)))
        left = sum(fact.amount_fen for fact in equation.left)
        right = sum(fact.amount_fen for fact in equation.right)
        message = self._message(verdict)
        return Finding(equation.check, verdict.outcome, message, refs, left, right, left - right, equation.tolerance)

    def misprint(self, misprint: Misprint) -> Finding:
        """A discrepancy with all that follows from the same figure."""
        findings = [self.finding(verdict) for verdict in misprint.verdicts]
        first, following = findings[0], tuple(findings[1:])
        if not following or misprint.suspect is None:
            return first
        named = [self.sides(verdict.equation) for verdict in misprint.verdicts[1 : _FOLLOWING + 1]]
        more = len(following) - len(named)
        if more:
            named.append(tr("另有 {} 项").format(more))
        message = tr("{message}同一个数（{figure} {amount}）还使下列不能成立：{others}。").format(
            message=first.message,
            figure=f"{self.place(misprint.suspect)} {label(misprint.suspect)}".strip(),
            amount=misprint.suspect.printed or amount(misprint.suspect.amount_fen, misprint.verdicts[0].equation),
            others=joined(named, "；"),
        )
        return first._replace(message=message, follows=following)

    def unchecked(self, check: str, why: str, verdicts: Sequence[Verdict]) -> Finding:
        """Finding for equations that could not be checked for one reason. All of them are of the same tables."""
        refs = tuple(self.ref(fact) for verdict in verdicts for fact in verdict.equation.left)
        said = sentence(why, verdicts[0].values)
        template = tr("{sides}：{why}，未核对。")
        message = template.format(sides=self.sides(verdicts[0].equation), why=said)
        if len(verdicts) > 1:
            message = tr("{sides}等 {count} 处：{why}，未核对。").format(
                sides=self.sides(verdicts[0].equation), count=len(verdicts), why=said
            )
        return Finding(check, Outcome.NOT_CHECKED, message, tuple(dict.fromkeys(refs)))

    def sides(self, equation: Equation) -> str:
        """What is compared: 支出预算总表 第3页 ＝ 收支预算总表 第1页, or a whole and its parts."""
        first, second = equation.left[0], equation.right[0]
        if first.table != second.table and len(equation.facts) == 2:  # noqa: PLR2004 - one figure, printed twice
            return tr("{left} ＝ {right}（{what}）").format(
                left=self.place(first), right=self.place(second), what=label(first)
            )
        if first.table != second.table:
            places = joined(dict.fromkeys(map(self.place, equation.right)))
            return tr("{left} {whole} ＝ {right}各部分之和").format(
                left=self.place(first), whole=label(first), right=places
            )
        whole, parts = self._whole_and_parts(equation)
        return tr("{table} {whole} ＝ {parts}").format(table=self.place(first), whole=whole, parts=parts)

    def _message(self, verdict: Verdict) -> str:
        equation = verdict.equation
        if verdict.outcome is Outcome.EXACT and not verdict.why:
            return tr("{sides}，一致。").format(sides=self.sides(equation))
        figures, gap = self._figures(equation), amount(abs(equation.difference), equation)
        if verdict.outcome is Outcome.EXACT:
            return tr("{figures}，{why}。").format(figures=figures, why=sentence(verdict.why, verdict.values))
        if verdict.outcome is Outcome.ROUNDING:
            return tr("{figures}，相差 {gap}，四舍五入可以解释。").format(figures=figures, gap=gap)
        if verdict.outcome is Outcome.HINT:
            why = sentence(verdict.why or _CUT, verdict.values)
            return tr("{figures}，相差 {gap}：{why}，请核对。").format(figures=figures, gap=gap, why=why)
        said = tr(CLASH)
        if equation.tolerance:
            return tr("{figures}，相差 {gap}，四舍五入至多可差 {room}，{said}。").format(
                figures=figures, said=said, gap=gap, room=amount(equation.tolerance, equation)
            )
        return tr("{figures}，相差 {gap}，{said}。").format(figures=figures, said=said, gap=gap)

    def _figures(self, equation: Equation) -> str:
        """What is compared, with both amounts: 基本支出：支出预算总表为 1.00万元，收支预算总表为 2.00万元."""
        first, second = equation.left[0], equation.right[0]
        left, right = (amount(sum(f.amount_fen for f in side), equation) for side in (equation.left, equation.right))
        if first.table == second.table:
            whole, parts = self._whole_and_parts(equation)
            return tr("{whole}为 {left}，{parts}为 {right}（{table}）").format(
                table=self.table(first.table), whole=whole, left=left, parts=parts, right=right
            )
        tables = joined(dict.fromkeys(self.table(fact.table) for fact in equation.right))
        if len(equation.right) > 1:
            tables = tr("{tables}各部分之和").format(tables=tables)
        return tr("{what}：{table}为 {left}，{other}为 {right}").format(
            what=label(first), table=self.table(first.table), left=left, other=tables, right=right
        )

    def _whole_and_parts(self, equation: Equation) -> tuple[str, str]:
        """What a whole of a table is called, and the sum of its parts."""
        first = equation.left[0]
        times = Counter(equation.right)  # a figure that is taken twice is named once
        names = [own(fact, first) for fact in times][:_FOLLOWING]
        named = [f"{name}×{times[fact]}" if times[fact] > 1 else name for name, fact in zip(names, times, strict=False)]
        parts = tr("＋").join(named) if all(names) else tr("各部分之和")
        if all(names) and len(times) > _FOLLOWING:
            parts = tr("{parts}等{count}项之和").format(parts=parts, count=len(times))
        return tr("＋").join([label(first), *(own(fact, first) for fact in equation.left[1:])]), parts


def label(fact: Fact) -> str:
    """Row and column of a figure as printed, each once."""
    parts = [*(fact.row_path[-1:]), *fact.column_path]
    return " ".join(dict.fromkeys(part for part in parts if part))


def own(fact: Fact, beside: Fact) -> str:
    """What tells a figure from another of its table: the words of its row, or of its column."""
    if fact.row == beside.row or fact.row_path == beside.row_path:
        return " ".join(dict.fromkeys(part for part in fact.column_path if part not in beside.column_path))
    return fact.row_path[-1] if fact.row_path else label(fact)


def amount(fen: int, equation: Equation) -> str:
    """An amount in 万元 or 元 with the digits of its equation."""
    half = min(fact.half_unit for fact in equation.facts)
    unit = MoneyUnit.WAN if half >= _HALF_OF_WAN else MoneyUnit.YUAN
    return money.in_unit(money.format_fen(fen, unit, money.decimals_for(half, unit)), unit)
