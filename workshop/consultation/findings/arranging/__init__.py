"""How a person arranges the tables of results: titles, the sessions they are for, rates of exchange."""
