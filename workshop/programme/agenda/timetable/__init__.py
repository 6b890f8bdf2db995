"""Sessions in days and rooms: planning, moving, and what clashes."""
