"""Where those who organise a workshop of a series write practices down, ask for consent and decide what is public."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.follow_up.publications.queries import change_in_public
from workshop.follow_up.publications.rules import slug_base
from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.conflicts import SharedForm, begin_form, open_form
from workshop.platform.db import Words, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import language
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import PracticeForm
from .models import SharedPractice

PLAIN = ["title", "what", "who", "place", "countries", "goals", "source", "link", "contact", "giver", "giver_email"]


def saved_of(practice: SharedPractice) -> dict[str, object]:
    return {
        **{name: getattr(practice, name) for name in PLAIN},
        "meeting": practice.meeting_id,
        "partners": "\n".join(practice.partners),
        "themes": ", ".join(practice.themes),
    }


@bp.get("/workshops/<slug>/desk/practices")
@organiser
def desk(workshop: Workshop) -> str:
    """The practices of the series, whatever their state."""
    return render_template(
        "follow_up/practices/desk.html",
        workshop=workshop,
        practices=db.session.scalars(queries.of_series(workshop.series_id)).all(),
    )


def meetings_of(workshop: Workshop) -> list[Workshop]:
    return [*db.session.scalars(queries.meetings_known_in(workshop))]


def form_for(meetings: list[Workshop]) -> partial[PracticeForm]:
    return partial(PracticeForm, meetings=[(each.id, each.short_title.in_(language())[0]) for each in meetings])


@bp.route("/workshops/<slug>/desk/practices/new", methods=["GET", "POST"])
@organiser
def add(workshop: Workshop) -> Page:
    meetings = meetings_of(workshop)
    begun = {name: Words() for name in ("title", "what", "who", "place")} | {"meeting": workshop.id}
    form = begin_form(form_for(meetings), begun, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            text = form.typed(rules.Described)
            taken = set(db.session.scalars(queries.slugs_like(slug_base(text.title))))
            made = SharedPractice(slug=rules.slug_for(text.title, taken), series=workshop.series, title=text.title)
            rules.write(made, text, chosen_meeting(meetings, form))
            db.session.add(made)
            db.session.commit()
            flash(_("Saved. Ask for consent, or record it, before you publish it."))
            return to(workshop, made)
    return render_template("follow_up/practices/edit.html", workshop=workshop, practice=None, form=form, theirs=None)


def chosen_meeting(meetings: list[Workshop], form: PracticeForm, before: Workshop | None = None) -> Workshop | None:
    """What was chosen; a workshop of others that is not announced was not shown, and stays."""
    unseen = before if before not in meetings else None
    return next((each for each in meetings if each.id == form.meeting.data), unseen)


def found_practice(workshop: Workshop, id: int) -> SharedPractice:
    statement = queries.with_meeting(queries.of_series(workshop.series_id)).where(SharedPractice.id == id)
    found: SharedPractice = db.one_or_404(statement)
    return found


@bp.get("/workshops/<slug>/desk/practices/<int:id>")
@organiser
def overview(workshop: Workshop, id: int) -> str:
    return render_template(
        "follow_up/practices/overview.html", workshop=workshop, practice=found_practice(workshop, id)
    )


@bp.route("/workshops/<slug>/desk/practices/<int:id>/edit", methods=["GET", "POST"])
@organiser
def edit(workshop: Workshop, id: int) -> Page:
    """What it says. Where that changes, who gave it is asked again."""
    practice, meetings = found_practice(workshop, id), meetings_of(workshop)
    form, theirs = open_form(form_for(meetings), saved_of(practice), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            had_consent, was_public = practice.consented_on, practice.is_public
            rules.write(practice, form.typed(rules.Described), chosen_meeting(meetings, form, practice.meeting))
            save(practice, in_public=was_public)
            if had_consent and practice.consented_on is None:
                flash(
                    _(
                        "Saved. The text changed, so the consent no longer covers it: ask again. It is not public until then."
                    )
                )
            else:
                flash(_("Saved."))
            return to(workshop, practice)
    page = render_template(
        "follow_up/practices/edit.html", workshop=workshop, practice=practice, form=form, theirs=theirs
    )
    return page, 409 if theirs else 200


def save(practice: SharedPractice, *, in_public: bool) -> None:
    """Commit; where everybody reads it, or did, the searches of the series' workshops are made anew."""
    if in_public or practice.is_public:
        db.session.execute(change_in_public(practice.series_id))
    db.session.commit()


@bp.post("/workshops/<slug>/desk/practices/<int:id>/publish")
@organiser
def publish(workshop: Workshop, id: int) -> HttpResponse:
    practice = found_practice(workshop, id)
    with flashing_refusal():
        rules.publish(practice, by=current_user.id, at=now())
        db.session.add(audit.record("publish practice", practice.slug, who=current_user.id, at=now()))
        save(practice, in_public=True)
        flash(_("Published. Anyone can read it now."))
    return to(workshop, practice)


@bp.post("/workshops/<slug>/desk/practices/<int:id>/withdraw")
@organiser
def withdraw(workshop: Workshop, id: int) -> HttpResponse:
    practice = found_practice(workshop, id)
    rules.withdraw(practice)
    db.session.add(audit.record("withdraw practice", practice.slug, who=current_user.id, at=now()))
    save(practice, in_public=True)
    flash(_("No longer public. Anyone who read it before may have kept a copy."))
    return to(workshop, practice)


@bp.route("/workshops/<slug>/desk/practices/<int:id>/remove", methods=["GET", "POST"])
@organiser
def remove(workshop: Workshop, id: int) -> Page:
    """Asks once, and says what is lost."""
    practice = found_practice(workshop, id)
    form = SharedForm()
    if not form.validate_on_submit():
        return render_template("follow_up/practices/remove.html", workshop=workshop, practice=practice, form=form)
    db.session.add(audit.record("remove practice", practice.slug, who=current_user.id, at=now()))
    db.session.execute(change_in_public(practice.series_id))
    db.session.delete(practice)
    db.session.commit()
    flash(_("Removed."))
    return redirect(url_for(".desk", slug=workshop.slug))


def to(workshop: Workshop, practice: SharedPractice) -> HttpResponse:
    return redirect(url_for(".overview", slug=workshop.slug, id=practice.id))
