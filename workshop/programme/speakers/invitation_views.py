"""The organisers write to speakers: invitations, reminders, new links, and the wording of all of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page
from workshop.platform.conflicts import open_form
from workshop.platform.db import Database, Model, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.i18n import LANGUAGES
from workshop.programme.agenda import queries as agenda
from workshop.programme.agenda.models import Appearance
from workshop.secretariat.register.models import Person
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.copying import Copy, CopyPart, copied
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop

from . import bp, letters, queries, rules
from .forms import ContactRow, PlanForm
from .link_views import today
from .models import Invitation, InvitationMail, InvitationPlan, InvitationStatus, Letter, Profile
from .tasks import ask_to_remind

Slots = dict[int, list[Appearance]]


@copied.by
def copied_letters(session: Database, wanted: Copy, rows: list[Model]) -> None:
    """The wording of letters to speakers; until when they are asked to answer moves along."""
    plan = session.scalars(queries.plan(wanted.source)).one_or_none()
    if plan and CopyPart.LETTERS in wanted.parts:
        texts = {name: getattr(plan, name) for name in ("subject", "text", "reminder_subject", "reminder_text")}
        answer_by = plan.answer_by + wanted.days if plan.answer_by else None
        days = list(plan.remind_before)
        rows.append(InvitationPlan(workshop=wanted.target, answer_by=answer_by, remind_before=days, **texts))


@bp.route("/workshops/<slug>/desk/speakers/invite", methods=["GET", "POST"])
@programme_officer
def invite(workshop: Workshop) -> Page:
    """Whom to invite, at which address, in which language, and what the mail will say; nothing leaves before "Send"."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    people = chosen_people(workshop)
    profiles, invitations = kept_about(workshop, people), invitations_by_person(workshop)
    people = [who for who in people if may_be_invited(invitations.get(who.id))]
    rows = [(who, contact_row(who, profiles[who.id], workshop)) for who in people]
    good = [row.validate() for _who, row in rows] if request.method == "POST" else [False]
    if all(good):
        for who, row in rows:
            profiles[who.id].email, profiles[who.id].language = str(row.email.data), str(row.language.data)
        if request.form.get("go") == "send" and (answer := send_invitations(workshop, people, profiles, invitations)):
            return answer
        db.session.commit()
    return render_template(
        "programme/speakers/invite.html",
        workshop=workshop,
        rows=rows,
        previews=preview(Letter.INVITATION, workshop, [profiles[who.id] for who in people]),
    )


def send_invitations(
    workshop: Workshop, people: Sequence[Person], profiles: dict[int, Profile], invitations: dict[int, Invitation]
) -> HttpResponse | None:
    """Every mail, or none: the first that cannot be written is named on the page."""
    at, slots = now(), slots_by_person(workshop)
    plan = db.session.scalars(queries.plan(workshop)).one_or_none()
    mails = []
    with flashing_refusal():
        for who in people:
            invited = rules.invite(invitations.get(who.id), profiles[who.id], at=at, today=today(workshop))
            mails.append(letters.write(Letter.INVITATION, invited, plan, slots[who.id], key=key(), at=at))
        send(workshop, mails, "invite speakers")
        words = ngettext("One invitation is on its way.", "%(num)s invitations are on their way.", len(mails))
        flash(outbox.say_on_its_way(len(mails), words))
        return redirect(url_for(".desk", slug=workshop.slug))
    db.session.rollback()
    return redirect(url_for(".invite", slug=workshop.slug, who=request.args.getlist("who")))


@bp.route("/workshops/<slug>/desk/speakers/remind", methods=["GET", "POST"])
@programme_officer
def remind(workshop: Workshop) -> Page:
    """Only those who were invited and have not answered, whoever is ticked."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    asked = {who.id for who in chosen_people(workshop)}
    waiting = [
        each for each in invitations_by_person(workshop).values() if rules.is_waiting(each) and each.person_id in asked
    ]
    if request.method == "POST":
        at, slots = now(), slots_by_person(workshop)
        plan = db.session.scalars(queries.plan(workshop)).one_or_none()
        mails = [
            letters.write(Letter.REMINDER, each, plan, slots[each.person_id], key=key(), at=at) for each in waiting
        ]
        send(workshop, mails, "remind speakers")
        words = ngettext("One reminder is on its way.", "%(num)s reminders are on their way.", len(mails))
        flash(outbox.say_on_its_way(len(mails), words))
        return redirect(url_for(".desk", slug=workshop.slug))
    return render_template(
        "programme/speakers/remind.html",
        workshop=workshop,
        waiting=waiting,
        previews=preview(Letter.REMINDER, workshop, waiting),
    )


@bp.post("/workshops/<slug>/desk/speakers/<int:person_id>/link")
@programme_officer
def renew_link(workshop: Workshop, person_id: int) -> HttpResponse:
    """A new link, by mail; the one before opens nothing from now on."""
    db.session.scalars(series_queries.lock_workshop(workshop)).one()
    invited = invitations_by_person(workshop).get(person_id) or abort(404)
    if invited.standing is InvitationStatus.REPLACED:
        abort(404)
    mail = letters.write(Letter.LINK, invited, None, (), key=key(), at=now())
    send(workshop, [mail], "renew link of speaker")
    flash(outbox.say_on_its_way(words=_("A new link is on its way. The previous one no longer works.")))
    return redirect(url_for(".person", slug=workshop.slug, person_id=person_id))


@bp.route("/workshops/<slug>/desk/speakers/plan", methods=["GET", "POST"])
@programme_officer
def plan(workshop: Workshop) -> Page | tuple[str, int]:
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    kept = db.session.scalars(queries.plan(workshop)).one_or_none() or InvitationPlan(workshop=workshop)
    form, theirs = open_form(PlanForm, as_filled(kept), request.form if request.method == "POST" else None)
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            write_plan(kept, form)
            db.session.add(kept)
            db.session.flush()
            ask_to_remind(kept, after=now())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for(".desk", slug=workshop.slug))
    page = render_template(
        "programme/speakers/plan.html",
        workshop=workshop,
        form=form,
        theirs=theirs,
        placeholders=letters.PLACEHOLDERS,
        usual={code: usual_words(code, dated=kept.answer_by is not None) for code in workshop.languages},
    )
    return page, 409 if theirs else 200


def write_plan(kept: InvitationPlan, form: PlanForm) -> None:
    dated = form.answer_by.data is not None
    for name in ("subject", "text", "reminder_subject", "reminder_text"):
        needs_link = name.endswith("text")
        letters.refuse_unusable([*form[name].data.values()], field=name, needs_link=needs_link, dated=dated)
    kept.subject, kept.text = form.subject.data, form.text.data
    kept.reminder_subject, kept.reminder_text = form.reminder_subject.data, form.reminder_text.data
    kept.answer_by, kept.remind_before = form.answer_by.data, form.days


def as_filled(kept: InvitationPlan) -> dict[str, object]:
    return {
        "subject": kept.subject,
        "text": kept.text,
        "reminder_subject": kept.reminder_subject,
        "reminder_text": kept.reminder_text,
        "answer_by": kept.answer_by,
        "remind_before": ", ".join(map(str, kept.remind_before)),
    }


def usual_words(language: str, *, dated: bool) -> list[tuple[str, letters.Wording]]:
    """Our own words for both mails, which hold where the organisers write none."""
    plan = InvitationPlan(workshop=None, answer_by=date.min if dated else None)  # type: ignore[arg-type]
    return [(kind.label, letters.wording(kind, plan, language)) for kind in (Letter.INVITATION, Letter.REMINDER)]


def preview(
    kind: Letter, workshop: Workshop, whom: Iterable[Profile | Invitation]
) -> list[tuple[Person, letters.Wording, str]]:
    """Each mail as it will read, with a stand-in for the link."""
    plan, slots = db.session.scalars(queries.plan(workshop)).one_or_none(), slots_by_person(workshop)
    found = []
    for each in whom:
        code = each.language if each.language in LANGUAGES else workshop.languages[0]
        facts = letters.facts_of(
            each.person, workshop, slots[each.person_id], plan, link=_("(the personal link)"), language=code
        )
        found.append((each.person, letters.compose(kind, plan, facts, code), code))
    return found


def send(workshop: Workshop, mails: Sequence[InvitationMail], verb: str) -> None:
    """Save the mails and put them into the outbox; commits."""
    at = now()
    db.session.add_all(mails)
    db.session.add(audit.record(verb, f"{workshop.slug}: {len(mails)}", who=current_user.id, at=at))
    outbox.add(*(mail.message for mail in mails if mail.message))
    db.session.commit()


def chosen_people(workshop: Workshop) -> list[Person]:
    """Those of the agenda who are ticked; all of them when nobody is."""
    ticked = {int(value) for value in request.values.getlist("who") if value.isdecimal()}
    everybody = db.session.scalars(agenda.people(workshop)).all()
    return [who for who in everybody if not ticked or who.id in ticked]


def may_be_invited(invited: Invitation | None) -> bool:
    """Who has not been asked yet, or declined and is asked once more."""
    if invited is None or invited.standing in {InvitationStatus.DECLINED, InvitationStatus.REPLACED}:
        return True
    return invited.standing is InvitationStatus.INVITED and invited.sent_at is None


def invitations_by_person(workshop: Workshop) -> dict[int, Invitation]:
    return {each.person_id: each for each in db.session.scalars(queries.invitations(workshop))}


def kept_about(workshop: Workshop, people: Iterable[Person]) -> dict[int, Profile]:
    """What is kept about each, by person; a row is made where there was none, and saved with the first change."""
    found = {each.person_id: each for each in db.session.scalars(queries.profiles(workshop))}
    for who in people:
        if who.id not in found:
            found[who.id] = fresh(workshop, who)
    return found


def fresh(workshop: Workshop, who: Person) -> Profile:
    made = Profile(workshop=workshop, person=who, language=workshop.languages[0])
    if request.method == "POST":
        db.session.add(made)
        db.session.flush()
    else:
        made.person_id = who.id
    return made


def slots_by_person(workshop: Workshop) -> Slots:
    """When and as what each appears, or reads out what somebody else says."""
    found: Slots = defaultdict(list)
    for slot in db.session.scalars(queries.slots(workshop)):
        for who in {slot.person_id, slot.delivered_by_id}:
            if who is not None:
                found[who].append(slot)
    return found


def contact_row(who: Person, profile: Profile, workshop: Workshop) -> ContactRow:
    form = ContactRow(
        request.form if request.method == "POST" else None,
        prefix=f"p{who.id}-",
        data={"email": profile.email, "language": profile.language or workshop.languages[0]},
    )
    form.language.choices = [(code, LANGUAGES[code]) for code in LANGUAGES]
    return form


def key() -> str:
    return str(current_app.config["SECRET_KEY"])
