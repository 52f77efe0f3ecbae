"""Tests of `tools.bundle`."""
