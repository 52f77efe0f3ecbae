"""Tests of `loaders.formats.ofd`."""
