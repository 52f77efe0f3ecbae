"""Pictures of figures: what they show, taken from view tables, and where it lies."""
