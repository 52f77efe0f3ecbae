"""The terminal: capabilities, drawing, input and output."""
