"""What every format of an export shares: `Rows` and how they are written, the rows of a view, their marks in words."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from budget.i18n.language import N_, joined, tr
from budget.model.disclosure import AmountOrigin, ColumnStatus
from budget.model.money import format_fen, quantity_text, unit_title
from budget.reading.rows import COMPUTED
from budget.system.patterns import lazy_pattern
from budget.views.row.detail import ORIGIN_WORDS, STATUS_WORDS
from budget.views.table import FINDING, LEFT_OUT, Change, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from budget.views.table import Column, ViewTable

# full-width signs too: some spreadsheets take them for the half-width ones
_FORMULA = lazy_pattern(r"[\s\x00-\x20\x7f-\xa0\ufeff]*[=+\-@＝＋－＠]|[\t\r]")
_MARKDOWN = lazy_pattern(r"([\\`*_\[\]<>|#~])")
_NUMBER = lazy_pattern(r"-?\d+(\.\d+)?")
_FIRST_PICTURE = 0x2400
_LAST_CONTROL = 0x1F
_DELETE = 0x7F
_NO_CHARACTER = 0xFFFE
"""The last two code points of each plane are none, and XML does not allow the first of them."""


class Rows(NamedTuple):
    """What an export writes as a table: of a view, of findings, of a summary."""

    titles: Sequence[str]
    """In the language of the interface."""
    rows: Sequence[Sequence[str]]
    """As many texts a row as there are titles; "" for nothing."""
    numeric: frozenset[int] = frozenset()
    """The places of columns that hold numbers."""


def to_csv(rows: Rows, codec: str) -> bytes:
    """CSV with one header row and CRLF; nothing in it is run by a spreadsheet, and numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(neutral, rows.titles))
    for row in rows.rows:
        bare = (at in rows.numeric and _NUMBER.fullmatch(text) for at, text in enumerate(row))
        writer.writerow([text if is_bare else neutral(text) for text, is_bare in zip(row, bare, strict=True)])
    return out.getvalue().encode(codec)


def is_number(text: str) -> bool:
    """Whether a text is a plain number: digits, a sign, a point."""
    return _NUMBER.fullmatch(text) is not None


def to_json(document: dict[str, Any]) -> bytes:
    """JSON (UTF-8) for people and programs: indented, Chinese as it is."""
    return (encodable(json.dumps(document, ensure_ascii=False, indent=2)) + "\n").encode("utf-8")


def to_markdown(lines: Iterable[str]) -> bytes:
    """Lines of Markdown (UTF-8)."""
    return encodable("\n".join(lines) + "\n").encode("utf-8")


def markdown_table(rows: Rows) -> Iterator[str]:
    """The lines of a Markdown table, numbers to the right."""
    yield "| " + " | ".join(map(escaped, rows.titles)) + " |"
    yield "| " + " | ".join("---:" if at in rows.numeric else "---" for at in range(len(rows.titles))) + " |"
    yield from ("| " + " | ".join(map(escaped, row)) + " |" for row in rows.rows)


def runs(text: str) -> bool:
    """Whether a spreadsheet could take this text for a formula."""
    return _FORMULA.match(text) is not None


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: control characters visible, an apostrophe before what looks like a formula."""
    return ("'" if runs(text) else "") + visible(text)


def visible(text: str) -> str:
    """Control characters as their pictures (␛ for escape); direction marks and broken characters as �."""
    if text.isprintable():
        return text
    return "".join(_visible(letter) for letter in text)


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, control characters visible."""
    return _MARKDOWN.sub(r"\\\1", visible(text))


def encodable(text: str) -> str:
    """Text that UTF-8 can hold: halves of a surrogate pair as �."""
    return "".join("�" if unicodedata.category(letter) == "Cs" else letter for letter in text)


def _visible(letter: str) -> str:
    code = ord(letter)
    if code <= _LAST_CONTROL:
        return chr(_FIRST_PICTURE + code)
    if code == _DELETE:
        return "␡"
    if code & _NO_CHARACTER == _NO_CHARACTER:
        return "�"
    return "�" if unicodedata.category(letter) in {"Cc", "Cf", "Cs"} else letter


CHANGE_WORDS = {
    Change.SAME: N_("不变"),
    Change.CHANGED: N_("变动"),
    Change.NEW: N_("新增"),
    Change.GONE: N_("取消"),
    Change.OWN_ONLY: N_("仅本单位"),
    Change.OTHER_ONLY: N_("仅对方"),
    Change.UNDISCLOSED: N_("未公开"),
}
FACTS = {
    "body": N_("部门（单位）"),
    "fiscal_year": N_("年度"),
    "phase": N_("阶段"),
    "edition": N_("口径"),
    "source": N_("原文件"),
    "sources": N_("各份资料"),
    "sha256": "SHA-256",
    "baseline_body": N_("对比部门（单位）"),
    "baseline_fiscal_year": N_("对比年度"),
    "baseline_phase": N_("对比阶段"),
    "baseline_edition": N_("对比口径"),
    "baseline_source": N_("对比原文件"),
    "baseline_sha256": N_("对比 SHA-256"),
    "view": N_("视图"),
    "scope": N_("范围"),
    "place": N_("位置"),
    "unit": N_("金额单位"),
    "filter": N_("筛选"),
    "sort": N_("排序"),
    LEFT_OUT: N_("未列的列"),
}
"""What the facts of the provenance are called."""
_ORDERS = {"desc": N_("{}，从大到小"), "asc": N_("{}，从小到大")}
TOTAL_WORD, COMPUTED_WORD = N_("合计"), N_("计算")
ROW_MARK, CHANGE_HEAD, NEAR_HEAD = N_("行别"), N_("变化"), N_("近似名称")
NOTE_HEAD, FINDING_HEAD = N_("说明"), N_("不符")
NUMERIC = frozenset({ColumnKind.AMOUNT, ColumnKind.PERCENT, ColumnKind.SHARE, ColumnKind.INTEGER, ColumnKind.QUANTITY})
"""The kinds of columns that hold numbers."""


def rows_of(table: ViewTable) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every row, the totals last and marked."""
    for row in table.frame.iter_rows(named=True):
        yield row, False
    for row in table.totals.iter_rows(named=True):
        yield row, True


def mark(row: dict[str, Any], *, total: bool) -> str:
    """Kind of a row that is no plain line of the document."""
    if total:
        return tr(TOTAL_WORD)
    return tr(COMPUTED_WORD) if row["row_kind"] == COMPUTED else ""


def change(row: dict[str, Any]) -> str:
    """How the row stands against the baseline."""
    return tr(CHANGE_WORDS.get(Change(row["change"] or ""), ""))


def row_note(row: dict[str, Any], table: ViewTable) -> str:
    """Note of a row: pairs by near names and amounts not simply printed."""
    near = f"≈ {row['near']}" if row["near"] else ""
    held: dict[str, list[str]] = {}
    for column in table.columns:
        status = row[column.status] if column.status else None
        if status is not None and status != ColumnStatus.PRINTED:
            held.setdefault(tr(STATUS_WORDS.get(status, "")) or status, []).append(column.title)
        origin = row[column.origin] if column.origin else None
        if origin is not None and origin != AmountOrigin.PRINTED:
            held.setdefault(tr(ORIGIN_WORDS.get(origin, "")) or origin, []).append(column.title)
    open_ = joined((tr("{0}：{1}").format(word, joined(titles)) for word, titles in held.items()), "，")
    touched = tr("不符：{}").format(row[FINDING]) if row.get(FINDING) else ""
    return joined((row["note"] or "", touched, near, open_), "；")


def head(column: Column, table: ViewTable) -> str:
    """The head of a column, with the money unit of amounts."""
    if column.kind is not ColumnKind.AMOUNT:
        return column.title
    return tr("{0}（{1}）").format(column.title, unit_title(table.unit))


def plain(row: dict[str, Any], column: Column, table: ViewTable, *, grouped: bool = False) -> str:
    """One value of a row, a number as it is typed; "" for none."""
    value = row[column.id]
    if value is None:
        return ""
    if column.kind is ColumnKind.AMOUNT:
        return format_fen(value, table.unit, table.decimals_of(row), grouped=grouped)
    if column.kind in {ColumnKind.PERCENT, ColumnKind.SHARE}:
        return f"{value:.2f}"
    return quantity_text(value).replace(",", "") if column.kind is ColumnKind.QUANTITY else str(value)


Marks = tuple[str, Sequence[str]]
"""A column of an export beside those of the view: its head, and one text a row."""


def speaking(marks: Iterable[Marks]) -> list[Marks]:
    """Those columns of marks that say something of any row."""
    return [(title, texts) for title, texts in marks if any(texts)]


def view_rows(table: ViewTable, marks: Sequence[Marks], *, grouped: bool = False) -> Rows:
    """The rows of a view, totals last, with columns of marks behind; amounts in the unit that their head names."""
    rows = [
        [*(plain(row, column, table, grouped=grouped) for column in table.columns), *(texts[at] for _, texts in marks)]
        for at, (row, _) in enumerate(rows_of(table))
    ]
    titles = [*(head(column, table) for column in table.columns), *(title for title, _ in marks)]
    return Rows(titles, rows, frozenset(at for at, column in enumerate(table.columns) if column.kind in NUMERIC))


def against(table: ViewTable) -> str:
    """What the table is compared with, in short: the year, with its phase where that is another; "" for nothing."""
    known = table.provenance
    year, phase = known.get("baseline_fiscal_year", ""), known.get("baseline_phase", "")
    return tr("{0}{1}").format(year, phase) if year and phase != known.get("phase") else year


def full_title(table: ViewTable, between: str = " › ") -> str:
    """Whose figures a view has, and what it shows: place and title, with the year that it is compared with."""
    title = between.join((*table.breadcrumb, table.title))
    return tr("{0} 对比 {1}").format(title, against(table)) if against(table) else title


def all_notes(table: ViewTable) -> tuple[str, ...]:
    """The notes of a view, and how many rows its filter hides."""
    return (*table.notes, *([tr("筛选隐去 {} 行").format(table.hidden)] if table.hidden else []))


def facts_of(table: ViewTable) -> Iterator[tuple[str, str]]:
    """The facts of the provenance for a reader: (name, fact); view and scope are the title."""
    titles = {column.id: column.title for column in table.columns}
    for name, fact in table.provenance.items():
        if name == "sort":
            column, _, order = fact.rpartition(" ")
            fact = tr(_ORDERS[order]).format(titles.get(column, column))  # noqa: PLW2901 - the same fact in words
        if name != "scope":
            yield tr(FACTS.get(name, name)), table.title if name == "view" else fact
