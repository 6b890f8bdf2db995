"""What a participant sees and says behind the personal link, without an account."""

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.participation.delegations import queries as delegations
from workshop.participation.delegations.models import Participant
from workshop.participation.delegations.rules import GONE, may_edit, withdraw
from workshop.participation.delegations.seats import Quota, in_line
from workshop.participation.delegations.statuses import ParticipantStatus
from workshop.platform.access import Page, by_link, even_if_archived, limited
from workshop.platform.conflicts import open_form
from workshop.platform.db import db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.queries import lock_workshop

from . import bp, queries, rules
from .forms import ASKED_FIELDS, ConsentForm, OwnForm, WishForm
from .models import ParticipantNeeds, Permission
from .settling import settle
from .views import plan_of, today

LISTED = (
    *("honorific", "given_name", "family_name", "name_as_listed", "function", "institution", "place", "email"),
    *("language", "interpreter"),
)


def wait_to_change(who: Participant, token: str) -> None:
    """Who is about to change a registration makes others at this workshop wait, and sees what those before have done."""
    if request.method != "POST":
        return
    db.session.scalars(lock_workshop(who.workshop)).one()
    db.session.refresh(who)
    if not (who.is_opened_by(token) and who.link_opens(now())):
        abort(404)


holder = by_link(queries.participant_by_link, wait_to_change)


@bp.get("/r/<token>")
@holder
@limited("120 per minute", methods=("GET",))
def own(token: str, who: Participant) -> str:
    """How the registration stands, and the ways to everything that can be said."""
    session.permanent = True  # a phone may close its browser between two visits; the forms then still work
    waiting = who.standing is ParticipantStatus.WAITING
    line = in_line(db.session.scalars(delegations.waiting(who.workshop_id))) if waiting else []
    return render_template(
        "participation/registration/own.html",
        place_in_line=next((place for place, each in enumerate(line, 1) if each.id == who.id), None),
        lacking=[Quota(each).label for each in who.lacking],
        wish=WishForm(formdata=None),
        further=[each for found in queries.further_forms(db.session, who, token) for each in found],
        **about(token, who),
    )


def about(token: str, who: Participant) -> dict[str, object]:
    """What every page behind a link shows."""
    plan = plan_of(who.workshop)
    comes = who.standing not in GONE
    return {
        "token": token,
        "who": who,
        "workshop": who.workshop,
        "plan": plan,
        "comes": comes,
        "editable": comes and may_edit(plan, today=today(who.workshop)),
        "needs_travel": comes and (who.sponsored or who.needs_visa),
    }


@bp.route("/r/<token>/entry", methods=["GET", "POST"])
@holder
@limited("60 per minute")
def own_entry(token: str, who: Participant) -> Page | tuple[str, int]:
    """How they are listed, and what they need."""
    plan = plan_of(who.workshop)
    needs = needs_of(who)
    form, theirs = open_form(
        lambda sent, data: OwnForm(sent, asks=plan.asks, data=data), as_filled(who, needs), posted_form()
    )
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.refuse_late(who, plan, today=today(who.workshop))
            write(who, needs, form)
            db.session.commit()
            flash(_("Saved."))
            return back(token)
    page = render_template("participation/registration/own_entry.html", form=form, theirs=theirs, **about(token, who))
    return page, 409 if theirs else 200


def needs_of(who: Participant) -> ParticipantNeeds:
    found: ParticipantNeeds | None = db.session.scalars(queries.needs_of(who)).one_or_none() if who.id else None
    return found or ParticipantNeeds(participant=who)


def as_filled(who: Participant, needs: ParticipantNeeds) -> dict[str, object]:
    said = {name: getattr(who, name) for name in (*LISTED, "phone", "arrives_on", "leaves_on", "sex")}
    return said | {"diet": needs.diet, "access": needs.access}


def write(who: Participant, needs: ParticipantNeeds, form: OwnForm) -> None:
    """Put down what was asked and said. The address of somebody who was nominated stays unless another is given."""
    asked = [name for names in ASKED_FIELDS.values() for name in names if name in form]
    for name in (*LISTED, *asked):
        value = form[name].data
        if name in ("diet", "access"):
            setattr(needs, name, value or "")
        elif name != "email" or value:
            setattr(who, name, value if value is not None or name in ("arrives_on", "leaves_on") else "")
    if needs.diet or needs.access or needs.id:
        db.session.add(needs)


@bp.route("/r/<token>/consent", methods=["GET", "POST"])
@holder
@even_if_archived
@limited("60 per minute")
def own_consent(token: str, who: Participant) -> Page:
    """What may be shown of them, each by itself; it can be changed at any time, also after the workshop."""
    texts = rules.texts()
    form = ConsentForm(data={"listed": not who.hidden, **dict.fromkeys(who.granted, True)})
    for permission in Permission:
        form[permission.value].label.text = texts[permission]
    if form.validate_on_submit():
        granted = [each for each in Permission if form[each.value].data]
        entries = rules.change_permission(who, granted, text_of=texts, language=language(), at=now())
        db.session.add_all(entries)
        who.hidden = not form.listed.data
        who.workshop.changed_in_public()
        db.session.commit()
        flash(_("Saved."))
        return back(token)
    return render_template("participation/registration/own_consent.html", form=form, **about(token, who))


@bp.post("/r/<token>/withdraw")
@holder
@limited("30 per minute")
def own_withdraw(token: str, who: Participant) -> HttpResponse:
    """They do not come; the seat goes to whoever waits for it."""
    with flashing_refusal():
        withdraw(who, at=now())
        settle(db.session, who.workshop, [who])
        db.session.commit()
        flash(_("Your registration is withdrawn. Thank you for telling us."))
    return back(token)


@bp.post("/r/<token>/wish")
@holder
@limited("30 per minute")
def own_wish(token: str, who: Participant) -> HttpResponse:
    form = WishForm()
    if form.validate_on_submit():
        who.wish = str(form.wish.data)
        db.session.commit()
        flash(_("Thank you. The secretariat has your request."))
    return back(token)


def back(token: str) -> HttpResponse:
    return redirect(url_for(".own", token=token))
