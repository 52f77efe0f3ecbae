"""Tests of `budget.system`."""
