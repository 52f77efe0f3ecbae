"""Tests of `loaders.lines`."""
