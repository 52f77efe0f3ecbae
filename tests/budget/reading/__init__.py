"""Tests of `budget.reading`."""
