"""Every generated part of the documentation by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budget.checks.wording import catalogue_markdown
from tools.docs import commands, frames, limits, views, words
from tui.actions import keys_markdown
from tui.cli.config import markdown as settings_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECTIONS: Mapping[str, Callable[[], str]] = {
    "keys": keys_markdown,
    "views": views.listed,
    "statements": views.statements,
    "view-columns": views.columns,
    "marks": words.marks,
    "column-statuses": words.statuses,
    "origins": words.origins,
    "severities": words.severities,
    "formats": words.formats,
    "export-heads": words.export_columns,
    "frames": frames.listed,
    "frame-columns": frames.columns,
    "parquet-frames": frames.parquet_folders,
    "parquet-types": frames.parquet_types,
    "added-columns": frames.added,
    "statement-ids": frames.statements,
    "measures": frames.measures,
    "ids": frames.ids,
    "facts": frames.facts,
    "outcomes": words.outcomes,
    "report-heads": words.report_columns,
    "rules": catalogue_markdown,
    "settings": settings_markdown,
    "options": commands.options,
    "exit-statuses": commands.statuses,
    "variables": commands.variables,
    "limits": limits.listed,
}
"""Name of a part -> what makes it, in Chinese; a page says where it stands (`tools.docs.pages`)."""
