"""Where statements of a text begin and end, by their titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from budget.model.disclosure import MoneyUnit
from budget.system.patterns import lazy_pattern
from loaders import titles
from loaders.lines.layouts import layout_of
from loaders.words import captions
from loaders.words.numbers import is_page_number
from loaders.words.tokens import compact, normal, source_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.lines.layouts import Layout
    from loaders.meaning import Meaning
    from loaders.words.tokens import SourceLine

UNIT = lazy_pattern(r"(?:金额)?单位[:：]?(?:人民币)?(亿元|万元|千元|元)")
EDITOR = lazy_pattern(r"(?:编制|填报|公开)(?:部门|单位)")
_PRINTED_BODY = lazy_pattern(
    r"(?:编制|填报|公开)(?:部门|单位)(?:名称)?(?:[(（]盖章[)）])?[:：](.*?)(?:[(（]?(?:金额)?单位[:：]?(?:人民币)?(?:亿|万|千)?元.*)?$"
)
_PART = lazy_pattern(r"^第[一二三四五六七八九十]部分")
_BARE_NUMBER_LINE = lazy_pattern(r"^表(?:\d{1,2}|[一二三四五六七八九十]{1,3})$")
_NARRATIVE = lazy_pattern(r"^[一二三四五六七八九十]+、\s*关于.*(?:说明|情况)")
_TARGETS = lazy_pattern(r"(?:整体|项目)?(?:支出)?绩效目标(?:申报)?表$")
_HEADER = lazy_pattern(r"科目编码|功能分类|经济分类|预算数|项目名称|经费支出内容|科目名称")
_HEAD_WORD = lazy_pattern(r"[表编填公单]")
_TITLE_WORD = lazy_pattern(r"[表附情支收结经财]")
"""Characters without which a line is no head of a page and no beginning of a title: most lines need no closer look."""
_LEADERS = lazy_pattern(r"(?<![.…·\s])[.…·\s]+$")
_ENTRY_NUMBER = lazy_pattern(r"^[-•·*]?[一二三四五六七八九十\d]*[、.．]")
_PAGE = lazy_pattern(r"(?<!\d)\d+$")
_BARE = lazy_pattern(r"\d{1,4}")
_LOOK_AHEAD = 6
_JOIN = 3
"""Lines over which a title may be wrapped."""
_LONGEST_TITLE = 60


class Block(NamedTuple):
    """The lines of one statement, title and unit line left out."""

    layout: Layout | None
    """Its columns by its title; None where they are not known."""
    number: str
    title: str
    unit: MoneyUnit
    unit_stated: bool
    body: str
    edition_word: str
    lines: tuple[SourceLine, ...]
    first: int
    last: int

    @property
    def statement(self) -> str:
        """Known name of the statement; '' where it has none."""
        return self.layout.kind.statement if self.layout else ""


@dataclass(frozen=True, slots=True)
class _Title:
    meaning: Meaning | None
    number: str
    title: str
    index: int  # of the first line of title or number
    after: int  # of the first line behind the title


def blocks(lines: Sequence[SourceLine]) -> list[Block]:
    """Cut the lines of a text into blocks of statements.

    A statement whose title is repeated gives several.
    """
    heads = _titles(lines)
    found = []
    for place, title in enumerate(heads):
        end = heads[place + 1].index if place + 1 < len(heads) else len(lines)
        end = next((i for i in range(title.after, end) if _ends(lines[i].text)), end)
        found.append(_block(title, lines, end))
    return _of_one_title(found)


def _of_one_title(found: list[Block]) -> list[Block]:
    """The blocks; of tables with the same known name and other titles only the first has its layout."""
    first: dict[str, tuple[str, ...]] = {}
    kept: list[Block] = []
    for block in found:
        about = () if block.layout is None else _about(block.layout.title)
        other = block.layout is not None and first.setdefault(block.statement, about) != about
        kept.append(block._replace(layout=None) if other else block)
    return kept


def _about(title: Meaning) -> tuple[str, ...]:
    """What tells titles of the same known name apart; the year does not."""
    return title.flow, title.fund, title.kind, title.item, title.version, title.breakdown


def without_page_numbers(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines without page numbers.

    "- 23 -" and 第23页 are always one.  A number alone on a line may also be the rest of an amount that was broken
    over lines.  It is a page number where most pages of the document end with one, and they ascend.
    """
    lines = [line for line in lines if _BARE.fullmatch(line.text.strip()) or not is_page_number(line)]
    heads = [index for index in range(1, len(lines)) if _heads_page(lines[index]) and not _heads_page(lines[index - 1])]
    numbered = [
        (index - 1, int(found[0])) for index in heads if (found := _BARE.fullmatch(normal(lines[index - 1].text)))
    ]
    values = [value for _, value in numbered]
    ascending = sum(a < b for a, b in pairwise(values))
    if len(numbered) * 2 < len(heads) or ascending * 5 < (len(values) - 1) * 4:
        return lines
    dropped = {index for index, _ in numbered} | set(_missing(lines, numbered))
    if values:  # the page before a part of prose ends with one, too
        dropped |= {
            index - 1
            for index in range(numbered[-1][0] + 1, len(lines))
            if _PART.match(compact(lines[index].text)) and normal(lines[index - 1].text) == str(values[-1] + 1)
        }
    return [line for index, line in enumerate(lines) if index not in dropped]


def _missing(lines: Sequence[SourceLine], numbered: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where the numbers of pages stand that end inside a table: each once between its neighbours, and in order."""
    for (first, before), (last, after) in pairwise(numbered):
        wanted = [str(value) for value in range(before + 1, after)]
        alone = [index for index in range(first + 1, last) if normal(lines[index].text) in wanted]
        if [normal(lines[index].text) for index in alone] == wanted:
            yield from alone


def _heads_page(line: SourceLine) -> bool:
    if not _HEAD_WORD.search(line.text):
        return False
    text = normal(line.text)
    return bool(is_page_head(line) or titles.meaning_of(text) or titles.NUMBER.fullmatch(text))


def _titles(lines: Sequence[SourceLine]) -> list[_Title]:
    found: list[_Title] = []
    index = 0
    while index < len(lines):
        title = _title_at(lines, index)
        if title and _confirmed(lines, title):
            found.append(title)
            index = title.after
        else:
            index += 1
    return found


def _title_at(lines: Sequence[SourceLine], index: int) -> _Title | None:
    if not _TITLE_WORD.search(lines[index].text):
        return None
    if not any("表" in line.text for line in lines[index : index + 1 + _JOIN]):
        return None  # every title ends in it
    first = normal(lines[index].text)
    number = titles.NUMBER.match(first)
    start = index
    if number and number.end() == len(first):  # 表 1 on a line of its own
        start = index + 1
    elif not number and not _may_be_title(first):
        return None
    text = ""
    for count, line in enumerate(lines[start : start + _JOIN], 1):
        before, text = text, text + compact(line.text)
        if len(text) > _LONGEST_TITLE or (not number and before.endswith("表")):
            break
        if "表" not in text:
            continue
        found = titles.meaning_of(normal(text))
        if found and any(titles.meaning_of(normal(_text(lines, start + at, count - at))) for at in range(1, count)):
            break  # the title begins further down
        if found:
            printed = titles.without_number(text) if number and start == index else text
            return _Title(found, _printed_number(number), printed, index, start + count)
    return _other_title(lines, index, start)


def _other_title(lines: Sequence[SourceLine], index: int, start: int) -> _Title | None:
    """A title without a known name, of one line or two: words of a disclosure that end in 表."""
    for count in (1, 2) if start < len(lines) else ():
        if start + count > len(lines):
            break
        text = _text(lines, start, count)
        if not captions.ends_as_title(text):
            continue
        if count > 1 and (captions.is_caption_line(lines[start].text) or not captions.is_numbered(text)):
            break
        if captions.is_title(text, sure=True):
            printed, rest = captions.split_number(text)
            return _Title(None, printed, rest, index, start + count)
    return None


def _text(lines: Sequence[SourceLine], start: int, count: int) -> str:
    return "".join(compact(line.text) for line in lines[start : start + count])


def _printed_number(match: re.Match[str] | None) -> str:
    return "表" + match[1] if match else ""


def _may_be_title(text: str) -> bool:
    return "表" in text or any(word in text for word in ("情况", "支出", "收支", "收入", "结转", "经费", "财政拨款"))


def _confirmed(lines: Sequence[SourceLine], title: _Title) -> bool:
    """A title heads a table when a unit line or a header follows; a contents page or prose has neither."""
    own = normal(lines[title.after - 1].text)
    if UNIT.search(own) or EDITOR.search(own):
        return True
    for line in lines[title.after : title.after + _LOOK_AHEAD]:
        text = normal(line.text)
        if UNIT.search(text) or EDITOR.match(text):
            return True
        if _ends(line.text) or "。" in text or titles.meaning_of(_contents_entry(text)):
            return False
        if captions.ends_as_title(text) and captions.is_title(text, sure=True):
            return False
        if _HEADER.search(text) and not re.search("[,;]", text):
            return True
    return False


def _contents_entry(text: str) -> str:
    return _ENTRY_NUMBER.sub("", _LEADERS.sub("", _PAGE.sub("", text)))


def _ends(text: str) -> bool:
    stripped = text.strip()
    short = compact(stripped)
    return bool(
        _PART.match(short)
        or _BARE_NUMBER_LINE.match(short)
        or _NARRATIVE.match(stripped)
        or _TARGETS.search(normal(stripped))
    )


def _block(title: _Title, lines: Sequence[SourceLine], end: int) -> Block:
    body = edition = ""
    unit: MoneyUnit | None = None
    kept = []
    heads = [lines[title.after - 1]] if UNIT.search(normal(lines[title.after - 1].text)) else []
    for line in [*heads, *lines[title.after : end]]:
        text = normal(line.text) if _HEAD_WORD.search(line.text) else ""
        if unit is None and (match := UNIT.search(text)):
            unit = MoneyUnit(match[1])
        if not body and (match := EDITOR.search(text)):
            body, edition = printed_body(line.text), "unit" if match[0].endswith("单位") else "department"
        if line not in heads:
            kept.append(source_line(line.no, line.text))
    return Block(
        layout=layout_of(title.meaning, title.title) if title.meaning else None,
        number=title.number,
        title=title.title,
        unit=unit or MoneyUnit.WAN,
        unit_stated=unit is not None,
        body=body,
        edition_word=edition,
        lines=tuple(kept),
        first=lines[title.index].no,
        last=lines[end - 1].no if end > title.after else lines[title.after - 1].no,
    )


def printed_body(text: str) -> str:
    """The body's name in its own characters (`normal` would change brackets)."""
    text = compact(text)
    match = _PRINTED_BODY.search(text)
    return match[1] if match else ""


def is_page_head(line: SourceLine) -> bool:
    """Tell a line of body and unit that heads a page."""
    text = normal(line.text)
    return bool(EDITOR.match(text) or (UNIT.match(text.lstrip("(")) and len(text) < 12))  # noqa: PLR2004 - (单位:万元)
