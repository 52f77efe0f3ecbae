"""Projects as the narrative describes them: under labels (项目名称：…) or under headings (一、项目概况)."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_, Message
from budget.model.disclosure import MoneyUnit, Notice, Severity
from budget.model.records import Allocation, Project
from budget.system.patterns import lazy_pattern
from loaders.narrative.changes_tokens import Figure, figure
from loaders.narrative.projects_allocations import HALF_WIDTH, OTHER_YEARS, AllocatedAmount, distribution
from loaders.narrative.projects_fields import Draft, FieldText, Piece, labels, period, title
from loaders.narrative.prose import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.document import Document
    from loaders.narrative.prose import Paragraph

_DESCRIBES = frozenset({"policy_basis", "allocation", "period", "executing_unit", "amount"})
"""Of these a description has at least two, one in a section of its own; a table of targets has none of them."""
_SECTION = lazy_pattern(r"项目(?:经费|支出)?(?:预算)?.{0,6}说明")
_TABLE = lazy_pattern(r"绩效目标(?:申报)?表$")
_LONGEST_TITLE = 60


def drafts(prose: Iterable[Paragraph]) -> list[Draft]:
    """The projects that the paragraphs describe, in their order."""
    reader = _Reader()
    for paragraph in prose:
        reader.take(paragraph)
    return [
        draft for draft in reader.drafts if sum(bool(draft.text(key)) for key in _DESCRIBES) > (not draft.described)
    ]


def describes(paragraph: Paragraph) -> bool:
    """True in a section that describes projects."""
    return any(map(_heads_descriptions, paragraph.heading))


@lru_cache(maxsize=4096)
def _heads_descriptions(heading: str) -> bool:
    """Whether a heading is that of the descriptions; many paragraphs stand below one."""
    return _SECTION.search(heading) is not None


class _Reader:
    """The projects so far, and the one that is being read."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._current: Draft | None = None
        self._left: list[
            Paragraph
        ] = []  # below a heading that seemed to end a project; it may be a list within a field
        self._before: Paragraph | None = None  # it may be the title of the next project
        self._tables = False  # of targets, under the heading of the descriptions

    def take(self, paragraph: Paragraph) -> None:
        """Read the next paragraph."""
        if paragraph.level in {1, 2} or _TABLE.search(paragraph.text[-12:]):
            self._tables = not paragraph.level
        if self._tables or paragraph.level == 1:
            self._current, self._left = None, []
        if self._tables:
            return
        found = labels(paragraph, inside=self._current is None or self._current.labelled)
        self._move(paragraph, found)
        if self._current is not None:
            for key, piece in found:
                self._current.add(key, piece)
            if not found:
                self._current.go_on(paragraph)
        self._before = paragraph if not found and _may_be_title(paragraph) else None

    def _move(self, paragraph: Paragraph, found: list[tuple[str, Piece]]) -> None:
        """Begin, leave or take up a project, where the paragraph does."""
        current = self._current
        if found and _begins(found, current):
            self._begin(found[0][0], paragraph)
        elif current is not None and not found and 0 < paragraph.level <= (current.level or 2):
            self._left = [paragraph] if current.labelled else []
            self._current = None
        elif self._left and not found:
            self._left.append(paragraph)
        elif self._left:
            self._current = self.drafts[-1]
            for below in self._left:
                self._current.go_on(below)
            self._left = []

    def _begin(self, key: str, paragraph: Paragraph) -> None:
        draft = Draft(paragraph.lines[0], paragraph.level, labelled=key == "name", described=describes(paragraph))
        heading = self._before
        if key == "overview" and heading is not None and title(heading.text):
            draft.place = heading.lines[0]
            name = title(heading.text)
            start = max(heading.text.find(name), 0)
            draft.fields["name"] = [Piece(heading, start, start + len(name))]
            if self._current is not None:  # it was taken for the end of the project before it
                for pieces in self._current.fields.values():
                    pieces[:] = [piece for piece in pieces if piece.paragraph is not heading]
        self.drafts.append(draft)
        self._current, self._left = draft, []


def _begins(found: list[tuple[str, Piece]], current: Draft | None) -> bool:
    key, piece = found[0]
    if key == "name":
        return current is None or "name" in current.fields or not current.labelled
    if key != "overview":
        return False
    # 项目概况：… within a labelled description is one of its fields.
    return current is None or "overview" in current.fields or not (current.labelled and piece.text)


def _may_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) <= _LONGEST_TITLE and not re.search(r"[。；，;]|[：:]$|……", text)


_PAID = lazy_pattern(r"\d(?:万|亿|千)?元")
_AMOUNT = lazy_pattern(r"(?P<number>\d(?:[\d,.]|，(?=\d{3}(?:\D|$)))*)\s*(?P<unit>亿元|万元|千元|元)?")
_YEAR = lazy_pattern(r"(20\d\d)年度?[^，。；\d]{0,20}(?:预算|决算)")
_THIS_YEAR = lazy_pattern(r"本年|当年|(?<!\d)年度")
_SOURCE = lazy_pattern(r"资金来源(?:于|为|是)?[:：]?([^，。；\n]{2,60})")
_SUBJECT = lazy_pattern(
    r"(?:^|[的“「《])([^的，。；：、“”「」《》]{3,40}?(?:工程|项目|经费|课题|活动|服务|平台|系统))"
    r"(?=[”」》]?(?:$|[，。；：]|位于|是|为|主要|由|将|于|计划))"
)
_SUSPECT_SHARE = 2_000
"""A part in 元 that is smaller than this share of an amount in 万元 may have lost its 万."""
_REPEATED_POINT = lazy_pattern(r"\.{2,}")
_DOUBTS = {
    "unit_doubtful": N_("单位可能有误"),
    "number_broken": N_("数字不完整"),
    "number_mended": N_("数字按合计补正"),
    "exceeds_project": N_("大于项目金额"),
}
_LEAST_FEN = 10_000
"""A project of less than 100 元 may have lost its 万."""


def read(
    document: Document, prose: Sequence[Paragraph] | None = None
) -> tuple[list[Project], list[Allocation], list[Notice]]:
    """The projects in the order of the document with their parts; `prose` are its paragraphs where they are at hand."""
    projects: list[Project] = []
    allocations: list[Allocation] = []
    notices: list[Notice] = []
    prose = paragraphs(document) if prose is None else prose
    year = _year(prose)
    for draft in drafts(prose):
        project, found, doubts = _project(draft, len(projects) + 1, year)
        projects.append(project)
        allocations += found
        notices += doubts
    if not projects:
        unread = next((part for part in prose if describes(part) and not part.level and _PAID.search(part.text)), None)
        if unread is not None:
            notices.append(Notice.of(Severity.UNCERTAIN, N_("项目说明一节没有读出项目。"), line=unread.line))
    return projects, allocations, notices


def _year(prose: Sequence[Paragraph]) -> str:
    """The year that most of the text calls that of the budget; "" where it names none."""
    years = Counter(found[1] for part in prose for found in _YEAR.finditer(part.text[:200]))
    return years.most_common(1)[0][0] if years else ""


class _Money(NamedTuple):
    """What a description says of a project's amount."""

    amount: Figure | None
    parts: tuple[AllocatedAmount, ...]
    text: FieldText  # where the parts stand
    standard: str
    left: tuple[AllocatedAmount, ...]


def _money(draft: Draft, year: str) -> _Money:
    budget = FieldText.of(draft.fields.get("amount", []))
    split = FieldText.of(draft.fields.get("allocation", []))
    amount = _amount(budget.text, year)
    in_budget = distribution(budget.text, amount.fen if amount else None)
    of_year = tuple(part for part in in_budget.amounts if not _other_year(part.item, year))
    if in_budget.total:
        amount = in_budget.total.figure
    elif len(of_year) > 1 and any(part.figure == amount for part in of_year):
        amount = None  # 第一季度用款计划 15万元, ...: several parts and no total
    in_split = distribution(split.text, amount.fen if amount else None)
    if in_split.total and not budget.text:
        amount = in_split.total.figure
    if split.text:
        return _Money(amount, in_split.amounts, split, in_split.standard, in_split.left)
    return _Money(amount, of_year if len(of_year) > 1 else (), budget, "", ())


def _project(draft: Draft, number: int, year: str) -> tuple[Project, list[Allocation], list[Notice]]:
    paid = _money(draft, year)
    amount = paid.amount
    flags = [f"repeated_{key}" for key in draft.repeated] + _amount_flags(amount)
    name = draft.text("name").replace("\n", "")
    if not name and (derived := _SUBJECT.search(draft.text("overview"))):
        name = derived[1]
        flags.append("name_derived")
    when = draft.text("period")
    start, end = period(when)
    funding = _SOURCE.search(f"{draft.text('amount')}\n{draft.text('allocation')}")
    project = Project(
        number, name, draft.text("policy_basis"), amount.fen if amount else None, amount.half_unit if amount else 0,
        amount.printed if amount else "", draft.text("executing_unit"), when, start, end,
        draft.text("funding_source") or (funding[1] if funding else ""),
        "；".join(filter(None, (draft.text("number"), draft.text("range")))),
        draft.text("standard") or paid.standard, draft.text("method"), draft.text("procedure"),
        draft.text("benefits"), tuple(dict.fromkeys(flags)), draft.place.line, draft.place.page, draft.text("overview"),
    )  # fmt: skip
    found = [_allocation(project, part, paid.text, amount) for part in _mended(paid.parts, amount)]
    return project, found, [*_notices(project, draft, found), *_unnamed(project, paid)]


def _amount(text: str, year: str) -> Figure | None:
    """The first amount of a field that is of the budget's year; without a unit it is read in 万元."""
    for found in _AMOUNT.finditer(text.translate(HALF_WIDTH)):
        if not found["unit"] and re.match(r"年|月|季|日|[-－—]|[、.]", text[found.end() : found.end() + 1]):
            continue
        sentence = re.split(r"[。；\n]", text[max(found.start() - 300, 0) : found.start()])[-1]
        clause = re.split(r"[，,]", sentence)[-1]
        stated = (year and year in clause) or _THIS_YEAR.search(clause)
        if stated or not (OTHER_YEARS.search(sentence) or _other_year(clause, year)):
            return figure(found["number"], found["unit"] or "", text[found.start() : found.end()].strip())
    return None


def _other_year(words: str, year: str) -> bool:
    """True where words before an amount name another year than that of the budget."""
    years = re.findall(r"(?<!\d)20\d\d(?=年)", words)
    return bool(year and years) and year not in years


def _amount_flags(amount: Figure | None) -> list[str]:
    if amount is None:
        return ["no_amount"]
    flags = ["number_broken"] if amount.broken else []
    flags += [] if amount.unit else ["no_unit"]
    small = amount.fen is not None and 0 < amount.fen < _LEAST_FEN
    return [*flags, "unit_doubtful"] if small else flags


def _mended(found: Sequence[AllocatedAmount], amount: Figure | None) -> tuple[AllocatedAmount, ...]:
    """The parts; a single broken figure (1..75) is mended where the others leave what its digits say of the amount."""
    broken = [part for part in found if part.figure.broken]
    known = [part.figure.fen for part in found if part.figure.fen is not None]
    if len(broken) != 1 or len(known) + 1 < len(found) or amount is None or amount.fen is None:
        return tuple(found)
    (part,) = broken
    number = _REPEATED_POINT.sub(".", part.figure.printed.translate(HALF_WIDTH)).removesuffix(part.figure.unit)
    mended = figure(number, part.figure.unit, part.figure.printed)
    if mended.fen is None or mended.fen != amount.fen - sum(known):
        return tuple(found)
    return tuple(part._replace(figure=mended, mended=True) if one is part else one for one in found)


def _allocation(project: Project, part: AllocatedAmount, text: FieldText, amount: Figure | None) -> Allocation:
    place = text.place(part.offset)
    fen = part.figure.fen
    flags = ["number_broken"] if part.figure.broken else ["number_mended"] if part.mended else []
    if fen and project.amount_fen and amount:
        lost = part.figure.unit == MoneyUnit.YUAN and amount.unit != MoneyUnit.YUAN
        if lost and fen * _SUSPECT_SHARE < project.amount_fen:
            flags.append("unit_doubtful")
        if fen > project.amount_fen:
            flags.append("exceeds_project")
    return Allocation(
        project.number, project.name, project.amount_fen, part.item, fen, part.figure.half_unit, part.figure.printed,
        tuple(flags), place.line, place.page,
    )  # fmt: skip


def _unnamed(project: Project, paid: _Money) -> list[Notice]:
    """Say which amounts of the distribution have no name."""
    if not paid.left:
        return []
    printed = Message.listed(part.figure.printed for part in paid.left)
    line = paid.text.place(paid.left[0].offset).line
    return [Notice.of(Severity.UNCERTAIN, N_("项目“{}”的资金分配里没有名目：{}。"), project.name, printed, line=line)]


def _notices(project: Project, draft: Draft, found: Sequence[Allocation]) -> list[Notice]:
    called = Message.of(N_("“{}”"), project.name) if project.name else Message.of(N_("第{}个项目"), project.number)
    notices: list[Notice] = []
    if not project.name:
        notices.append(Notice.of(Severity.UNCERTAIN, N_("{}没有印出名称。"), called, line=project.line))
    if draft.text("amount") and project.amount_fen is None and not found:
        notices.append(Notice.of(Severity.LOST, N_("项目{}的预算金额没有读出。"), called, line=project.line))
    text = N_("项目{}的“{}”印作 {}，{}。")
    notices += [
        Notice.of(Severity.UNCERTAIN, text, called, part.item, part.printed, Message.of(_DOUBTS[flag]), line=part.line)
        for part in found
        for flag in part.flags
    ]
    return notices
