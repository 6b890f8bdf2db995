"""Pages without sign-in: they only read."""
