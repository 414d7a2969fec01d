"""The worklist: what waits for me, why, until when."""
