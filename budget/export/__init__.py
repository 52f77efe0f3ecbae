"""Tables and findings as CSV, JSON, Markdown and XLSX."""
