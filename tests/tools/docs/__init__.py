"""Tests of `tools.docs`."""
