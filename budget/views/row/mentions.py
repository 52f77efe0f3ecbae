"""Mentions of a row in the text: stated changes and project descriptions. Stated changes have a verdict in compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import RowKind
from budget.model.money import decimals_for, format_fen, tolerance
from budget.reading.choice import EXPENDITURE, GENERAL_PUBLIC, choose_table
from budget.reading.projects import dossier_of, dossiers
from budget.reading.stated_changes import DIRECTIONS, EVEN, Judged, Verdict, judge, same_amount
from budget.system.patterns import lazy_pattern
from budget.views.english import subject_named
from budget.views.text.stated_changes import flag_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from budget.model.disclosure import MoneyUnit
    from budget.model.facts import PrintedTable
    from budget.model.records import Project, StatedChange
    from budget.reading.pairing import Pair
    from budget.reading.rows import Row
    from budget.views.sources import Sources

GENERAL = N_("一般公共预算")
_FILLING = lazy_pattern(r"拨款支出预算|安排的?|预算|拨款|资金|收入|核拨|管理|维护|费用|经费|费|数|[^\w（）]")
_SAME = {"一般财力": "一般公共", "基金": "政府性基金", "机关运行财政": "机关运行"}
_CARRIED = "结转"
_SUMMARY = "two_sided"
"""The breakdown of tables of revenue and expenditure."""
_BASES = {
    "prior_budget": N_("比上年"),
    "prior_year": N_("比上年"),
    "prior_executed": N_("比上年执行数"),
    "own_budget": N_("比本年预算"),
}
_EVEN = {
    "prior_budget": N_("与上年"),
    "prior_year": N_("与上年"),
    "prior_executed": N_("与上年执行数"),
    "own_budget": N_("与本年预算"),
}
_RATES = {"增加": N_("增长"), "减少": N_("下降")}
_LABEL_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that the text says of a row; all strings are plain."""

    words: str
    """自述 406.77，比上年减少 22.36，下降 5.21%"""
    verdict: Verdict = Verdict.UNCHECKED
    against: str = ""
    """What the verdict rests on (与2024年表5一致), or why there is none."""
    reason: str = ""
    """The reason that the text gives, whole; of a project its basis."""
    odd: tuple[str, ...] = ()
    """What is odd about it as printed, in words."""
    line: int | None = None
    page: int | None = None


class _Compared(NamedTuple):
    """The amounts that a stated change is compared with: of one measure of one statement."""

    statement: str
    measure: str
    pair: Pair | None


def mentions_of_row(sources: Sources, row: Row, unit: MoneyUnit) -> tuple[Mention, ...]:
    """Mentions of a line of a statement in document order. Nothing for lines that the text does not mention."""
    if row.project:
        return tuple(_of_project(sources, row, unit))
    return tuple(_of_change(sources, row, change, unit) for change in _changes(sources, row))


def mentions_of_total(sources: Sources, statement: str, subject: str) -> tuple[str, ...]:
    """Sentences of the text on a subject (基本支出) for a whole statement. Their verdicts stand in words."""
    total = next((row for row in sources.current.of(statement) if row.kind == RowKind.GRAND_TOTAL), None)
    found = () if total is None or sources.place else mentions_of_row(sources, total, sources.unit(statement))
    return tuple(_with_verdict(one) for one in found if subject in one.words)


def _with_verdict(one: Mention) -> str:
    if not one.against:
        return one.words
    against = tr("不符：{}").format(one.against) if one.verdict is Verdict.DIFFERS else one.against
    return tr("{0}（{1}）").format(one.words, against)


def subject_key(name: str) -> str:
    """The distinctive part of the name of a funding source or expense. 一般公共预算拨款 and 一般公共预算 are one."""
    bare = _FILLING.sub("", name[:_LABEL_CHARACTERS].replace("（", "").replace("）", ""))
    return _SAME.get(bare, bare)


def _changes(sources: Sources, row: Row) -> Iterator[StatedChange]:
    if row.code:
        for change in sources.records.stated_changes:
            named = not change.code and "/" in change.subject and change.subject.rpartition("/")[2] == row.name
            if change.code == row.code or named:
                yield change
        return
    for change in sources.records.stated_changes:
        if not change.code and "/" not in change.subject and _is_about(sources, row, change):
            yield change


def _is_about(sources: Sources, row: Row, change: StatedChange) -> bool:
    """Whether a change without a code speaks of a line without one."""
    if row.kind == RowKind.GRAND_TOTAL:
        table = sources.current.table_of.get(row.statement)
        return table is not None and _is_about_total(sources, row, table, change)
    if not _is_labelled(sources, row) or (_CARRIED in row.line_key) != (_CARRIED in change.subject):
        return False
    key = subject_key(change.subject)
    if not key or subject_key(row.name) != key:
        return False
    alike = [one for one in sources.current.of(row.statement) if _alike(one, row, key)]
    fitting = [one for one in alike if same_amount(change, one.amounts.get("total"))]
    return row in fitting if fitting else bool(alike) and (row == alike[0] or row not in alike)


def _is_about_total(sources: Sources, row: Row, table: PrintedTable, change: StatedChange) -> bool:
    """Whether a change speaks of the total of a table."""
    subject = change.subject
    if _lists_items(table):
        return "三公" in subject
    if table.breakdown == _SUMMARY and not table.coordinates.fund:
        return subject in {row.name, row.name.replace("总计", "预算"), row.name.replace("总计", "总预算")}
    parts = {"基本支出": "basic", "项目支出": "project"}
    of_basic = table.breakdown == "economic" and table.coordinates.kind == "basic"
    measure = "total" if of_basic and subject == "基本支出" else parts.get(subject, "")
    return bool(measure) and (of_basic or _by_function(table)) and _first_fitting(sources, row, change, measure)


def _alike(one: Row, row: Row, key: str) -> bool:
    carried = _CARRIED in one.line_key
    return one.side == row.side and carried == (_CARRIED in row.line_key) and subject_key(one.name) == key


def _first_fitting(sources: Sources, row: Row, change: StatedChange, measure: str) -> bool:
    """The narrative speaks of all funds first: of two changes with the same amount each table takes its own."""
    amount = row.amounts.get(measure)
    same = [one for one in sources.records.stated_changes if one.subject == change.subject and same_amount(one, amount)]
    widest = row.statement == choose_table(sources.current, EXPENDITURE).statement
    return bool(same) and change == (same[0] if widest else same[-1])


def _by_function(table: PrintedTable) -> bool:
    """Whether a table is the expenditure of a fund by function."""
    wide = {"", "general_public"}
    return table.breakdown == "function" and table.coordinates.flow == "expenditure" and table.coordinates.fund in wide


def _lists_items(table: PrintedTable) -> bool:
    return table.breakdown == "items"


def _is_labelled(sources: Sources, row: Row) -> bool:
    """Whether the lines of a table are named by labels that the narrative uses too."""
    table = sources.current.table_of.get(row.statement)
    return table is not None and (table.breakdown == _SUMMARY or _lists_items(table))


def _of_change(sources: Sources, row: Row, change: StatedChange, unit: MoneyUnit) -> Mention:
    compared = _compared(sources, row, change)
    public = choose_table(sources.current, GENERAL_PUBLIC).statement
    general = compared.statement == public and row.statement != public
    judged, against = _verdict(sources, change, compared, unit)
    named = subject_named("", change.subject) if row.kind == RowKind.GRAND_TOTAL else ""
    basis = tr("（口径：{}）").format(tr(GENERAL)) if general else ""
    checked = judged.verdict is not Verdict.UNCHECKED  # what came of it must not be cut in a narrow terminal
    return Mention(
        _words(change, unit, named) + ("" if checked else basis),
        judged.verdict,
        against + basis if checked else against,
        change.reason,
        tuple(word for word in flag_words(change.flags) if change.flags != ("not_planned",)),
        change.line,
        change.page,
    )


def _words(change: StatedChange, unit: MoneyUnit, scope: str) -> str:
    """How a stated change reads, in few words; every number as printed."""
    parts = [" ".join(filter(None, (tr("自述"), scope, _bare(change.printed, unit))))]
    if change.share_percent:
        parts.append(tr("占 {}%").format(change.share_percent))
    bases = _EVEN if change.direction == EVEN else _BASES
    base = tr(bases.get(change.base, bases["prior_year"]))
    if change.base_printed:
        base = tr("{0} {1} ").format(base, _bare(change.base_printed, unit))
    direction = tr(DIRECTIONS.get(change.direction, ""))
    moved = _RATES.get(change.direction, N_("变动"))
    rate = f"{tr(moved)} {change.percent}%" if change.percent else ""
    if change.direction == EVEN:
        parts.append(tr("{}持平").format(base))
    elif change.delta_printed:
        parts += [tr("{0}{1} {2}").format(base, direction, _bare(change.delta_printed, unit)), rate]
    elif direction or rate:
        parts.append(tr("{0}{1}").format(base, rate or direction))
    return joined(parts, "，")


def _bare(printed: str, unit: MoneyUnit) -> str:
    """A printed amount without its unit where that is the unit of the screen."""
    number = printed.strip().removesuffix(unit.value)
    return number.strip() if number and number[-1:].isdigit() else printed


def _compared(sources: Sources, row: Row, change: StatedChange) -> _Compared:
    """The line that a change is compared with: by code the general public budget first, else the line itself."""
    if not row.code:
        named = {"基本支出": "basic", "项目支出": "project"}.get(change.subject, "total")
        table = sources.current.table_of.get(row.statement)
        by_function = table is not None and _by_function(table)
        measure = named if row.kind == RowKind.GRAND_TOTAL and by_function else "total"
        return _Compared(row.statement, measure, _pair_of(sources, row.statement, row))
    every = [
        _Compared(statement, "total", _pair_of(sources, statement, row))
        for statement in (choose_table(sources.current, asked).statement for asked in (GENERAL_PUBLIC, EXPENDITURE))
        if statement
    ]
    fitting = (
        one
        for one in every
        if same_amount(change, one.pair.current.amounts.get("total") if one.pair and one.pair.current else None)
    )
    return next(
        fitting, every[0] if every else _Compared(row.statement, "total", _pair_of(sources, row.statement, row))
    )


def _pair_of(sources: Sources, statement: str, row: Row) -> Pair | None:
    """The pair of lines with the code of this line in a statement; of its own statement that of the line itself."""
    for pair in sources.pairs(statement):
        if row in (pair.current, pair.baseline) or (row.code and pair.row.code == row.code and not pair.row.project):
            return pair
    return None


def _verdict(sources: Sources, change: StatedChange, compared: _Compared, unit: MoneyUnit) -> tuple[Judged, str]:
    nothing = Judged(Verdict.UNCHECKED)
    if sources.baseline is None or not (change.direction or change.delta_printed):
        return nothing, ""
    if why := _unfit(sources, change, compared.statement):
        return nothing, why
    pair, measure = compared.pair, compared.measure
    current = pair.current.amounts.get(measure) if pair and pair.current else None
    baseline = pair.baseline.amounts.get(measure) if pair and pair.baseline else None
    judged = judge(change, current, baseline)
    table = sources.current.reference(compared.statement)
    if judged.verdict is Verdict.DIFFERS and not same_amount(change, current):
        own = format_fen(current.fen, unit, decimals_for(current.half_unit, unit)) if current else tr("空白")
        return judged, tr("{0}为 {1}").format(table, own)
    year = sources.titles[1]
    return judged, _result(judged, tr("{0}年{1}").format(year, table) if year.isdecimal() else f"{year} {table}", unit)


def _result(judged: Judged, table: str, unit: MoneyUnit) -> str:
    """What a comparison with a table of the baseline gave, in words."""
    if judged.verdict is Verdict.AGREES:
        return tr("与{}一致").format(table)
    if judged.verdict is Verdict.UNCHECKED or judged.delta_fen is None:
        return tr("{}，未核对").format(tr(judged.why)) if judged.why else ""
    if judged.why:
        return tr("与{0}比{1}").format(table, tr(judged.why))
    computed = format_fen(judged.delta_fen, unit, decimals_for(judged.half_unit, unit))
    return tr("与{0}相比为 {1}").format(table, computed)


def _unfit(sources: Sources, change: StatedChange, statement: str) -> str:
    """Why a change cannot be compared with this baseline; "" where it can."""
    assert sources.baseline is not None
    own, other = sources.current.head, sources.baseline.head
    if change.base == "prior_executed":
        return tr("与上年执行数相比，未核对")
    if change.base == "own_budget":
        return tr("与本年预算相比，未核对")
    before = own.fiscal_year is not None and other.fiscal_year == own.fiscal_year - 1
    if not before or own.phase != other.phase or not own.of_body(other):
        return tr("对比的不是本单位上年预算，未核对")
    if not sources.baseline.of(statement):
        return tr("{0}没有{1}，未核对").format(sources.titles[1], sources.current.reference(statement))
    return ""


def _of_project(sources: Sources, row: Row, unit: MoneyUnit) -> Iterator[Mention]:
    """The description of a project: amount, period, number of parts and whether they add up; its basis."""
    mine = dossier_of(dossiers(sources.current), row.project)
    for project in mine.described if mine else ():
        parts = [part for part in mine.allocations if part.project_number == project.number] if mine else []
        said = [tr("自述"), f"≈ {project.name}" if project.name != row.project else "", _bare(project.printed, unit)]
        made_of = tr("构成 {} 项").format(len(parts)) if parts else ""
        words = joined((" ".join(filter(None, said)), project.period.strip("。 "), made_of), "，")
        sure = all(part.amount_fen is not None and not part.flags for part in parts)
        verdict, against = _parts_verdict(project, [part.amount_fen or 0 for part in parts], sure=sure and bool(parts))
        odd = dict.fromkeys([*flag_words(project.flags), *(w for part in parts for w in flag_words(part.flags))])
        basis = tr("依据：{}").format(project.policy_basis) if project.policy_basis else ""
        yield Mention(words, verdict, against, basis, tuple(odd), project.line, project.page)


def _parts_verdict(project: Project, parts: list[int], *, sure: bool) -> tuple[Verdict, str]:
    """Whether the parts add up to the amount that the text gives; parts that leave a rest are no contradiction."""
    if not sure or project.amount_fen is None:
        return Verdict.UNCHECKED, ""
    rest, allowed = project.amount_fen - sum(parts), tolerance(len(parts), project.half_unit)
    if abs(rest) <= allowed:
        return Verdict.AGREES, tr("各部分合计相符")
    return (Verdict.UNCHECKED, tr("各部分未列全")) if rest > 0 else (Verdict.DIFFERS, tr("各部分大于总额"))
