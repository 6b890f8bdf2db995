"""What a page draws of a question."""
