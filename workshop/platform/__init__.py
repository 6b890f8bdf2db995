"""Plumbing: each module does one thing for every package, and knows none of them."""
