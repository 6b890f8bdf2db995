"""Dated, frozen results of a questionnaire, tabulated so that nobody is exposed."""
