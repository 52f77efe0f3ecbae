"""Views: one module each, pure functions from a ViewState and frames to a ViewTable."""
