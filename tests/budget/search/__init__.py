"""Tests of `budget.search`."""
