"""Views across documents: one engine over what the figures of many documents mean."""
