"""The terminal: Textual screens over `budget` and `loaders`."""
