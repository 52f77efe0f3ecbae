"""Tests of `loaders.solver`."""
