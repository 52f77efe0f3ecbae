"""The domain of departmental budget disclosures: no Textual, no file formats."""
