"""The registry of social organizations."""
