"""Tests of `budget.library`."""
