"""Tests of `budget.checks.tables`."""
