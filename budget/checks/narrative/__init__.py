"""Checks of the narrative: amounts, shares, changes and reasons."""
