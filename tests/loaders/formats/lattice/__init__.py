"""Tests of `loaders.formats.lattice`."""
