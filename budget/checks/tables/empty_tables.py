"""Tables without figures say so, and only they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks.rule import Finding, Outcome
from budget.i18n.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from budget.checks.rule import Ref
    from budget.checks.tables.messages import Words
    from budget.model.facts import Fact

EMPTY, NOTE = "empty_table", "empty_note"
_NO_DATA = ("为空表", "无数据", "没有数据", "空表")


def check(facts: Iterable[Fact], words: Words, nothing: Callable[[str], Ref | None]) -> Iterator[Finding]:
    """One finding a table: whether its note fits what it prints.

    `nothing` tells where the text says that a fund has nothing.
    """
    filled = {fact.table for fact in facts if fact.amount_fen}
    for number, table in words.tables.items():
        refs, name = (words.table_ref(number),), words.table(number)
        if number not in filled:
            if table.note:
                yield Finding(EMPTY, Outcome.EXACT, tr("{}是空表，有说明。").format(name), refs, left=table.note)
            elif ref := nothing(table.coordinates.fund):
                message = tr("{}没有数字，文字说明没有这项资金。").format(name)
                yield Finding(EMPTY, Outcome.EXACT, message, (*refs, ref), left=ref.text)
            else:
                yield Finding(EMPTY, Outcome.HINT, tr("{}没有数字，也没有说明为空表。").format(name), refs)
        elif any(word in table.note for word in _NO_DATA):
            yield Finding(NOTE, Outcome.HINT, tr("{}列有数字，表下却注明为空表。").format(name), refs, left=table.note)
        else:
            yield Finding(NOTE, Outcome.EXACT, tr("{}有数字，没有空表说明。").format(name), refs)
