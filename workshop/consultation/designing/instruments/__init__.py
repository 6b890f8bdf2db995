"""Whole questionnaires that come with the program, one JSON document each, in four languages."""
