"""PDF files: characters, rules, images."""
