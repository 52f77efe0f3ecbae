"""Articulation checks: frames of a disclosure (and of its baseline) -> findings; pure functions, integers only."""
