"""People registered without having asked: contacts from whatever list they came, and those on the programme."""
