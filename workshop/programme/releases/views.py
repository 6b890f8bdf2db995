"""The organisers' screens for what the public reads: publishing the draft under a name, and the releases so far."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform import audit
from workshop.platform.access import Page
from workshop.platform.db import Words, db, now
from workshop.platform.drafts import note_refused
from workshop.platform.forms import posted_form
from workshop.platform.i18n import day, language, on_day
from workshop.programme.agenda import queries as agenda_queries
from workshop.programme.agenda.models import Session
from workshop.programme.agenda.timetable import checks
from workshop.programme.groups.queries import groups, groups_at_once
from workshop.secretariat.series import queries as series_queries
from workshop.secretariat.series.membership import organiser, programme_officer
from workshop.secretariat.series.models import Workshop
from workshop.secretariat.series.visibility import Readiness, readiness

from . import bp, changes, queries, rules
from .forms import ReleaseForm
from .models import Release
from .released import ReleasedSession, StoredSession, sessions_of
from .released_names import MeetingModes, is_closed, withheld


@agenda_queries.release_state.by
def unpublished(
    workshop: Workshop, draft: Sequence[Session]
) -> tuple[datetime | None, list[str], list[ReleasedSession]]:
    """When the newest release was published, if there is one, in sentences what the draft changes against it, and where it names nobody."""
    last = db.session.scalars(queries.newest_release(workshop.id)).one_or_none()
    if last is None:
        return None, [], []
    formed = db.session.scalars(groups_at_once(workshop.id)).unique()
    before, after = rules.differing(last.agenda, rules.as_published(draft, groups=formed))
    modes = MeetingModes({each.id: each.mode or workshop.mode for each in draft}, workshop.mode)
    told = changes.changes(sessions_of(before), sessions_of(after), zone=workshop.zone, language=language())
    return last.published_at, told, withheld(last.sessions, modes)


@readiness.by
def agenda_ready(workshop: Workshop) -> list[Readiness]:
    """What of the agenda visitors will find."""
    last = db.session.scalars(queries.newest_release(workshop.id)).one_or_none()
    if last is None:
        return [Readiness(_("Agenda"), _("not published yet"), "warn", "agenda.desk")]
    if nameless := len(withheld(last.sessions, queries.meeting_modes(db.session, workshop.id))):
        told = ngettext(
            "one session names nobody until you publish again",
            "%(num)s sessions name nobody until you publish again",
            nameless,
        )
        return [Readiness(_("Agenda"), told, "warn", "agenda.desk")]
    when = on_day(last.published_at, workshop.zone)
    return [Readiness(_("Agenda"), _("published on %(date)s", date=day(when, "long")), "good", "agenda.desk")]


@bp.get("/workshops/<slug>/desk/agenda/releases")
@programme_officer
def releases(workshop: Workshop) -> str:
    found = db.session.scalars(queries.releases(workshop.id)).all()
    return render_template("programme/releases/releases.html", workshop=workshop, releases=found)


@bp.route("/workshops/<slug>/desk/agenda/publish", methods=["GET", "POST"])
@organiser
def publish(workshop: Workshop) -> Page:
    """Show what a release would change for the public; on sending, make it, unless the draft has changed meanwhile."""
    if request.method == "POST":
        db.session.scalars(series_queries.lock_workshop(workshop)).one()
    draft = db.session.scalars(agenda_queries.sessions(workshop)).all()
    if blocking := checks.blocking(db.session, workshop, draft):
        refusal = _("Not published, because this workshop does not allow this:")
        flash(Markup("{} {}").format(refusal, Markup(" ").join(blocking)))
        return redirect(url_for("agenda.desk", slug=workshop.slug))
    last = db.session.scalars(queries.newest_release(workshop.id)).one_or_none()
    before: list[StoredSession] = last.agenda if last else []
    after = rules.as_published(draft, before, db.session.scalars(groups(workshop.id)))
    if rules.is_needless(before, after):
        seen = _("Nothing to publish: the public already sees the agenda as shown here.")
        flash(seen if last else _("Nothing to publish: the agenda has no sessions yet."))
        return redirect(url_for("agenda.desk", slug=workshop.slug))
    taken = [each.name for each in db.session.scalars(queries.releases(workshop.id))]
    suggested = rules.suggested_name(workshop.languages, taken)
    form = ReleaseForm(posted_form(), data={"name": suggested, "seen": state_of(after)}).offer(after)
    if request.method == "POST" and not request.form.get("seen"):
        abort(428)
    outdated = form.seen.data != state_of(after)
    if not outdated and form.validate_on_submit():
        with form.refusing():
            rules.refuse_taken_name(form.name.data, taken)
            return make_release(workshop, draft, last, form, suggested)
    if outdated and request.method == "POST":
        note_refused()
    form.seen.data = state_of(after)
    found = changes.find_changes(sessions_of(before), sessions_of(after), zone=workshop.zone, language=language())
    page = render_template(
        "programme/releases/publish.html",
        workshop=workshop,
        form=form,
        last=last,
        outdated=outdated,
        closed=sessions_of(filter(is_closed, after)),
        changes=changes.group_by_session(found),
    )
    return page, 409 if outdated else 200


def make_release(
    workshop: Workshop, draft: Sequence[Session], last: Release | None, form: ReleaseForm, suggested: Words
) -> HttpResponse:
    """Make the release, commit, and go where those it touches can be told."""
    release = rules.publish(
        workshop,
        draft,
        previous=last.number if last else 0,
        at=now(),
        before=last.agenda if last else [],
        groups=db.session.scalars(groups(workshop.id)),
        name=form.name.data or suggested,
        note=form.note.data,
        names=bool(form.names and form.names.data),
    )
    db.session.add_all([release, audit.record("publish agenda", workshop.slug, who=current_user.id, at=now())])
    db.session.commit()
    link = Markup('<a href="{}">{}</a>').format(url_for("public.agenda", slug=workshop.slug), _("See the public page"))
    unseen = _("It will be visible once the workshop itself is public.")
    flash(Markup("{} {}").format(_("The agenda is published."), link if workshop.published else unseen))
    return redirect(url_for("speakers.tell", slug=workshop.slug, number=release.number))


def state_of(agenda: list[StoredSession]) -> str:
    """A short name for a draft: another one whenever anything in it has changed."""
    return hashlib.sha256(json.dumps(agenda, sort_keys=True).encode()).hexdigest()[:16]
