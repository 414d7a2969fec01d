"""Paper: editions, facts, printing, signing. No database, no network."""
