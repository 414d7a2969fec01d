"""Grading 1A–5A: schemes, rounds, self-assessment, experts, votes, publicity, objections, grades, downgrades."""
