"""What a file says, compared with the draft of a workshop and written into it."""
