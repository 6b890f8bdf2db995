"""The report to the plenary of 2005: compiled, a summary written, checked, cleared and released in English and French."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from workshop.deliberation.editions import edition_content
from workshop.deliberation.editions import rules as editions_rules
from workshop.deliberation.editions.check_views import decision_about, undecided_hits
from workshop.deliberation.plenary import queries, rules
from workshop.deliberation.plenary.gathering import collect_material
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.deliberation.plenary.paragraphs import Chapter
from workshop.platform.db import Words, db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

LANGUAGES = ("en", "fr")
AFTER = timedelta(days=15)  # the report was due two weeks after the meeting
SUMMARY = Words(
    en="The workshop asked how migration and development policy can work together. Three groups reported back: they "
    "shared practices, named obstacles, and differed on who should lead. (sample data)",
    fr="L’atelier s’est demandé comment les politiques de migration et de développement peuvent aller de pair. Trois "
    "groupes ont rendu compte : ils ont partagé des pratiques, nommé des obstacles et divergé sur qui doit conduire. "
    "(données fictives)",
    es="El taller se preguntó cómo pueden ir de la mano las políticas de migración y de desarrollo. Tres grupos "
    "informaron: compartieron prácticas, señalaron obstáculos y difirieron en quién debe dirigir. (datos ficticios)",
)


def load(workshop: Workshop, people: Mapping[str, User]) -> None:
    """The report and its first edition; everything it is compiled from must have been flushed."""
    at = datetime.combine(workshop.ends_on, time(12), ZoneInfo(workshop.zone)) + AFTER
    shown = db.session.scalars(queries.snapshots(workshop)).first()
    material = collect_material(db.session, workshop, str(shown.id) if shown else "")
    report = rules.compile_report(None, material, after=0, partly=True, at=at)
    summary = rules.add_block(report, Chapter.SUMMARY, after=None)
    rules.write_block(summary, title=Words(), words=SUMMARY, by=people["rapporteur"].id, at=at)
    db.session.add(report)
    db.session.flush()
    release(report, people, at=at)


def release(report: PlenaryReport, people: Mapping[str, User], *, at: datetime) -> None:
    """The text frozen; each word the check finds decided about; cleared by the chair, released by the organiser."""
    workshop, session = report.workshop, db.session
    current = queries.current(session, workshop)
    text = edition_content.text_of(session, report)
    manifest = edition_content.manifest_of(session, report, text, current)
    edition = editions_rules.make_edition(report, text, manifest, last=None, by=people["rapporteur"].id, at=at)
    session.add(edition)
    chair, reason = people["chair"], "Sample data: nobody is meant."
    hits = undecided_hits(workshop, report, text)
    session.add_all(decision_about(hit, report, reason, by=chair.id, at=at) for hit in hits)
    session.flush()
    editions_rules.clear(edition, undecided_hits(workshop, report, text), (), by=chair, at=at)
    editions_rules.release(edition, LANGUAGES, by=people["organiser"].id, at=at)
