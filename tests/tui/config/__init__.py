"""Tests of `tui.config`."""
