"""State of the browser without Textual: screen state, steps, searches, requests."""
