"""Facts made from the reference coordinates: tables that owe nothing to the loader."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import TYPE_CHECKING

from budget.model.coordinates import Coordinates
from budget.model.facts import Fact, PrintedTable

if TYPE_CHECKING:
    from pathlib import Path

_FEN_PER_YUAN = 100
_ABOVE = {
    "一般财力": "一般公共预算拨款",
    "上级一般公共预算安排转移支付": "一般公共预算拨款",
    "一般公共预算拨款": "本年收入",
    "单位资金": "本年收入",
    "其他收入": "单位资金",
    "一般公共预算拨款*": "财政拨款结转",
    "单位资金*": "非财政拨款结转结余",
    "财政拨款结转*": "上年结转结余",
    "非财政拨款结转结余*": "上年结转结余",
}
"""Labels of the tables whose reference prints no paths; * of carry-overs."""
_AMOUNT_HEADS = frozenset({"金额", "预算数", "决算数", "预算"})


def facts(path: Path) -> list[Fact]:
    """The facts of a `NAME.coords.csv`; rows, columns and blocks are numbered by their words."""
    found: list[Fact] = []
    labels: dict[int, list[str]] = {}
    columns: dict[tuple[int, str], int] = {}
    blocks: dict[tuple[int, str], int] = {}
    filled: set[tuple[int, int, str]] = set()
    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    two_sided = {line["table"] for line in lines if line["flow"] == "revenue"} & {
        line["table"] for line in lines if line["flow"] == "expenditure"
    }
    fens = [round(Decimal(line["amount_yuan"]) * _FEN_PER_YUAN) for line in lines]
    usual = 5_000 if not any(fen % 10_000 for fen in fens) else 50 if not any(fen % 100 for fen in fens) else 1
    for line, fen in zip(lines, fens, strict=True):
        table = int(line["table"])
        rows = labels.setdefault(table, [])
        if line["row"] not in rows or (table, _last(rows, line["row"]), line["column"]) in filled:
            rows.append(line["row"])
        row = _last(rows, line["row"])
        filled.add((table, row, line["column"]))
        path_ = tuple(line["column"].split("/"))
        side = (
            "/".join(path_[:-1] if path_[-1] in _AMOUNT_HEADS or len(path_) < 2 else path_[:1])
            if line["table"] in two_sided
            else ""
        )
        side += line["flow"] if line["table"] in two_sided else ""
        found.append(
            Fact(
                Coordinates(*(line[name] for name in Coordinates._fields)),
                "",
                fen,
                _half(line["printed"], fen) if line["printed"] else usual,
                line["printed"],
                "printed",
                table,
                row,
                columns.setdefault((table, line["column"]), len(columns)),
                blocks.setdefault((table, side), len(blocks)),
                _path(line),
                path_,
                int(line["page"]) if line["page"] else None,
                None,
            )
        )
    return found


def _last(rows: list[str], label: str) -> int:
    return len(rows) - rows[::-1].index(label)


def _path(line: dict[str, str]) -> tuple[str, ...]:
    label = line["row"]
    if line["project"] or "/" in label:
        return tuple(label.split("/"))
    found = [label]
    while (above := _ABOVE.get(found[0] + ("*" if line["fund"].startswith("carryover") else ""))) is not None:
        found.insert(0, above)
    return tuple(found)


def _half(printed: str, fen: int) -> int:
    """Half of the last printed digit: 元 or 万元, whichever the amount shows."""
    digits = printed.replace(",", "").lstrip("-")
    decimals = len(digits.partition(".")[2])
    value = round(Decimal(digits) * _FEN_PER_YUAN)
    wan = bool(fen) and abs(value * 10_000 - abs(fen)) < abs(value - abs(fen))
    unit = 10_000 * _FEN_PER_YUAN if wan or (not fen and decimals) else _FEN_PER_YUAN
    return max(unit // 10**decimals // 2, 1)


def tables(path: Path) -> dict[int, PrintedTable]:
    """The tables of a `NAME.coords.csv`: number -> title."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        titles = {int(line["table"]): line["title"] for line in csv.DictReader(file)}
    return {number: printed_table(number, title) for number, title in titles.items()}


def printed_table(number: int, title: str, *, note: str = "") -> PrintedTable:
    """A table of which only number, title and note are known."""
    return PrintedTable(number, "", "", title, Coordinates(), "", None, None, None, None, note, uncertain=False)
