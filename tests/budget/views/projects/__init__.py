"""Tests of `budget.views.projects`."""
