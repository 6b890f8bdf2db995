"""Sending a questionnaire out: to whom, with which words, when they are reminded, and who has answered."""
