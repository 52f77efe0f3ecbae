"""Tests of `budget.views.text`."""
