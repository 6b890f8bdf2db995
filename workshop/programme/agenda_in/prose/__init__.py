"""Agendas written as running text: days, hours, titles and names found in lines."""
