"""The pure library of questions: definition, wording, answers, and changing a draft. No database, no request, no clock."""
