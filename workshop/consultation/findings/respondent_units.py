"""Who answered, in words: organisations, individuals, States or participants, as the questionnaire says.

Every sentence about results uses these, so that nobody who answered for themselves is called an organisation.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.consultation.questionnaires.states import Respondents

from .models import Snapshot
from .suppression import K, is_small


def respondents_of(snapshot: Snapshot) -> str:
    """ "49 organisations and 11 individuals": a noun phrase with its figures."""
    apart, rest = snapshot.individuals, snapshot.responses - snapshot.individuals
    if not apart or snapshot.respondents is Respondents.INDIVIDUALS:
        return _counted(snapshot.respondents, snapshot.responses)
    if is_small(apart, K) or rest < K:  # of two kinds, and too few of one to tell how many
        return ngettext("%(num)s respondent", "%(num)s respondents", snapshot.responses)
    return _(
        "%(these)s and %(those)s",
        these=_counted(snapshot.respondents, rest),
        those=_counted(Respondents.INDIVIDUALS, apart),
    )


def those_who_answered(snapshot: Snapshot) -> str:
    """ "the 49 organisations and 11 individuals that answered"."""
    return _("the %(respondents)s that answered", respondents=respondents_of(snapshot))


def name_of(snapshot: Snapshot) -> str:
    """What a column of figures counts: "Organisations", or "Respondents" where they are of two kinds."""
    return _("Respondents") if snapshot.individuals else str(snapshot.respondents.label)


def notes_on_respondents(snapshot: Snapshot) -> list[str]:
    """What is said beside n: replies of States counted apart, and how many were invited."""
    notes = []
    if snapshot.beside:
        notes.append(
            ngettext(
                "%(num)s reply of a State is counted beside these, not among them.",
                "%(num)s replies of States are counted beside these, not among them.",
                snapshot.beside,
            )
        )
    if snapshot.invited:
        notes.append(ngettext("%(num)s was invited by email.", "%(num)s were invited by email.", snapshot.invited))
    return notes


def _counted(kind: Respondents, count: int) -> str:
    match kind:
        case Respondents.INDIVIDUALS:
            return ngettext("%(num)s individual", "%(num)s individuals", count)
        case Respondents.STATES:
            return ngettext("%(num)s State", "%(num)s States", count)
        case Respondents.PARTICIPANTS:
            return ngettext("%(num)s participant", "%(num)s participants", count)
        case _:
            return ngettext("%(num)s organisation", "%(num)s organisations", count)
