"""How each kind of answer is counted, and what the number asked gives away. No database, no request, no clock."""
