"""What came back: reading sets of answers, the files sent with them, and typing in those that came on paper."""
