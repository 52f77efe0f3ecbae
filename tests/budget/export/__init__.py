"""Tests of `budget.export`."""
