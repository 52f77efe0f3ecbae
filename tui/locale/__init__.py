"""The words on the screen."""
