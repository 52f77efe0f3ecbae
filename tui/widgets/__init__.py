"""Widgets on Textual's line API: they draw lines of text and know nothing of budgets."""
