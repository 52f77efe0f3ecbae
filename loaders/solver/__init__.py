"""Columns of amounts whose blank neighbours were lost, by arithmetic."""
