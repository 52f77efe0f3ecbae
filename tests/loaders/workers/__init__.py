"""Tests of `loaders.workers`."""
