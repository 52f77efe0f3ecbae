"""What a reviewer asks of a document as a whole: what it has to publish, and what was noted about it."""
