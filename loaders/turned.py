"""Lists of labels whose labels are the heads of the columns: one line of amounts, in the order of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.model import money
from budget.model.disclosure import MoneyUnit
from loaders.numbers import is_amount
from loaders.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.forms.form import Label
    from loaders.tokens import SourceLine, Token


def split(
    labels: tuple[Label, ...], measures: int, lines: Sequence[SourceLine]
) -> tuple[list[tuple[Label, Token]], list[SourceLine]]:
    """The amounts of the first line that holds nothing else, each with its label; the lines that hold others.

    Both are empty where the labels head the rows, with at most `measures` amounts each.  A line of amounts counts
    only when there is one for each label that the table prints: those beside the total (机关运行经费) may be missing.
    """
    with_amounts = [line for line in lines if any(is_amount(token.text) for token in line.tokens)]
    bare = [line for line in with_amounts if len(line.tokens) > measures and _is_bare(line)]
    if not bare or len(bare) < len(with_amounts):
        return [], []
    head = normal("".join(line.text for line in lines if line not in bare))
    printed = _in_order([label for label in labels if not label.apart or _core(label) in head], head)
    first, *others = bare
    if len(first.tokens) != len(printed):
        return [], bare
    placed = list(zip(printed, first.tokens, strict=True))
    return (placed, others) if _adds_up(placed) else ([], bare)


def _core(label: Label) -> str:
    """What every variant of the label begins with."""
    return normal(label.name)[:4]


def _in_order(labels: list[Label], head: str) -> list[Label]:
    """The labels as the head names them: the total, its parts each before its own parts, what stands apart."""
    top = [label for label in labels if label.level == 1 and not label.apart]
    top.sort(key=lambda label: head.find(_core(label)))
    found = [label for label in labels if label.level == 0]
    for label in top:
        found += [label, *(below for below in labels if below.parent == label.key)]
    return [*found, *(label for label in labels if label.apart)]


def _adds_up(placed: list[tuple[Label, Token]]) -> bool:
    """True where every label is the sum of its parts, so that the order is the right one."""
    amounts = {label.key: money.parse(token.text, MoneyUnit.YUAN) for label, token in placed}
    for label, _ in placed:
        whole = amounts[label.key]
        parts = [amounts[below.key] for below, _ in placed if below.parent == label.key]
        if not parts or whole is None:
            continue
        slack = money.tolerance(len(parts), whole.half_unit)
        if abs(whole.fen - sum(part.fen for part in parts if part)) > slack:
            return False
    return True


def _is_bare(line: SourceLine) -> bool:
    return all(is_amount(token.text) for token in line.tokens)
