"""Every endpoint × every member of the cast → the status expected. A new view fails here until it has a line."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests import factories as make
from tests.test_shape import views_of
from workshop import files
from workshop.agenda import rules
from workshop.agenda.models import Format
from workshop.agenda.queries import sessions
from workshop.breakouts.models import GroupServant, Part, Point, PointKind
from workshop.db import Words, db
from workshop.exchange.intake_models import AgendaImport
from workshop.findings.models import Snapshot
from workshop.papers.models import Document, DocumentFile, State
from workshop.reports.models import PlenaryReport

MEMBERS = ("nobody", "dov", "oto", "ben", "chi", "eva", "ana")
STRANGERS = {"nobody": "sign in", "dov": 404, "oto": 404}
# What each kind of access answers to each member: the page itself or what its form says ("in"), or a refusal.
KINDS: dict[str, dict[str, Any]] = {
    "anyone": dict.fromkeys(MEMBERS, "in"),
    "nobody": dict.fromkeys(MEMBERS, 404),
    "signed in": dict.fromkeys(MEMBERS, "in") | {"nobody": "sign in"},
    "members": STRANGERS | dict.fromkeys(("ben", "chi", "eva", "ana"), "in"),
    "organisers": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": "in"},
    "staff": STRANGERS | {"ben": 403} | dict.fromkeys(("chi", "eva", "ana"), "in"),
    "servants": STRANGERS | dict.fromkeys(("ben", "eva"), 403) | dict.fromkeys(("chi", "ana"), "in"),
    "drafters": dict.fromkeys(("nobody", "dov", "oto", "ben"), 404) | dict.fromkeys(("chi", "eva", "ana"), "in"),
    "organisers alone": dict.fromkeys(MEMBERS, 404) | {"ana": "in"},
}
# Endpoint → who may read it (GET), who may send it (POST). A link with a made-up secret opens nothing to anyone.
ENDPOINTS: dict[str, dict[str, str]] = {
    "accounts.account": {"GET": "signed in"},
    "accounts.change_password": {"GET": "signed in", "POST": "signed in"},
    "accounts.end_other_sign_ins": {"POST": "signed in"},
    "accounts.end_sign_in": {"POST": "someone else's"},
    "accounts.forgotten": {"GET": "anyone", "POST": "anyone"},
    "accounts.new_password": {"GET": "nobody", "POST": "nobody"},
    "accounts.sign_in": {"GET": "anyone", "POST": "anyone"},
    "accounts.sign_in_as_demo": {"POST": "nobody"},
    "accounts.sign_out": {"POST": "anyone"},
    "agenda.add_person": {"GET": "organisers", "POST": "organisers"},
    "agenda.add_session": {"GET": "organisers", "POST": "organisers"},
    "agenda.desk": {"GET": "organisers"},
    "agenda.edit_item": {"GET": "organisers", "POST": "organisers"},
    "agenda.edit_person": {"GET": "organisers", "POST": "organisers"},
    "agenda.edit_session": {"GET": "organisers", "POST": "organisers"},
    "agenda.move_item": {"POST": "organisers"},
    "agenda.move_session": {"POST": "organisers"},
    "agenda.publish": {"POST": "organisers"},
    "agenda.remove_item": {"GET": "organisers", "POST": "organisers"},
    "agenda.remove_person": {"GET": "organisers", "POST": "organisers"},
    "agenda.remove_session": {"GET": "organisers", "POST": "organisers"},
    "breakouts.desk": {"GET": "staff"},
    "breakouts.notes": {"GET": "staff", "POST": "servants"},
    "breakouts.strike": {"POST": "servants"},
    "breakouts.unstrike": {"POST": "servants"},
    "exchange.bring": {"GET": "organisers", "POST": "organisers"},
    "exchange.columns": {"POST": "organisers"},
    "exchange.preview": {"GET": "organisers"},
    "exchange.take": {"POST": "organisers"},
    "findings.desk": {"GET": "organisers"},
    "findings.publish": {"POST": "organisers"},
    "findings.results": {"GET": "nobody"},  # until they are published
    "findings.snapshot": {"GET": "staff"},
    "findings.take": {"GET": "organisers", "POST": "organisers"},
    "findings.unpublish": {"POST": "organisers"},
    "operations.healthz": {"GET": "anyone"},
    "operations.metrics": {"GET": "anyone"},  # asked from the machine itself; tests/test_start.py asks from elsewhere
    "operations.readyz": {"GET": "anyone"},
    "operations.security": {"GET": "nobody"},  # until a contact is set
    "overview.desk": {"GET": "members"},
    "overview.stages": {"GET": "organisers", "POST": "organisers"},
    "papers.add_item": {"GET": "organisers", "POST": "organisers"},
    "papers.clear": {"POST": "organisers"},
    "papers.desk": {"GET": "organisers"},
    "papers.document": {"GET": "organisers"},
    "papers.download": {"GET": "organisers alone"},
    "papers.download_version": {"GET": "organisers"},
    "papers.edit_document": {"GET": "organisers", "POST": "organisers"},
    "papers.expect": {"GET": "organisers", "POST": "organisers"},
    "papers.expect_again": {"POST": "organisers"},
    "papers.mark_not_provided": {"POST": "organisers"},
    "papers.publish": {"POST": "organisers"},
    "papers.remove": {"POST": "organisers"},
    "papers.upload": {"POST": "organisers"},
    "papers.withdraw": {"POST": "organisers"},
    "public.accessibility": {"GET": "anyone"},
    "public.agenda": {"GET": "anyone"},
    "public.help": {"GET": "anyone"},
    "public.index": {"GET": "anyone"},
    "public.papers": {"GET": "anyone"},
    "public.privacy": {"GET": "anyone"},
    "public.reports": {"GET": "anyone"},
    "public.series": {"GET": "anyone"},
    "public.speakers": {"GET": "anyone"},
    "public.workshop": {"GET": "anyone"},
    "questionnaires.introduction": {"GET": "anyone", "POST": "anyone"},
    "questionnaires.resume": {"GET": "nobody"},
    "questionnaires.save": {"POST": "nobody"},
    "questionnaires.section": {"GET": "nobody", "POST": "nobody"},
    "questionnaires.submit": {"POST": "nobody"},
    "questionnaires.summary": {"GET": "nobody"},
    "questionnaires.thanks": {"GET": "nobody"},
    "questionnaires.withdraw": {"GET": "nobody", "POST": "nobody"},
    "reports.ask_for_pdf": {"POST": "drafters"},
    "reports.compile": {"POST": "staff"},
    "reports.desk": {"GET": "staff"},
    "reports.group": {"GET": "staff", "POST": "servants"},
    "reports.pdf": {"GET": "drafters"},
    "reports.pdf_progress": {"GET": "drafters"},
    "reports.publish": {"POST": "organisers"},
    "reports.reopen": {"POST": "servants"},
    "reports.report": {"GET": "drafters"},
    "reports.sign_off": {"POST": "servants"},
    "reports.withdraw": {"POST": "organisers"},
    "series.mine": {"GET": "signed in"},
    "speakers.desk": {"GET": "organisers"},
}
KINDS["someone else's"] = dict.fromkeys(MEMBERS, 404) | {"nobody": "sign in"}
A_FORM = {
    "languages": ["en"],
    "lists": {},
    "sections": [{"code": "A", "title": {"en": "A section"}, "questions": [
        {"code": "A1", "type": "text", "text": {"en": "A question"}, "max": 100}]}],
}  # fmt: skip
LINES = [(endpoint, method, kind) for endpoint, kinds in ENDPOINTS.items() for method, kind in kinds.items()]


def test_every_endpoint_has_a_line(built_app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in views_of(built_app):
        methods.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert methods == {endpoint: set(kinds) for endpoint, kinds in ENDPOINTS.items()}


@pytest.fixture
def filled(company: Any) -> dict[str, Any]:
    """One of everything in the workshop; the values that its addresses are made of."""
    workshop = company.workshop
    session = make.session(workshop=workshop, format=Format.BREAKOUT)
    item, who = make.item(), make.appearance()
    session.items.append(item)
    session.appearances.append(who)
    paper = make.document(workshop=workshop, session=session, item=item, state=State.RECEIVED)
    group = make.group(workshop=workshop, session=session, number=1, questions=[make.group_question()])
    servant = GroupServant(group=group, user=company.chi, role=Part.RAPPORTEUR)
    point = Point(group=group, noted_by=company.chi.id, number=1, kind=PointKind.ISSUE, text="A point", language="en",
                  client_key="k", noted_at=make.NOON)  # fmt: skip
    report = PlenaryReport(workshop=workshop, slug="plenary", title=Words(en="Report"), compiled_at=make.NOON)
    form = make.questionnaire(workshop=workshop)
    version = make.version(A_FORM, questionnaire=form)
    words = Words(en="Results")
    snapshot = Snapshot(version=version, number=1, taken_at=make.NOON, responses=0, caveat=words, title=words)
    waiting = AgendaImport(workshop=workshop, stored_as=files.put(b"10:00-11:00 Welcome"), filename="", language="en",
                           made_at=make.NOON, made_by=company.ana.id, key=paper.key)  # fmt: skip
    db.session.add_all([session, paper, group, servant, point, report, snapshot, waiting])
    db.session.commit()
    return {
        "slug": "w", "number": 1, "item_id": item.id, "who_id": who.id, "key": paper.key, "language": "en", "version": 1,
        "point": 1, "report": "plenary", "questionnaire": form.slug, "token": "made-up", "code": "A", "id": 1_000_000,
    }  # fmt: skip


def store_file(app: Flask, key: str) -> None:
    """A file behind the received document, so that a download has something to send."""
    paper = db.session.scalars(db.select(Document).where(Document.key == key)).one()
    name = files.put(b"%PDF-1.4 a test")
    paper.files.append(
        DocumentFile(language="en", version=1, stored_as=name, filename="a.pdf", media_type="application/pdf", size=15,
                     received_at=make.NOON)
    )  # fmt: skip
    db.session.commit()


def publish_agenda(company: Any) -> None:
    draft = db.session.scalars(sessions(company.workshop)).all()
    db.session.add(rules.publish(company.workshop, draft, previous=0, at=make.NOON))
    db.session.commit()


@pytest.mark.parametrize(("endpoint", "method", "kind"), LINES, ids=lambda value: str(value))
def test_who_may_open_it(
    app: Flask, company: Any, filled: dict[str, Any], as_: Any, endpoint: str, method: str, kind: str
) -> None:
    store_file(app, filled["key"])
    publish_agenda(company)
    rule = next(rule for rule in views_of(app) if rule.endpoint == endpoint and method in (rule.methods or ()))
    address = address_of(rule, filled if endpoint != "public.series" else {"slug": "s"})
    found = {}
    for member in MEMBERS:
        found[member] = standing(as_(member).open(address, method=method))
    assert found == KINDS[kind]


def address_of(rule: Rule, values: dict[str, Any]) -> str:
    built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
    assert built is not None, rule
    return built[1]


def standing(response: Any) -> Any:
    """ "in" for the page or what its form says, else the refusal."""
    if response.status_code == 302 and "/sign-in?next=" in response.headers["Location"]:
        return "sign in"
    if response.status_code in (403, 404):
        return response.status_code
    assert response.status_code < 500, response.status_code
    return "in"
