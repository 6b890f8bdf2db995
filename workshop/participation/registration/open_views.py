"""Asking for a seat without having been invited or nominated, where the secretariat has opened the registration."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.statuses import RegistrationMode, Source
from workshop.platform import outbox
from workshop.platform.access import Page, limited, public
from workshop.platform.conflicts import begin_form
from workshop.platform.db import db, now
from workshop.platform.forms import posted_form
from workshop.platform.i18n import LANGUAGES, language
from workshop.programme.agenda.queries import register
from workshop.secretariat.series.models import Visibility, Workshop
from workshop.secretariat.series.queries import lock_workshop, workshop_named

from . import bp, letters, queries, rules
from .forms import OpenForm
from .link_views import needs_of, write
from .models import MailKind
from .settling import key, settle
from .views import plan_of, today


@bp.route("/workshops/<slug>/register", methods=["GET", "POST"])
@public
@limited("20 per hour")
def register_openly(slug: str) -> Page:
    """Whoever asks is answered by mail, the same whether or not they had asked before."""
    statement = workshop_named(slug).where(Workshop.announced, Workshop.visibility != Visibility.ARCHIVED)
    workshop: Workshop = db.one_or_404(statement)
    plan = plan_of(workshop)
    form = begin_form(
        lambda sent, data: OpenForm(sent, asks=plan.asks, interface=language(), data=data),
        {"language": language() if language() in LANGUAGES else workshop.languages[0]},
        posted_form(),
    )
    if form.validate_on_submit():
        with form.refusing():
            rules.refuse_not_open(workshop, plan, today=today(workshop))
            return receive(workshop, form)
    is_open = plan.mode is RegistrationMode.OPEN and today(workshop) <= workshop.ends_on
    return render_template(
        "participation/registration/register.html",
        workshop=workshop,
        form=form,
        is_open=is_open,
        is_received=request.method == "GET" and "received" in request.args,
    )


def receive(workshop: Workshop, form: OpenForm) -> HttpResponse:
    """Keep it, and write to the address given. One that is known already gets its own link again, and nothing is changed."""
    db.session.scalars(lock_workshop(workshop)).one()
    known = db.session.scalars(queries.participants_with_email(workshop, str(form.email.data))).first()
    if known:
        send(kind_for(known), known)
    else:
        who = Participant(workshop=workshop, category=form.category.data, source=Source.OPEN)
        who.country = form.country.data or ""
        who.organisation = register(db.session, workshop).organisation(form.organisation.data or "", who.country)
        db.session.add(who)
        write(who, needs_of(who), form)
        db.session.flush()
        if any(queries.awaits_forms(db.session, who)):
            send(MailKind.RECEIVED, who)  # a draft, until what is required is answered
        else:
            rules.submit(who, at=now())
            settle(db.session, workshop, [who])
    db.session.commit()
    flash(outbox.say_where_sent(_("Thank you. The answer is on its way to %(email)s.", email=form.email.data)))
    return redirect(url_for(".register_openly", slug=workshop.slug, received=1))


def send(kind: MailKind, who: Participant) -> None:
    if mail := letters.write(kind, who, key=key(), at=now()):
        db.session.add(mail)
        outbox.add(*(each for each in (mail.message,) if each))


def kind_for(known: Participant) -> MailKind:
    return letters.BY_STANDING.get(known.standing, MailKind.RECEIVED)
