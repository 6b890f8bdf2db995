"""What a paragraph rests on: naming it, finding it, choosing it, and what became of it."""
