"""The language of the interface and its catalogues."""
