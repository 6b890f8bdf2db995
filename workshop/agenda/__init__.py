"""Sessions, items, guiding questions, who speaks in which role, and the releases the public reads."""
