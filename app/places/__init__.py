"""The tree of administrative divisions, down to the grid (S06)."""
