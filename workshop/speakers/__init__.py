"""Speakers: inviting them, what they confirm by their personal link, and who took whose place."""
