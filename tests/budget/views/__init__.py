"""Tests of `budget.views`."""
