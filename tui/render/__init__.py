"""ViewTable and reports -> lines of the screen."""
