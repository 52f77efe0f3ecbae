"""Tests of `budget.i18n`."""
