"""What lies over the main screen: choices, texts to read, two sources."""
