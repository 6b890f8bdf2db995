"""The tables of questionnaires, and what every later package reads of them."""
