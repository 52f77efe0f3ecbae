"""Forms of disclosures: titles, measures and labels as data."""
