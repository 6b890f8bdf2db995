"""Answering: begin, save, check, submit once, refuse, withdraw. No database, no request, no clock."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.consultation.questionnaires.models import Questionnaire, Response
from workshop.consultation.questionnaires.rules import (
    closed_reason,
    is_late,
    is_open,
    publication_said,
    publications,
    recorded_language,
    recorded_time,
)
from workshop.consultation.questionnaires.states import Channel, Publication, ResponseState
from workshop.consultation.questions import answer_checks
from workshop.consultation.questions.answers import Answers, accept
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.entries import Entry
from workshop.consultation.questions.question import Kind, Question
from workshop.platform.errors import RuleBroken


def choose_publication(response: Response, said: str | None) -> None:
    """Keep how the answers may be published, until they are sent; only what is offered can be chosen."""
    if response.state is ResponseState.BEGUN and said in {
        each.value for each in publications(response.version.questionnaire)
    }:
        response.publication = Publication(said)


def save(
    response: Response, definition: Definition, entries: Mapping[str, Entry], *, language: str, at: datetime
) -> None:
    """Keep what was typed for these questions, and nothing else: an answer where it can be taken, else a draft as typed.

    Saving goes on after the questionnaire has closed, so that nothing typed is lost; only sending is refused then.
    """
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers can no longer be changed."))
    language = language if response.channel is Channel.ONLINE else response.language  # staff read it in their own
    answers, drafts = dict(response.answers), dict(response.drafts)
    for code, entry in entries.items():
        if not (question := definition.question(code)):
            continue
        for key in (code, *question.keys):
            answers.pop(key, None)
        drafts.pop(code, None)
        try:
            answers |= accept(question, entry, at=at)
        except RuleBroken:
            drafts[code] = entry
    response.answers, response.drafts = answers, drafts
    response.consent = _consent(response, definition, language, at)
    if response.channel is Channel.ONLINE:
        response.language = recorded_language(response.version, language)
    response.saved_at = recorded_time(response.version.questionnaire, at)


def _consent(response: Response, definition: Definition, language: str, at: datetime) -> dict[str, int | str]:
    """Which wording was agreed to, in which language and when; kept as first given, empty as soon as it is taken back."""
    needed = [question.code for question in definition.questions if question.ends_on_no]
    if not needed or not all(response.answers.get(code) is True for code in needed):
        return {}
    kept, said = recorded_time(response.version.questionnaire, at), recorded_language(response.version, language)
    return response.consent or {"version": response.version.number, "language": said, "at": kept.isoformat()}


def note_typist(response: Response, account: int) -> None:
    """Remember who of the staff typed, so that somebody else checks."""
    if response.transcription and account not in response.transcription.typed_by:
        response.transcription.typed_by = [*response.transcription.typed_by, account]


def problems(definition: Definition, response: Response, *, at: datetime) -> dict[str, str]:
    """What must be mended before sending: question code to message. Questions that are not asked have no problems."""
    asked, counted = definition.settled(response.answers)
    found = {q.code: _problem(q, response, counted, at) for q in definition.answerable if q.code in asked}
    return {code: message for code, message in found.items() if message}


def _problem(question: Question, response: Response, counted: Mapping[str, object], at: datetime) -> str:
    try:
        answers = accept(question, response.drafts.get(question.code, {}), at=at) or response.answers
    except RuleBroken as refusal:
        return str(refusal.message)
    if question.ends_on_no and answers.get(question.code) is False:
        return str(_("You answered no. Your answers can only be submitted if you answer yes."))
    on_paper = response.channel is not Channel.ONLINE and not question.ends_on_no  # consent is always needed
    return answer_checks.fault(question, answers, counted, at=at, on_paper=on_paper)


def attach(response: Response, code: str, answer: Mapping[str, object], *, at: datetime) -> None:
    """Keep a file that was checked and stored, in place of an earlier one."""
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers can no longer be changed."))
    response.answers = {**response.answers, code: dict(answer)}
    response.saved_at = recorded_time(response.version.questionnaire, at)


def without_unreachable(definition: Definition, answers: Answers) -> Answers:
    """The answers without those to questions that these very answers do not lead to, with what is worked out from them."""
    asked, counted = definition.settled(answers)
    found: Answers = {}
    for question in definition.questions:
        if question.code not in asked:
            continue
        if question.type is Kind.REPEAT and question.code in counted:
            found[question.code] = answer_checks.kept_entries(question, answers[question.code], counted)
        elif question.type is Kind.CALCULATION and question.code in counted:
            found[question.code] = counted[question.code]
        else:
            found |= {key: answers[key] for key in question.keys if key in answers}
    return found


def questions_with_entries(definition: Definition, response: Response) -> list[Question]:
    """The questions to which something was written, taken or not."""
    held = response.answers.keys() | response.drafts.keys()
    return [question for question in definition.questions if question.code in held]


def left_out(definition: Definition, response: Response) -> list[Question]:
    """Questions with something written that will not be sent, because another answer leads past them."""
    asked = definition.asked(response.answers)
    return [question for question in questions_with_entries(definition, response) if question.code not in asked]


def refuse(response: Response, *, at: datetime) -> None:
    """End with a refusal: that it was given is all that is kept."""
    erase(response, at)
    response.state = ResponseState.REFUSED


def submit(response: Response, definition: Definition, *, at: datetime) -> None:
    """Send the answers. Sending again, however often, changes nothing.

    Raises RuleBroken when the questionnaire is closed, the answers were withdrawn, or something needs mending.
    """
    if response.state is ResponseState.SUBMITTED:
        return
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers were erased. There is nothing to submit."))
    if response.channel is not Channel.ONLINE:
        raise RuleBroken(_("Answers typed in from paper are submitted for checking instead."))
    if not is_open(response.version.questionnaire, at):
        raise RuleBroken(closed_reason(response.version.questionnaire, at))
    complete(response, definition, at=at)
    response.state, response.submitted_at = ResponseState.SUBMITTED, recorded_time(response.version.questionnaire, at)
    response.is_late = is_late(response.version.questionnaire, at)


def complete(response: Response, definition: Definition, *, at: datetime) -> None:
    """Make the answers ready: those not asked for go, nothing is left as a draft. Raises RuleBroken for any problem."""
    if found := problems(definition, response, at=at):
        raise RuleBroken(
            ngettext("One answer needs checking first.", "%(num)s answers need checking first.", len(found))
        )
    asked = definition.asked(response.answers)
    mended = [
        accept(q, response.drafts[q.code], at=at)
        for q in definition.questions
        if q.code in response.drafts and q.code in asked
    ]
    response.answers = without_unreachable(
        definition, {key: value for each in [response.answers, *mended] for key, value in each.items()}
    )
    response.drafts = {}
    if response.version.questionnaire.publication_by:
        response.publication = publication_said(response.version.questionnaire, response.answers)


def withdraw(response: Response, *, at: datetime) -> None:
    """Take everything back: the answers are erased, whether they were sent or not. Doing it again changes nothing.

    That they had been sent stays known, with the moment of taking them back, so that results can say how many withdrew.
    """
    if response.state in {ResponseState.BEGUN, ResponseState.ENTERED, ResponseState.SUBMITTED}:
        counted = response.state is ResponseState.SUBMITTED or bool(response.earlier)
        erase(response, at)
        response.state = ResponseState.WITHDRAWN
        response.submitted_at = response.saved_at if counted else None


def erase(response: Response, at: datetime) -> None:
    """Nothing of what was answered stays, nor who signed it and who helped."""
    response.answers, response.drafts, response.done, response.consent, response.signed = {}, {}, [], {}, {}
    response.colleagues, response.is_shared, response.at_section, response.seen_at = [], False, "", None
    response.earlier = []
    response.saved_at, response.submitted_at = recorded_time(response.version.questionnaire, at), None
    if response.channel is not Channel.ONLINE and response.transcription:
        response.transcription.scan, response.transcription.note, response.transcription.returned = {}, "", ""


def set_up(
    questionnaire: Questionnaire,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    open_to_all: bool,
    needs_all_texts: bool,
) -> None:
    """When it takes answers, and from whom."""
    if opens_at and closes_at and closes_at <= opens_at:
        raise RuleBroken(_("It closes before it opens."), field="closes_at")
    questionnaire.opens_at, questionnaire.closes_at = opens_at, closes_at
    questionnaire.open_to_all, questionnaire.needs_all_texts = open_to_all, needs_all_texts
