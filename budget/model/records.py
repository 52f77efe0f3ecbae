"""What a disclosure says besides its statements: stated changes, projects, targets, facts, terms.

Plain tuples on their way to frames.  Amounts are fen with the half unit of the last printed digit; shares and rates are
the printed numbers without the percent sign ("72.41"), exact text, never floats; what was not said is None or "".
`line` is the line of the document's text where it stands, `page` its page in paged formats.  `flags` are short ids of
what is odd about a figure as printed; nothing is corrected silently.
"""

from __future__ import annotations

from typing import NamedTuple


class StatedChange(NamedTuple):
    """A sentence of the narrative with an amount and a change. It may state a share instead of a change."""

    section: str  # printed number of the section: 五（三）
    subject: str  # 一般公共预算, 基本支出, or the names of 类/款/项 with "/" between them
    code: str  # functional code of the 类/款/项, "" for other subjects or where no table has it
    amount_fen: int | None
    half_unit: int
    printed: str
    share_percent: str  # of the total, as printed
    direction: str  # 增加, 减少, 持平; "" where no change is stated
    delta_fen: int | None
    delta_half_unit: int
    delta_printed: str
    percent: str  # of change, as printed; never negative
    base: str  # what it is compared with: prior_budget, prior_executed, prior_year, own_budget; "" where not stated
    reason: str  # its own text, from 主要原因 on, as printed; it may repeat change statements of other subjects
    flags: tuple[str, ...]
    line: int
    page: int | None
    base_fen: int | None = None  # the amount that it is compared with, where the text prints it too
    base_half_unit: int = 0
    base_printed: str = ""


class Project(NamedTuple):
    """One project as the narrative describes it."""

    number: int  # from 1, in the order of the document
    name: str
    policy_basis: str
    amount_fen: int | None
    half_unit: int
    printed: str
    executing_unit: str
    period: str  # as printed
    period_start: str  # ISO date, "" where it cannot be told
    period_end: str
    funding_source: str
    recipients: str  # number and range of those who receive
    standard: str
    method: str
    procedure: str
    benefits: str
    flags: tuple[str, ...]
    line: int
    page: int | None
    overview: str = ""  # 项目概况, where the description has such a part


class Allocation(NamedTuple):
    """One part of a project's amount."""

    project_number: int
    project: str
    project_amount_fen: int | None
    item: str
    amount_fen: int | None
    half_unit: int
    printed: str  # with its unit, as printed
    flags: tuple[str, ...]
    line: int
    page: int | None


class Plan(NamedTuple):
    """The head of one table of performance targets."""

    number: int  # from 1, in the order of the document
    scope: str  # entity or project
    project: str
    unit: str  # the budget unit
    total_fen: int | None
    appropriation_fen: int | None
    other_fen: int | None
    upper_level_fen: int | None
    own_level_fen: int | None
    half_unit: int
    goal: str
    flags: tuple[str, ...]
    line: int
    page: int | None


class Indicator(NamedTuple):
    """One row of a table of performance targets."""

    plan: int  # number of its table
    number: int  # from 1 within the table
    scope: str
    project: str
    level1: str
    level2: str
    level3: str
    operator: str  # >= <= > < = or ""
    target_value: str  # the number, or the words where it is none
    target_unit: str
    target: str  # as printed, its pieces joined: ＞=180人
    basis: str
    prior_value: str
    weight: str
    scoring_rule: str
    evidence: str
    status: str  # printed, rejoined (pieces put together without doubt), uncertain
    line: int
    page: int | None


class Fact(NamedTuple):
    """One figure of the narrative: staffing, procurement, state assets, operating expenses."""

    topic: str  # staffing, procurement, assets, operating_expenses, performance_summary
    key: str  # serving, goods, vehicles, vehicle_value ...
    value: str  # the printed number, or the words
    amount_fen: int | None  # where it is money
    half_unit: int
    unit: str  # 人, 辆, 万元, 平方米 ...
    line: int
    page: int | None


class Term(NamedTuple):
    """One entry of the document's own glossary (名词解释)."""

    term: str
    text: str
    line: int
    page: int | None


class Records(NamedTuple):
    """All records of one disclosure; the names of the fields are those of the frames."""

    stated_changes: tuple[StatedChange, ...] = ()
    projects: tuple[Project, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    plans: tuple[Plan, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    facts: tuple[Fact, ...] = ()
    terms: tuple[Term, ...] = ()


RECORD_TYPES: dict[str, type[NamedTuple]] = {
    "stated_changes": StatedChange,
    "projects": Project,
    "allocations": Allocation,
    "plans": Plan,
    "indicators": Indicator,
    "facts": Fact,
    "terms": Term,
}
"""Name of each field of `Records` -> what it holds."""
