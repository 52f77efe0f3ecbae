"""Records of the narrative of a disclosure: one module a kind of record."""
