"""Tests of `budget.checks`."""
