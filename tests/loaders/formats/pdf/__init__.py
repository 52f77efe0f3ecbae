"""Tests of `loaders.formats.pdf`."""
