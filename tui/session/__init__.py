"""The state of the screen, its history, searches and requests."""
