"""Tests of `loaders.formats.spreadsheet`."""
