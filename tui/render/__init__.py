"""Render view tables and reports as lines of the screen."""
