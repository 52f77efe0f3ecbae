"""Headers of grids: their rows, and what each column holds by the texts above it."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.meaning import Meaning
from loaders.words import notes
from loaders.words.numbers import PLACEHOLDER, are_years, half_width, is_amount
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.tables.cells import Cells


class Role(StrEnum):
    """The role of a column: what its cells hold."""

    CODE = "code"
    OTHER_CODE = "other code"  # of a second classification, beside the code of the row
    NAME = "name"
    PROJECT = "project"
    FUNCTION = "function"  # names of functional classes beside another label
    ECONOMIC = "economic"  # names of economic classes beside another label
    ITEM = "item"  # goods and services bought
    UNIT = "unit"  # sub-units
    AMOUNT = "amount"
    NOTHING = "nothing"  # line numbers, remarks, counts


LABELS = frozenset({Role.NAME, Role.PROJECT, Role.FUNCTION, Role.ECONOMIC, Role.ITEM, Role.UNIT})
"""Columns whose texts say what a row is about."""
NAMES_FLOW = frozenset({*LABELS, Role.AMOUNT})
"""Columns whose heads may name the flow of their block."""


class Column(NamedTuple):
    """One column: its role, the block of columns it belongs to, the texts of its head."""

    role: Role
    block: int = 0
    path: tuple[str, ...] = ()
    """Printed texts of the head cells above it, outermost first."""


class Header(NamedTuple):
    """The header of a grid: its columns; `end` is the first row below it."""

    end: int
    columns: tuple[Column, ...]

    @property
    def blocks(self) -> int:
        """The number of blocks of columns side by side."""
        return 1 + max((column.block for column in self.columns), default=0)


_CODE = lazy_pattern(
    r"[类款项]{1,3}|(?:.{0,60}(?:科目|分类|经济|功能))?(?:科目)?(?:编码|代码|编号)|(?:支出)?(?:功能|经济)分类(?:科目)?编码.*|.{0,60}经济分类科目编码"
)
_OTHER_CODE = lazy_pattern(r".*(?:单位|部门|项目|机构|品目|指标|预算)(?:编码|代码|编号|码)")
_NAME = lazy_pattern(
    r".*(?:科目|分类|部门|类款项)(?:\(.{0,60}\))?名称(?:\(.{0,60}\))?|名称|科目|.*(?:功能|经济)分类(?:科目)?|部门|(?:预算)?科目"
    r"|三公经费支出内容|经费支出内容|支出内容|内容|收入|支出|.*按(?:支出)?(?:功能|经济|性质).{0,60}分类.*|按.*性质|(?:收入|支出)项目|(?:收入|支出)类别"
)
_UNIT_NAME = lazy_pattern(
    r"(?:预算|所属|基层|下属|二级|项目|申报|实施|承担|建设|责任|用款|执收)?单位(?:名称)?(?:\((?:功能分类)?科目(?:名称)?\)|\(项目\))?|地区(?:名称)?|(?:预算|所属)?部门(?:[(/]?单位\)?)?名称|单位[(/]?部门\)?名称"
)
_BODIES = lazy_pattern(r"名称(?:\((?:功能分类)?科目(?:名称)?\))?$|^(?:预算|所属|基层|下属|二级)?单位$|^地区$")
"""Heads that say by themselves that bodies stand below them."""
_PROJECT = lazy_pattern(r"(?:支出|预算|专项|二级|一级)?项目(?:名称)?(?:\(.{0,60}\))?|专项(?:名称)?|项目支出名称")
_ECONOMIC_NAME = lazy_pattern(r".*经济(?:分类)?(?:科目|分类)(?:名称)?(?:\(.{0,60}\))?")
_FUNCTION_NAME = lazy_pattern(r".*功能(?:分类)?(?:科目|分类)(?:名称)?(?:\(.{0,60}\))?")
_ITEM = lazy_pattern(
    r"(?:采购|购买)?(?:物品|品目|货物|商品|服务|内容)(?:名称|内容|项目|大类|小类|目录)?"
    r"|采购(?:项目|内容|品目)(?:名称)?|政府购买服务(?:项目|内容|目录).*|采购目录.*"
)
_PURCHASE = lazy_pattern(r"(?:政府)?(?:采购|购买服务)项目(?:名称)?")
"""Heads of what is bought, or of the projects that it is bought for."""
_NOTHING = lazy_pattern(
    r"行次|序号|计量单位|栏次|备注|说明|公式|是否.*|.*(?:理由|依据|原因|方式|形式|时间|日期|标准|级次|来源说明)|(?!.*按).*性质|规格.*|型号"
)
_COUNT = lazy_pattern(
    r".*(?:数量|人数|户数|面积|个数|台数|辆数|次数|批次|团组数?|保有量|占比|比例|比重|编制数|实有数|人次|幅度)(?:\(.{0,60}\))?|.*率(?:\(%\))?|.*%.*|.*[(](?:个|人|辆|台|套|次|批|批次|人次|平方米)(?:[,、/](?:个|人|辆|台|套|次|批|批次|人次|平方米))*[)]|.*增长"
)
"""Heads of columns that hold other numbers than money."""
_COUNTED = lazy_pattern(
    r"[(](?:[个人辆台套次批]|批次|人次|平方米)(?:[,、/](?:[个人辆台套次批]|批次|人次|平方米)){0,3}[)]$"
)
_CLASSIFICATIONS = {
    "function": lazy_pattern("功能"),
    "economic": lazy_pattern("经济"),
    "government economic": lazy_pattern("政府(?:预算)?(?:支出)?经济"),
}
"""Classifications that the heads of codes and names mean, the narrower last."""
_CODED = lazy_pattern(r"[235]\d{2}(?:\d{2}){0,2}(?![\d年.,])")
_CLASS_IN_HEAD = lazy_pattern(r"[35]\d{2}(?:\d{2})?")
_COLUMN_NUMBER = lazy_pattern(r"[(（]?\d{1,2}[)）]?")
_FORMULA = lazy_pattern(r"[A-Z](?:\d{0,2})(?:[=＝]?[A-Z\d()+\-*/×÷%＋－]+)?|\d{1,2}[=＝][\d()+\-*/×÷%＋－]+")
_NUMBER_ROW = {"※", "*", "类", "款", "项", "栏次", "行次", "栏", "次", "甲", "乙", "丙", "丁", "合计", "—", "-", "公式"}
_ENUMERATED = lazy_pattern(
    r"^(?:[一二三四五六七八九十]+[、.．:]|[（(][一二三四五六七八九十\d]+[)）][、.]?|\d{1,2}[、.．](?!\d)|其中[:：])(?=.)"
)
_YEAR = lazy_pattern(r"20\d\d年度?")
_TOTAL = lazy_pattern(r"(?:收入|支出|本年收入|本年支出|收支)?(?:总计|合计)")
_PROJECT_BREAKDOWNS = frozenset({"project", "procurement", "carryover", "targets"})
"""Breakdowns of tables in which a column 项目 holds projects."""
_ANY_YEAR = Meaning(year="2000")
"""A title that leaves open what a head says, its year included."""
_MAX_HEADER_ROWS = 12
"""Rows of a header at most."""


def header_rows(cells: Cells, skip: int) -> int:
    """Index of the first row below the header; `skip` where there is no header.

    The header begins at the row `skip`.
    """
    if skip not in cells.header_ends:
        cells.header_ends[skip] = _header_end(cells, skip)
    return cells.header_ends[skip]


def _header_end(cells: Cells, skip: int) -> int:
    for row in range(skip, min(cells.rows, skip + _MAX_HEADER_ROWS)):
        filled = [text for cell in cells.starting(row) if (text := normal(cell.text))]
        if is_column_numbers(filled):
            continue
        if not filled and not _spanned(cells, row) and row > skip:
            return row
        if filled and _is_data(filled):
            return row
    return min(cells.rows, skip + _MAX_HEADER_ROWS)


def repeated_rows(cells: Cells, skip: int, known: Sequence[frozenset[str]]) -> int:
    """Index of the first row below a repeated header; `skip` where none is repeated.

    `known` are the texts of each row of the header before.
    """
    for row in range(skip, min(cells.rows, skip + _MAX_HEADER_ROWS)):
        texts = frozenset(normal(text) for text in cells.texts(row).values())
        if not texts and _spanned(cells, row):
            continue
        if not any(texts == own or (len(texts) > 1 and texts <= own) for own in known if own):
            return row
    return min(cells.rows, skip + _MAX_HEADER_ROWS)


def is_head(text: str) -> bool:
    """True for words that head a column of codes or names."""
    plain = normal(text)
    return any(pattern.fullmatch(plain) for pattern in (_CODE, _NAME, _PROJECT, _NOTHING))


def is_total(text: str) -> bool:
    """True where a label calls its row a total."""
    return _TOTAL.fullmatch(normal(text)) is not None


@lru_cache(maxsize=4096)
def names_version(label: str) -> bool:
    """True for a label of a version or a year: 2023年预算数, 增减额, 2023年."""
    if _YEAR.fullmatch(normal(label)):
        return True
    own = meaning.column((normal(label),), _ANY_YEAR)
    return names_amounts(label) and not (own.flow or own.fund or own.kind or own.item)


def names_amounts(label: str) -> bool:
    """True for the head of amounts of one version: 2023年预算数, “三公”经费预算数."""
    own = meaning.column((normal(label),), _ANY_YEAR)
    return bool(own.version) and own.is_amount == "yes"


def _spanned(cells: Cells, row: int) -> bool:
    """True where cells that begin above reach into this row."""
    return any((cell := cells.at(row, column)) is not None and cell.row < row for column in range(cells.columns))


def is_column_numbers(texts: Sequence[str]) -> bool:
    """True for a row of column numbers or formulas: 1 2 3, ※ 1 2, 栏次 1 栏次 2, A=B+C B C."""
    others: list[str] = []
    has_formula = False
    for text in texts:
        if text in _NUMBER_ROW:
            continue
        others.append(half_width(text))
        if _FORMULA.fullmatch(others[-1]):
            has_formula = True
        elif not _COLUMN_NUMBER.fullmatch(others[-1]):  # as in nearly every row
            return False
    if has_formula or not others:
        return has_formula
    values = [int(re.sub(r"\D", "", number)) for number in others]
    if "栏次" in texts:  # it says so: columns may have changed places
        values.sort()
    rising = values == list(range(values[0], values[0] + len(values)))
    return values[0] == 1 and rising and (len(values) > 2 or len(others) < len(texts))  # noqa: PLR2004


def _is_data(texts: list[str]) -> bool:
    """True for the texts of a row of the body: an amount, a code, an enumerator or a total."""
    first = texts[0]
    if _names_classes(texts):
        return False
    if any(map(is_amount, texts)) and not are_years(texts):
        return True
    if _CODED.match(first) or _ENUMERATED.match(first):
        return True
    others = [text for text in texts[1:] if not PLACEHOLDER.fullmatch(text)]
    return bool(_TOTAL.fullmatch(first)) and all(is_total(text) or is_amount(text) for text in others)


def _names_classes(texts: list[str]) -> bool:
    """True for a row of heads with the rising codes of the classes below them: 科目名称 总计 501 502 503."""
    numbers = [text for text in texts if is_amount(text)]
    rising = len(numbers) > 1 and all(before < after for before, after in pairwise(numbers))
    heads = bool(texts) and not is_amount(texts[0]) and not is_total(texts[0])
    return heads and rising and all(_CLASS_IN_HEAD.fullmatch(number) for number in numbers)


def columns(cells: Cells, skip: int, end: int, title: Meaning) -> tuple[Column, ...]:
    """The columns of a grid with their roles; its header are the rows from `skip` to `end`."""
    heads = paths(cells, skip, end)
    rows = [row for row in range(end, cells.rows) if not _is_note(cells, row)]
    # a head that is printed again further down is no content
    below = [
        [text for row in rows if (text := cells.text(row, i)) and text not in heads[i]] for i in range(cells.columns)
    ]
    numeric = [2 * sum(map(_is_number_cell, texts)) > len(texts) for texts in below]
    roles = [
        _role(tuple(map(normal, path)), title, numeric=numeric[i], empty=not below[i]) for i, path in enumerate(heads)
    ]
    roles = _with_lists(roles, heads, below)
    return _blocks(_settle_roles(roles, heads, below, numeric), heads, title.breakdown)


def _with_lists(
    roles: list[Role | None], heads: Sequence[tuple[str, ...]], below: Sequence[Sequence[str]]
) -> list[Role | None]:
    """The roles, with names where words that usually head remarks (支出性质) head a list of known labels.

    Such a list stands left of its amounts, with at most the numbers of lines (行次) between them, and no other label
    between it and the amounts before.
    """
    lines = [bool(path) and normal(path[-1]) == "行次" for path in heads]
    found = list(roles)
    labelled = False
    for index, role in enumerate(roles):
        beside = next((i for i in range(index + 1, len(roles)) if not lines[i]), index)
        if role is Role.NOTHING and not (labelled or lines[index]) and roles[beside] is Role.AMOUNT:
            known = sum(meaning.is_known(text) or is_total(text) for text in below[index])
            found[index] = Role.NAME if 2 * known > len(below[index]) else role
        labelled = role is not Role.AMOUNT and (labelled or role is not Role.NOTHING)
    return found


def _is_note(cells: Cells, row: int) -> bool:
    """True for a note in a row of its own."""
    texts = list(cells.texts(row).values())
    return len(texts) == 1 and notes.begins(texts[0])


def is_amount_cell(text: str) -> bool:
    """True for an amount, and for the mark of none."""
    return is_amount(text) or PLACEHOLDER.fullmatch(text) is not None


def _is_number_cell(text: str) -> bool:
    """True for an amount, also for one that a page has cut behind its point."""
    return is_amount_cell(text) or (text.endswith(".") and is_amount(text[:-1]))


def _role(path: tuple[str, ...], title: Meaning, *, numeric: bool, empty: bool) -> Role | None:
    """The role of a column by its head; None where its head does not tell."""
    leaf = path[-1] if path else ""
    if not leaf:
        return None
    if not _OTHER_CODE.fullmatch(leaf) and (_CODE.fullmatch(leaf) or _is_cut_head(_CODE, path)):
        return Role.CODE
    if is_count(leaf) or _OTHER_CODE.fullmatch(leaf) or _NOTHING.fullmatch(leaf):
        return Role.NOTHING
    if not (numeric or empty):
        return _label_role(path, leaf)
    if meaning.column(path, title).is_amount == "no":
        return (_label_role(path, leaf) if empty else None) or Role.NOTHING
    return Role.AMOUNT


def names_counted(plain: str) -> bool:
    """True for a label that ends with what is counted, in brackets: 车辆（辆）, 设备（台，套）."""
    return plain.endswith(")") and _COUNTED.search(plain) is not None


@lru_cache(maxsize=4096)
def is_count(plain: str) -> bool:
    """True for the name of a number that is no money: 批次, 人数, 保有量（辆）."""
    return _COUNT.fullmatch(plain) is not None and not is_money(plain)


def is_money(leaf: str) -> bool:
    """True for a head that says money: 金额, （元）."""
    return re.search(r"金额|[(](?:亿|万|千)?元[)]", leaf) is not None


def _label_role(path: tuple[str, ...], leaf: str) -> Role | None:
    for pattern, role in (
        (_UNIT_NAME, Role.UNIT),
        (_PROJECT, Role.PROJECT),
        (_ECONOMIC_NAME, Role.ECONOMIC),
        (_FUNCTION_NAME, Role.FUNCTION),
        (_NAME, Role.NAME),
        (_ITEM, Role.ITEM),
    ):
        if pattern.fullmatch(leaf) or _is_cut_head(pattern, path):
            return role
    return None


def _is_cut_head(pattern: re.Pattern[str], path: tuple[str, ...]) -> bool:
    """True for a head that a page has cut within its words."""
    return len(path) > 1 and len(path[-1]) < 4 and pattern.fullmatch("".join(path[-2:])) is not None  # noqa: PLR2004


def _settle_roles(
    roles: list[Role | None], heads: Sequence[tuple[str, ...]], below: Sequence[list[str]], numeric: Sequence[bool]
) -> list[Role]:
    """Give roles to columns whose head does not tell, by their cells and their neighbours."""
    amounts = [i for i, role in enumerate(roles) if role is Role.AMOUNT]
    last = amounts[-1] if amounts else len(roles)
    settled: list[Role] = []
    for index, role in enumerate(roles):
        if role is not None and role not in LABELS:
            settled.append(role)
        elif role is None and numeric[index] and below[index]:
            labelled = any(before in LABELS for before in settled)
            # numbers without a head before any name are the names themselves: years, numbers of lines
            settled.append(Role.AMOUNT if labelled or heads[index] else Role.NAME)
        elif index > last and not (role in LABELS and any(map(is_total, below[index]))):
            settled.append(Role.NOTHING)  # remarks behind the last amount
        else:
            settled.append(role or (Role.NAME if below[index] or not heads[index] else Role.NOTHING))
    return settled


def _blocks(roles: list[Role], heads: Sequence[tuple[str, ...]], breakdown: str) -> tuple[Column, ...]:
    """The columns by the blocks that stand side by side: a label behind an amount begins the next one."""
    found: list[Column] = []
    block, has_amount = 0, False
    for index, (role, head) in enumerate(zip(roles, heads, strict=True)):
        begins = role in LABELS or (role is Role.CODE and Role.AMOUNT in roles[index:])
        if begins and has_amount and Role.AMOUNT in roles[index:]:
            block, has_amount = block + 1, False
        elif role in LABELS and has_amount:
            role = Role.NOTHING  # noqa: PLW2901 - words behind the last amount
        has_amount = has_amount or role is Role.AMOUNT
        found.append(Column(role, block, head))
    return _plain_labels(_second_classes(found), breakdown)


def _second_classes(columns_: list[Column]) -> list[Column]:
    """The columns with the codes and names of a second classification told from those of the first.

    Tables of projects print the functional and the economic class of a row side by side, others its class in the
    department's and in the government's scheme.
    """
    first: dict[int, str] = {}
    found: list[Column] = []
    for column in columns_:
        named = _classification(column.path)
        own = first.setdefault(column.block, named) if column.role is Role.CODE and named else first.get(column.block)
        if own and named and named != own and column.role in {Role.CODE, Role.NAME}:
            names = Role.ECONOMIC if "economic" in named else Role.FUNCTION
            column = column._replace(role=Role.OTHER_CODE if column.role is Role.CODE else names)  # noqa: PLW2901
        found.append(column)
    return found


def _classification(path: Sequence[str]) -> str:
    """The classification that the heads of codes or names mean; '' where they name none."""
    text = normal("".join(path))
    found = [name for name, word in _CLASSIFICATIONS.items() if word.search(text)]
    return found[-1] if found and ("function" not in found or len(found) == 1) else ""


def _plain_labels(columns_: Iterable[Column], breakdown: str) -> tuple[Column, ...]:
    """Make labels plain names where no column beside them tells them apart.

    项目 alone heads names of any kind.  It heads projects where bodies stand beside it and it says
    项目名称, codes stand there too, or the table is one of projects.
    """
    found = _purchases(list(columns_))
    for block in {column.block for column in found}:
        own = [i for i, column in enumerate(found) if column.block == block and column.role in LABELS]
        roles = {column.role for column in found if column.block == block}
        labels = {found[i].role for i in own}
        placed = bool(roles & {Role.CODE, Role.FUNCTION, Role.ECONOMIC, Role.ITEM}) or breakdown in _PROJECT_BREAKDOWNS
        for index in own:
            several = len(own) > 1
            keeps = several or _lists_units(found[index])
            if found[index].role is Role.PROJECT:
                named = Role.UNIT in labels and normal(found[index].path[-1]).endswith("名称")
                keeps = several and (placed or named)
            if not keeps:
                found[index] = found[index]._replace(role=Role.NAME)
    return tuple(found)


def _purchases(found: list[Column]) -> list[Column]:
    """The columns, with 采购项目 a project where another column says what is bought for it (采购目录)."""
    for block in {column.block for column in found}:
        if any(column.block == block and column.role is Role.PROJECT for column in found):
            continue  # 预算项目 stands beside it
        own = [i for i, column in enumerate(found) if column.block == block and column.role is Role.ITEM]
        named = [i for i in own if _PURCHASE.fullmatch(normal(found[i].path[-1]))]
        for index in named if len(named) < len(own) else ():
            found[index] = found[index]._replace(role=Role.PROJECT)
    return found


def _lists_units(column: Column) -> bool:
    """True for a column of names of bodies, by its head alone."""
    return column.role is Role.UNIT and _BODIES.search(normal(column.path[-1])) is not None


def is_stacked(header: Header, block: int) -> bool:
    """True where groups of labels stand left of their members.

    Such a block has several columns of labels and none of codes.
    """
    roles = [column.role for column in header.columns if column.block == block]
    return Role.CODE not in roles and sum(role in LABELS for role in roles) > 1


def paths(cells: Cells, skip: int, end: int) -> list[tuple[str, ...]]:
    """The texts of the head cells above each column, outermost first."""
    rows = [row for row in range(skip, end) if not is_column_numbers(list(map(normal, cells.texts(row).values())))]
    return [_path(cells, column, rows, skip, end) for column in range(cells.columns)]


def _path(cells: Cells, column: int, rows: Sequence[int], skip: int, end: int) -> tuple[str, ...]:
    path: list[str] = []
    for row in rows:
        cell = cells.at(row, column)
        if cell is None or (cell.row < row and row > skip) or cell.row < skip:
            continue
        text = cells.text(cell.row, cell.column) or _head_beside(cells, row, column, end)
        if text and not _is_number_mark(normal(text)):
            path.append(text)
    return tuple(path)


def _is_number_mark(text: str) -> bool:
    """True for what stands in a row of column numbers."""
    return bool(_COLUMN_NUMBER.fullmatch(text) or _FORMULA.fullmatch(half_width(text))) or text in {"※", "*"}


def _head_beside(cells: Cells, row: int, column: int, end: int) -> str:
    """The head to the left of a blank one that has a head below it: cells that should have been merged."""
    below = next((text for under in range(row + 1, end) if (text := normal(cells.text(under, column)))), "")
    if not below or _is_number_mark(below):
        return ""
    while column and not cells.text(row, column):
        column -= 1
    return cells.text(row, column)
