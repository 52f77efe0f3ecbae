"""The user's library: finding documents, reading them in, holding what was read."""
