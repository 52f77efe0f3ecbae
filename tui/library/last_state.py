"""The state of the last session, kept and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from budget.model.disclosure import MoneyUnit
from budget.views.state import Sort, View, ViewState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from budget.library.frames import Frames


def written(state: ViewState) -> dict[str, Any]:
    """A state as a JSON object."""
    return {
        "disclosure": state.disclosure,
        "baseline": state.baseline,
        "view": state.view.value,
        "scope": str(state.scope),
        "path": list(state.path),
        "sort": [state.sort.column, state.sort.descending] if state.sort else None,
        "filter": state.filter,
        "unit": state.unit.value if state.unit else None,
        "flat": state.flat,
        "expanded": sorted(state.expanded),
        "marked": sorted(state.marked),
        "among": sorted(state.among),
        "cursor": state.cursor,
        "unpaired": sorted(state.unpaired),
    }


def restored(value: Mapping[str, Any], frames: Frames) -> ViewState | None:
    """The state that was written, where its disclosure is still there; a baseline that is gone is left out."""
    try:
        state = _state(value)
    except (KeyError, ValueError, TypeError):
        return None
    known = set(frames.disclosures["disclosure_id"])
    if (state.view is not View.LIBRARY) is not bool(state.disclosure) or (state.disclosure or "") not in {"", *known}:
        return None
    state = state.replace(among=state.among & known)
    if state.baseline and state.baseline not in known:
        return state.replace(baseline="", sort=None, unpaired=frozenset())
    return state


def _state(value: Mapping[str, Any]) -> ViewState:
    sort, unit = value["sort"], value["unit"]
    return ViewState(
        disclosure=_text(value["disclosure"]),
        baseline=_text(value["baseline"]),
        view=View(value["view"]),
        scope=_text(value["scope"]),
        path=tuple(map(_text, value["path"])),
        sort=Sort(_text(sort[0]), sort[1] is True) if sort else None,
        filter=_text(value["filter"]),
        unit=MoneyUnit(unit) if unit else None,
        flat=value["flat"] is True,
        expanded=frozenset(map(_text, value["expanded"])),
        marked=frozenset(map(_text, value.get("marked", ()))),
        among=frozenset(map(_text, value.get("among", ()))),
        cursor=_text(value["cursor"]),
        unpaired=frozenset(map(_text, value["unpaired"])),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
