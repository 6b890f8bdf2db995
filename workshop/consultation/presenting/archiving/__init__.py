"""One file that holds all of a questionnaire: what was asked, and what may be read of the answers."""
