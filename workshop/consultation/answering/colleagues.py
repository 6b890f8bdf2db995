"""One organisation, one set of answers, several who write and one who signs. No database, no request, no clock."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _

from workshop.consultation.questionnaires.models import Colleague, Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.consultation.questions import answer_wording, entries
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.entries import Entry
from workshop.consultation.questions.question import Question, Section
from workshop.platform.errors import RuleBroken

from . import section_paging

HERE = timedelta(minutes=10)  # who was seen so lately may still be writing
MOST = 40


def name_one(
    response: Response,
    definition: Definition,
    *,
    name: str,
    email: str,
    language: str,
    sections: Sequence[str],
    key: str,
    reads_only: bool = False,
) -> tuple[Colleague, str]:
    """Somebody more who may write, and the secret of the link. `email` is in its usual form already."""
    if response.version.questionnaire.anonymity is Anonymity.ANONYMOUS:
        raise RuleBroken(_("Colleagues cannot be added to anonymous answers: their names would be stored."))
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers can no longer be changed."))
    if not name:
        raise RuleBroken(_("Give the name of the institution or person."), "name")
    if any(each.email == email for each in response.team):
        raise RuleBroken(_("%(email)s is on the list already.", email=email), "email")
    if len(response.team) >= MOST:
        raise RuleBroken(_("At most %(most)s colleagues can be named.", most=MOST))
    known = {section.code for section in definition.sections}
    colleague = Colleague(name=name, email=email, language=language, sections=[c for c in sections if c in known])
    colleague.reads_only = reads_only
    response.is_shared = True
    response.colleagues.append(colleague)
    return colleague, colleague.current_link(key)


def visitor(response: Response, token: str) -> Colleague | None:
    """The colleague whose link it is; None for the holder of the answers' own link, who signs."""
    if response.is_opened_by(token):
        return None
    return next(each for each in response.team if each.is_opened_by(token))


def note_language(response: Response, token: str, chosen: str) -> str:
    """The language of the answers after somebody saved in this one: a colleague changes only the colleague's own."""
    if writer := visitor(response, token):
        writer.language = chosen
        return response.language
    return chosen


def may_write(visitor: Colleague | None, section: Section) -> bool:
    if visitor is None:
        return True
    return not visitor.reads_only and (not visitor.sections or section.code in visitor.sections)


def others_here(response: Response, section: Section, visitor: Colleague | None, at: datetime) -> list[str]:
    """Who else was seen in this section a moment ago, by name."""
    holder = _("the person who signs for the organisation")
    people: list[tuple[Colleague | Response, str]] = [
        (each, each.name) for each in response.team if each is not visitor
    ]
    people += [(response, holder)] if visitor else []
    return [
        name for each, name in people if each.at_section == section.code and each.seen_at and at - each.seen_at < HERE
    ]


def clashes(
    response: Response, questions: Iterable[Question], typed: Mapping[str, Entry], was: Mapping[str, str]
) -> dict[str, str]:
    """The questions that somebody else has answered since this page was opened, and otherwise than typed here:
    question code to a message that says what stands there now. `was` is the mark of what the page showed.
    """
    found = {}
    for question in questions if response.team else ():
        code, now = question.code, entries.entry_to_show(question, response.answers, response.drafts)
        if (
            code in typed
            and was.get(code)
            and entries.fingerprint(now) not in {was[code], entries.fingerprint(typed[code])}
        ):
            theirs = "; ".join(str(line.text) for line in answer_wording.lines(question, response.answers)) or _(
                "No answer"
            )
            found[code] = _(
                "Someone else answered this while you were writing: “%(theirs)s”. What you wrote is kept here; "
                "save again to replace their answer.",
                theirs=theirs,
            )
    return found


def refuse_clashes(
    response: Response, questions: Iterable[Question], typed: Mapping[str, Entry], was: Mapping[str, str]
) -> None:
    """The same for the script, which then leaves it to the page to show both."""
    if found := clashes(response, questions, typed, was):
        raise RuleBroken(next(iter(found.values())))


def next_stop(response: Response, definition: Definition, visitor: Colleague | None, *, at: datetime) -> Section | None:
    """Where to go on: for a colleague, the first of the own sections that was not left yet."""
    if visitor is None or not (visitor.sections or visitor.reads_only):
        return section_paging.next_stop(definition, response, at=at)
    own = (section for section in section_paging.pages(definition, response.answers) if may_write(visitor, section))
    return next((section for section in own if section.code not in response.done), None)


def digest(answers: Mapping[str, object]) -> str:
    """The SHA-256 of answers, whatever the order they are kept in: what is printed on the signed copy."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def signatory(response: Response, name: str) -> str:
    """The name of whoever signs; asked for where several have written."""
    if response.team and not name.strip():
        raise RuleBroken(
            _("Several people wrote these answers: write the name of the person who signs for the organisation.")
        )
    return " ".join(name.split())[:200]


def sign(response: Response, name: str) -> None:
    """Note who sent the answers for the organisation, and what exactly was sent."""
    response.signed = {"name": name, "sha256": digest(response.answers)}
