"""The header of a grid: its rows, and what each column holds by the joined text of its head cells."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from budget.forms.form import Shape
from budget.forms.labels import ENUMERATOR, find, without_enumerator
from budget.model.disclosure import Side
from loaders.lines.codes import TOTALS
from loaders.lines.numbers import PLACEHOLDER, half_width, is_amount
from loaders.lines.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from budget.forms.form import Label, Measure, StatementForm
    from loaders.tables.cells import Cells


class Role(StrEnum):
    """What a column holds."""

    CODE = "code"
    NAME = "name"
    PROJECT = "project"
    MEASURE = "measure"
    NOTHING = "nothing"  # line numbers, remarks


class Column(NamedTuple):
    """One column: its role, the group of columns it belongs to, and the measure whose amounts it holds.

    A column of other numbers than money has the role NOTHING and its head as `measure`.
    """

    role: Role
    group: int = 0
    measure: str = ""
    label: Label | None = None
    """In a list of labels that is printed with its labels as columns: the line that the amounts belong to."""


class Header(NamedTuple):
    """What the head of a grid says: `end` is the first row below it."""

    end: int
    columns: tuple[Column, ...]

    @property
    def groups(self) -> int:
        """How many groups of columns stand side by side."""
        return 1 + max((column.group for column in self.columns), default=0)

    def side(self, group: int, shape: Shape) -> Side:
        """The side of a two-sided statement that a group of columns is."""
        if shape is not Shape.TWO_SIDED:
            return Side.NONE
        return Side.REVENUE if group == 0 and self.groups > 1 else Side.EXPENDITURE


_CODE = re.compile(
    r"[类款项]{1,3}|(?:.*(?:科目|分类|经济|功能))?(?:科目)?(?:编码|代码|编号)|(?:支出)?(?:功能|经济)分类(?:科目)?编码.*|.*经济分类科目编码"
)
_NAME = re.compile(
    r".*(?:科目|分类|单位|部门|类款项)(?:\(.*\))?名称(?:\(.*\))?|名称|科目|.*(?:功能|经济)分类(?:科目)?|单位|部门|(?:预算)?科目"
    r"|三公经费支出内容|经费支出内容|支出内容|内容|收入|支出|.*按(?:支出)?(?:功能|经济|性质).*分类.*|(?:收入|支出)项目"
)
_PROJECT = re.compile(r"(?:支出)?项目(?:名称)?|(?:项目)?名称")
_NOTHING = re.compile(r"行次|序号|计量单位|栏次|备注|说明|是否.*")
_CODED = re.compile(r"\d{3}(?:\d{2}){0,2}(?![\d年])")
_NO_MONEY = re.compile(r"数量|人数|户数|面积|个数|台数|辆|次数|占比|比例|比重|率(?:\(%\))?$|%|计量单位|编制数")
"""Heads of columns that hold other numbers than money."""
_COLUMN_NUMBER = re.compile(r"[(（]?\d{1,2}[)）]?")
_NUMBER_ROW = {"※", "*", "类", "款", "项", "栏次", "行次", "栏", "次", "甲", "乙", "丙", "合计", "—", "-"}
_YEAR = re.compile(r"^(?:其中:)?(?:20\d{2}年?(?:度)?|本年度?|当年)?(?=.{2})")
_UNIT = re.compile(r"\((?:单位:)?(?:亿|万|千)?元\)$")
_SUFFIX = re.compile(r"(?:预算|决算|执行)?(?:数|额|金额)$|(?:预算)?(?:资金|收入|支出|拨款)$|预算$")
_SUMS = {"小计", "合计"}
_SEARCH = 12
"""Rows of a header at most."""
_TURNED = 3
"""Columns named by labels that make a table one that is turned."""


def header_rows(cells: Cells, skip: int, labels: tuple[Label, ...] = ()) -> int:
    """The index of the first row below the header, which begins at `skip`; `skip` itself where there is none."""
    for row in range(skip, min(cells.rows, skip + _SEARCH)):
        texts = [(cell.column, normal(cell.text)) for cell in cells.starting(row)]
        filled = [text for _, text in texts if text]
        if is_column_numbers(filled):
            continue
        if not filled and not _spanned(cells, row) and row > skip:
            return row
        if filled and _is_data(filled, labels):
            return row
    return min(cells.rows, skip + _SEARCH)


def repeated_rows(cells: Cells, skip: int, known: Sequence[frozenset[str]]) -> int:
    """The index of the first row below a header that repeats one, `known` by its rows; `skip` where none does."""
    for row in range(skip, min(cells.rows, skip + _SEARCH)):
        texts = frozenset(normal(text) for text in cells.texts(row).values())
        if not texts and _spanned(cells, row):
            continue
        if not any(texts == own or (len(texts) > 1 and texts <= own) for own in known if own):
            return row
    return min(cells.rows, skip + _SEARCH)


def is_head(text: str) -> bool:
    """True for words that head a column of codes or names."""
    plain = normal(text)
    return any(pattern.fullmatch(plain) for pattern in (_CODE, _NAME, _PROJECT, _NOTHING))


def _spanned(cells: Cells, row: int) -> bool:
    """True where cells that begin above reach into this row."""
    return any((cell := cells.at(row, column)) is not None and cell.row < row for column in range(cells.columns))


def is_column_numbers(texts: Sequence[str]) -> bool:
    """True for a row of column numbers (1 2 3, ※ 1 2, 栏次 1 栏次 2)."""
    numbers = [half_width(text) for text in texts if text not in _NUMBER_ROW]
    if not numbers or not all(_COLUMN_NUMBER.fullmatch(number) for number in numbers):
        return False
    values = [int(re.sub(r"\D", "", number)) for number in numbers]
    rising = values == list(range(values[0], values[0] + len(values)))
    return values[0] == 1 and rising and (len(values) > 2 or len(numbers) < len(texts))  # noqa: PLR2004


def _is_data(texts: list[str], labels: tuple[Label, ...]) -> bool:
    """True where a row of the table begins with these texts."""
    amounts = [is_amount(text) and not re.fullmatch(r"20\d{2}", text) for text in texts]
    first = texts[0]
    if any(amounts):
        return True
    if _CODED.match(first) or (ENUMERATOR.match(first) and len(without_enumerator(first)) > 1):
        return True
    others = [text for text in texts[1:] if not PLACEHOLDER.fullmatch(text)]
    if _is_total(first) and all(_is_total(text) or is_amount(text) for text in others):
        return True
    return not others and find(labels, without_enumerator(first)) is not None


def _is_total(text: str) -> bool:
    return re.fullmatch(r"(?:收入|支出)?(?:总计|合计)", text) is not None


def columns(cells: Cells, skip: int, end: int, form: StatementForm) -> tuple[Column, ...]:
    """What each column of a grid holds; its header are the rows from `skip` to `end`."""
    heads = paths(cells, skip, end)
    turned = _turned(heads, form)
    if turned:
        return turned
    below = [[text for row in range(end, cells.rows) if (text := cells.text(row, i))] for i in range(cells.columns)]
    numeric = [2 * sum(map(is_amount, texts)) > len(texts) for texts in below]
    kinds: list[Column] = []
    group = 0
    taken: set[str] = set()
    for index, path in enumerate(heads):
        role, measure = _role(
            path, form, numeric=numeric[index], first=not kinds or not _has(kinds, group, Role.MEASURE)
        )
        if role in {Role.CODE, Role.NAME, Role.PROJECT} and _has(kinds, group, Role.MEASURE):
            group += 1
            taken = set()
        if role is Role.MEASURE and not measure and path[-1:] and path[-1] in _SUMS and "total" not in taken:
            measure = "total"
        if role is Role.MEASURE and (not measure or measure in taken):
            measure = _own_name(path, taken)
        if role is Role.MEASURE and (
            not measure or (path and _NO_MONEY.search(path[-1]) and not _known(measure, form))
        ):
            role = Role.NOTHING
        taken.add(measure)
        kinds.append(Column(role, group, measure))
    return tuple(kinds)


def _known(measure: str, form: StatementForm) -> bool:
    return bool(form.titles) and measure in form.measure_ids


def _has(kinds: Iterable[Column], group: int, role: Role) -> bool:
    return any(column.role is role and column.group == group for column in kinds)


def paths(cells: Cells, skip: int, end: int) -> list[tuple[str, ...]]:
    """The texts of the head cells above each column."""
    return [_path(cells, column, skip, end) for column in range(cells.columns)]


def _path(cells: Cells, column: int, skip: int, end: int) -> tuple[str, ...]:
    """The texts of the head cells above a column, from the top; rows of column numbers left out."""
    path = []
    for row in range(skip, end):
        cell = cells.at(row, column)
        if cell is None or (cell.row < row and row > skip) or cell.row < skip:
            continue
        text = normal(cell.text) or _head_beside(cells, row, column, end)
        if text and not _is_number_mark(text):
            path.append(text)
    return tuple(path)


def _is_number_mark(text: str) -> bool:
    """True for what stands in a row of column numbers."""
    return _COLUMN_NUMBER.fullmatch(text) is not None or text in {"※", "*", "栏次"}


def _head_beside(cells: Cells, row: int, column: int, end: int) -> str:
    """The head to the left of a blank one that has a head below it: cells that should have been merged."""
    below = next((text for under in range(row + 1, end) if (text := normal(cells.text(under, column)))), "")
    if not below or _is_number_mark(below):
        return ""
    while column and not cells.text(row, column):
        column -= 1
    return normal(cells.text(row, column))


def _role(path: tuple[str, ...], form: StatementForm, *, numeric: bool, first: bool) -> tuple[Role, str]:
    """What a column holds by its head; `numeric` says that its cells do, `first` that no measure stands before it."""
    leaf = path[-1] if path else ""
    measure = measure_of(path, form.measures)
    plain_project = _PROJECT.fullmatch(leaf) is not None
    if _NOTHING.fullmatch(leaf) or not (path or numeric or first):
        role = Role.NOTHING
    elif measure and (numeric or not plain_project):
        role = Role.MEASURE
    elif _CODE.fullmatch(leaf):
        role = Role.CODE
    elif plain_project:
        role = Role.PROJECT if form.shape in {Shape.PROJECTS, Shape.PROJECT_NAMES} else Role.NAME
    elif not measure and _broken(_CODE, path):
        role = Role.CODE
    elif not numeric and (first or _NAME.fullmatch(leaf) or _broken(_NAME, path)):
        role = Role.NAME
    else:
        role = Role.MEASURE
    return role, measure if role is Role.MEASURE else ""


def _broken(pattern: re.Pattern[str], path: tuple[str, ...]) -> bool:
    """True for a head that a page has cut within its words."""
    return len(path) > 1 and pattern.fullmatch("".join(path[-2:])) is not None


def measure_of(path: tuple[str, ...], measures: tuple[Measure, ...]) -> str:
    """The id of the measure that a path of head cells names; "" where none is.

    The longest end of the path that names one counts: 财政拨款 over 小计 is not 小计.
    """
    if len(path) > 1 and path[-1] in _SUMS:
        above = measure_of(path[:-1], measures)
        if above:
            return above
    whole, parts = _headers(measures)
    for variant in (_plain, _without_year, _without_suffix):
        plain = [variant(text) for text in path]
        for start in range(len(plain)):
            if found := whole.get("".join(plain[start:])):
                return found
            for head, last, measure in parts if start < len(plain) - 1 else ():
                if plain[-1] == last and plain[start].startswith(head):
                    return measure
    return ""


@lru_cache(maxsize=64)
def _headers(measures: tuple[Measure, ...]) -> tuple[dict[str, str], tuple[tuple[str, str, str], ...]]:
    """The header texts of these measures: those of one cell, and those of a column below a common head."""
    whole: dict[str, str] = {}
    parts = []
    for measure in measures:
        for header in measure.headers:
            text = normal(header)
            whole.setdefault(text.replace("·", ""), measure.id)
            if "·" in text:
                head, _, last = text.partition("·")
                parts.append((head, last, measure.id))
    return whole, tuple(parts)


def _plain(text: str) -> str:
    return text


def _without_year(text: str) -> str:
    return _UNIT.sub("", _YEAR.sub("", text)).removesuffix(":")


def _without_suffix(text: str) -> str:
    return _SUFFIX.sub("", _without_year(text)) or text


def _own_name(path: tuple[str, ...], taken: set[str]) -> str:
    """The printed head as the name of a column that the form does not know."""
    for start in range(len(path) - 1, -1, -1):
        name = "·".join(path[start:])
        if name not in taken:
            return name
    return ""


def _turned(heads: list[tuple[str, ...]], form: StatementForm) -> tuple[Column, ...]:
    """The columns of a list of labels whose labels are its columns; empty where they are its rows."""
    if form.shape is not Shape.LABELS:
        return ()
    found = [_label(path, form.labels) for path in heads]
    if sum(label is not None and label.name != "总计" for label in found) < _TURNED:
        return ()
    kinds = []
    for path, label in zip(heads, found, strict=True):
        if label is None:
            kinds.append(Column(Role.NOTHING if path and _NOTHING.fullmatch(path[-1]) else Role.NAME))
        else:
            above = tuple(_without_year(text) for text in path)
            measure = next((named for text in above if (named := measure_of((text,), form.measures))), "total")
            kinds.append(Column(Role.MEASURE, 0, measure if len(path) > 1 else "total", label))
    return tuple(kinds)


def _label(path: tuple[str, ...], labels: tuple[Label, ...]) -> Label | None:
    for variant in (_plain, _without_year, _without_suffix):
        plain = [variant(text) for text in path]
        for start in range(len(plain)):
            if label := find(labels, "".join(plain[start:])):
                return label
    return None


def totals(text: str) -> bool:
    """True where the text of a row's first cell calls it a total."""
    return normal(text) in TOTALS or _is_total(normal(text))
