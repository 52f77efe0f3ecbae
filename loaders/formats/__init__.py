"""One module a file format: a path becomes lines that know where they stand."""
