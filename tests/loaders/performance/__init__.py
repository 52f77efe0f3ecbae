"""Tests of `loaders.performance`."""
