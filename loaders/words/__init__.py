"""Words of documents: tokens, numbers, notes and captions."""
