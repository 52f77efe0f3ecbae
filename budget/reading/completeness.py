"""What a document has to publish, and what of it was found.

Three lists: the tables that its own contents page names, those of the national list (财预〔2016〕143号), and what the
text has to say beside them. Where a document is a single table or an extract nothing is said to be missing.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from budget.i18n.language import N_
from budget.model.coordinates import FUND_PARENTS, parent
from budget.model.disclosure import Severity, StatementId
from budget.model.known import REQUIRED, STATEMENT_COORDINATES
from budget.reading.spoken import CONTENTS, SEPARATOR, spoken_lines, spoken_nothing, spoken_of
from budget.system.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from budget.model.facts import PrintedTable
    from budget.model.records import Fact, Plan, Records
    from budget.reading.disclosure import OpenDisclosure
    from budget.reading.spoken import Line


_TABLE, _STOP = "表", "。"
LIST_SINCE = 2017
"""First year that the national list of October 2016 is asked of."""
STATE_CAPITAL_SINCE = 2020
"""First year of the ninth table, of the state capital operations budget."""
_LEAST_TITLES = 3
"""A contents page that names fewer tables does not list them."""
_ALIKE = 0.62
"""Letters in common of two titles that name one table in different words."""
_LONGEST_TITLE, _LONGEST_REST = 44, 14
_SHORTEST_CORE = 3
_NUMBER = lazy_pattern(
    r"^(?:[-*•]+)?(?:(?:部门|单位)?(?:预算|决算)?公开表\d+|(?:附?表|附件|公开)[\d一二三四五六七八九十]+表?(?!般)|[一二三四五六七八九十]+、|"
    r"[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、](?=20\d\d|\D))[、.．:：]?"
)
_OWN = lazy_pattern("^(?:部门|单位|本部门|本单位)")
_PART = lazy_pattern("^第[一二三四五六七八九十]+部分")
_LEADERS = lazy_pattern(r"(?<![.．·…‥\-—_])[.．·…‥\-—_]{2,}[\d\s]*$|(?<=表)\d{1,3}$")
_HEADING = lazy_pattern("^(?:20[0-9]{2}年?度?)?(?:部门|单位)?(?:预算|决算)(?:公开)?(?:报?表|附表)$")
"""What heads the tables of a contents page: 五、部门预算表."""
_LEFT_OUT = lazy_pattern(
    '[(（][^()（）]*[)）]|20[0-9]{2}年?度?|(?:预算)?单位|部门|财务|情况|总体|预算|决算|总(?=表)|[“”"‘’《》、，,：:（）()]'
)
"""What tells no table from another: year, edition, phase and general words."""


class Presence(StrEnum):
    """What was found of something that has to be published."""

    THERE = "there"
    EMPTY = "empty"  # a table without amounts, and a note that says so
    BARE = "bare"  # a table without amounts and without a note
    UNREAD = "unread"  # its title stands in the text, or something of it was lost: our reading may be at fault
    MISSING = "missing"


class Promised(NamedTuple):
    """One thing that a document has to publish."""

    group: str
    """`contents`, `national` or `text`."""
    key: str
    """Unique within its group."""
    name: str
    """A printed title of the contents page, else a marked message."""
    presence: Presence
    statement: str = ""
    """The table that it is; "" where it is none or was not found."""
    line: int | None = None
    page: int | None = None
    detail: tuple[str, ...] = ()
    """A marked message and what stands in its places."""


GROUPS = {
    "contents": N_("目录所列的表"),
    "national": N_("财预〔2016〕143号所列的表"),
    "text": N_("文字说明"),
}
"""Groups of what has to be published, in order of display."""
NO_LIST = N_("只读到一张表或一部分表，不判断缺少哪些表")
NO_TEXT = N_("只有表，没有文字说明，不判断缺少哪些说明")


class Completeness(NamedTuple):
    """What has to be published; what is not judged is told in marked messages."""

    promised: tuple[Promised, ...]
    silent: tuple[str, ...] = ()

    def of(self, group: str) -> list[Promised]:
        """What belongs to one group."""
        return [one for one in self.promised if one.group == group]

    def there(self, group: str) -> int:
        """How much of one group was found, empty tables among it."""
        return sum(one.presence not in {Presence.MISSING, Presence.UNREAD} for one in self.of(group))


def completeness(own: OpenDisclosure, printed: OpenDisclosure | None = None) -> Completeness:
    """What a document has to publish; `printed` is the document with its tables, where that is another."""
    sheets = own if printed is None or printed is own else printed
    lines = spoken_lines(own)
    first = min((table.line_from for table in own.tables if table.line_from), default=None)
    listed = contents_lines([line for line in lines if first is None or line.number < first])
    after = listed[-1].number if listed else 0
    body = [line for line in lines if line.number > after]
    contents = _of_contents(own, sheets, contents_titles(listed), body)
    national = _of_the_list(own) if sheets is own else None
    extract = national == [] or 0 < len(own.tables) < _LEAST_TITLES
    spoken = _speaks(own.records) and not extract
    text = list(_of_the_text(own, sheets, body)) if spoken else []
    silent = [NO_LIST] if national == [] else []
    silent += [] if spoken or not own.head.known else [NO_TEXT]
    return Completeness((*contents, *(national or ()), *text), tuple(silent))


# Tables


def contents_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of the contents page: as far as one of its entries comes again, or a sentence does."""
    found: list[Line] = []
    entries: set[str] = set()
    owned: set[str] = set()
    for line in lines:
        if line.heading.split(SEPARATOR)[0] != CONTENTS:
            if found:
                break
            continue
        bare = _NUMBER.sub("", _LEADERS.sub("", line.text), count=1)
        if _STOP in line.text or bare in entries or any(bare.endswith(name) for name in owned):
            break
        found.append(line)
        if len(bare) >= _SHORTEST_CORE and bare != CONTENTS:
            entries.add(bare)
            # 单位主要职能 is headed by the name of the unit
            owned |= {_OWN.sub("", bare)} if _OWN.match(bare) and not bare.endswith(_TABLE) else set()
    return found


def contents_titles(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """The lines of a contents page that name tables, with their titles: numbers and leaders are left out."""
    entries: list[tuple[Line, str, bool]] = []
    for line in lines:
        bare = _LEADERS.sub("", line.text)
        title = _NUMBER.sub("", bare, count=1)
        if entries and title == bare and len(bare) <= _LONGEST_REST and entries[-1][2]:
            first, before, _ = entries[-1]  # a title that goes on in the next line
            entries[-1] = (first, before + bare, not bare.endswith(_TABLE))
        else:
            entries.append((line, title, title != bare and not bare.endswith(_TABLE)))
    named = {
        title: (line, title)
        for line, title, _ in reversed(entries)
        if title.endswith(_TABLE) and _SHORTEST_CORE <= len(title) <= _LONGEST_TITLE
        if not _PART.match(title) and not _HEADING.match(title)
    }
    return list(named.values())[::-1]


def core(title: str, names: frozenset[str] = frozenset()) -> str:
    """What tells the title of a table from others of its document: 2025年部门收入预算总表 is 收入表."""
    bare = "".join(title.split())
    for name in sorted(names, key=len, reverse=True):
        bare = bare.replace(name, "")
    return _LEFT_OUT.sub("", _NUMBER.sub("", bare, count=1))


def _of_contents(
    own: OpenDisclosure, sheets: OpenDisclosure, titles: Sequence[tuple[Line, str]], body: Sequence[Line]
) -> list[Promised]:
    if len(titles) < _LEAST_TITLES or not sheets.tables:
        return []
    found = _matched([title for _, title in titles], sheets, own.head.names | sheets.head.names)
    if len(found) * 2 < len(titles):  # a part of the document
        return []
    texts = [(line, core(line.text)) for line in body]
    promised = []
    for number, (line, title) in enumerate(titles):
        key = f"contents/{number + 1}"
        if number in found:
            promised.append(_table("contents", key, title, sheets, found[number]))
            continue
        wanted = core(title, own.head.names)
        place = next((at for at, text in texts if len(wanted) >= _SHORTEST_CORE and wanted in text), None)
        presence = Presence.MISSING if place is None else Presence.UNREAD
        where = line if place is None else place
        promised.append(Promised("contents", key, title, presence, "", where.number, where.page))
    return promised


def _table(group: str, key: str, name: str, own: OpenDisclosure, table: PrintedTable) -> Promised:
    return Promised(group, key, name, _presence(own, table), table.statement, table.line_from, table.page_from)


def _matched(titles: Sequence[str], sheets: OpenDisclosure, names: frozenset[str]) -> dict[int, PrintedTable]:
    """Number of a title -> the table that it names: those of the same words first, then the most alike."""
    wanted = [core(title, names) for title in titles]
    printed = [(table, core(table.title or sheets.title(table.statement), names)) for table in sheets.tables]
    known = [core(sheets.title(table.statement), names) for table, _ in printed]
    scores = [
        (max(_alike(title, own), _alike(title, other)), -abs(number - at), number, at)
        for number, title in enumerate(wanted)
        for at, ((_, own), other) in enumerate(zip(printed, known, strict=True))
    ]
    found: dict[int, PrintedTable] = {}
    taken: set[int] = set()
    for score, _, number, at in sorted(scores, reverse=True):
        if score >= _ALIKE and number not in found and at not in taken:
            found[number] = printed[at][0]
            taken.add(at)
    return found


def _alike(first: str, second: str) -> float:
    if first == second:
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio() if first and second else 0.0


def _of_the_list(own: OpenDisclosure) -> list[Promised] | None:
    """The tables of the national list; none where the document is an extract, None where the list is not asked."""
    year = own.head.fiscal_year
    if year is None or year < LIST_SINCE:
        return None
    wanted = [*REQUIRED, *([StatementId.STATE_CAPITAL_EXPENDITURE] if year >= STATE_CAPITAL_SINCE else [])]
    found = {statement: table for statement in wanted if (table := table_of(own, statement)) is not None}
    if len(found) * 2 <= len(wanted):
        return []
    return [
        _table("national", f"national/{statement}", own.title(statement), own, found[statement])
        if statement in found
        else Promised("national", f"national/{statement}", own.title(statement), Presence.MISSING)
        for statement in wanted
    ]


def table_of(own: OpenDisclosure, statement: StatementId) -> PrintedTable | None:
    """The table of a known statement; None without one.

    It is found by its name, else by what its title means.
    """
    if statement in own.table_of:
        return own.table_of[statement]
    wanted, _ = STATEMENT_COORDINATES[statement]
    if wanted.item:
        return None
    # a table of one kind of spending may be of all funds
    funds = {wanted.fund, *((parent(wanted.fund, FUND_PARENTS), "") if wanted.kind else ())}
    titles = ((table, table.coordinates) for table in own.tables if not table.coordinates.item)
    meant = (said for said in titles if (said[1].flow, said[1].kind) == (wanted.flow, wanted.kind))
    return next((table for table, said in meant if said.fund in funds), None)


def _presence(own: OpenDisclosure, table: PrintedTable) -> Presence:
    if any(row.amounts for row in own.of(table.statement)):
        return Presence.THERE
    lost = own.frames.notices.filter(severity=Severity.LOST.value, statement=table.statement).height
    if lost:
        return Presence.UNREAD
    noted = table.note or spoken_nothing(table.coordinates.fund, spoken_lines(own), own.head.fiscal_year)
    return Presence.EMPTY if noted else Presence.BARE


# What the text has to say


def _speaks(records: Records) -> bool:
    """Whether a document has a text beside its tables."""
    return bool(records.stated_changes or records.facts or records.terms or records.projects)


_NAMES = {
    "duties": N_("主要职责"),
    "bodies": N_("机构设置"),
    "operation": N_("机关运行经费说明"),
    "procurement": N_("政府采购说明"),
    "assets": N_("国有资产说明"),
    "targets": N_("绩效目标"),
    "terms": N_("名词解释"),
}
"""What a text speaks of, in order of display."""
_CHANGED = ("增加", "减少")
_PARTS = ("overseas", "reception", "vehicles")
_OF_VEHICLES = ("vehicle_purchase", "vehicle_running")
_RECORDED = {"operation": "operating_expenses", "procurement": "procurement", "assets": "assets", "bodies": "staffing"}


def _of_the_text(own: OpenDisclosure, sheets: OpenDisclosure, spoken: Sequence[Line]) -> Iterator[Promised]:
    if split := _split(sheets):
        yield split
    if own.records.stated_changes:
        yield _reasons(own.records)
    for key, name in _NAMES.items():
        figures = [fact for fact in own.records.facts if fact.topic == _RECORDED.get(key)]
        plans = own.records.plans if key == "targets" else ()
        records: list[Fact | Plan] = [*figures, *plans]
        first = records[0] if records else None
        said = spoken_of(key, spoken)
        if first is None and not spoken:  # the lines of the text are not at hand
            continue
        presence = Presence.MISSING if first is None and said is None else Presence.THERE
        line, page = (first.line, first.page) if first else (said.number, said.page) if said else (None, None)
        detail = (N_("读到 {} 个数"), str(len(figures))) if figures else ()
        detail = (N_("读到 {} 张目标表"), str(len(plans))) if plans else detail
        yield Promised("text", f"text/{key}", name, presence, "", line, page, detail)


def _split(sheets: OpenDisclosure) -> Promised | None:
    """Whether the three public expenses are told part by part; None where no part has an amount.

    Blank columns of a table leave no trace in its lines: only an amount that is not broken down is missed.
    """
    table = sheets.table_of.get(StatementId.THREE_PUBLIC_EXPENSES)
    if table is None:
        return None
    amounts = {
        meaning.item: amount.fen
        for row in sheets.of(table.statement)
        for measure, meaning in row.meanings.items()
        if (amount := row.amounts.get(measure)) is not None
    }
    whole = amounts.get("three_public") or any(amounts.get(part) for part in _PARTS)
    if not whole:
        return None
    parted = any(part in amounts for part in _PARTS)
    running = not amounts.get("vehicles") or any(part in amounts for part in _OF_VEHICLES)
    presence = Presence.THERE if parted and running else Presence.MISSING
    return Promised(
        "text", "text/split", N_("“三公”经费分项"), presence, table.statement, table.line_from, table.page_from
    )


def _reasons(records: Records) -> Promised:
    """How many of the stated increases and decreases give a reason."""
    changed = [change for change in records.stated_changes if change.direction in _CHANGED]
    reasoned = [change for change in changed if change.reason]
    first = next(iter(reasoned or changed or records.stated_changes))
    presence = Presence.MISSING if changed and not reasoned else Presence.THERE
    detail = (N_("自述增减 {} 处，{} 处写有原因"), str(len(changed)), str(len(reasoned)))
    return Promised("text", "text/reasons", N_("增减变化及原因"), presence, "", first.line, first.page, detail)
