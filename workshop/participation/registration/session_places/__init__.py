"""Places in single sessions, as many as session and room have, with a waiting list in order."""
