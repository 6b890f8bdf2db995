"""Whether what was read can stand."""
