"""Tests of `budget.views.row`."""
