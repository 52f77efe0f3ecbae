"""Documents on their way into the library, and what it holds."""
