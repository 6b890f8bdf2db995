"""Contacts of the workshop, from whatever list they came, put on the list of those to be invited."""
