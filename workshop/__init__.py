"""Intersession: inter-sessional policy workshops, from concept note to follow-up."""
