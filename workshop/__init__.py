"""Intersession: one place for a workshop, from concept note to follow-up. Its order is told in house.py."""
