"""Questionnaires: definition, versions, answering without an account."""
