"""Conditions: read, evaluated, checked, and traced."""
