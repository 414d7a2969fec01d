"""Demonstration data: the people, and two whole purchases walked through by calling the same actions as the pages."""
