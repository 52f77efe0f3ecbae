"""Consistent rewritings of a text: the printed figures stay, names, years, codes, order and line breaks change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tools.documents.files.paper import wrap
from tools.documents.names import CLASSES, body_name, full_name, project_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.support.compare import Known

_AMOUNTS = re.compile(r"(?:\s+[\d,]+\.\d\d)+\s*$")
_CODE = re.compile(r" ?(\d{3}(?: \d\d){0,2})(?=\s|$)")
_TREES = {2: "revenue_detail", 3: "expenditure_detail", 5: "general_public_expenditure", 7: "project_expenditure"}
_ROWED = {*_TREES, 6, 11}


@dataclass(frozen=True, slots=True)
class Doc:
    """A text with its known amounts, body and year."""

    text: str
    known: tuple[Known, ...]
    body: str
    aliases: tuple[str, ...]
    year: int


@dataclass(slots=True)
class Row:
    """A row of a table: its code without blanks, its names, and its amounts as printed (with their blanks or tabs)."""

    code: str
    names: list[str]
    amounts: str
    indent: str = ""
    cells: list[str] = field(default_factory=list)  # the label cells, where tabs were kept


Part = Row | list[str]
"""A row, or the lines of a page break with its repeated header."""


def rename_body(doc: Doc, rng: Random) -> Doc:
    """Another body, under as many names as before."""
    body = body_name(rng)
    names = {doc.body: body} | {alias: full_name(body) for alias in doc.aliases}
    return replace(_renamed(doc, names), body=body, aliases=tuple(names[alias] for alias in doc.aliases))


def shift_years(doc: Doc, rng: Random) -> Doc:
    """Every year that is written before 年, by the same number of years."""
    shift = rng.choice((-4, -1, 1, 3, 7))

    def moved(text: str) -> str:
        return re.sub(r"(?<!\d)20\d\d(?=\s*年)", lambda match: str(int(match[0]) + shift), text)

    known = tuple(k._replace(name=moved(k.name), project=moved(k.project)) for k in doc.known)
    return replace(doc, text=moved(doc.text), known=known, year=doc.year + shift)


def rename_projects(doc: Doc, rng: Random) -> Doc:
    """Every project gets another name, in tables and narrative."""
    old = sorted({k.project for k in doc.known if k.project})
    taken: set[str] = {k.name for k in doc.known if k.name}
    names: dict[str, str] = {}
    for name in old:
        fresh = project_name(rng, 0.4)
        while any(fresh in other or other in fresh for other in taken):
            fresh = project_name(rng, 0.4) + rng.choice("甲乙丙丁戊己庚辛")
        taken.add(fresh)
        names[name] = fresh
    return _renamed(doc, names)


def _renamed(doc: Doc, names: dict[str, str]) -> Doc:
    """Replace whole names wherever they stand, broken over lines or not; the new ones stand on one line."""
    squeezed = {re.sub(r"\s", "", old): new for old, new in names.items()}
    one_of = "|".join(r"\s*".join(re.escape(c) for c in old) for old in sorted(squeezed, key=len, reverse=True))
    text = re.sub(one_of, lambda match: squeezed[re.sub(r"\s", "", match[0])], doc.text)
    known = tuple(k._replace(name=squeezed.get(k.name, k.name), project=squeezed.get(k.project, k.project))
                  for k in doc.known)  # fmt: skip
    return replace(doc, text=text, known=known)


def permute_codes(doc: Doc, rng: Random) -> Doc:
    """Other codes of the same tree; classes change places with their names, in the two-sided tables too."""
    tables: dict[int, dict[str, str]] = {7: {}, 5: {}, 3: {}}
    listed = re.findall(r"(?m)(?:^|\s)(\d{3}) ?(?:" + "|".join(map(re.escape, CLASSES.values())) + ")", doc.text)
    classes = sorted({code for code in listed if code in CLASSES})
    tables[3] = dict(zip(classes, rng.sample(classes, len(classes)), strict=True))
    codes = sorted({k.code for k in doc.known if k.code and k.statement in _TREES.values()}, key=len)
    for code in codes:
        if len(code) > 3:
            parent = tables[len(code) - 2][code[:-2]]
            used = set(tables[len(code)].values())
            tables[len(code)][code] = next(
                new for new in (parent + f"{rng.randint(1, 99):02d}" for _ in range(500)) if new not in used
            )
    new = tables[3] | tables[5] | tables[7]

    def known(item: Known) -> Known:
        if not item.code or item.statement == "basic_expenditure":
            return item
        return item._replace(code=new[item.code], name=CLASSES[new[item.code]] if len(item.code) == 3 else item.name)

    def recode(parts: list[Part]) -> None:
        for row in parts:
            if isinstance(row, Row) and row.code:
                row.code = new[row.code]
                if len(row.code) == 3:
                    row.names[0] = CLASSES[row.code]

    doc = _two_sided(doc, tables[3])
    return replace(_rows_changed(doc, lambda number, parts: recode(parts) if number in _TREES else None),
                   known=tuple(known(item) for item in doc.known))  # fmt: skip


def _two_sided(doc: Doc, moves: dict[str, str]) -> Doc:
    """Move the amounts of the classes in tables 1 and 4 from class to class."""
    pattern = re.compile(r"(?m)^(.*?)(\d{3})( ?)([\u4e00-\u9fff]+)((?:[ \t]+[\d,]+\.\d\d|\t)*)$")
    text = doc.text
    for number in (4, 1):
        start, end = _table_spans(text)[number]
        tails = {match[2]: match[5] for match in pattern.finditer(text, start, end) if match[2] in CLASSES}
        came = {new: tails[old] for old, new in moves.items() if old in tails}
        part = pattern.sub(
            lambda match, came=came: (  # type: ignore[misc]
                f"{match[1]}{match[2]}{match[3]}{match[4]}{came[match[2]]}" if match[2] in came else match[0]
            ),
            text[start:end],
        )
        text = text[:start] + part + text[end:]
    return replace(doc, text=text)


def reorder_siblings(doc: Doc, rng: Random) -> Doc:
    """Siblings in another order, table by table; where tabs were kept only within a page and a parent."""
    tabs = "\t" in doc.text

    def shuffle(number: int, parts: list[Part]) -> None:
        places = [i for i, part in enumerate(parts) if isinstance(part, Row)]
        rows = [part for part in parts if isinstance(part, Row)]
        if tabs and number == 2:
            _shuffle_runs(parts, rng)
            return
        first = next((i for i, row in enumerate(rows) if row.code), len(rows)) if number != 11 else min(2, len(rows))
        ordered = rows[:first] + (_shuffled(rows[first:], rng) if number != 11 else _mixed(rows[first:], rng))
        for place, row in zip(places, ordered, strict=True):
            parts[place] = row

    return _rows_changed(doc, shuffle)


def _mixed(rows: list[Row], rng: Random) -> list[Row]:
    return rng.sample(rows, len(rows))


def _shuffled(rows: list[Row], rng: Random) -> list[Row]:
    """Rows in preorder, with the children of each row shuffled."""
    blocks: list[list[Row]] = []
    for row in rows:
        if blocks and row.code.startswith(blocks[-1][0].code) and len(row.code) > len(blocks[-1][0].code):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return [row for block in rng.sample(blocks, len(blocks)) for row in (block[0], *_shuffled(block[1:], rng))]


def _shuffle_runs(parts: list[Part], rng: Random) -> None:
    """Shuffle runs of items of one parent that stand on one page."""
    start = 0
    while start < len(parts):
        end = start
        first = parts[start]
        while end < len(parts) and _same_run(first, parts[end]):
            end += 1
        if end - start > 1:
            parts[start:end] = rng.sample(parts[start:end], end - start)
        start = max(end, start + 1)


def _same_run(first: Part, part: Part) -> bool:
    return (
        isinstance(first, Row) and isinstance(part, Row) and len(part.code) == 7 and first.code[:5] == part.code[:5]
        and len(first.code) == 7
    )  # fmt: skip


def rewrap(doc: Doc, rng: Random) -> Doc:
    """Names broken at other places, or not at all: each row anew."""
    return _rows_changed(doc, lambda _number, _parts: None, width=lambda: rng.choice((6, 8, 10, 13, 16, 99)))


# -- rows of the real layouts ---------------------------------------------------------------------------------------


def _table_spans(text: str) -> dict[int, tuple[int, int]]:
    """Number -> where its table begins and ends in the text."""
    starts = {int(match[1]): match.start() for match in re.finditer(r"(?m)^ ?表 ?(\d+)$", text)}
    end = next(m.start() for m in re.finditer(r"(?m)^ ?第三部分", text) if m.start() > starts[11])
    return {n: (start, starts.get(n + 1, end)) for n, start in starts.items()}


def _rows_changed(doc: Doc, change: Callable[[int, list[Part]], None], width: Callable[[], int] = lambda: 99) -> Doc:
    """The text with the rows of its one-sided tables changed in place and written anew, page breaks kept."""
    text, tabs = doc.text, "\t" in doc.text
    items = {k.code: k.name for k in doc.known if k.statement == "project_expenditure" and k.project}
    for number in sorted(_ROWED, reverse=True):
        start, end = _table_spans(text)[number]
        head, body = _split_head(text[start:end])
        parts = _tab_parts(body) if tabs else _flow_parts(body, number, items)
        change(number, parts)
        written = [_tab_row(part, width()) if tabs else _flow_row(part, width())
                   if isinstance(part, Row) else "\n".join(part) for part in parts]  # fmt: skip
        joined = written[0] if written else ""
        for part, piece in zip(parts[1:], written[1:], strict=True):
            joined += ("\n" if tabs or not isinstance(part, Row) else "\n\n") + piece
        text = text[:start] + head + joined + "\n" + ("\n" if tabs else "") + text[end:]
    return replace(doc, text=text)


def _split_head(region: str) -> tuple[str, str]:
    """A table's header up to its row of column numbers, and what follows."""
    match = re.search(r"(?m)^.*※[^\n]*\n+", region)
    assert match
    return region[: match.end()], region[match.end() :]


def _pages(body: str) -> list[list[str]]:
    """Lines in turns of rows and repeated headers: rows, header, rows, header, rows."""
    turns: list[list[str]] = [[]]
    in_head = False
    for line in body.split("\n"):
        if line.strip().startswith("编制"):
            turns.append([])
            in_head = True
        turns[-1].append(line)
        if in_head and "※" in line:
            turns.append([])
            in_head = False
    return turns


def _flow_parts(body: str, number: int, items: dict[str, str]) -> list[Part]:
    parts: list[Part] = []
    for count, lines in enumerate(_pages(body)):
        if count % 2:
            parts.append([*lines, ""])
            continue
        groups: list[list[str]] = []
        for line in lines:
            if not line.strip():
                continue
            closed = bool(groups) and bool(_AMOUNTS.search(" " + groups[-1][-1]))
            if not groups or closed or (number != 11 and _CODE.match(line)):
                groups.append([])
            groups[-1].append(line)
        parts += [_flow_parse("\n".join(group), number, items) for group in groups]
    return parts


def _flow_parse(text: str, number: int, items: dict[str, str]) -> Row:
    amounts = _AMOUNTS.search(text)
    assert amounts, text
    label = text[: amounts.start()]
    code = _CODE.match(label) if number != 11 else None
    if code:
        label = label[code.end() :]
    label = re.sub(r"\s*\n\s*", "", label).strip()
    key = re.sub(r"\D", "", code[1]) if code else ""
    indent = "  " * (len(key) // 2 - 1 + (number == 7)) if key else "  " * text.startswith("  ")
    names = [label]
    if number == 7 and len(key) == 7:
        name = items[key]
        cut = next(i for i in range(len(label) + 1) if re.sub(r"\s", "", label[:i]) == name)
        names = [label[:cut], label[cut:].strip()]
    return Row(key, names, " ".join(amounts[0].split()), indent)


def _flow_row(row: Part, width: int) -> str:
    """A row as changing cells and lines: a broken cell stands alone, its lines apart by a blank line."""
    assert isinstance(row, Row)
    code = " ".join([row.code[:3], *(row.code[i : i + 2] for i in range(3, len(row.code), 2))]).strip()
    text = code
    alone = False
    for count, name in enumerate(row.names):
        pieces = wrap(name.strip(), width)
        pieces[0] = (row.indent if count == 0 else "") + pieces[0]
        glue = "" if not text else "\n" if alone or len(pieces) > 1 else " "
        text += glue + "\n\n".join(pieces)
        alone = len(pieces) > 1
    return text + ("\n" if alone else " ") + row.amounts


def _tab_parts(body: str) -> list[Part]:
    parts: list[Part] = []
    for count, lines in enumerate(_pages(body)):
        if count % 2:
            parts.append(["", *lines])
            continue
        parts += [_tab_parse(line) for line in lines if line.strip()]
    return parts


def _tab_parse(line: str) -> Row:
    cells = line.split("\t")
    first = next(i for i, cell in enumerate(cells) if re.fullmatch(r"[\d,]+\.\d\d", cell))
    labels, code = cells[:first], ""
    names: list[str] = []
    for cell in labels:
        match = re.fullmatch(r"(\d{2,3})(?: (.+))?", cell)
        code += match[1] if match else ""
        names += [match[2]] if match and match[2] else [cell] if cell and not match else []
    return Row(code, names, "\t".join(cells[first:]), cells=labels)


def _tab_row(row: Part, width: int) -> str:
    """A row of tab-separated cells; a name broken at this width has blanks where it was broken."""
    if not isinstance(row, Row):
        return "\n".join(row)
    levels = [row.code[:3], *(row.code[i : i + 2] for i in range(3, len(row.code), 2))] if row.code else []
    names = [" ".join(wrap(re.sub(r"\s", "", name), width)) for name in row.names]
    cells = []
    for cell in row.cells:
        match = re.fullmatch(r"(\d{2,3})(?: (.+))?", cell)
        if match:
            cells.append(levels.pop(0) + (f" {names.pop(0)}" if match[2] else ""))
        else:
            cells.append(names.pop(0) if cell else "")
    return "\t".join([*cells, row.amounts])
