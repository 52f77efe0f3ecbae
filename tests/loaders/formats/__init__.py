"""Tests of `loaders.formats`."""
