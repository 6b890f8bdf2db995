"""Every table of this feature: documents with their files, and what is done to get them."""

from .asking import DEFAULT_STEPS, DocumentLink, Reminder, ReminderPlan
from .document import Document, DocumentFile, Embargo, Examined, FileText, Kind, State, SymbolKind

__all__ = [
    "DEFAULT_STEPS", "Document", "DocumentFile", "DocumentLink", "Embargo", "Examined", "FileText", "Kind", "Reminder",
    "ReminderPlan", "State", "SymbolKind",
]  # fmt: skip
