"""Questions, complaints and suggestions of the public, answered in public within a time limit (S25, S14)."""
