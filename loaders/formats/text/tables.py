"""Lines of a text -> paragraphs and grids: cells kept apart by tabs, bars, commas, blanks, or one a line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from budget.system.patterns import lazy_pattern
from loaders.document import Grid, Paragraph
from loaders.formats.tables import COLUMN_LIMIT
from loaders.formats.text import commas, head_spans
from loaders.formats.text import grid as text_grid
from loaders.formats.text import layout as text_layout
from loaders.formats.text import stack as text_stack
from loaders.formats.text.evidence import Kind, kind_of
from loaders.formats.text.grid import Row
from loaders.words.captions import split_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BAR = lazy_pattern(r"(?<!\\)[|｜│]")
_RULE = lazy_pattern(r"\s*:?[-=]+:?\s*")
_DRAWN = lazy_pattern(r"[\s+|:_┌┐└┘├┤┬┴┼]*[-=─━][\s+|:=_─━┌┐└┘├┤┬┴┼-]*")
"""A line that is drawn between rows: +---+---+."""
_NOTE = lazy_pattern(r"(?:备注|注|说明)\s*(?:\d+\s*)?[:：.]")
_SAID = lazy_pattern(r"(?!其中)[^:：]{2,10}[:：].*|[(（]?(?:亿|万|千)?元[)）]?|公开\d+表")
"""What stands above a table beside its title: body, year, unit, number."""
_TITLE = lazy_pattern(
    r".*表(?:[(（].{0,80}[)）])?$|[(（]?(?:(?:附|公开)?表|附件|公开)\s*[\d一二三四五六七八九十]{1,3}[-\d]*表?[)）]?.*|\d{4}年.*"
)
_SENTENCE = lazy_pattern(r"。|[，；]$|\d\s*(?:个|家|名|项|批|人|万元|元|年)[^，]{0,40}，|\d\s{2,}年\S{8}")
"""What a row of a table does not hold: the end of a sentence or of a part of it, or a count or a year amid one."""
_GOES_ON = lazy_pattern(r"(?:[(（]续表?[)）]|续表|(?<=表)续)$")
_NAMED = lazy_pattern(r"[^\d]*[\u4e00-\u9fff]{2}")
_HAN = lazy_pattern(r"[\u4e00-\u9fff]{2}")
_MOST_BETWEEN = 3
_MOST_WHOLE = 20
"""Rows of one cell that follow one another: names without amounts."""
_LONGEST_WHOLE = 40
"""Characters of a row of one merged cell."""


class _Line(NamedTuple):
    """A line that keeps cells apart, by its number from 0; a rule has none."""

    number: int
    cells: tuple[str, ...]
    bar: bool
    rule: bool = False
    full_width: bool = False


_HEADING = lazy_pattern(r"\s{0,3}(?:#{1,6}\s+(\S.*)|\*\*([^*]+)\*\*\s*$)")


def blocks(lines: Sequence[str]) -> tuple[Paragraph | Grid, ...]:
    """Lines as paragraphs, rows of tables as grids; every line is in one of them."""
    effort = head_spans.Effort()
    marked = _grids(lines, effort)
    if not marked and (tabbed := commas.with_tabs(lines)) is not lines:
        marked = _grids(tabbed, effort)
    spaced = [] if marked else [*_spaced(lines, effort), *_stacked(lines, effort)]
    found: list[Paragraph | Grid] = []
    done = 0
    for first, end, grid in marked or sorted(spaced, key=lambda one: one[:2]):
        if first < done:
            continue
        found += map(_paragraph, lines[done:first])
        found.append(grid._replace(source=tuple(lines[first:end])))
        done = end
    found += map(_paragraph, lines[done:])
    return tuple(found)


def _paragraph(line: str) -> Paragraph:
    """A line without the marks of a Markdown heading, or of one in bold."""
    heading = _HEADING.match(line)
    return Paragraph((heading[2] or heading[1].rstrip(" #")) if heading else line)


def _spaced(lines: Sequence[str], effort: head_spans.Effort) -> list[tuple[int, int, Grid]]:
    """The tables whose columns are kept apart by blanks; none of which a page is not clear."""
    found: list[tuple[int, int, tuple[str, ...], Grid]] = []
    unclear: set[tuple[str, ...]] = set()
    before = text_grid.Outcome()
    for first, end, captioned in _between_captions(lines):
        if captioned:
            before = text_grid.Outcome()
        if not any(text_layout.has_gaps(line) for line in lines[first:end]):
            continue
        region = text_layout.read(lines, first, end, effort, before.kinds)
        if region is None:
            continue
        own = region.outcome
        head = own.head or before.head
        cut = (
            not captioned and bool(own.head) and own.head != before.head
        )  # its upper rows may stand on the page before
        if own.grid is None or cut:
            unclear.update((head, before.head))
        else:
            found.append((region.first, region.end, head, own.grid._replace(doubtful=True)))
        before = own._replace(head=head, kinds=own.kinds or before.kinds)
    return [(first, end, grid) for first, end, head, grid in found if head not in unclear]


def _between_captions(lines: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """The lines between captions, prose and page breaks; last, whether a caption stands above them."""
    first, captioned = 0, True
    for number, line in enumerate(lines):
        text = line.strip()
        pieces = [text]
        if "  " in text or not text:
            pieces = [piece for part in text.split("  ") if (piece := part.strip())]
        said = bool(pieces) and all(_SAID.fullmatch(piece) for piece in pieces)
        sentence = _SENTENCE.search(text) is not None or (len(pieces) == 1 and len(text) > _LONGEST_WHOLE)
        caption = said or sentence or (len(pieces) == 1 and _TITLE.fullmatch(text) is not None)
        if caption or "\f" in line or _line(number, line) is not None:
            if first < number:
                yield first, number, captioned
            first, captioned = (number + 1, True) if caption else (number, False)
    if first < len(lines):
        yield first, len(lines), captioned


def _stacked(lines: Sequence[str], effort: head_spans.Effort) -> Iterator[tuple[int, int, Grid]]:
    """The tables with one cell a line."""
    for rows in text_stack.stacks(lines):
        outcome = text_grid.grid(rows, effort)
        if outcome.grid is not None:
            last = rows[-1].line + 1
            count = sum(1 for _ in rows[-1].cells)
            while count > 1 and last < len(lines):
                count -= bool(lines[last].strip())
                last += 1
            yield rows[0].line, last, outcome.grid._replace(doubtful=True)


def _grids(lines: Sequence[str], effort: head_spans.Effort) -> list[tuple[int, int, Grid]]:
    """The tables with tabs or bars, each with its first line and the one behind its last.

    Where one of them shows that cells were lost or moved, no other one with the same marks between cells is relied on.
    """
    found: list[tuple[bool, tuple[str, ...], int, int, Grid]] = []
    shifted: set[bool] = set()
    unclear: set[tuple[str, ...]] = set()  # heads below which not every page shows the places of its cells
    before = text_grid.Outcome()
    title = ""
    end = 0
    for table in (table for run in _runs(lines) for table in _tables(run)):
        bar = table[0].bar
        rows = [Row(line.number, line.cells, line.full_width) for line in table if not line.rule]
        if not rows or bar in shifted:
            continue
        between = [text for line in lines[end : rows[0].line] if (text := line.strip())]
        parting = [text for text in between if _parts_tables(text)]
        if len(parting) == 1 and _without_number(parting[0]) == title:  # a further page with the title again
            between.remove(parting[0])
        elif parting:
            title, before = _without_number(parting[-1]), text_grid.Outcome()
        kinds = before.kinds if _goes_on(between) else ()
        outcome = text_grid.grid(rows, effort, kinds, before.head, explicit=_is_explicit(table))
        repeats = bool(outcome.head) and outcome.head == before.head
        head = outcome.head or before.head
        other_columns = repeats and outcome.width not in {0, before.width}
        if outcome.shifted or other_columns or (kinds and _lacks_heads(outcome, before)):
            shifted.add(bar)  # a page with other columns or heads than the one before: on one of them cells were lost
        elif outcome.grid is None and outcome.width:
            unclear.add(head)
        first, end = rows[0].line, rows[-1].line + 1
        if outcome.grid is not None:
            found.append((bar, head, first, end, outcome.grid))
        before = outcome._replace(head=head, kinds=outcome.kinds or before.kinds, width=outcome.width or before.width)
    return [(first, end, grid) for bar, head, first, end, grid in found if bar not in shifted and head not in unclear]


def _lacks_heads(page: text_grid.Outcome, before: text_grid.Outcome) -> bool:
    """True for a page with the columns of the one before that has some of its heads only."""
    return (
        page.width == before.width
        and 0 < len(page.head) < len(before.head)
        and not Counter(page.head) - Counter(before.head)
    )


def _goes_on(between: Sequence[str]) -> bool:
    """True where nothing but page numbers and what heads every page stands between two parts of a table."""
    return len(between) <= _MOST_BETWEEN and all(_SAID.fullmatch(text) or not _HAN.search(text) for text in between)


def _parts_tables(text: str) -> bool:
    """True for a title or a sentence: what stands below it is another table."""
    return len(text) > _LONGEST_WHOLE or "。" in text or _TITLE.fullmatch(text) is not None


def _without_number(title: str) -> str:
    """A title without the number of its table, and what says that a page goes on with it."""
    return _GOES_ON.sub("", split_number(title)[1])


def _is_explicit(table: Sequence[_Line]) -> bool:
    """True where bars show cells whatever they hold: below a rule, or as many in every row."""
    widths = {len(line.cells) for line in table if not line.rule and not line.full_width}
    return table[0].bar and (any(line.rule for line in table) or (len(widths) == 1 and min(widths) > 2))  # noqa: PLR2004


def _runs(lines: Sequence[str]) -> Iterator[list[_Line]]:
    """Lines with cells that follow one another; blank lines between rows of one width do not part them."""
    run: list[_Line] = []
    singles: list[_Line] = []
    blank = False
    for index, text in enumerate(lines):
        line = _line(index, text)
        if line is None:
            if not text.strip():
                blank = True
            elif run and not blank and len(singles) < _MOST_WHOLE and _may_be_whole(text):
                singles.append(_Line(index, (text,), run[-1].bar, full_width=True))
            else:
                yield from [run] if run else []
                run, singles, blank = [], [], False
            continue
        apart = run and (line.bar is not run[-1].bar or (blank and not _is_same(run, line)))
        if apart and not (line.rule and not singles):
            yield run
            run, singles = [], []
        run += [*singles, line]
        singles, blank = [], False
    if run:
        yield run


def _is_same(run: Sequence[_Line], line: _Line) -> bool:
    """True where a line below a blank one goes on with the rows above: as many cells, and no end as of Markdown."""
    return len(line.cells) == len(run[-1].cells) and not (len(run) > 1 and run[1].rule)


def _line(index: int, text: str) -> _Line | None:
    """The cells of a line; None where it does not keep any apart."""
    if "\t" in text and "\t" in text.strip(" \r"):
        cells = text.strip("\r").split("\t")
        bar = False
    elif _BAR.search(text):
        bar = True
        cells = _BAR.split(text)
    elif len(text) > 2 and "+" in text and _DRAWN.fullmatch(text):  # noqa: PLR2004
        return _Line(index, (), bar=True, rule=True)
    else:
        return None
    if len(cells) > COLUMN_LIMIT or not any(cell.strip() for cell in cells):
        return None
    rule = bar and (all(_RULE.fullmatch(cell) or not cell.strip() for cell in cells) or bool(_DRAWN.fullmatch(text)))
    return _Line(index, tuple(cells), bar, rule)


def _may_be_whole(text: str) -> bool:
    """True for a line that may be a merged row between the rows of a table."""
    plain = text.strip()
    if len(plain) > _LONGEST_WHOLE or not _NAMED.match(plain):
        return False
    return not (_SAID.fullmatch(plain) or _TITLE.fullmatch(plain) or _NOTE.match(plain) or "。" in plain)


def _tables(run: list[_Line]) -> Iterator[list[_Line]]:
    """The tables of a run, without outer bars, captions above and notes below."""
    lines = _without_outer_bars(run)
    for part in _parts(lines):
        first, end = 0, len(part)
        while first < end and (part[first].rule or _is_caption(part[first])):
            first += 1
        while end > first and (part[end - 1].rule or _is_note(part[end - 1])):
            end -= 1
        if end > first:
            yield part[first:end]


def _without_outer_bars(run: list[_Line]) -> list[_Line]:
    """The lines without what stands outside of bars at both ends, where every line has both."""
    rows = [line for line in run if _has_cells(line)]
    if not rows or not all(len(line.cells) > 2 and not line.cells[0].strip() for line in rows):  # noqa: PLR2004
        return run
    inner = 1 if not all(not line.cells[-1].strip() for line in rows) else -1
    kept = slice(1, -1) if inner < 0 else slice(1, None)
    return [line._replace(cells=line.cells[kept]) if _has_cells(line) else line for line in run]


def _has_cells(line: _Line) -> bool:
    return line.bar and not line.rule and not line.full_width


def _parts(run: list[_Line]) -> Iterator[list[_Line]]:
    """The tables below one another: each begins with a caption or a head below rows with numbers."""
    if any(line.rule for line in run):
        yield run
        return
    part: list[_Line] = []
    first: tuple[str, ...] = ()  # the uppermost row of its head
    numbers = False
    for line in run:
        if not line.full_width:
            kinds = [kind_of(cell) for cell in line.cells]
            if Kind.NUMBER in kinds and not text_grid.is_column_numbers(line.cells):
                numbers = True
            elif numbers and (line.cells == first or _is_caption(line) or _is_head(line)):
                yield part
                part, numbers, first = [], False, ()
            if not first and not _is_caption(line):
                first = line.cells
        part.append(line)
    yield part


def _is_head(line: _Line) -> bool:
    """True for a row that begins with a word that heads columns of names, and goes on with others."""
    filled = [cell for cell in line.cells if cell.strip()]
    return len(filled) > 1 and head_spans.is_label(filled[0])


def _is_caption(line: _Line) -> bool:
    """True for a title, a unit or a body above the head."""
    filled = [cell.strip() for cell in line.cells if cell.strip()]
    if not filled or line.full_width:
        return line.full_width
    return all(_SAID.fullmatch(text) for text in filled) or (
        len(filled) == 1 and len(line.cells) > 2 and _TITLE.fullmatch(filled[0]) is not None  # noqa: PLR2004
    )


def _is_note(line: _Line) -> bool:
    filled = [cell.strip() for cell in line.cells if cell.strip()]
    return line.full_width or (len(filled) == 1 and _NOTE.match(filled[0]) is not None)
