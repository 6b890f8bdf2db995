"""The demonstration: the real workshop of 2005 with sample people, answers and notes."""
