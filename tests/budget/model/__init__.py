"""Tests of `budget.model`."""
