"""What a translator finds on the front page: in which language texts are missing. No request, no clock."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.consultation.questions import question_texts
from workshop.platform.db import Database
from workshop.platform.i18n import language, language_name
from workshop.secretariat.series import front_page
from workshop.secretariat.series.front_page import Line, Reader
from workshop.secretariat.series.models import Role, Workshop

from . import queries, workshop_texts


@front_page.lines.by
def translation_lines(session: Database, reader: Reader) -> Iterator[Line]:
    """For each language, and each questionnaire that is being edited, what is still to translate and the way to it."""
    if Role.TRANSLATOR not in reader.roles - reader.limited:
        return
    workshop, at = reader.workshop, {"slug": reader.workshop.slug}
    parts = parts_read(session, workshop)
    for code in workshop.languages[1:]:
        missing = sum(part.missing(code) for part in parts)
        if missing:
            what = _("Texts in %(language)s", language=language_name(code))
            yield Line(what, "", say_missing(missing), "warn", "translating.translations", at)
    for each in session.scalars(queries.drafts(workshop)):
        lacking = question_texts.missing(each.draft) if each.draft else {}
        for code, texts in lacking.items():
            if texts:
                to = {**at, "questionnaire": each.slug, "language": code}
                title = each.title.in_(language(), "en")[0]
                yield Line(title, language_name(code), say_missing(len(texts)), "warn", "designing.translate", to)


def parts_read(session: Database, workshop: Workshop) -> list[workshop_texts.TextPart]:
    return workshop_texts.parts_of(
        workshop,
        session.scalars(queries.sessions_with_texts(workshop)).all(),
        session.scalars(queries.groups_with_texts(workshop)).all(),
        session.scalars(queries.rooms_with_texts(workshop)).all(),
    )


def say_missing(count: int) -> str:
    return ngettext("%(num)s missing", "%(num)s missing", count)
