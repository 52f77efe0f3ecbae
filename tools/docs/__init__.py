"""What makes the generated parts of the documentation and its pictures; never installed."""
