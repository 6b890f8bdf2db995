"""Papers, slides and pictures: what they are, what stands in them, and copies that tell nothing about people."""
