"""Answering without an account: the open page, and the pages behind a personal link."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response as Answer

from workshop import audit, files
from workshop.access import by_link, limited, public
from workshop.db import db, now, turn
from workshop.errors import RuleBroken
from workshop.i18n import LANGUAGES, RESPONDENTS_LANGUAGES, clock, offer, reading
from workshop.series.models import Role
from workshop.series.standing import refuse_all_but

from . import colleagues, entries, files_sent, languages, queries, rules, screen
from .definition import Definition, Question, Section, published
from .models import Anonymity, Channel, Colleague, QuestionnaireVersion, Response, ResponseState
from .tasks import stirring

bp = Blueprint("questionnaires", __name__)
Outcome = TypeVar("Outcome")
TRIES = 30


@bp.url_value_preprocessor
def speak_to_respondents(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """What goes wrong before a questionnaire is found is said in any language that we say it in."""
    if endpoint == "questionnaires.introduction" or request.path.startswith("/q/"):
        offer(RESPONDENTS_LANGUAGES)


@bp.route("/workshops/<slug>/questionnaires/<questionnaire>", methods=["GET", "POST"])
@public
@limited("60 per minute")
def introduction(slug: str, questionnaire: str) -> str | Answer:
    version: QuestionnaireVersion = db.first_or_404(queries.newest_version(slug, questionnaire))
    offer(languages.named(version.definition["languages"]))
    if request.method == "POST" and rules.is_open(version.questionnaire, now()):
        return redirect(url_for(".resume", token=begun(version)))
    return render_template(
        "questionnaires/introduction.html",
        questionnaire=version.questionnaire,
        definition=published(version.id, version.definition),
        publications=rules.publications(version.questionnaire),
        closed=rules.closed_words(version.questionnaire, now()),
    )


def begun(version: QuestionnaireVersion) -> str:
    """The secret of new answers. A form sent twice, as by a double click, leads to those of the first while they are empty."""
    form = request.form.get("csrf_token")
    once = rules.token_of_form(form, current_app.config["SECRET_KEY"]) if form else ""
    for wanted in (once, ""):
        response, token = rules.begin(version, language=reading(), at=now(), token=wanted)
        rules.choose_publication(response, request.form.get("publication"))
        db.session.add_all([response, *stirring(version.questionnaire)])
        try:
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            first = db.session.scalars(queries.response_behind(rules.hash_of(token))).one_or_none()
            if first and rules.is_untouched(first):
                return token
        else:
            return token
    raise ServiceUnavailable


@bp.get("/q/<token>")
@by_link
def resume(token: str) -> Answer:
    response = db.session.scalars(queries.response_behind(rules.hash_of(token))).one_or_none()
    if response is None:
        db.first_or_404(queries.recipient_behind(rules.hash_of(token)))
        return redirect(url_for(".begin", token=token))
    refuse_strangers(response)
    session.permanent = True  # a phone may close its browser between two sections; the forms then still work
    if response.state is not ResponseState.BEGUN:
        return redirect(url_for(".thanks", token=token))
    stop = colleagues.next_stop(response, definition_of(response), colleagues.visitor(response, token), at=now())
    if stop is None or closed_to(response):
        return redirect(url_for(".summary", token=token))
    return redirect(url_for(".section", token=token, code=stop.code))


@bp.route("/q/<token>/<code>", methods=["GET", "POST"])
@by_link
@limited("240 per minute")
def section(token: str, code: str) -> str | Answer:
    response = response_behind(token)
    definition = definition_of(response)
    page = definition.section(code) or abort(404)
    if response.state is not ResponseState.BEGUN:
        return redirect(url_for(".thanks", token=token))
    visitor = colleagues.visitor(response, token)
    if not colleagues.may_write(visitor, page):
        abort(403)
    if request.method == "GET":
        note_presence(response, visitor, page)
        wrong = rules.check_section(definition, page, response, at=now())
        seen = wrong if back_to() else {code: wrong[code] for code in wrong if code in response.drafts}
        return section_page(token, definition, page, response, seen)
    go = request.form.get("go", "next")
    came, refused = files_of(page, response)
    errors = keep(token, response, lambda response: leave(response, definition, page, go, came)) | refused
    response = response_behind(token)
    typed = {q.code: entries.posted(q, request.form) for q in page.questions if q.code in errors}
    if response.state is not ResponseState.BEGUN:
        return redirect(url_for(".thanks", token=token))
    if errors:
        return section_page(token, definition, page, response, errors, typed)
    return redirect(way_on(token, definition, page, response, go))


@bp.post("/q/<token>/save")
@by_link
@limited("600 per minute")
def save(token: str) -> dict[str, Any] | tuple[dict[str, Any], int]:
    """Questions just answered, sent by the script: only those it names, so two tabs do not overwrite each other."""
    response = response_behind(token)
    definition, zone = definition_of(response), response.version.questionnaire.workshop.zone
    named = [question for question in definition.questions if question.code in request.form.getlist("question")
             and entries.parts(question)]  # fmt: skip
    typed = {question.code: entries.posted(question, request.form) for question in named}
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
        db.session.execute(queries.seen(visitor or response, page.code, now()))
        db.session.commit()


@bp.get("/q/<token>/summary")
@by_link
def summary(token: str) -> str | Answer:
    response = response_behind(token)
    if response.state not in {ResponseState.BEGUN, ResponseState.SUBMITTED}:
        return redirect(url_for(".thanks", token=token))
    return summary_page(token, response)


@bp.post("/q/<token>/submit")
@by_link
@limited("120 per minute")
def submit(token: str) -> str | Answer:
    response = own_response(token)
    definition = definition_of(response)
    try:
        keep(token, response, lambda response: send_in(response, definition))
    except RuleBroken as refusal:
        return summary_page(token, response_behind(token), str(refusal.message))
    return redirect(url_for(".thanks", token=token))


def send_in(response: Response, definition: Definition) -> None:
    if response.state is ResponseState.BEGUN:
        name = colleagues.signatory(response, request.form.get("signed", ""))
        rules.choose_publication(response, request.form.get("publication"))
    rules.submit(response, definition, at=now())
    if not response.signed:
        colleagues.sign(response, name)
    db.session.add_all(stirring(response.version.questionnaire))


@bp.get("/q/<token>/thanks")
@by_link
def thanks(token: str) -> str | Answer:
    response = response_behind(token)
    if response.state is ResponseState.BEGUN:
        return redirect(url_for(".resume", token=token))
    if response.channel is not Channel.ONLINE:
        return redirect(received(response))
    return render_template("questionnaires/thanks.html", **about(token, response))


@bp.route("/q/<token>/withdraw", methods=["GET", "POST"])
@by_link
@limited("60 per minute")
def withdraw(token: str) -> str | Answer:
    response = own_response(token)
    if request.method == "POST":
        held = files_sent.held_by(response)
        keep(token, response, take_back)
        for name in held:
            files.remove(name)
        return redirect(url_for(".thanks", token=token))
    if response.state not in {ResponseState.BEGUN, ResponseState.SUBMITTED}:
        return redirect(url_for(".thanks", token=token))
    definition = definition_of(response)
    return render_template(
        "questionnaires/withdraw.html",
        erased=rules.written(definition, response),
        refused=any(rules.is_refused(page, response) for page in definition.sections),
        **about(token, response),
    )


def take_back(response: Response) -> None:
    """Erase the answers, and note that it was done but not whose they were."""
    if response.state in {ResponseState.BEGUN, ResponseState.ENTERED, ResponseState.SUBMITTED}:
        db.session.add(
            audit.record("withdraw", f"questionnaire {response.version.questionnaire_id}", who=None, at=now())
        )
    rules.withdraw(response, at=now())


def files_of(page: Section, response: Response) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The files that came with this page, checked and stored, and what is wrong with others: both by question."""
    stored, refused = {}, {}
    for code, file in files_sent.sent(page, request.files).items():
        try:
            stored[code] = files_sent.store(page.question(code), file, response.version.questionnaire)
        except RuleBroken as refusal:
            refused[code] = str(refusal.message)
    return stored, refused


def leave(
    response: Response, definition: Definition, page: Section, go: str, came: dict[str, dict[str, Any]]
) -> dict[str, str]:
    """Save what changed on a page; going forwards, say what must be mended first."""
    typed = entries.changed(page, request.form)
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
    if not rules.is_refused(page, response):
        return rules.finish(response, definition, page, at=at)
    if rules.is_all(page, response):
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
    if go == "next" and rules.is_refused(page, response):
        return url_for(".withdraw", token=token)
    beside = rules.beside(definition, page, response.answers, -1 if go == "back" else 1)
    if beside is None or back_to() or not colleagues.may_write(colleagues.visitor(response, token), beside):
        return url_for(".summary", token=token)
    return url_for(".section", token=token, code=beside.code)


def back_to() -> str | None:
    """Kept in the address of a section that was opened from the summary, so that leaving it leads back there."""
    return "summary" if request.args.get("then") == "summary" else None


def section_page(
    token: str, definition: Definition, page: Section, response: Response, errors: dict[str, str],
    typed: dict[str, entries.Entry] | None = None,
) -> str:  # fmt: skip
    more = request.args.get("more", "")
    drawn = screen.page(definition, page, response, errors, typed=typed or {}, more=more, at=now())
    here = colleagues.others_here(response, page, colleagues.visitor(response, token), now())
    return render_template(
        "questionnaires/section.html", **drawn, here=here, back_to=back_to(), **about(token, response)
    )


def summary_page(token: str, response: Response, refusal: str = "") -> str:
    definition = definition_of(response)
    problems = rules.problems(definition, response, at=now())
    return render_template(
        "questionnaires/summary.html",
        sections=screen.summary(definition, response, problems),
        left_out=rules.left_out(definition, response),
        refusal=refusal,
        closed=closed_to(response),
        **about(token, response),
    )


def about(token: str, response: Response) -> dict[str, Any]:
    """What every page behind a link shows."""
    return {
        "token": token,
        "response": response,
        "visitor": colleagues.visitor(response, token),
        "may_write": colleagues.may_write,
        "questionnaire": response.version.questionnaire,
        "publications": rules.publications(response.version.questionnaire),
        "typed_in": response.channel is not Channel.ONLINE,
        "anonymous": response.version.questionnaire.anonymity is Anonymity.ANONYMOUS,
        "zone": response.version.questionnaire.workshop.zone,
        "link": url_for(".resume", token=token, _external=True),
    }


def response_behind(token: str) -> Response:
    """The response of a personal link, or 404. Its page is in the language it was last written in, until one chooses."""
    found: Response = db.one_or_404(queries.response_behind(rules.hash_of(token)))
    refuse_strangers(found)
    if found.channel is not Channel.ONLINE:  # staff have their own pages' languages
        offer(LANGUAGES)
        return found
    visitor = colleagues.visitor(found, token)
    offer(languages.named(found.version.definition["languages"]), visitor.language if visitor else found.language)
    return found


def refuse_strangers(response: Response) -> None:
    """What staff type in from paper is open to the organisers alone, whoever holds the link."""
    if response.channel is not Channel.ONLINE:
        refuse_all_but(Role.ORGANISER, response.version.questionnaire.workshop)


def closed_to(response: Response) -> str:
    """Why no answers are taken just now; staff type in what came on paper at any time."""
    return rules.closed_words(response.version.questionnaire, now()) if response.channel is Channel.ONLINE else ""


def received(response: Response) -> str:
    """Where the organisers see what came."""
    asked = response.version.questionnaire
    return url_for("responses.received", slug=asked.workshop.slug, questionnaire=asked.slug)


def own_response(token: str) -> Response:
    """The same for what only the holder of the answers' own link may do; a colleague is told so."""
    response = response_behind(token)
    if colleagues.visitor(response, token):
        abort(403)
    return response


def definition_of(response: Response) -> Definition:
    return published(response.version_id, response.version.definition)


def keep(token: str, response: Response, change: Callable[[Response], Outcome]) -> Outcome:
    """Change a response, as it was read, and commit. Where another request was faster, read what it left and change that.

    Returns what the change returned; RuleBroken passes through, with nothing kept.
    """
    for _attempt in range(TRIES):
        try:
            with turn():
                outcome = change(response)
                if response.channel is not Channel.ONLINE:
                    rules.note_typist(response, current_user.id)
                db.session.commit()
        except StaleDataError:
            db.session.rollback()
            response = response_behind(token)
        else:
            return outcome
    raise ServiceUnavailable
