"""Tests of `tui.session`."""
