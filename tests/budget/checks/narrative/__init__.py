"""Tests of `budget.checks.narrative`."""
