"""Files that are gathered from the parts, to save work."""
