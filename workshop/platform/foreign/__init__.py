"""Files of strangers: what each really is, and reading it where it can do no harm."""
