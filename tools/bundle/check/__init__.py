"""Use the bundle as someone would who has no Python."""
