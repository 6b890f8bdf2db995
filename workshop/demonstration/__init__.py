"""The demonstration: the real workshop of 2005 with synthetic people, answers and notes."""
