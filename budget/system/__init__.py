"""Files and folders of the operating system."""
