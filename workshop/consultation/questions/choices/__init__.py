"""Choosing from lists that are too long to show."""
