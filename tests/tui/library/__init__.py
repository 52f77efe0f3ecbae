"""Tests of `tui.library`."""
