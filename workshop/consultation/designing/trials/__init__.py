"""Trying a questionnaire out before it is published: by hand on the real pages, and with sample answers."""
