"""All documents of a workshop: as a list, and which is there in which language."""
