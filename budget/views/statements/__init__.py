"""Views of statements: trees, flat lists, drilled levels."""
