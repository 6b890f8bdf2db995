"""Where those who organise a workshop of a series write its publications and decide that they are public."""

from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from workshop.deliberation.editions.models import Edition
from workshop.platform import audit, tasks
from workshop.platform.access import Page
from workshop.platform.conflicts import SharedForm, begin_form, open_form
from workshop.platform.db import Words, db, now
from workshop.platform.errors import flashing_refusal
from workshop.platform.forms import posted_form
from workshop.platform.i18n import on_day
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, queries, rules
from .forms import AboutForm, ImprintForm, LaunchForm
from .models import Publication, PublicationKind
from .views import page_of

ABOUT = ["title", "subtitle", "kind", "issued_on", "summary", "pages", "languages"]
IMPRINT = ["publisher", "publisher_place", "collection", "number", "isbn", "issn", "symbol", "link", "zone"]
LAUNCH = ["launch_event", "launch_place", "launch_theme", "launch_on", "launch_link", "press_text"]


class Part(NamedTuple):
    """One part of the form: its name, what it says now, how it is made, and how it is written."""

    label: object
    saved: Callable[[Publication], dict[str, object]]
    form: Callable[..., SharedForm]
    write: Callable[[Publication, SharedForm], None]


def about_of(publication: Publication) -> dict[str, object]:
    return {
        **{name: getattr(publication, name) for name in ABOUT},
        "kind": publication.kind.value,
        "authors": "\n".join(publication.authors),
        "themes": ", ".join(publication.themes),
        "chapters": "\n".join(map(rules.chapter_line, publication.chapters)),
    }


def imprint_of(publication: Publication) -> dict[str, object]:
    return {
        **{name: getattr(publication, name) for name in IMPRINT},
        "embargo_until": clock_of_embargo(publication),
    }


def clock_of_embargo(publication: Publication) -> object:
    until = publication.embargo_until
    return until and until.astimezone(ZoneInfo(publication.zone)).replace(tzinfo=None)


def about_form(formdata: object = None, **kwargs: object) -> AboutForm:
    return AboutForm(formdata, offered=(), **kwargs)


PARTS = {
    "about": Part(_l("About"), about_of, about_form, lambda row, form: rules.write_about(row, form.typed(rules.About))),
    "imprint": Part(
        _l("Numbers, source and embargo"),
        imprint_of,
        ImprintForm,
        lambda row, form: rules.write_imprint(row, form.typed(rules.Imprint)),
    ),
    "launch": Part(
        _l("Launch and press"),
        lambda row: {name: getattr(row, name) for name in LAUNCH},
        LaunchForm,
        lambda row, form: rules.write_launch(row, form.typed(rules.Launch)),
    ),
}


@bp.get("/workshops/<slug>/desk/publications")
@organiser
def desk(workshop: Workshop) -> str:
    """What the library has of this series, and the reports that could be offered in it."""
    return render_template(
        "follow_up/publications/desk.html",
        workshop=workshop,
        publications=db.session.scalars(queries.of_series(workshop.series_id)).all(),
        reports=db.session.scalars(queries.released_reports(workshop.series_id)).all(),
        at=now(),
        is_under_embargo=rules.is_under_embargo,
    )


@bp.route("/workshops/<slug>/desk/publications/new", methods=["GET", "POST"])
@organiser
def add(workshop: Workshop) -> Page:
    begun = {"title": Words(), "subtitle": Words(), "summary": Words(), "issued_on": on_day(now(), workshop.zone)}
    form = begin_form(about_form, begun, posted_form())
    if form.validate_on_submit():
        with form.refusing():
            text = form.typed(rules.About)
            made = Publication(
                slug=rules.slug_for(text.title, taken_by(text.title)),
                series=workshop.series,
                kind=PublicationKind.REPORT,
                title=text.title,
                issued_on=text.issued_on,
                zone=workshop.zone,
            )
            rules.write_about(made, text)
            db.session.add(made)
            db.session.commit()
            flash(_("Saved. Add files, then publish it."))
            return to(workshop, made)
    return render_template(
        "follow_up/publications/edit.html", workshop=workshop, publication=None, part="about", parts=PARTS, form=form,
        theirs=None,
    )  # fmt: skip


def taken_by(title: Words) -> set[str]:
    """The addresses that begin as one made of this title would."""
    return set(db.session.scalars(queries.slugs_like(rules.slug_base(title))))


@bp.post("/workshops/<slug>/desk/publications/from-report/<int:id>")
@organiser
def offer_report(workshop: Workshop, id: int) -> HttpResponse:
    """Offer a released report of the series as a publication, by one act; publishing it is another."""
    edition: Edition = db.one_or_404(queries.released_reports(workshop.series_id).where(Edition.id == id))
    with flashing_refusal():
        made = rules.from_report(edition, workshop.series, taken_by(edition.title))
        db.session.add(made)
        db.session.commit()
        flash(_("Added to the library as a draft. Publish it when its description is complete."))
        return to(workshop, made)
    return to_desk(workshop)


def found_publication(workshop: Workshop, id: int) -> Publication:
    """One of the workshop's series, with all its parts."""
    found: Publication = db.one_or_404(queries.whole(queries.of_series(workshop.series_id)).where(Publication.id == id))
    return found


@bp.get("/workshops/<slug>/desk/publications/<int:id>")
@organiser
def overview(workshop: Workshop, id: int) -> str:
    publication = found_publication(workshop, id)
    return render_template(
        "follow_up/publications/overview.html",
        workshop=workshop,
        publication=publication,
        parts=PARTS,
        is_held=rules.is_under_embargo(publication, now()),
    )


@bp.route("/workshops/<slug>/desk/publications/<int:id>/<part>", methods=["GET", "POST"])
@organiser
def edit(workshop: Workshop, id: int, part: str) -> Page:
    """One part of what is said about it."""
    publication = found_publication(workshop, id)
    one = PARTS.get(part) or abort(404)
    form, theirs = open_form(one.form, one.saved(publication), posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            one.write(publication, form)
            save(publication)
            flash(_("Saved."))
            return to(workshop, publication)
    page = render_template(
        "follow_up/publications/edit.html",
        workshop=workshop,
        publication=publication,
        part=part,
        parts=PARTS,
        form=form,
        theirs=theirs,
    )
    return page, 409 if theirs else 200


def save(publication: Publication) -> None:
    """Commit what was changed; where it is public, the pages that name it are made anew, now and at the end of an embargo."""
    if publication.is_published:
        db.session.execute(queries.change_in_public(publication.series_id))
        if publication.embargo_until and publication.embargo_until > now():
            tasks.ask("publications.end_embargo", publication.id, at=publication.embargo_until)
    db.session.commit()


@bp.get("/workshops/<slug>/desk/publications/<int:id>/preview")
@organiser
def preview(workshop: Workshop, id: int) -> str:
    """The page as everybody will read it."""
    return page_of(found_publication(workshop, id), at=now(), preview=url_for(".overview", slug=workshop.slug, id=id))


@bp.post("/workshops/<slug>/desk/publications/<int:id>/publish")
@organiser
def publish(workshop: Workshop, id: int) -> HttpResponse:
    publication = found_publication(workshop, id)
    with flashing_refusal():
        rules.publish(publication, by=current_user.id, at=now())
        db.session.add(audit.record("publish publication", publication.slug, who=current_user.id, at=now()))
        save(publication)
        if rules.is_under_embargo(publication, now()):
            flash(_("Published. It becomes public when the embargo ends."))
        else:
            flash(_("Published. Anyone can read it now."))
    return to(workshop, publication)


@bp.post("/workshops/<slug>/desk/publications/<int:id>/withdraw")
@organiser
def withdraw(workshop: Workshop, id: int) -> HttpResponse:
    publication = found_publication(workshop, id)
    rules.withdraw(publication)
    db.session.add(audit.record("withdraw publication", publication.slug, who=current_user.id, at=now()))
    db.session.execute(queries.change_in_public(publication.series_id))
    db.session.commit()
    flash(_("No longer public. Anyone who read it before may have kept a copy."))
    return to(workshop, publication)


@bp.route("/workshops/<slug>/desk/publications/<int:id>/remove", methods=["GET", "POST"])
@organiser
def remove(workshop: Workshop, id: int) -> Page:
    """Asks once, and says what is lost."""
    publication = found_publication(workshop, id)
    form = SharedForm()
    if not form.validate_on_submit():
        return render_template(
            "follow_up/publications/remove.html", workshop=workshop, publication=publication, form=form
        )
    db.session.add(audit.record("remove publication", publication.slug, who=current_user.id, at=now()))
    db.session.execute(queries.change_in_public(publication.series_id))
    db.session.delete(publication)
    db.session.commit()
    flash(_("Removed."))
    return to_desk(workshop)


def to(workshop: Workshop, publication: Publication) -> HttpResponse:
    return redirect(url_for(".overview", slug=workshop.slug, id=publication.id))


def to_desk(workshop: Workshop) -> HttpResponse:
    return redirect(url_for(".desk", slug=workshop.slug))
