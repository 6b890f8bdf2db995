"""XLSForm, read and written."""
