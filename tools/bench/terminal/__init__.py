"""The bare program and the terminal that benchmarks of the screen use."""
