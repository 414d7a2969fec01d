"""The project before it is tendered: need, budget sources, lots, indicators, payment plan, review."""
