"""One open disclosure: its statements, records, projects and stated changes."""
