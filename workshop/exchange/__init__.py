"""The agenda in and out of files."""
