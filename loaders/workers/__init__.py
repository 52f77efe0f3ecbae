"""Worker processes that read documents."""
