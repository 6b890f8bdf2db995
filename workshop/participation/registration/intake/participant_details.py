"""What a list says of participants beside who they are: read cell by cell, and put down when they are registered.

No database, no request, no clock.
"""

from collections.abc import Mapping
from typing import TypeVar

from flask_babel import force_locale
from flask_babel import gettext as _

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import DelegationPart, Interpreter
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LOCALES
from workshop.platform.labels import Labelled
from workshop.secretariat.rosters.queries import read_detail
from workshop.secretariat.rosters.roster_columns import plain

YES = {"yes", "y", "x", "1", "true", "oui", "si", "ja", "نعم"}
NO = {"no", "n", "0", "false", "non", "nein", "لا"}
ALSO_CALLED = {
    DelegationPart.HEAD: ("head", "hod", "chef de delegation", "cheffe de delegation", "jefe de delegacion"),
    DelegationPart.REPRESENTATIVE: ("delegate", "member", "delegue", "deleguee", "delegado", "delegada"),
}
ANSWERED = ("sponsored", "needs_visa")
LONGEST = 200
Code = TypeVar("Code", bound=Labelled)


@read_detail.by
def detail_of(name: str, said: str) -> str:
    """The code of a part or of interpretation, "yes" or nothing for a question, else the text. Raises RuleBroken."""
    if name == "part":
        return part_of_delegation(said).value
    if name == "interpreter":
        return interpretation(said).value
    if name in ANSWERED:
        if plain(said) in YES:
            return "yes"
        if plain(said) in NO:
            return ""
        raise RuleBroken(_("“%(said)s” is neither yes nor no.", said=said[:40]))
    return said[:LONGEST]


def part_of_delegation(said: str) -> DelegationPart:
    """By its code, or by its name in any of our languages."""
    wanted = plain(said)
    for part, names in ALSO_CALLED.items():
        if wanted in names:
            return part
    if found := named(DelegationPart, wanted):
        return found
    raise RuleBroken(_("The part in the delegation “%(said)s” is not known.", said=said[:60]))


def interpretation(said: str) -> Interpreter:
    """A mere yes asks for it; else by its code, or by its name in any of our languages."""
    wanted = plain(said)
    if wanted in YES:
        return Interpreter.NEEDED
    if wanted in NO:
        return Interpreter.NONE
    if found := named(Interpreter, wanted):
        return found
    raise RuleBroken(_("“%(said)s” is no answer about interpretation: yes, no or brought.", said=said[:40]))


def named(kind: type[Code], wanted: str) -> Code | None:
    for code in LOCALES:
        with force_locale(LOCALES[code]):
            for each in kind:
                if wanted in {each.value, plain(str(each.label))}:
                    return each
    return None


def write_details(who: Participant, details: Mapping[str, str]) -> None:
    """Put down what a list said of somebody."""
    if part := details.get("part"):
        who.part = DelegationPart(part)
    if said := details.get("interpreter"):
        who.interpreter = Interpreter(said)
    for name in ("institution", "place", "phone", "name_as_listed"):
        setattr(who, name, details.get(name, ""))
    for name in ANSWERED:
        setattr(who, name, details.get(name) == "yes")
