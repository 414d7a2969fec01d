"""Contracts as records: drawn up from an edition, signed by both parties, published, and their instalments."""
