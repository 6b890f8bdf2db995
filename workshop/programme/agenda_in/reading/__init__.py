"""Readers of published agendas: whatever the file, the same plain agenda comes out, with remarks on what was odd."""
