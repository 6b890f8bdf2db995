"""Figures and dates: as people type them, and as they are meant."""
