"""Money: budget lines by level and year, and the one append-only double-entry ledger (design §4)."""
