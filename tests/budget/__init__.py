"""Tests of the package `budget`."""
