"""The public site: organizations, projects, the log with its proofs, and OCDS releases."""
