"""Search across a workshop: its sessions, people, papers and reports."""
