"""What an export carries: whose figures these are, from which files, and which view of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.language import tr
from budget.money import unit_title
from budget.views.sources import EDITION_TITLES, PHASE_TITLES, year_text

if TYPE_CHECKING:
    from budget.model import MoneyUnit
    from budget.sheets import Head
    from budget.views.sources import Sources


def provenance(sources: Sources, places: tuple[str, ...], unit: MoneyUnit) -> dict[str, str]:
    """Body, year, baseline, view, scope, place, unit and the SHA-256 of each source; empty facts are left out."""
    state = sources.state
    facts = {
        **_of_head(sources.current.head, ""),
        **(_of_head(sources.baseline.head, "baseline_") if sources.baseline is not None else {}),
        "view": state.view.value,
        "scope": str(state.scope),
        "place": " ".join(state.path[-1:] + places[-1:]),
        "unit": unit_title(unit),
        "filter": state.filter,
        "sort": "" if state.sort is None else f"{state.sort.column} {'desc' if state.sort.descending else 'asc'}",
    }
    return {name: fact for name, fact in facts.items() if fact}


def _of_head(head: Head, prefix: str) -> dict[str, str]:
    return {
        f"{prefix}body": head.body,
        f"{prefix}fiscal_year": year_text(head),
        f"{prefix}phase": tr(PHASE_TITLES.get(head.phase, "")),
        f"{prefix}edition": tr(EDITION_TITLES.get(head.edition, "")),
        f"{prefix}source": head.source_name,
        f"{prefix}sha256": head.sha256,
    }
