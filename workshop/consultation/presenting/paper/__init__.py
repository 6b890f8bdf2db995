"""Results on paper: the summary of a snapshot, the briefing of a session, slides and codebook, as PDF and as Word document."""
