"""Who is put on the list, and written to: invitations, reminders, new links; and noting what was answered on paper."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit, outbox
from workshop.platform.access import Page
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken, flashing_refusal
from workshop.platform.i18n import language, on_day
from workshop.platform.mail import Message
from workshop.programme.agenda.queries import register
from workshop.secretariat.register.countries import Kind, RegionalGroup, countries, group_of, name_of, sort_key
from workshop.secretariat.register.models import Category
from workshop.secretariat.series.membership import programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.queries import lock_workshop

from . import bp, letters, queries, rules
from .forms import DeclineForm, DelegationForm
from .models import Delegation, DelegationLetter
from .official.letter_wording import Wording, compose
from .statuses import DelegationStatus, Purpose
from .tasks import key
from .views import (
    delegation_or_404,
    in_protocol_order,
    members_of,
    organisation_names,
    plan_of,
    refuse_twice,
    today,
    write,
)

MOST_PREVIEWS = 4


@bp.route("/workshops/<slug>/desk/participants/delegations/invite", methods=["GET", "POST"])
@programme_officer
def invite(workshop: Workshop) -> Page:
    """Whom the letters go to and what they say; nothing leaves before "Send"."""
    chosen = [each for each in chosen_delegations(workshop) if may_be_invited(each)]
    if request.method == "POST":
        return send(workshop, Purpose.INVITATION, [each for each in chosen if each.email])
    return letters_page(workshop, Purpose.INVITATION, chosen)


@bp.route("/workshops/<slug>/desk/participants/delegations/remind", methods=["GET", "POST"])
@programme_officer
def remind(workshop: Workshop) -> Page:
    """Only those who were invited and have named nobody, whoever is ticked."""
    chosen = [each for each in chosen_delegations(workshop) if rules.awaits_answer(each)]
    if request.method == "POST":
        return send(workshop, Purpose.REMINDER, chosen)
    return letters_page(workshop, Purpose.REMINDER, chosen)


def may_be_invited(one: Delegation) -> bool:
    return one.standing in {DelegationStatus.LISTED, DelegationStatus.DECLINED}


def chosen_delegations(workshop: Workshop) -> list[Delegation]:
    """Those that are ticked, all when none is, in the order of protocol. About to write, one makes others wait."""
    if request.method == "POST":
        db.session.scalars(lock_workshop(workshop)).one()
    ticked = {int(value) for value in request.values.getlist("who") if value.isdecimal()}
    found = db.session.scalars(queries.delegations(workshop)).all()
    return in_protocol_order([each for each in found if not ticked or each.id in ticked], language())


def letters_page(workshop: Workshop, purpose: Purpose, chosen: Sequence[Delegation]) -> str:
    """The first letters as they will read: of each form and language one."""
    plan, error = plan_of(workshop), ""
    previews: dict[tuple[str, str], tuple[Delegation, Wording]] = {}
    earlier = letters.letters_by_delegation(db.session.scalars(queries.letters(workshop)))
    try:
        for each in chosen:
            kind = (each.form.value, each.language)
            if each.email and kind not in previews and len(previews) < MOST_PREVIEWS:
                recalled = letters.earlier_letter(earlier.get(each.id, []), workshop.zone)
                quota = letters.quota_of(each, plan)
                previews[kind] = each, compose(purpose, each, plan, recalled, quota)
    except RuleBroken as refusal:
        error = str(refusal.message)
    return render_template(
        "participation/delegations/letters_to_send.html",
        workshop=workshop,
        purpose=purpose,
        ready=[each for each in chosen if each.email],
        without_email=[each for each in chosen if not each.email],
        previews=list(previews.values()),
        error=error,
    )


def send(workshop: Workshop, purpose: Purpose, chosen: Sequence[Delegation]) -> HttpResponse:
    """Every letter, or none: the first that cannot be written is named on the page. Commits."""
    at = now()
    with flashing_refusal():
        messages = write_all(workshop, purpose, chosen)
        verb = {Purpose.INVITATION: "invite delegations", Purpose.REMINDER: "remind delegations"}
        what = f"{workshop.slug}: {len(chosen)}"
        db.session.add(audit.record(verb.get(purpose, "renew link of delegation"), what, who=current_user.id, at=at))
        outbox.add(*messages)
        db.session.commit()
        words = ngettext("One letter is on its way.", "%(num)s letters are on their way.", len(chosen))
        flash(outbox.say_on_its_way(len(chosen), words))
        return redirect(url_for(".desk", slug=workshop.slug))
    db.session.rollback()
    return redirect(url_for(".desk", slug=workshop.slug))


def write_all(workshop: Workshop, purpose: Purpose, chosen: Sequence[Delegation]) -> list[Message]:
    """The letters are added to the session; their mails come back. Raises RuleBroken."""
    at, plan = now(), plan_of(workshop)
    serial = db.session.scalar(queries.last_serial(workshop, on_day(at, workshop.zone).year)) or 0
    earlier = letters.letters_by_delegation(db.session.scalars(queries.letters(workshop)))
    messages: list[Message] = []
    written: list[DelegationLetter] = []
    for number, each in enumerate(chosen, serial + 1):
        if purpose is Purpose.INVITATION:
            rules.invite(each, at=at, today=today(workshop))
        recalled = letters.earlier_letter(earlier.get(each.id, []), workshop.zone)
        letter, mails = letters.write(purpose, each, plan, recalled, serial=number, key=key(), at=at)
        written.append(letter)
        messages += mails
    db.session.add_all(written)
    return messages


@bp.post("/workshops/<slug>/desk/participants/delegations/<int:id>/link")
@programme_officer
def renew_link(workshop: Workshop, id: int) -> HttpResponse:
    """Another link by mail; the one before opens nothing any more."""
    one = delegation_or_404(workshop, id)
    with flashing_refusal():
        if not one.email:
            raise RuleBroken(_("Give the email address of %(name)s first.", name=one.name_in(language())))
        return send(workshop, Purpose.LINK, [one])
    return redirect(url_for(".delegation", slug=workshop.slug, id=id))


@bp.post("/workshops/<slug>/desk/participants/delegations/<int:id>/answer")
@programme_officer
def note_answer(workshop: Workshop, id: int) -> HttpResponse:
    """What came by note, letter or telephone: it acknowledges, or declines."""
    one = delegation_or_404(workshop, id)
    with flashing_refusal():
        if request.form.get("answer") == "decline":
            form = DeclineForm()
            members = members_of(one)
            rules.decline(one, form.reason.data or "", members, at=now(), today=today(workshop))
            db.session.flush()
            queries.nominations_changed(db.session, workshop, members)
        else:
            rules.acknowledge(one, at=now())
        db.session.commit()
        flash(_("Saved."))
    return redirect(url_for(".delegation", slug=workshop.slug, id=id))


@bp.route("/workshops/<slug>/desk/participants/delegations/add", methods=["GET", "POST"])
@programme_officer
def add(workshop: Workshop) -> Page:
    """One delegation: a State, an organisation, or a person."""
    form = DelegationForm(
        request.form if request.method == "POST" else None,
        data={"language": workshop.languages[0]},
        language=language(),
    )
    if form.validate_on_submit():
        with form.refusing():
            made = Delegation(workshop=workshop, category=form.category.data)
            write(made, form, register(db.session, workshop))
            refuse_twice(made, db.session.scalars(queries.delegations(workshop)).all())
            db.session.add(made)
            db.session.commit()
            flash(_("%(name)s is on the list.", name=made.name_in(language())))
            return redirect(url_for(".delegation", slug=workshop.slug, id=made.id))
    return render_template(
        "participation/delegations/add.html", workshop=workshop, form=form, organisations=organisation_names(workshop)
    )


@bp.route("/workshops/<slug>/desk/participants/delegations/add-states", methods=["GET", "POST"])
@programme_officer
def add_states(workshop: Workshop) -> Page:
    """Member and observer States by regional group; those that are on the list stay as they are."""
    there = {each.country for each in db.session.scalars(queries.delegations(workshop)) if each.is_state}
    groups = states_by_group(language())
    if request.method == "POST":
        wanted = {code for code in request.form.getlist("state") if code in countries()} - there
        for code in sorted(wanted, key=lambda code: sort_key(name_of(code, language()), language())):
            kind = countries()[code].kind
            category = Category.STATE_OBSERVER if kind is Kind.OBSERVER else Category.STATE_MEMBER
            made = Delegation(workshop=workshop, category=category, country=code)
            made.language = workshop.languages[0]
            db.session.add(made)
        db.session.commit()
        flash(ngettext("One State added.", "%(num)s States added.", len(wanted)))
        return redirect(url_for(".desk", slug=workshop.slug))
    return render_template("participation/delegations/add_states.html", workshop=workshop, groups=groups, there=there)


def states_by_group(code: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The regional groups with their States, and the observers, each in the alphabet of the language."""
    found: dict[object, list[tuple[str, str]]] = {group: [] for group in RegionalGroup}
    observers: list[tuple[str, str]] = []
    for alpha3, country in countries().items():
        if country.kind is Kind.MEMBER and (group := group_of(alpha3)):
            found[group].append((alpha3, name_of(alpha3, code)))
        elif country.kind is Kind.OBSERVER:
            observers.append((alpha3, name_of(alpha3, code)))
    named = [(str(group.label), found[group]) for group in RegionalGroup]
    return [
        (label, sorted(states, key=lambda pair: sort_key(pair[1], code)))
        for label, states in [*named, (str(Kind.OBSERVER.label), observers)]
    ]
