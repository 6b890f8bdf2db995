"""Answering without an account: the open page, and the pages behind a personal link."""

from typing import Any

from flask import abort, current_app, redirect, render_template, request, session, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as HttpResponse

from workshop.consultation.questionnaires import queries as questionnaires_queries
from workshop.consultation.questionnaires import quotas
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Colleague, QuestionnaireVersion, Response
from workshop.consultation.questionnaires.states import ResponseState
from workshop.consultation.questions import answer_wording, entries, language_names
from workshop.consultation.questions.definition import Definition, FileAnswer, read_published
from workshop.consultation.questions.question import Question, Section
from workshop.platform.access import by_link, limited, open_link, public
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.i18n import LANGUAGES, clock, offer, reading

from . import answer_files, bp, colleagues, question_display, retention, rules, section_paging
from .response_by_link import (
    about,
    closed_to,
    definition_of,
    is_quota_full,
    keep,
    offer_languages,
    refuse_strangers,
    respondent,
    response_by_link,
)


@bp.url_value_preprocessor
def speak_to_respondents(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """What goes wrong before a questionnaire is found is said in any language that we say it in."""
    if endpoint == "answering.introduction" or request.path.startswith("/q/"):
        offer(LANGUAGES)


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
        publication_label=questionnaires_rules.publication_label,
        closed=questionnaires_rules.closed_reason(version.questionnaire, now()),
    )


def begin_response(version: QuestionnaireVersion) -> str:
    """The secret of new answers. A form sent twice, as by a double click, leads to those of the first while they are empty."""
    form = request.form.get("csrf_token")
    once = questionnaires_rules.token_of_form(form, current_app.config["SECRET_KEY"]) if form else ""
    for wanted in (once, ""):
        response, token = questionnaires_rules.begin(version, language=reading(), at=now(), token=wanted)
        rules.choose_publication(response, request.form.get("publication"))
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
    return redirect(url_for(".begin", token=token, lang=request.args.get("lang")))


@bp.get("/q/<token>")
@by_link(questionnaires_queries.response_by_link, refuse_strangers, offer_languages, otherwise=begin_first)
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
        return too_late(token, page, response)
    visitor = colleagues.visitor(response, token)
    if not colleagues.may_write(visitor, page):
        abort(403)
    if request.method == "GET":
        note_presence(response, visitor, page)
        is_checked = back_to() or response.drafts  # else there is nothing to tell yet
        wrong = section_paging.check_section(definition, page, response, at=now()) if is_checked else {}
        seen = wrong if back_to() else {code: wrong[code] for code in wrong if code in response.drafts}
        seen.pop(request.args.get("more", ""), None)  # what was only just looked for is no mistake yet
        return section_page(token, definition, page, response, seen)
    go = request.form.get("go", "next")
    came, refused = files_of(page, response)
    errors = keep(token, response, lambda response: leave(token, response, page, go, came)) | refused
    response = response_by_link(token)
    typed = {q.code: entries.entry_of_form(q, request.form) for q in page.questions if q.code in errors}
    if response.state is not ResponseState.BEGUN:
        return too_late(token, page, response)
    if errors:
        return section_page(token, definition, page, response, errors, typed)
    return redirect(way_on(token, definition, page, response, go))


def too_late(token: str, page: Section, response: Response) -> str | HttpResponse:
    """What was typed while the answers were sent or erased elsewhere is told and given back; without any, the usual end."""
    typed = entries.changed_entries(page, request.form) if request.method == "POST" else {}
    unsaved = [(page.question(code), answer_wording.typed_words(page.question(code), typed[code])) for code in typed]
    unsaved = [(question, texts) for question, texts in unsaved if texts]
    if not unsaved or response.state is ResponseState.REFUSED:
        return redirect(url_for(".thanks", token=token))
    return render_template("consultation/answering/too_late.html", unsaved=unsaved, **about(token, response))


@bp.post("/q/<token>/save")
@respondent
@limited("600 per minute")
def save(token: str, response: Response) -> dict[str, object] | tuple[dict[str, object], int]:
    """Questions just answered, sent by the script: only those it names, so two tabs do not overwrite each other."""
    definition, zone = definition_of(response), response.version.questionnaire.workshop.zone
    named = [
        question
        for question in definition.questions
        if question.code in request.form.getlist("question") and entries.is_typed(question)
    ]
    typed = {question.code: entries.entry_of_form(question, request.form) for question in named}
    at = now()

    def save_all(response: Response) -> dict[str, str]:
        if not all(colleagues.may_write(colleagues.visitor(response, token), page_of(definition, q)) for q in named):
            abort(403)
        colleagues.refuse_clashes(response, named, typed, marks())
        rules.save(response, definition, typed, language=colleagues.note_language(response, token, reading()), at=at)
        return {q.code: entries.fingerprint(entries.entry_to_show(q, response.answers, response.drafts)) for q in named}

    try:
        was = keep(token, response, save_all)
    except RuleBroken as refusal:
        return {"refused": str(refusal.message)}, 409
    return {"saved_at": clock(at, zone), "was": was}


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
    typed |= entries.without_dropped_entry(page, go, request.form)
    at = now()
    try:
        rules.save(response, definition, typed, language=colleagues.note_language(response, token, reading()), at=at)
        for code, file in came.items():
            rules.attach(response, code, file, at=at)
    except RuleBroken:  # sent or taken back in another tab meanwhile; the next page says so
        return {}
    if clashing:
        return clashing
    if go != "next":
        return {}
    if colleagues.visitor(response, token) or not section_paging.is_refused(page, response):
        return section_paging.finish(response, definition, page, at=at) or full_quota(response, page)
    if section_paging.is_all(page, response):
        retention.note_erased(response)
        rules.refuse(response, at=at)
    return {}


def full_quota(response: Response, page: Section) -> dict[str, str]:
    """The question of this page by which one comes too late, told here and not only at the end."""
    return {
        question.code: quotas.enough()
        for question in page.questions
        if is_quota_full(response, {question.code: response.answers.get(question.code)})
    }


def way_on(token: str, definition: Definition, page: Section, response: Response, go: str) -> str:
    """Where a button of a section's page leads."""
    stay: dict[str, Any] = {"token": token, "code": page.code, "then": back_to()}
    if go in definition.languages:
        return url_for(".section", **stay, lang=go)
    verb, _colon, question = go.partition(":")
    question = question.partition(":")[0]
    if verb == "to":
        return address_of_jump(token, definition, response, question)
    if verb in {"clear", "more", "drop", "find"}:
        more = question if verb in {"more", "find"} else None
        return url_for(".section", **stay, more=more, _anchor=question)
    if go == "next" and section_paging.is_refused(page, response):
        return url_for(".withdraw", token=token)
    beside = section_paging.neighbouring_section(definition, page, response.answers, -1 if go == "back" else 1)
    if beside is None or back_to() or not colleagues.may_write(colleagues.visitor(response, token), beside):
        return url_for(".summary", token=token)
    return url_for(".section", token=token, code=beside.code)


def address_of_jump(token: str, definition: Definition, response: Response, code: str) -> str:
    """The section that was chosen from the list of all; without one, or where this person may not write, the summary."""
    wanted = definition.section(code)
    if wanted is None or not colleagues.may_write(colleagues.visitor(response, token), wanted):
        return url_for(".summary", token=token)
    return url_for(".section", token=token, code=code)


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
    known = about(token, response)
    manner = None if known["typed_in"] else (known["anonymous"],)
    drawn = question_display.page(
        definition, page, response, errors, typed=typed or {}, more=more, at=now(), manner=manner
    )
    here = colleagues.others_here(response, page, colleagues.visitor(response, token), now())
    return render_template("consultation/answering/section.html", **drawn, here=here, back_to=back_to(), **known)
