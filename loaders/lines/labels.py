"""Labels of rows without codes: sources of revenue, and items."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from budget.model.coordinates import ITEM_PARENTS
from budget.model.known import ITEM_NAMES
from budget.system.patterns import lazy_pattern
from loaders import meaning
from loaders.meaning.value import below, narrow
from loaders.words.ordinals import OF_WHICH, without_enumerator
from loaders.words.tokens import normal

if TYPE_CHECKING:
    from loaders.meaning import Meaning

TOTAL = "总计"
"""Name of the label that is the total of its list."""
_SUBTOTAL = lazy_pattern(r"[(（]小计[)）]$")
_LONGEST = 32
"""Characters of a label."""
_SPENT = "支出"
_REST = ".rest"
"""Ends the value of a part that is called like its whole: 政府性基金收入 beside what is handed down of it."""
_CARRYOVER, _CURRENT = "carryover", "current"
_CARRIED = {"appropriation", "general_public", "government_fund", "state_capital", "special_account", "own"}
"""Funds that are printed below 上年结转 without saying so themselves."""
_ITEMS = ("three_public", *ITEM_PARENTS, "agency_operation")
_WHOLE = "three_public"


class Label(NamedTuple):
    """A label that is a row of its own."""

    name: str
    value: str
    """The fund or item that it means."""
    level: int
    parent: str = ""
    """Key of the label that it is a part of."""
    apart: bool = False
    """Whether it is beside the total, no part of it: 机关运行经费."""

    @property
    def key(self) -> str:
        """Path of names: 本年收入/一般公共预算拨款/一般财力."""
        return f"{self.parent}/{self.name}" if self.parent else self.name


class Labels:
    """The labels of one side of a table, in printed order."""

    def __init__(self, title: Meaning) -> None:
        """`title` is the meaning of the table's title."""
        self.title = title
        self.taken: list[Label] = []

    def find(self, text: str) -> Label | None:
        """Read a text as one label, None where it is none."""
        plain = _SUBTOTAL.sub("", without_enumerator(normal(text)))
        if len(plain) > _LONGEST or _SPENT in plain or not meaning.is_known(plain):
            return None
        if self.title.breakdown == "items":
            return _item(meaning.row((plain,), self.title).item)
        found = meaning.row((plain,), self.title, "revenue")
        if not found.fund or found.flow != "revenue" or found.function or found.economic:
            return None
        value = self._value(found.fund)
        parent = self._parent(value, of_which=OF_WHICH.match(normal(text)) is not None)
        name = _SUBTOTAL.sub("", without_enumerator(text))
        if parent is None:
            return Label(name, value, 1)
        return Label(name, value + (_REST if parent.value == value else ""), parent.level + 1, parent.key)

    def take(self, label: Label) -> None:
        """Go on behind a label."""
        self.taken.append(label)

    def _value(self, fund: str) -> str:
        """The fund of a label: below 上年结转 what was carried over of it."""
        top = next((label for label in reversed(self.taken) if label.level == 1), None)
        if top is not None and top.value.partition(".")[0] == _CARRYOVER and fund in _CARRIED:
            return narrow(_CARRYOVER, fund)[0]
        return fund

    def _parent(self, value: str, *, of_which: bool) -> Label | None:
        """The label that a value is a part of: the one before 其中, else the last that contains it."""
        last = self.taken[-1] if self.taken else None
        if of_which and last is not None:
            return last
        if value.startswith("?"):
            return next((label for label in self.taken if last is not None and label.key == last.parent), None)
        return next((label for label in reversed(self.taken) if _contains(label.value, value)), None)


def _contains(upper: str, value: str) -> bool:
    if upper == _CURRENT:
        return value != _CURRENT and value.partition(".")[0] != _CARRYOVER
    return below(value, upper) or (value == upper and upper not in {_CARRYOVER, _CURRENT})


def _item(item: str) -> Label | None:
    return next((label for label in items() if label.value == item), None)


def items() -> tuple[Label, ...]:
    """Give the labels of “三公” expenses, parts below their sums."""
    found: list[Label] = []
    for item in _ITEMS:
        above = next((label for label in found if label.value == ITEM_PARENTS.get(item)), None)
        name = TOTAL if item == _WHOLE else ITEM_NAMES[item]
        level = 0 if item == _WHOLE else above.level + 1 if above else 1
        found.append(Label(name, item, level, above.key if above else "", apart=above is None and item != _WHOLE))
    return tuple(found)
