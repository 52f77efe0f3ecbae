"""What is known of one row: detail, what the document says of it, marks."""
