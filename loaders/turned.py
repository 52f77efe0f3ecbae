"""Lists of labels whose labels are the heads of the columns: one line of amounts, in the order of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.numbers import is_amount
from loaders.tokens import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget.form import Label
    from loaders.tokens import SourceLine, Token


def split(
    labels: tuple[Label, ...], measures: int, lines: Sequence[SourceLine]
) -> tuple[list[tuple[Label, Token]], list[SourceLine]]:
    """The amounts of the first line that holds nothing else, each with its label; the lines that hold others.

    Both are empty where the labels head the rows, with at most `measures` amounts each.  A line of amounts counts
    only when there is one for each label that the table prints: those beside the total (机关运行经费) may be missing.
    """
    with_amounts = [line for line in lines if any(is_amount(token.text) for token in line.tokens)]
    bare = [
        line for line in with_amounts if len(line.tokens) > measures and all(is_amount(t.text) for t in line.tokens)
    ]
    if not bare or len(bare) < len(with_amounts):
        return [], []
    head = normal("".join(line.text for line in lines if line not in bare))
    printed = tuple(label for label in labels if not label.apart or label.name[:4] in head)
    first, *others = bare
    if len(first.tokens) != len(printed):
        return [], bare
    return list(zip(printed, first.tokens, strict=True)), others


def _is_bare(line: SourceLine) -> bool:
    return all(is_amount(token.text) for token in line.tokens)
