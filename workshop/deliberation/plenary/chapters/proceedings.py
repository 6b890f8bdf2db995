"""Session by session: who spoke in which function on what, and which paper there was. Then what was said.

Names follow the meeting mode, as `attribution` says; what was said follows from the notes taken (`discussion`).
"""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.deliberation.capture.attribution import leaves_a_trace, names_speakers
from workshop.platform.i18n import clock, language
from workshop.platform.rendering import comma
from workshop.programme.agenda.formats import Format
from workshop.programme.papers.models import Document, State
from workshop.programme.releases.released import ReleasedItem, ReleasedPerson, ReleasedSession
from workshop.secretariat.register.countries import name_of

from ..drafting import Draft, Material
from ..multilingual_prose import Prose, Sentence, join_list
from ..paragraphs import Source
from .annex import availability_of
from .discussion import write_discussion, write_silence

NOT_TOLD = {Format.COFFEE, Format.REGISTRATION}


def write_sessions(draft: Draft, material: Material) -> None:
    told = [session for session in material.agenda if session.format not in NOT_TOLD]
    for session in told:
        _write_session(draft, material, session)
    write_silence(draft, material, told)
    if not material.agenda:
        draft.paragraph(
            draft.said(lambda: _("No agenda was published.")), draft.cite.workshop(material.workshop), key="agenda"
        )


def _write_session(draft: Draft, material: Material, session: ReleasedSession) -> None:
    draft.heading(draft.quoted(session.title))
    prose = draft.prose()
    _tell_when(prose, draft, session)
    for text in (session.subtitle, session.note):
        if text:
            _tell(prose, text)
    if people := material.in_room.get(session.id):
        prose.say(lambda: ngettext("%(num)s person took part.", "%(num)s people took part.", people))
    if names_speakers(material.mode_of(session), published=False):
        for who in session.people:
            _tell_part(prose, who, draft.on)
    draft.paragraph(prose, draft.cite.session(session))
    for document in material.documents_of(session, None):
        _write_paper(draft, material, document, draft.cite.session(session))
    for item in session.items:
        _write_item(draft, material, session, item)
    write_discussion(draft, material, session)


def _tell(prose: Prose, text: dict[str, str]) -> None:
    """Somebody's phrase as a sentence."""
    place = prose.original(text)
    stop = "" if all(words.endswith((".", "?", "!")) for words in text.values()) else "."
    prose.say(lambda: place + stop)


def _tell_when(prose: Prose, draft: Draft, session: ReleasedSession) -> None:
    kind, begin, end = session.format, session.starts_at, session.ends_at
    if not (begin and end):
        prose.say(lambda: _("%(kind)s.", kind=kind.label))
        return
    prose.say(
        lambda: _(
            "%(kind)s, %(day)s, %(begin)s–%(end)s.",
            kind=kind.label,
            day=draft.cite.day(begin),
            begin=clock(begin, draft.cite.zone),
            end=clock(end, draft.cite.zone),
        )
    )


def _tell_part(prose: Prose, who: ReleasedPerson, on: date | None) -> None:
    part, name = who.part, person(prose, who, on)
    prose.say(lambda: _("%(part)s: %(who)s.", part=part.label, who=name()))


def person(prose: Prose, who: ReleasedPerson, on: date | None) -> Sentence:
    """A maker of "name, function, organisation, country", in the language of the moment."""
    known = [prose.original(who.name)]
    known += [prose.original(text) for text in (who.function, who.organisation) if text]
    country = who.country
    return lambda: comma().join([*known, name_of(country, language(), on)] if country else known)


def _write_item(draft: Draft, material: Material, session: ReleasedSession, item: ReleasedItem) -> None:
    documents = material.documents_of(session, item)
    mode = material.mode_of(session)
    is_public = any(document.state is State.PUBLISHED for document in documents)
    if item.people and not leaves_a_trace(mode, published=is_public):
        return
    prose = draft.prose()
    if not item.people:
        _tell_title(prose, item)
    elif names_speakers(mode, published=is_public):
        _tell_speakers(prose, item, draft.on)
    else:
        _tell_unnamed(prose, item)
    for document in documents:
        _tell_document(prose, document)
    sources = [draft.cite.document(document, material.numbers[document.id]) for document in documents]
    if prose.text:
        draft.paragraph(prose, draft.cite.session(session), *sources, key=f"item:{item.id}")


def _tell_title(prose: Prose, item: ReleasedItem) -> None:
    if item.title:
        title = prose.original(item.title)
        prose.say(lambda: _("“%(title)s” was on the programme.", title=title))


def _tell_speakers(prose: Prose, item: ReleasedItem, on: date | None) -> None:
    names = [person(prose, who, on) for who in item.people]
    if item.title:
        title = prose.original(item.title)
        prose.say(lambda: _("%(who)s: “%(title)s”.", who=join_list([name() for name in names]), title=title))
    else:
        prose.say(lambda: _("%(who)s; the programme gives no title.", who=join_list([name() for name in names])))
    if item.role_label:
        _tell(prose, item.role_label)


def _tell_unnamed(prose: Prose, item: ReleasedItem) -> None:
    """Not for attribution: the angle, not the person."""
    count = len(item.people)
    if item.perspective:
        angle = item.perspective
        prose.say(
            lambda: ngettext(
                "One speaker (perspective: %(angle)s).",
                "%(num)s speakers (perspective: %(angle)s).",
                count,
                angle=str(angle.label).lower(),
            )
        )
    else:
        prose.say(lambda: ngettext("One speaker.", "%(num)s speakers.", count))


def _tell_document(prose: Prose, document: Document) -> None:
    if document.state is State.NOT_PROVIDED:
        prose.say(lambda: _("No document was provided."))
    elif document.current_files:  # that a file is missing is told once, in the list of documents
        prose.say(lambda: _("%(kind)s: %(state)s.", kind=document.kind.label, state=availability_of(document)))


def _write_paper(draft: Draft, material: Material, document: Document, source: Source) -> None:
    """A document of the session itself, such as its discussion paper."""
    prose = draft.prose()
    if document.title:
        title = prose.original(document.title)
        prose.say(lambda: _("“%(title)s” was on the programme.", title=title))
    _tell_document(prose, document)
    draft.paragraph(prose, source, draft.cite.document(document, material.numbers[document.id]))
