"""Finding in statements and in the narrative."""
