"""Random disclosures of three known forms."""
