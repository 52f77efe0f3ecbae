"""Tests of `loaders.privacy`."""
