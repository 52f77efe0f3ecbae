"""OFD files."""
