"""The run sheet: a day minute by minute for those on the podium and behind it; nothing of it is ever public."""
