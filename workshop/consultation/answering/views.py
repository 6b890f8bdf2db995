"""Answering without an account: the open page, and the pages behind a personal link."""

from typing import Any

from flask import abort, current_app, redirect, render_template, request, session, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Colleague, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions import entries, language_names
from workshop.consultation.questions.definition import Definition, FileAnswer, read_published
from workshop.consultation.questions.question import Question, Section
from workshop.platform.access import by_link, limited, open_link, public
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import RESPONDENTS_LANGUAGES, clock, offer, reading

from . import answer_files, bp, colleagues, question_display, rules, section_paging
from .response_by_link import (
    about,
    closed_to,
    definition_of,
    keep,
    refuse_strangers,
    respondent,
    response_by_link,
)
from .tasks import ask_to_shuffle


@bp.url_value_preprocessor
def speak_to_respondents(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """What goes wrong before a questionnaire is found is said in any language that we say it in."""
    if endpoint == "answering.introduction" or request.path.startswith("/q/"):
        offer(RESPONDENTS_LANGUAGES)


@bp.route("/workshops/<slug>/questionnaires/<questionnaire>", methods=["GET", "POST"])
@public
@limited("60 per minute")
def introduction(slug: str, questionnaire: str) -> str | HttpResponse:
    version: QuestionnaireVersion = db.first_or_404(questionnaires_queries.newest_version(slug, questionnaire))
    offer(language_names.names_by_code(version.definition["languages"]))
    if request.method == "POST" and questionnaires_rules.is_open(version.questionnaire, now()):
        return redirect(url_for(".resume", token=begin_response(version)))
    return render_template(
        "consultation/answering/introduction.html",
        questionnaire=version.questionnaire,
        definition=read_published(version.id, version.definition),
        publications=questionnaires_rules.publications(version.questionnaire),
        closed=questionnaires_rules.closed_reason(version.questionnaire, now()),
    )


def begin_response(version: QuestionnaireVersion) -> str:
    """The secret of new answers. A form sent twice, as by a double click, leads to those of the first while they are empty."""
    form = request.form.get("csrf_token")
    once = questionnaires_rules.token_of_form(form, current_app.config["SECRET_KEY"]) if form else ""
    for wanted in (once, ""):
        response, token = questionnaires_rules.begin(version, language=reading(), at=now(), token=wanted)
        rules.choose_publication(response, request.form.get("publication"))
        ask_to_shuffle(version.questionnaire)
        db.session.add(response)
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            first = open_link(questionnaires_queries.response_by_link, token)
            if first and questionnaires_rules.is_untouched(first):
                rules.choose_publication(first, request.form.get("publication"))
                first.language = reading()
                db.session.commit()
                return token
        else:
            return token
    raise ServiceUnavailable


def begin_first(token: str) -> HttpResponse:
    """A personal link with which no answers were begun."""
    if not open_link(questionnaires_queries.recipient_by_link, token):
        abort(404)
    return redirect(url_for(".begin", token=token))


@bp.get("/q/<token>")
@by_link(questionnaires_queries.response_by_link, refuse_strangers, otherwise=begin_first)
def resume(token: str, response: Response) -> HttpResponse:
    session.permanent = True  # a phone may close its browser between two sections; the forms then still work
    if response.state is not ResponseState.BEGUN:
        return redirect(url_for(".thanks", token=token))
    stop = colleagues.next_stop(response, definition_of(response), colleagues.visitor(response, token), at=now())
    if stop is None or closed_to(response):
        return redirect(url_for(".summary", token=token))
    return redirect(url_for(".section", token=token, code=stop.code))


@bp.route("/q/<token>/<code>", methods=["GET", "POST"])
@respondent
@limited("240 per minute")
def section(token: str, response: Response, code: str) -> str | HttpResponse:
    definition = definition_of(response)
    page = definition.section(code) or abort(404)
    if response.state is not ResponseState.BEGUN:
        return redirect(url_for(".thanks", token=token))
    visitor = colleagues.visitor(response, token)
    if not colleagues.may_write(visitor, page):
        abort(403)
    if request.method == "GET":
        note_presence(response, visitor, page)
        wrong = section_paging.check_section(definition, page, response, at=now())
        seen = wrong if back_to() else {code: wrong[code] for code in wrong if code in response.drafts}
        return section_page(token, definition, page, response, seen)
    go = request.form.get("go", "next")
    came, refused = files_of(page, response)
    errors = keep(token, response, lambda response: leave(token, response, page, go, came)) | refused
    response = response_by_link(token)
    typed = {q.code: entries.entry_of_form(q, request.form) for q in page.questions if q.code in errors}
    if response.state is not ResponseState.BEGUN:
        return redirect(url_for(".thanks", token=token))
    if errors:
        return section_page(token, definition, page, response, errors, typed)
    return redirect(way_on(token, definition, page, response, go))


@bp.post("/q/<token>/save")
@respondent
@limited("600 per minute")
def save(token: str, response: Response) -> dict[str, object] | tuple[dict[str, object], int]:
    """Questions just answered, sent by the script: only those it names, so two tabs do not overwrite each other."""
    definition, zone = definition_of(response), response.version.questionnaire.workshop.zone
    named = [
        question
        for question in definition.questions
        if question.code in request.form.getlist("question") and entries.parts(question)
    ]
    typed = {question.code: entries.entry_of_form(question, request.form) for question in named}
    at = now()

    def save_all(response: Response) -> None:
        if not all(colleagues.may_write(colleagues.visitor(response, token), page_of(definition, q)) for q in named):
            abort(403)
        colleagues.refuse_clashes(response, named, typed, marks())
        rules.save(response, definition, typed, language=reading(), at=at)

    try:
        keep(token, response, save_all)
    except RuleBroken as refusal:
        return {"refused": str(refusal.message)}, 409
    return {"saved_at": clock(at, zone), "was": {code: entries.fingerprint(entry) for code, entry in typed.items()}}


def page_of(definition: Definition, question: Question) -> Section:
    return next(section for section in definition.sections if question in section.questions)


def marks() -> dict[str, str]:
    """By question, the mark of what its page showed when it was opened."""
    return {name.removesuffix(".was"): mark for name, mark in request.form.items() if name.endswith(".was")}


def note_presence(response: Response, visitor: Colleague | None, page: Section) -> None:
    """Where several write, tell the others who is where."""
    if response.team:
        db.session.execute(questionnaires_queries.note_presence(visitor or response, page.code, now()))
        db.session.commit()


def files_of(page: Section, response: Response) -> tuple[dict[str, FileAnswer], dict[str, str]]:
    """The files that came with this page, checked and stored, and what is wrong with others: both by question."""
    stored, refused = {}, {}
    for code, file in answer_files.files_of_section(page, request.files).items():
        try:
            stored[code] = answer_files.store(page.question(code), file, response.version.questionnaire)
        except RuleBroken as refusal:
            refused[code] = str(refusal.message)
    return stored, refused


def leave(token: str, response: Response, page: Section, go: str, came: dict[str, FileAnswer]) -> dict[str, str]:
    """Save what changed on a page; going forwards, say what must be mended first.

    Only whoever holds the answers can end them with a refusal; a colleague is told what it would mean.
    """
    definition = definition_of(response)
    typed = entries.changed_entries(page, request.form)
    clashing = colleagues.clashes(response, page.questions, typed, marks())
    typed = {code: entry for code, entry in typed.items() if code not in clashing}
    if go.startswith("clear:") and any(question.code == go[6:] for question in page.questions):
        typed[go[6:]] = {}
    at = now()
    try:
        rules.save(response, definition, typed, language=reading(), at=at)
        for code, file in came.items():
            rules.attach(response, code, file, at=at)
    except RuleBroken:  # sent or taken back in another tab meanwhile; the next page says so
        return {}
    if clashing:
        return clashing
    if go != "next":
        return {}
    if colleagues.visitor(response, token) or not section_paging.is_refused(page, response):
        return section_paging.finish(response, definition, page, at=at)
    if section_paging.is_all(page, response):
        rules.refuse(response, at=at)
    return {}


def way_on(token: str, definition: Definition, page: Section, response: Response, go: str) -> str:
    """Where a button of a section's page leads."""
    stay: dict[str, Any] = {"token": token, "code": page.code, "then": back_to()}
    if go in definition.languages:
        return url_for(".section", **stay, lang=go)
    verb, _colon, question = go.partition(":")
    if verb in {"clear", "more"}:
        return url_for(".section", **stay, more=question if verb == "more" else None, _anchor=question)
    if go == "next" and section_paging.is_refused(page, response):
        return url_for(".withdraw", token=token)
    beside = section_paging.neighbouring_section(definition, page, response.answers, -1 if go == "back" else 1)
    if beside is None or back_to() or not colleagues.may_write(colleagues.visitor(response, token), beside):
        return url_for(".summary", token=token)
    return url_for(".section", token=token, code=beside.code)


def back_to() -> str | None:
    """Kept in the address of a section that was opened from the summary, so that leaving it leads back there."""
    return "summary" if request.args.get("then") == "summary" else None


def section_page(
    token: str,
    definition: Definition,
    page: Section,
    response: Response,
    errors: dict[str, str],
    typed: dict[str, entries.Entry] | None = None,
) -> str:
    more = request.args.get("more", "")
    drawn = question_display.page(definition, page, response, errors, typed=typed or {}, more=more, at=now())
    here = colleagues.others_here(response, page, colleagues.visitor(response, token), now())
    return render_template(
        "consultation/answering/section.html", **drawn, here=here, back_to=back_to(), **about(token, response)
    )
