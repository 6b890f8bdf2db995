"""The organisers' front page: the stages of a workshop and what is due now."""
