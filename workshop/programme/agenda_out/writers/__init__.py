"""One module for each form in which the agenda goes out."""
