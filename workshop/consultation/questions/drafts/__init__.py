"""Changing the lists of a draft."""
