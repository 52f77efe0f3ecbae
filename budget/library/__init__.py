"""Parsed disclosures: frames, the parts they are kept in, the index of files."""
