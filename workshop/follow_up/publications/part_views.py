"""The parts of a publication: its files, its editions, what others wrote about it, and whether its links still work."""

from flask import abort, current_app, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import files, tasks
from workshop.platform.access import Page, limited
from workshop.platform.conflicts import open_form
from workshop.platform.db import Words, db, now
from workshop.platform.foreign import uploaded_files
from workshop.platform.foreign.limits import KIND, PNG
from workshop.platform.forms import posted_form
from workshop.platform.i18n import on_day
from workshop.secretariat.series.membership import organiser
from workshop.secretariat.series.models import Workshop

from . import bp, rules
from .desk_views import found_publication, save, to
from .forms import EditionForm, FileForm, MentionForm
from .models import MediaMention, Publication, PublicationEdition, PublicationFile
from .views import as_attachment


@bp.route("/workshops/<slug>/desk/publications/<int:id>/files", methods=["GET", "POST"])
@organiser
def add_file(workshop: Workshop, id: int) -> Page:
    """A file of one purpose and language; the one before is replaced."""
    publication = found_publication(workshop, id)
    form = FileForm(offered=workshop.languages)
    if form.validate_on_submit():
        with form.refusing():
            row = rules.receive(publication, stored(form), at=now())
            save(publication)
            flash(_("Received: %(name)s.", name=row.filename))
            return to(workshop, publication)
    return render_template("follow_up/publications/file.html", workshop=workshop, publication=publication, form=form)


def stored(form: FileForm) -> rules.Received:
    """The file of the form, its kind judged by its content. Raises RuleBroken for what is not taken."""
    sent = form.file.data
    content, name = uploaded_files.content_of(sent, KIND), uploaded_files.shown_name(sent.filename)
    media_type = uploaded_files.inspect(content, name)
    if media_type == PNG:
        content = uploaded_files.without_traces(content, PNG, filename=name)
    return rules.Received(form.purpose.data, form.language.data, files.put(content), name, media_type, len(content))


@bp.get("/workshops/<slug>/desk/publications/<int:id>/files/<int:part_id>")
@organiser
def draft_file(workshop: Workshop, id: int, part_id: int) -> HttpResponse:
    return as_attachment(file_of(found_publication(workshop, id), part_id))


@bp.post("/workshops/<slug>/desk/publications/<int:id>/files/<int:part_id>/remove")
@organiser
def remove_file(workshop: Workshop, id: int, part_id: int) -> HttpResponse:
    publication = found_publication(workshop, id)
    publication.files.remove(file_of(publication, part_id))
    save(publication)
    flash(_("Removed."))
    return to(workshop, publication)


def file_of(publication: Publication, id: int) -> PublicationFile:
    return next((each for each in publication.files if each.id == id), None) or abort(404)


@bp.route("/workshops/<slug>/desk/publications/<int:id>/editions/new", methods=["GET", "POST"])
@organiser
def add_edition(workshop: Workshop, id: int) -> Page:
    publication = found_publication(workshop, id)
    number = 1 + max((each.number for each in publication.editions), default=0)
    return edition_page(
        workshop, publication, PublicationEdition(number=number, issued_on=on_day(now(), workshop.zone))
    )


@bp.route("/workshops/<slug>/desk/publications/<int:id>/editions/<int:part_id>", methods=["GET", "POST"])
@organiser
def edit_edition(workshop: Workshop, id: int, part_id: int) -> Page:
    publication = found_publication(workshop, id)
    return edition_page(workshop, publication, edition_of(publication, part_id))


def edition_of(publication: Publication, id: int) -> PublicationEdition:
    return next((each for each in publication.editions if each.id == id), None) or abort(404)


def edition_page(workshop: Workshop, publication: Publication, edition: PublicationEdition) -> Page:
    """The form of an edition; sent, it is saved."""
    saved = {
        "number": edition.number,
        "issued_on": edition.issued_on,
        "endorsers": "\n".join(edition.endorsers),
        "changes": edition.changes,
        "errata": edition.errata,
    }
    form, theirs = open_form(EditionForm, saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            number = form.number.data or 1
            rules.write_edition(edition, publication.editions, number=number, changes=Words(form.changes.data))
            edition.issued_on, edition.errata = form.issued_on.data or edition.issued_on, Words(form.errata.data)
            edition.endorsers = rules.lines(form.endorsers.data or "")
            if edition not in publication.editions:
                publication.editions.append(edition)
            save(publication)
            flash(_("Saved."))
            return to(workshop, publication)
    page = render_template(
        "follow_up/publications/edition.html",
        workshop=workshop,
        publication=publication,
        edition=edition,
        form=form,
        theirs=theirs,
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/publications/<int:id>/editions/<int:part_id>/remove")
@organiser
def remove_edition(workshop: Workshop, id: int, part_id: int) -> HttpResponse:
    publication = found_publication(workshop, id)
    publication.editions.remove(edition_of(publication, part_id))
    save(publication)
    flash(_("Removed."))
    return to(workshop, publication)


@bp.route("/workshops/<slug>/desk/publications/<int:id>/coverage/new", methods=["GET", "POST"])
@organiser
def add_mention(workshop: Workshop, id: int) -> Page:
    publication = found_publication(workshop, id)
    return mention_page(workshop, publication, MediaMention(outlet="", title="", seen_on=on_day(now(), workshop.zone)))


@bp.route("/workshops/<slug>/desk/publications/<int:id>/coverage/<int:part_id>", methods=["GET", "POST"])
@organiser
def edit_mention(workshop: Workshop, id: int, part_id: int) -> Page:
    publication = found_publication(workshop, id)
    return mention_page(workshop, publication, mention_of(publication, part_id))


def mention_of(publication: Publication, id: int) -> MediaMention:
    return next((each for each in publication.mentions if each.id == id), None) or abort(404)


def mention_page(workshop: Workshop, publication: Publication, mention: MediaMention) -> Page:
    """The form of a mention; sent, it is saved."""
    saved = {name: getattr(mention, name) for name in ("outlet", "title", "seen_on", "language", "link")}

    def form_for(formdata: object = None, **kwargs: object) -> MentionForm:
        return MentionForm(formdata, offered=[*workshop.languages, *filter(None, [mention.language])], **kwargs)

    form, theirs = open_form(form_for, saved, posted_form())
    if theirs is None and form.validate_on_submit():
        with form.refusing():
            rules.write_mention(
                mention,
                outlet=form.outlet.data or "",
                title=form.title.data or "",
                seen_on=form.seen_on.data or mention.seen_on,
                language=form.language.data or "",
                link=form.link.data or "",
            )
            if mention not in publication.mentions:
                publication.mentions.append(mention)
            save(publication)
            flash(_("Saved."))
            return to(workshop, publication)
    page = render_template(
        "follow_up/publications/mention.html",
        workshop=workshop,
        publication=publication,
        mention=mention,
        form=form,
        theirs=theirs,
    )
    return page, 409 if theirs else 200


@bp.post("/workshops/<slug>/desk/publications/<int:id>/coverage/<int:part_id>/remove")
@organiser
def remove_mention(workshop: Workshop, id: int, part_id: int) -> HttpResponse:
    publication = found_publication(workshop, id)
    publication.mentions.remove(mention_of(publication, part_id))
    save(publication)
    flash(_("Removed."))
    return to(workshop, publication)


@bp.post("/workshops/<slug>/desk/publications/<int:id>/check-links")
@organiser
@limited("6 per minute")
def check_links_now(workshop: Workshop, id: int) -> HttpResponse:
    """Have the worker look at its outside addresses now rather than within the week."""
    publication = found_publication(workshop, id)
    if not current_app.config["CHECK_LINKS"]:
        flash(_("This installation does not check links."))
        return to(workshop, publication)
    rules.follow_links(publication)
    db.session.flush()
    for each in publication.checked_links:
        tasks.ask("publications.check_link", each.id, at=now())
    db.session.commit()
    flash(_("The links are being checked. Reload this page in a minute."))
    return to(workshop, publication)
