"""Tests of `loaders.narrative`."""
