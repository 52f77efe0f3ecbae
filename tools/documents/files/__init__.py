"""Written documents as files: PDF, OFD, office formats, ruled pages."""
