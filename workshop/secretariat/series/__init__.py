"""Workshop series, workshops, and who holds which role in which workshop."""
