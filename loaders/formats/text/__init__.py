"""Text files: their encoding, and the tables that their lines hold."""
