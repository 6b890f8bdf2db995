"""The outbox as its readers divide it. No database, no request, no clock."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from workshop.platform.labels import Labelled
from workshop.platform.mail import FAILED, ON_THEIR_WAY, MessageState


class Tray(Labelled):
    """The parts of the outbox, in the order in which they ask for somebody."""

    QUEUED = "queued", _l("Waiting")
    SENT = "sent", _l("Sent")
    REFUSED = "refused", _l("Refused")
    GIVEN_UP = "given-up", _l("Given up")
    IN_DOUBT = "in-doubt", _l("In doubt")
    RETURNED = "returned", _l("Returned")

    @property
    def states(self) -> set[MessageState]:
        return ON_THEIR_WAY if self is Tray.QUEUED else {MessageState(self.value.replace("-", "_"))}

    @property
    def has_failed(self) -> bool:
        return self.states <= FAILED


def count_trays(by_state: Mapping[MessageState, int]) -> dict[Tray, int]:
    """How many lie in each."""
    return {tray: sum(by_state.get(state, 0) for state in tray.states) for tray in Tray}


def tray_named(name: str) -> Tray | None:
    """The tray of that name in an address; None for all of them."""
    return Tray(name) if name in set(Tray) else None
