"""Tests across modules: from a file to the screen, and the originals."""
