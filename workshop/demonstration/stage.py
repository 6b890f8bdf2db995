"""Stage notes for the first day of 2005: synthetic, as all that was not in the published agenda."""

from collections.abc import Sequence

from workshop.agenda.models import Session
from workshop.runsheet.models import StageNote

# Place of the session in the programme, place of the item in it (0 for the session as a whole), and the note.
NOTES = (
    (0, 0, "Interpreters at their booths ten minutes before. Name plates by protocol order."),
    (1, 1, "Slides run from the laptop at the lectern; clicker on the podium."),
    (1, 2, "Speaks in French: remind the room of the headsets."),
    (2, 0, "Microphones for the floor on both sides. Last question ten minutes before the end."),
)


def load(sessions: Sequence[Session]) -> list[StageNote]:
    """The notes, not yet saved; sessions and items need their ids, so they must have been flushed."""
    found = []
    for place, position, text in NOTES:
        session = sessions[place]
        item = next((each for each in session.items if each.position == position), None)
        if item or not position:
            found.append(StageNote(session_id=session.id, item_id=item.id if item else None, text=text))
    return found
