"""Long runs that nothing may take down: kills, keys, mutated files. `python3 tasks.py soak` runs them in full."""
