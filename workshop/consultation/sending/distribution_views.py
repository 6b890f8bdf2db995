"""The organisers' screens of sending out, further on: who is asked from the register, letters and dates."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from workshop.consultation.questionnaires.models import Questionnaire, Recipient
from workshop.consultation.questionnaires.queries import how_many_answered
from workshop.platform import audit, links, tasks
from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import Words, db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.forms import Posted
from workshop.platform.i18n import LANGUAGES, language
from workshop.platform.rendering import comma
from workshop.secretariat.register import queries as register_queries
from workshop.secretariat.register.countries import name_of
from workshop.secretariat.register.models import Category, Organisation
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, letters, queries, rules
from .forms import LetterForm, NoticeForm, RegisterForm, ScheduleForm
from .models import Kind, LetterText, Reminder, When
from .tasks import REMIND
from .views import asked_for, board_of

FORM = "/workshops/<slug>/desk/questionnaires/<questionnaire>"
NOTICE = ("asked_by", "purpose", "readers", "asks_publication", "kept_until")


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/recipients/register", methods=["GET", "POST"])
@organiser
def from_register(workshop: Workshop, questionnaire: str) -> Page:
    """Organisations of the workshops that one organises: those that have an address and are not on the list yet; `?q=` and `?category=` narrow."""
    asked = asked_for(workshop, questionnaire)
    before = db.session.scalars(queries.recipients(asked)).all()
    listed = {each.email for each in before}
    organisations = db.session.scalars(register_queries.organisations_of(current_user)).all()
    there = [each for each in organisations if each.email and each.email not in listed]
    narrowed = rules.Wanted(request.args.get("q", "").strip(), request.args.get("category", ""))
    offered = sorted(narrowed.among(there), key=lambda each: each.name.in_(language())[0].casefold())
    form = RegisterForm()
    form.organisations.choices = [(each.id, name_with_address(each)) for each in offered]
    if form.validate_on_submit():
        everything = request.form.get("go") == "all"
        chosen = [each for each in offered if everything or each.id in (form.organisations.data or ())]
        if request.form.get("go") == "draw":
            chosen = draw(asked, offered)
        put_on_list(asked, chosen, rules.Register(organisations, ()))
        return redirect(board_of(asked))
    return render_template(
        "consultation/sending/from_register.html",
        workshop=workshop,
        questionnaire=asked,
        form=form,
        offered=offered,
        there=there,
        narrowed=narrowed,
        categories=[each for each in Category if each in {one.category for one in there}],
        without=sum(not each.email for each in organisations),
    )


def draw(asked: Questionnaire, offered: Sequence[Organisation]) -> list[Organisation]:
    """Some of those found, by lot. What was drawn from how many, and by which seed, is recorded."""
    number, seed = max(0, request.form.get("number", 0, type=int)), links.new()[:12]
    of_each = request.form.get("of_each") == "yes"
    drawn = rules.drawn_sample(offered, number, of_each_category=of_each, seed=seed)
    subject = f"{asked.slug}: {len(drawn)} of {len(offered)}, {'of each category, ' if of_each else ''}seed {seed}"
    db.session.add(audit.record("draw sample", subject, who=current_user.id, at=now()))
    flash(_("Drawn by lot: %(drawn)s of %(found)s (seed %(seed)s).", drawn=len(drawn), found=len(offered), seed=seed))
    return drawn


def name_with_address(organisation: Organisation) -> str:
    country = name_of(organisation.country, language()) if organisation.country else ""
    return comma().join(filter(None, (organisation.name.in_(language())[0], country, organisation.email)))


def put_on_list(asked: Questionnaire, chosen: Sequence[Organisation], known: rules.Register) -> None:
    """Add those that can be, commit, and say which cannot: two organisations may share one address."""
    added: list[Recipient] = []
    for each in chosen:
        in_language = each.language or asked.workshop.languages[0]
        name = each.name.in_(in_language)[0]
        address = rules.Address(name, each.email, in_language, each.category, each.country)
        try:
            added.append(rules.add(asked, address, before=added, register=known))
        except RuleBroken as refusal:
            flash(f"{name}: {refusal.message}")
    db.session.add_all(added)
    db.session.commit()
    flash(
        ngettext("One organisation was added to the list.", "%(num)s organisations were added to the list.", len(added))
    )


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/letters/<which>", methods=["GET", "POST"])
@organiser
def letter(workshop: Workshop, questionnaire: str, which: str) -> Page:
    """The words of a mail in each language, and how it reads."""
    asked, of = asked_for(workshop, questionnaire), Kind(which) if which in set(Kind) else abort(404)
    formdata = locked_form(asked)
    row = db.session.scalars(queries.text(asked, of)).one_or_none()
    form, theirs = open_form(LetterForm, current_texts(asked, row, of), formdata)
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            letters.check(form.subject.data, form.text.data)
            row = row or LetterText(questionnaire=asked, kind=of)
            row.subject, row.text = form.subject.data, form.text.data
            db.session.add(row)
            db.session.commit()
            flash(_("Saved. This is the current text."))
            return redirect(request.path + "#preview")
    previews = {code: letters.preview(asked, row, of, code) for code in spoken_to(asked)}
    page = render_template(
        "consultation/sending/letter.html",
        workshop=workshop,
        questionnaire=asked,
        kind=of,
        form=form,
        theirs=theirs,
        previews=previews,
        placeholders=letters.PLACEHOLDERS,
    )
    return page, 409 if theirs else 200


def texts_of(asked: Questionnaire) -> list[str]:
    """The languages of what respondents are told: those of the workshop, and any more of the questionnaire."""
    return list(dict.fromkeys([*asked.workshop.languages, *asked.title]))


def spoken_to(asked: Questionnaire) -> list[str]:
    """Those of them in which mails can be written."""
    return [code for code in texts_of(asked) if code in LANGUAGES]


def locked_form(asked: Questionnaire) -> Posted:
    """What was sent, with the questionnaire kept to oneself until the commit; None where one only looks."""
    if request.method != "POST":
        return None
    db.session.execute(queries.lock_sending(asked))
    db.session.refresh(asked)
    return request.form


def current_texts(asked: Questionnaire, row: LetterText | None, kind: Kind) -> dict[str, Words]:
    """The words as they stand in each language of the workshop."""
    both = {code: letters.words_of(row, kind, code) for code in spoken_to(asked)}
    return {
        name: Words({code: pair[place] for code, pair in both.items()})
        for place, name in enumerate(("subject", "text"))
    }


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/schedule", methods=["GET", "POST"])
@organiser
def schedule(workshop: Workshop, questionnaire: str) -> Page:
    """When reminders go out by themselves, until when answers count for interim results, and late ones."""
    asked = asked_for(workshop, questionnaire)
    formdata = locked_form(asked)
    zone = ZoneInfo(workshop.zone)
    before = db.session.scalars(queries.reminders(asked)).all()
    shown = {
        "interim_at": asked.interim_at.astimezone(zone) if asked.interim_at else None,
        "accepts_late": asked.accepts_late,
        "anonymity": asked.anonymity,
        "reminders": [each.moment for each in before],
    }
    form, theirs = open_form(ScheduleForm, shown, formdata)
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            begun = db.session.scalar(how_many_answered(asked)) or 0
            rules.promise(asked, form.anonymity.data, begun=begun)
            interim: datetime | None = form.interim_at.data
            rules.cut_off(asked, interim.replace(tzinfo=zone) if interim else None)
            planned = rules.plan(asked, form.reminders.data or (), before, at=now())
            asked.accepts_late = form.accepts_late.data
            keep(planned, before)
            db.session.commit()
            flash(_("Saved."))
            return redirect(board_of(asked))
        db.session.rollback()
    asked = asked_for(workshop, questionnaire)
    dates = {when: rules.due_at(when, asked) for when in When}
    page = render_template(
        "consultation/sending/schedule.html",
        workshop=workshop,
        questionnaire=asked,
        form=form,
        theirs=theirs,
        dates=dates,
        before=before,
    )
    return page, 409 if theirs else 200


@bp.route("/workshops/<slug>/desk/questionnaires/<questionnaire>/notice", methods=["GET", "POST"])
@organiser
def notice(workshop: Workshop, questionnaire: str) -> Page:
    """What respondents are told before the first question. Whoever began before keeps what was told then."""
    asked = asked_for(workshop, questionnaire)
    formdata = locked_form(asked)
    shown = {key: getattr(asked, key) for key in NOTICE}
    form, theirs = open_form(NoticeForm, shown, formdata)
    if theirs is None and form.validate_on_submit():
        for key in NOTICE:
            setattr(asked, key, form[key].data)
        db.session.commit()
        flash(_("Saved. This is the current text."))
        return redirect(request.path + "#preview")
    page = render_template(
        "consultation/sending/notice.html",
        workshop=workshop,
        questionnaire=asked,
        form=form,
        theirs=theirs,
        languages=texts_of(asked),
    )
    return page, 409 if theirs else 200


def keep(planned: Sequence[Reminder], before: Sequence[Reminder]) -> None:
    """Plan each reminder with a task at its time; those no longer wanted go, and their tasks then find nothing."""
    for gone in set(before) - set(planned):
        db.session.delete(gone)
    db.session.add_all(planned)
    db.session.flush()
    for each in planned:
        if not each.done_at:
            tasks.ask(REMIND, each.id, at=each.due_at)
