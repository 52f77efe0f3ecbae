"""Text whose cells are lost -> rows -> statements."""
