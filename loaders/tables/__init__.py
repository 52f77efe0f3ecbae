"""Grids -> tables -> rows -> statements."""
