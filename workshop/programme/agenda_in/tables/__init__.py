"""Tables of agendas: which columns mean what, and each row as a session, an item, a person, a group."""
