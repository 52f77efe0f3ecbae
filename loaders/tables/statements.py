"""Printed tables -> statements: what their columns and rows mean, and the coordinates of every amount."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from budget.i18n.language import N_, Message
from budget.model import money
from budget.model.coordinates import Coordinates
from budget.model.disclosure import MoneyUnit, Notice, Phase, Severity, Side, StatementHead
from budget.model.known import ITEM_NAMES, OTHER, measure_name, statement_name
from loaders import meaning
from loaders.meaning import NOTHING, Meaning
from loaders.meaning.value import below
from loaders.notice_wording import named, unit_assumed
from loaders.statement import Reading, ReadRow, ReadStatement, Shape, TableKind
from loaders.tables.header import (
    LABELS,
    NAMES_FLOW,
    Header,
    Role,
    is_count,
    is_money,
    names_counted,
    names_version,
)
from loaders.tables.names import name_projects, name_units, name_units_beside
from loaders.tables.page_breaks import raw_rows
from loaders.tables.page_headers import NO_HEAD, headers_of
from loaders.tables.rows import RowReader, TableRow, outline, without_enumerator
from loaders.words.captions import UNIT_IN_HEAD
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.meaning.combine import Conflict
    from loaders.statement import Figure
    from loaders.tables.find import Table
    from loaders.tables.rows import Belongs

_MIN_ITEM_COLUMNS = 3
"""Columns with items of their own that make a table a transposed list of items."""
_CLASS, _SECTION = 3, 5
"""Digits of the code of a class, of a section."""


class TableReader:
    """Reads one printed table: its columns, its rows, and what each amount means."""

    def __init__(self, table: Table, number: int, year: int | None, phase: str) -> None:
        """`number` is the running number of the table; year and phase are the document's, where they are known."""
        self.table = table
        self.number = number
        title = meaning.title(_without_body(normal(table.title), normal(table.body))) if table.title else NOTHING
        version = title.version or ("final" if phase == Phase.FINAL_ACCOUNTS else "" if table.title else "budget")
        self.title = title._replace(version=version, year=title.year or str(table.caption.year or year or ""))
        self.notices: list[Notice] = []
        self.headers = headers_of(table.pieces, self.title)
        printed = table.caption.unit or next((unit for header in self.headers if (unit := _unit_of(header))), None)
        self.unit = printed or MoneyUnit.WAN
        self.unit_stated = printed is not None
        heads = [normal(column.path[-1]) for header in self.headers for column in header.columns if column.path]
        self.prints_counts = any(map(is_count, heads))
        """Whether a column holds the numbers of what is counted: money beside it is its value."""
        self.note = ""
        self.sides: dict[int, str] = {}
        self.listed: dict[int, tuple[str, str]] = {}
        self.counts: dict[str, None] = {}
        """Labels of rows that print other numbers than money."""
        self.conflicts: list[tuple[TableRow, Conflict]] = []
        self.by_kind: set[int] = set()  # blocks of kinds of spending with their economic classes
        self._heads: dict[tuple[tuple[str, ...], str], Meaning] = {}

    def rows(self) -> list[TableRow]:
        """The rows of all blocks, with the labels above each."""
        reader = RowReader(self.unit, self.notices, self.title)
        reader.read(raw_rows(self.table.pieces, self.headers))
        self.note = "".join([*reader.notes, *self.table.notes])
        self.sides = self._sides(reader.blocks)
        for block, rows in reader.blocks.items():
            outline(rows, self._belongs(self.sides[block]))
            self._mend_codes(rows)
            name_units(rows)
            name_units_beside(rows)
            name_projects(rows, self.title)
            if self._lists_kinds(rows):
                self.by_kind.add(block)
        return [row for block in sorted(reader.blocks) for row in reader.blocks[block]]

    def _mend_codes(self, rows: list[TableRow]) -> None:
        """Give rows whose printed code is none the code that their name has below the code above."""
        above: dict[int, TableRow] = {}
        for row in rows:
            if row.code:
                above = {length: upper for length, upper in above.items() if length < len(row.code)}
                above[len(row.code)] = row
            uppers = [above[length] for length in (_SECTION, _CLASS) if row.misprinted_code and length in above]
            for upper in uppers:
                code = meaning.row(_normal((upper.path[-1], row.label)), self.title, "expenditure").function
                if code != upper.code:
                    row.named_code = code
                    break

    def _lists_kinds(self, rows: Sequence[TableRow]) -> bool:
        """True for a list without codes whose labels are kinds of spending and economic classes, and no functions."""
        if self.title.breakdown != "function" or any(row.code or row.project for row in rows):
            return False
        title = self.title._replace(breakdown="two_sided")
        said = [meaning.row((normal(row.label),), title, "expenditure") for row in rows]
        kinds = any(own.kind in {"basic", "project"} for own in said)
        return kinds and any(own.economic for own in said) and not any(own.function for own in said)

    def _sides(self, blocks: dict[int, list[TableRow]]) -> dict[int, str]:
        """The flow of each block: by its head, else by the title, else by what its labels say."""
        found: dict[int, str] = {}
        for block in sorted(blocks):
            heads = {
                meaning.column(_normal(column.path), self.title._replace(flow="")).flow
                for header in self.headers
                for column in header.columns
                if column.block == block and column.path and column.role in NAMES_FLOW
            } - {"", "both"}
            flow = self.title.flow if self.title.flow in {"revenue", "expenditure"} else ""
            if flow or len(heads) > 1:  # each column has its own
                found[block] = flow
            else:
                found[block] = heads.pop() if heads else self._voted(blocks[block])
        if self.title.flow == "both" and len(found) > 1 and not any(found.values()):
            found = {block: "revenue" if block == min(found) else "expenditure" for block in found}
        return found

    def _voted(self, rows: list[TableRow]) -> str:
        """The flow that the labels of a block speak for; '' where they speak for both or for none."""
        flows = {meaning.row((normal(row.path[-1]),), self.title, "").flow for row in rows} & {"revenue", "expenditure"}
        return flows.pop() if len(flows) == 1 else ""

    def _belongs(self, side: str) -> Belongs:
        """Tell whether the words of a label place it under another: a part of its fund, kind or item."""

        def belongs(above: tuple[str, ...], label: str) -> bool:
            upper = meaning.row(_normal(above), self.title, side)
            own = meaning.row((normal(label),), self.title, side)
            if own.fund == "current" or own.kind == "current":
                return False
            if upper.fund.startswith("carryover") and own.fund and not own.fund.startswith(("carryover", "?")):
                return True
            return any(
                below(getattr(own, dimension), getattr(upper, dimension)) for dimension in ("fund", "kind", "item")
            )

        return belongs

    def coordinates(self, row: TableRow, column: int) -> Meaning:
        """The meaning of an amount of a row; `column` is its column in the header of the row."""
        side = self.sides[row.block]
        heads, path = row.column_paths[column], row.path
        if not row.code and names_version(row.label):  # years as rows: the label is one more head
            heads, path = (*heads, row.label), row.above
        head = self.head(heads, side)
        listed, scheme = self._listed(row.block)
        breakdown, scheme = head.breakdown or listed or self.title.breakdown, scheme or self.title.scheme
        if row.block in self.by_kind:
            breakdown = "two_sided"  # kinds with their economic classes, as beside sources
        same = (breakdown, scheme) == (self.title.breakdown, self.title.scheme)
        title = self.title if same else self.title._replace(breakdown=breakdown, scheme=scheme)
        path = (f"{row.named_code} {row.label}",) if row.named_code else path
        own = meaning.row(_normal(path), title, side) if not row.names_unit else NOTHING
        if row.project:
            own = _without_words(own)
        combined = meaning.combine(self._without_unit, head, own)
        for conflict in combined.conflicts:
            self.conflicts.append((row, conflict))
        return combined.meaning

    def _listed(self, block: int) -> tuple[str, str]:
        """Which classes the head over the labels of a block says that they are, and in which scheme."""
        if block not in self.listed:
            labels = [
                [column for column in header.columns if column.block == block and column.role in LABELS]
                for header in self.headers
            ]
            heads = [meaning.column(_normal(own[0].path), self.title) for own in labels if len(own) == 1]
            named = {head.breakdown for head in heads} & {"function", "economic"}
            schemes = {head.scheme for head in heads} - {""}
            self.listed[block] = (
                named.pop() if len(named) == 1 else "",
                schemes.pop() if len(schemes) == 1 else "",
            )
        return self.listed[block]

    def head(self, path: tuple[str, ...], side: str) -> Meaning:
        """The meaning of a column by its head.

        Where lists of economic classes stand side by side, 人员经费 over a whole list is its name: its rows are of
        basic expenditure, as in a list alone.
        """
        if (path, side) not in self._heads:
            self._heads[path, side] = self._head(path, side)
        return self._heads[path, side]

    def _head(self, path: tuple[str, ...], side: str) -> Meaning:
        names_list = len(self.sides) > 1 and self.title.breakdown == "economic" and len(path) > 1
        found = meaning.column(_normal(path[-1:] if names_list else path), self.title)
        if found.version.startswith("?") and "调整" in found.version and self._adds_adjustments:
            found = found._replace(version="change")
        elif found.version.startswith("?") and "执行" in found.version and not self._prints_final:
            found = found._replace(version="final")
        return found._replace(flow=side or found.flow)

    @cached_property
    def _without_unit(self) -> Meaning:
        """The title as an amount takes it: the unit is that of the table."""
        return self.title._replace(money_unit="")

    @cached_property
    def _prints_final(self) -> bool:
        """Whether a head of the table says 决算: 执行数 beside it is another figure."""
        return any("决算" in text for header in self.headers for column in header.columns for text in column.path)

    @cached_property
    def _adds_adjustments(self) -> bool:
        """Whether 调整数 is what was added: the budget before and after it stand beside, and no other change."""
        heads = [column.path for header in self.headers for column in header.columns if column.role is Role.AMOUNT]
        versions = {meaning.column(_normal(path), self.title).version for path in heads}
        return {"budget", "adjusted"} <= versions and "change" not in versions


def read(tables: Sequence[Table], year: int | None, phase: str) -> Reading:
    """Read printed tables as statements; year and phase are those of the document, where they are known.

    `names.finish` then gives the rows their kinds, keys and parents.
    """
    reading = Reading()
    taken: Counter[str] = Counter()
    for number, table in enumerate(tables, 1):
        found = _statement(TableReader(table, number, year, phase), taken, reading.notices)
        if any(row.figures for row in found.rows) or table.title:
            reading.statements[found.kind.statement] = found
    return reading


def _statement(reader: TableReader, taken: Counter[str], notices: list[Notice]) -> ReadStatement:
    rows = reader.rows()
    title, table = reader.title, reader.table
    for row in rows:
        row.figures = [figure for figure in row.figures if _set_coordinates(reader, row, figure)]
    figures = [figure for row in rows for figure in row.figures]
    breakdown = title.breakdown or _breakdown(rows, figures)
    about = Coordinates(
        title.flow, title.fund, title.kind, economic=title.economic, item=title.item, version=title.version
    )
    items = frozenset(figure.coordinates.item for figure in figures)
    id_ = _id(statement_name(about, breakdown, items), taken)
    kind = TableKind(id_, _shape(breakdown, rows, figures), table.title, about.version == "final")
    read_rows = (
        _transposed_rows(rows) if _is_transposed(reader, rows) else [_read_row(row, kind.shape, reader) for row in rows]
    )
    measures = _name_measures(reader, id_, about, read_rows)
    head = StatementHead(
        statement=id_,
        table_no=reader.number,
        printed_number=table.caption.number,
        printed_title=table.title,
        flow=about.flow,
        fund=about.fund,
        kind=about.kind,
        version=about.version,
        breakdown=breakdown,
        money_unit=reader.unit,
        unit_stated=reader.unit_stated,
        measures=measures,
        note=reader.note,
        line_from=table.first,
        line_to=table.last,
        page_from=table.page_from,
        page_to=table.page_to,
    )
    notices += [*reader.notices, *_report(reader, kind, rows, figures)]
    return ReadStatement(kind, head, read_rows, exact=True, printed=_printed_measures(reader, id_, about))


def _without_body(title: str, body: str) -> str:
    """The title without the name of its body: words that nobody knows there narrow nothing."""
    short = title.replace(body, "", 1) if body else title
    return short if "表" in short else title


def _id(known: str, taken: Counter[str]) -> str:
    """The known name of a statement for the first table that has its coordinates, a number for the others."""
    taken[known] += 1
    if known and taken[known] == 1:
        return known
    taken[OTHER] += 1
    return f"{OTHER}{taken[OTHER]}"


def _set_coordinates(reader: TableReader, row: TableRow, figure: Figure) -> bool:
    """Give an amount its coordinates and its place in the printed table; False for a number that is no money."""
    column = figure.column or 0
    found = reader.coordinates(row, column)
    counted = not row.project and (
        (found.is_amount == "no" and is_count(normal(row.label)))
        or names_counted(normal(row.label))
        or _is_part_of_count(row, found)
    )
    if counted and not (is_money(normal(row.column_paths[column][-1])) and reader.prints_counts):
        reader.counts[row.label] = None
        return False
    if found.money_unit and found.money_unit != reader.unit:
        figure.amount = money.parse(figure.amount.printed, MoneyUnit(found.money_unit)) or figure.amount
    figure.coordinates = Coordinates(
        flow=found.flow,
        fund=found.fund,
        kind=found.kind,
        # the name of a project may hold digits, or the name of another function
        function=row.code if row.project and row.code[:1] == "2" else found.function or row.function,
        economic=found.economic or row.economic,
        item=f"?{normal(row.label)}" if counted else row.item or found.item,
        project=row.project,
        unit=row.unit,
        version=found.version,
    )
    figure.standard_code = _code_today(row, found.function if row.code[:1] == "2" else found.economic)
    figure.block = row.block
    figure.row_path = row.path
    figure.column_path = row.column_paths[column]
    return True


def _is_part_of_count(row: TableRow, found: Meaning) -> bool:
    """True for words that nobody knows below a count: 其他用车 below 车辆数（辆）."""
    above = normal(row.above[-1]) if row.above else ""
    known = found.function or found.economic or (found.item and found.item[0] != "?") or found.money_unit
    return bool(above) and is_count(above) and not known and not is_money(normal(row.label))


def _code_today(row: TableRow, code: str) -> str:
    """The code that the name of a row means today; '' where it agrees with the printed one."""
    if not row.code or row.code != code:
        return ""
    scheme = "function" if code[0] == "2" else "government" if code[0] == "5" else "department"
    found = meaning.standard_code(code, normal(row.label), scheme)
    return found.code if found.disagreement is not None and found.code != code else ""


def _without_words(own: Meaning) -> Meaning:
    """The meaning of a project's name, without its unknown words: they are the name's own."""
    kept = {name: value for name in ("fund", "kind", "item") if (value := getattr(own, name)).startswith("?")}
    return own._replace(**dict.fromkeys(kept, ""))


def _normal(path: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(normal, path))


def _breakdown(rows: Sequence[TableRow], figures: Sequence[Figure]) -> str:
    """What a table breaks down by, where its title does not say: by its blocks, its codes, its items."""
    if {figure.coordinates.flow for figure in figures} >= {"revenue", "expenditure"}:
        return "two_sided"
    if any(row.project for row in rows):
        return "project"
    codes = [row.code for row in rows if row.code]
    if codes:
        return "economic" if sum(code[0] in "35" for code in codes) * 2 > len(codes) else "function"
    return "items" if any(figure.coordinates.item for figure in figures) else ""


def _shape(breakdown: str, rows: Sequence[TableRow], figures: Sequence[Figure]) -> Shape:
    """How the rows of a table are keyed: by codes where it prints them, else by labels."""
    flows = {figure.coordinates.flow for figure in figures} & {"revenue", "expenditure"}
    if len(flows) > 1:
        return Shape.TWO_SIDED
    if breakdown == "carryover" and any(row.project for row in rows):
        return Shape.PROJECT_NAMES
    coded = sum(bool(row.code) for row in rows)
    if 2 * coded < sum(not row.total for row in rows) and not any(row.project for row in rows):
        return Shape.LABELS
    if any(row.project for row in rows):
        return Shape.PROJECTS
    return Shape.ECONOMIC if breakdown == "economic" else Shape.FUNCTIONAL


def _read_row(row: TableRow, shape: Shape, reader: TableReader) -> ReadRow:
    """A row of a table as the row of a statement."""
    side = Side.NONE
    if shape is Shape.TWO_SIDED:
        flows = {figure.coordinates.flow for figure in row.figures} & {"revenue", "expenditure"}
        side = Side(flows.pop() if len(flows) == 1 else reader.sides[row.block])
    label = row.label
    if row.project and row.code and row.stacked:  # the code is that of a function, beside the project
        names = [own.text for own in row.held if own.role is not Role.PROJECT]
        label = names[-1] if names else label
    name = "" if row.total else without_enumerator(label)
    code = row.code or row.named_code
    found = ReadRow(side, code, row.total, name, label, row.line, row.figures, row.project, page=row.page)
    if shape in {Shape.TWO_SIDED, Shape.LABELS}:
        found.key = "/".join(normal(without_enumerator(text)) for text in (*row.above, label))
        found.level = row.depth + 1
        codes = {figure.coordinates.function for figure in row.figures} - {""}
        found.resolved = codes.pop() if len(codes) == 1 and not row.code else ""
        if side is Side.REVENUE and not row.figures:  # of a blank row only its words say what it is
            found.source = meaning.row(_normal(row.path), reader.title, side).fund
    return found


def _is_transposed(reader: TableReader, rows: Sequence[TableRow]) -> bool:
    """True for a list of items that is printed with its items as columns, blank ones too."""
    amounts = [column for header in reader.headers for column in header.columns if column.role is Role.AMOUNT]
    items = {reader.head(column.path, "").item for column in amounts} - {""}
    return len(items) >= _MIN_ITEM_COLUMNS and not any(row.code for row in rows)


def _transposed_rows(rows: Sequence[TableRow]) -> list[ReadRow]:
    """The rows of a transposed list: one for each item."""
    found: list[ReadRow] = []
    several = sum(bool(row.figures) for row in rows) > 1
    for row in rows:
        prefix = without_enumerator(row.label) if several and not row.total else ""
        by_item: dict[str, ReadRow] = {}
        for figure in row.figures:
            item = figure.coordinates.item
            if item not in by_item:
                name = ITEM_NAMES.get(item) or item.lstrip("?") or "总计"
                total = not prefix and not by_item
                key = "/".join(part for part in (prefix, name) if part)
                by_item[item] = ReadRow(Side.NONE, "", total, key, name, row.line, [], key=key, page=row.page)
            by_item[item].figures.append(figure)
        found += by_item.values()
    return found


def _name_measures(reader: TableReader, statement: str, about: Coordinates, rows: Sequence[ReadRow]) -> tuple[str, ...]:
    """Name the column of every amount, by a known name where its head has one; the names in printed order."""
    order: dict[str, int] = {}
    heads: dict[tuple[tuple[str, ...], int], tuple[str, str]] = {}  # what a column is known and printed as
    for row in rows:
        taken: set[str] = set()
        strokes: dict[str, int] = {}
        for figure in row.figures:
            key = figure.column_path, figure.block
            if key not in heads:
                heads[key] = _known_measure(reader, statement, about, *key), "·".join(figure.column_path)
            known, printed = heads[key]
            base = known if known and known not in taken else printed or str(figure.column)
            name = base + "'" * strokes.get(base, 0)
            while name in taken:
                name += "'"
            strokes[base] = len(name) - len(base)
            taken.add(name)
            figure.measure = name
            if row.side is not Side.REVENUE:
                order.setdefault(name, figure.column or 0)
    return tuple(sorted(order, key=order.__getitem__))


def _printed_measures(reader: TableReader, statement: str, about: Coordinates) -> tuple[str, ...]:
    """The known names of the columns of amounts of the first page, blank ones too."""
    columns_ = [column for column in reader.headers[0].columns if column.role is Role.AMOUNT]
    return tuple(_known_measure(reader, statement, about, column.path, column.block) for column in columns_)


def _known_measure(reader: TableReader, statement: str, about: Coordinates, path: tuple[str, ...], block: int) -> str:
    """The known name of a column by its head; '' where it has none."""
    head = reader.head(path, reader.sides.get(block, ""))
    own = Coordinates(head.flow, head.fund, head.kind, "", head.economic, "", version=head.version)
    return measure_name(statement, about, own)


def _report(
    reader: TableReader, kind: TableKind, rows: Sequence[TableRow], figures: Sequence[Figure]
) -> Iterable[Notice]:
    """Notices on a table: its unit, unknown words, contradictions, misprinted codes, columns left out."""
    first = reader.table.first

    def notice(severity: Severity, text: str, *values: object) -> Notice:
        return Notice.of(severity, text, *values, statement=kind.statement, line=first)

    if not reader.unit_stated:
        yield unit_assumed(kind, reader.unit, first)
    unknown = dict.fromkeys(
        value.removeprefix("?") for figure in figures for value in figure.coordinates if value.startswith("?")
    )
    if unknown:
        yield notice(Severity.INFO, N_("{}有没有归类的词，按原文保留：{}。"), named(kind), Message.listed(unknown))
    for row in rows:
        if row.misprinted_code:
            text = N_("{}有一行印的编码“{}”不是编码，按名称“{}”归类。")
            yield notice(Severity.UNCERTAIN, text, named(kind), row.misprinted_code, row.label)
    clashing = dict.fromkeys(row.label for row, _ in reader.conflicts)
    if clashing:
        yield notice(Severity.INFO, N_("{}的行与列含义不一致，按原文保留：{}。"), named(kind), Message.listed(clashing))
    if reader.counts:
        text = N_("{}有未列入的行（不是金额），请看原文：{}。")
        yield notice(Severity.INFO, text, named(kind), Message.listed(reader.counts))
    others = dict.fromkeys(
        "·".join(column.path)
        for header in reader.headers
        for column in header.columns
        if column.role is Role.NOTHING and column.path
    )
    if others:
        text = N_("{}有未列入的列（不是金额，或没有表头），请看原文：{}。")
        left = Message.listed(Message.of(name) if name == NO_HEAD.path[0] else name for name in others)
        yield notice(Severity.INFO, text, named(kind), left)


def _unit_of(header: Header) -> MoneyUnit | None:
    """The money unit that the heads of all amounts name."""
    found = {
        match[1]
        for column in header.columns
        if column.role is Role.AMOUNT
        for text in column.path
        for match in [UNIT_IN_HEAD.search(normal(text))]
        if match
    }
    return MoneyUnit(found.pop()) if len(found) == 1 else None
