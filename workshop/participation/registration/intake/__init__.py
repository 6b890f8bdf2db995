"""Contacts of the workshop, from whatever list they came, registered by the secretariat."""
