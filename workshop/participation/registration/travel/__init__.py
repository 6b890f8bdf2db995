"""Sponsored travel and letters in support of visas: what passports say, which papers are asked for, until when."""
