"""A report of which layout options a run has drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.documents.strategies import TALLY

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how often each option of the writer was drawn."""
    if not TALLY["documents"]:
        return
    terminalreporter.section(f"written disclosures: {TALLY['documents']}, options drawn")
    groups: dict[str, list[str]] = {}
    for name, count in sorted(TALLY.items()):
        field, _, value = name.partition("=")
        if value:
            groups.setdefault(field, []).append(f"{value} {count}")
    for field, values in groups.items():
        terminalreporter.write_line(f"{field}: {' · '.join(values)}")
