"""Screens with the keys that the user has chosen: Textual reads the keys of a class once, when the class is made."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

Keyed = TypeVar("Keyed", bound=Screen[Any])


def with_keys(screen: type[Keyed], bindings: Sequence[BindingType]) -> type[Keyed]:
    """Return the same screen with these bindings in place of its own, those of every screen of Textual kept."""
    body = {"BINDINGS": [*Screen.BINDINGS, *bindings], "__module__": screen.__module__}
    made: type[Keyed] = types.new_class(
        screen.__name__, (screen,), {"inherit_bindings": False}, lambda namespace: namespace.update(body)
    )
    return made
