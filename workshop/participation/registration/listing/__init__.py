"""The list of participants: in the order of protocol, as page, PDF, Word and Excel file."""
