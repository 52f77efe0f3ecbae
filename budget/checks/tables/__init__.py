"""Checks of tables: sums, same figures, breakdowns."""
