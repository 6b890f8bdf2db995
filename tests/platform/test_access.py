"""Every endpoint × every member of the cast → the status expected. A new view fails here until it has a line."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from tests import factories as make
from tests.cast import Company
from tests.conftest import SignedIn
from tests.test_shape import views_of
from workshop.consultation.designing import rules
from workshop.consultation.findings.models import Snapshot
from workshop.consultation.questionnaires.models import Recipient, Response, Transcription
from workshop.consultation.questionnaires.states import Channel, ResponseState
from workshop.consultation.questions.questionnaire_document import Document as QuestionnaireDocument
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.plenary.models import PlenaryReport
from workshop.platform import files
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Move, StoredPlace
from workshop.programme.agenda.queries import sessions
from workshop.programme.agenda_in.models import AgendaImport
from workshop.programme.groups.models import GroupCode, GroupRole
from workshop.programme.papers.models import Document, DocumentFile, DocumentLink, State
from workshop.programme.releases import rules as releases_rules
from workshop.programme.speakers.models import Invitation, Profile
from workshop.secretariat.members.models import MemberInvitation
from workshop.secretariat.register.models import OrganisationAlias, OrganisationMerge
from workshop.secretariat.series.models import Membership, Role

MEMBERS = ("nobody", "dov", "oto", "ida", "ben", "chi", "eva", "ana")
STRANGERS = {"nobody": "sign in", "dov": 404, "oto": 404, "ida": 404}
# What each kind of access answers to each member: the page itself or what its form says ("in"), or a refusal.
KINDS: dict[str, dict[str, Any]] = {
    "anyone": dict.fromkeys(MEMBERS, "in"),
    "nobody": dict.fromkeys(MEMBERS, 404),
    "signed in": dict.fromkeys(MEMBERS, "in") | {"nobody": "sign in"},
    "members": STRANGERS | dict.fromkeys(("ben", "chi", "eva", "ana"), "in"),
    "organisers": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": "in"},
    # As organisers; which other roles may, the marks say, and `test_each_role_of_the_desk` what that comes to.
    "programme": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": "in"},
    "documents": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": "in"},
    "analysts": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": "in"},
    "staff": STRANGERS | {"ben": 403} | dict.fromkeys(("chi", "eva", "ana"), "in"),
    "stage": STRANGERS | dict.fromkeys(("ben", "chi"), 403) | dict.fromkeys(("eva", "ana"), "in"),
    "servants": STRANGERS | dict.fromkeys(("ben", "eva"), 403) | dict.fromkeys(("chi", "ana"), "in"),
    "drafters": dict.fromkeys(("nobody", "dov", "oto", "ida", "ben"), 404) | dict.fromkeys(("chi", "eva", "ana"), "in"),
    "beginners": dict.fromkeys(MEMBERS, 403) | {"nobody": "sign in"} | dict.fromkeys(("oto", "ida", "ana"), "in"),
    "administrators": dict.fromkeys(MEMBERS, 404) | {"nobody": "sign in", "ida": "in"},
    "no one": dict.fromkeys(MEMBERS, 404) | {"nobody": "sign in"},
    "organisers alone": dict.fromkeys(MEMBERS, 404) | {"ana": "in"},
}
KINDS["organisers, none there"] = KINDS["organisers"] | {"ana": 404}
# Endpoint → who may read it (GET), who may send it (POST). A link with a made-up secret opens nothing to anyone.
ENDPOINTS: dict[str, dict[str, str]] = {
    "accounts.account": {"GET": "signed in", "POST": "signed in"},
    "accounts.add_passkey": {"GET": "signed in", "POST": "signed in"},
    "accounts.begin_second_factor": {"POST": "signed in"},
    "accounts.browsers": {"GET": "signed in"},
    "accounts.change_address": {"GET": "signed in", "POST": "signed in"},
    "accounts.change_password": {"GET": "signed in", "POST": "signed in"},
    "accounts.confirm": {"GET": "signed in", "POST": "signed in"},
    "accounts.confirm_address": {"GET": "nobody", "POST": "nobody"},
    "accounts.end_other_sign_ins": {"POST": "signed in"},
    "accounts.end_sign_in": {"POST": "someone else's"},
    "accounts.erase": {"GET": "signed in", "POST": "signed in"},
    "accounts.forgotten": {"GET": "anyone", "POST": "anyone"},
    "accounts.link_openid": {"GET": "someone else's"},  # not there where no service is set
    "accounts.mailed_link": {"GET": "nobody", "POST": "nobody"},
    "accounts.new_passkey_challenge": {"GET": "signed in"},
    "accounts.new_password": {"GET": "nobody", "POST": "nobody"},
    "accounts.openid_back": {"GET": "nobody"},
    "accounts.passkey_challenge": {"GET": "anyone"},
    "accounts.remove_passkey": {"POST": "someone else's"},
    "accounts.renew_recovery_codes": {"GET": "someone else's", "POST": "someone else's"},  # without a second factor
    "accounts.second_step": {"GET": "anyone", "POST": "anyone"},
    "accounts.set_up_second_factor": {"GET": "signed in", "POST": "signed in"},
    "accounts.sign_in": {"GET": "anyone", "POST": "anyone"},
    "accounts.sign_in_as_demo": {"POST": "nobody"},
    "accounts.sign_in_by_mail": {"GET": "anyone", "POST": "anyone"},
    "accounts.sign_in_with_openid": {"GET": "nobody"},
    "accounts.sign_in_with_passkey": {"POST": "anyone"},
    "accounts.sign_out": {"POST": "anyone"},
    "accounts.stop_address": {"GET": "nobody", "POST": "nobody"},
    "accounts.turn_off_second_factor": {"GET": "someone else's", "POST": "someone else's"},
    "accounts.unlink_openid": {"POST": "someone else's"},
    "accounts.ways": {"GET": "signed in"},
    "agenda.add_person": {"GET": "programme", "POST": "programme"},
    "agenda.add_session": {"GET": "programme", "POST": "programme"},
    "agenda.desk": {"GET": "programme"},
    "agenda.edit_item": {"GET": "programme", "POST": "programme"},
    "agenda.edit_person": {"GET": "programme", "POST": "programme"},
    "agenda.edit_room": {"GET": "programme", "POST": "programme"},
    "agenda.edit_session": {"GET": "programme", "POST": "programme"},
    "agenda.move_item": {"POST": "programme"},
    "agenda.move_room": {"POST": "programme"},
    "agenda.move_session": {"POST": "programme"},
    "agenda.place_new_session": {"POST": "programme"},
    "agenda.place_session": {"POST": "programme"},
    "activity.activity": {"GET": "organisers"},
    "activity.table": {"GET": "organisers"},
    "releases.publish": {"GET": "organisers", "POST": "organisers"},
    "releases.releases": {"GET": "programme"},
    "agenda.remove_item": {"GET": "programme", "POST": "programme"},
    "agenda.remove_person": {"GET": "programme", "POST": "programme"},
    "agenda.remove_room": {"POST": "programme"},
    "agenda.remove_session": {"GET": "programme", "POST": "programme"},
    "agenda.rooms": {"GET": "programme", "POST": "programme"},
    "agenda.timetable": {"GET": "programme"},
    "agenda.timetable_settings": {"GET": "programme", "POST": "programme"},
    "agenda.undo_move": {"POST": "programme"},
    "agenda.edit_questions": {"GET": "programme", "POST": "programme"},
    "agenda.session_items": {"GET": "programme"},
    "capture.desk": {"GET": "staff"},
    "capture.notes": {"GET": "staff", "POST": "servants"},
    "groups.edit_group": {"GET": "programme", "POST": "programme"},
    "groups.form_group": {"GET": "programme", "POST": "programme"},
    "groups.join": {"GET": "nobody", "POST": "nobody"},
    "groups.make_code": {"POST": "programme"},
    "groups.move_group": {"POST": "programme"},
    "groups.people": {"GET": "programme", "POST": "programme"},
    "groups.remove_group": {"GET": "programme", "POST": "programme"},
    "groups.revoke_code": {"POST": "programme"},
    "groups.take_part_away": {"POST": "programme"},
    "groups.type_code": {"GET": "anyone", "POST": "anyone"},
    "groups.questions": {"GET": "programme", "POST": "programme"},
    "capture.strike": {"POST": "servants"},
    "capture.unstrike": {"POST": "servants"},
    "agenda_out.ask_for_pdf": {"POST": "anyone"},
    "agenda_out.calendar": {"GET": "anyone"},
    "agenda_out.feed": {"GET": "nobody"},
    "agenda_out.overview_pdf": {"GET": "anyone"},
    "agenda_out.pdf_progress": {"GET": "anyone"},
    "agenda_out.personal_calendar": {"GET": "programme", "POST": "programme"},
    "agenda_out.programme_pdf": {"GET": "anyone"},
    "agenda_out.revoke_calendar": {"POST": "programme"},
    "agenda_out.schedule_json": {"GET": "anyone"},
    "agenda_out.schedule_xml": {"GET": "anyone"},
    "agenda_out.session_calendar": {"GET": "anyone"},
    "agenda_out.table": {"GET": "anyone"},
    "agenda_out.table_csv": {"GET": "anyone"},
    "agenda_out.word": {"GET": "anyone"},
    "agenda_in.bring": {"GET": "programme", "POST": "programme"},
    "agenda_in.columns": {"POST": "programme"},
    "agenda_in.preview": {"GET": "programme"},
    "agenda_in.take": {"POST": "programme"},
    "correspondence.message": {"GET": "organisers, none there"},
    "correspondence.messages": {"GET": "organisers"},
    "correspondence.retry": {"POST": "organisers, none there"},
    "correspondence.retry_all": {"POST": "organisers"},
    "findings.desk": {"GET": "analysts"},
    "findings.publish": {"POST": "organisers"},
    "findings.results": {"GET": "nobody"},  # until they are published
    "findings.snapshot": {"GET": "staff"},
    "findings.take": {"GET": "analysts", "POST": "analysts"},
    "findings.unpublish": {"POST": "organisers"},
    "survey_files.bring_in": {"GET": "organisers"},
    "survey_files.download": {"GET": "organisers"},
    "survey_files.export": {"GET": "organisers"},
    "survey_files.keep": {"POST": "organisers"},
    "survey_files.paper": {"GET": "organisers"},
    "survey_files.print_paper": {"POST": "organisers"},
    "survey_files.read": {"POST": "organisers"},
    "survey_files.take_texts": {"POST": "organisers"},
    "members.edit_member": {"GET": "organisers", "POST": "organisers"},
    "members.hand_over": {"POST": "organisers"},
    "members.invite": {"GET": "organisers", "POST": "organisers"},
    "members.invite_organiser": {"POST": "administrators"},
    "members.join": {"GET": "nobody", "POST": "nobody"},
    "members.members": {"GET": "organisers"},
    "members.own_invitation": {"GET": "someone else's", "POST": "someone else's"},
    "members.remove_member": {"POST": "organisers"},
    "members.resend": {"POST": "organisers"},
    "members.revoke": {"POST": "organisers"},
    "series.give_administration": {"POST": "administrators"},
    "series.take_administration": {"POST": "administrators"},
    "operations.healthz": {"GET": "anyone"},
    "operations.metrics": {"GET": "anyone"},  # asked from the machine itself; tests/test_start.py asks from elsewhere
    "operations.readyz": {"GET": "anyone"},
    "operations.security": {"GET": "nobody"},  # until a contact is set
    "overview.home": {"GET": "signed in"},
    "overview.desk": {"GET": "members"},
    "overview.put_steps_away": {"POST": "organisers"},
    "overview.stages": {"GET": "organisers", "POST": "organisers"},
    "papers.add_item": {"GET": "programme", "POST": "programme"},
    "papers.clean": {"POST": "documents"},
    "papers.clear": {"POST": "documents"},
    "papers.desk": {"GET": "documents"},
    "papers.document": {"GET": "documents"},
    "papers.download": {"GET": "organisers alone"},
    "papers.download_version": {"GET": "documents"},
    "papers.edit_document": {"GET": "documents", "POST": "documents"},
    "papers.expect": {"GET": "documents", "POST": "documents"},
    "papers.expect_again": {"POST": "documents"},
    "papers.languages": {"GET": "documents"},
    "papers.mark_not_provided": {"POST": "documents"},
    "papers.own_document": {"GET": "nobody"},
    "papers.own_document_clean": {"POST": "nobody"},
    "papers.own_document_upload": {"POST": "nobody"},
    "papers.own_documents": {"GET": "nobody"},
    "papers.own_documents_clean": {"POST": "nobody"},
    "papers.own_documents_upload": {"POST": "nobody"},
    "papers.publish": {"POST": "organisers"},
    "papers.remind": {"POST": "documents"},
    "papers.reminders": {"GET": "documents", "POST": "documents"},
    "papers.remove": {"POST": "documents"},
    "papers.revoke_document_link": {"POST": "documents"},
    "papers.send_link": {"POST": "documents"},
    "papers.upload": {"POST": "documents"},
    "papers.withdraw": {"POST": "organisers"},
    "public.accessibility": {"GET": "anyone"},
    "public.agenda": {"GET": "anyone"},
    "public.changes": {"GET": "anyone"},
    "public.help": {"GET": "anyone"},
    "public.index": {"GET": "anyone"},
    "public.papers": {"GET": "anyone"},
    "public.privacy": {"GET": "anyone"},
    "public.release": {"GET": "anyone"},
    "public.releases": {"GET": "anyone"},
    "public.reports": {"GET": "anyone"},
    "public.series": {"GET": "anyone"},
    "public.speakers": {"GET": "anyone"},
    "public.speakers_by_country": {"GET": "anyone"},
    "public.workshop": {"GET": "anyone"},
    "answering.begin": {"GET": "nobody", "POST": "nobody"},
    "answering.copy": {"GET": "nobody"},
    "answering.decline": {"GET": "nobody", "POST": "nobody"},
    "answering.mail_copy": {"POST": "nobody"},
    "designing.add_list": {"POST": "organisers"},
    "designing.add_question": {"GET": "organisers", "POST": "organisers"},
    "designing.add_section": {"GET": "organisers", "POST": "organisers"},
    "designing.arrange": {"POST": "organisers"},
    "designing.change_type": {"POST": "organisers"},
    "designing.check": {"POST": "organisers"},
    "designing.create": {"GET": "organisers", "POST": "organisers"},
    "designing.desk": {"GET": "organisers"},
    "designing.discard": {"GET": "organisers", "POST": "organisers"},
    "designing.edit": {"GET": "organisers"},
    "designing.edit_list": {"GET": "organisers", "POST": "organisers"},
    "designing.edit_question": {"GET": "organisers", "POST": "organisers"},
    "designing.edit_section": {"GET": "organisers", "POST": "organisers"},
    "designing.edit_text": {"GET": "organisers", "POST": "organisers"},
    "designing.history": {"GET": "organisers"},
    "answering.introduction": {"GET": "anyone", "POST": "anyone"},
    "designing.languages_of": {"GET": "organisers", "POST": "organisers"},
    "designing.library": {"GET": "organisers", "POST": "organisers"},
    "designing.make_link": {"POST": "organisers"},
    "answering.name_colleagues": {"GET": "nobody", "POST": "nobody"},
    "designing.preview": {"GET": "organisers", "POST": "organisers"},
    "designing.publish": {"GET": "organisers", "POST": "organisers"},
    "answering.remove_colleague": {"POST": "nobody"},
    "designing.remove_list": {"POST": "organisers"},
    "answering.resume": {"GET": "nobody"},
    "designing.revoke_link": {"POST": "organisers"},
    "answering.save": {"POST": "nobody"},
    "answering.section": {"GET": "nobody", "POST": "nobody"},
    "designing.settings": {"GET": "organisers", "POST": "organisers"},
    "answering.submit": {"POST": "nobody"},
    "answering.summary": {"GET": "nobody"},
    "answering.thanks": {"GET": "nobody"},
    "designing.translate": {"GET": "organisers", "POST": "organisers"},
    "designing.translator": {"GET": "nobody", "POST": "nobody"},
    "designing.undo": {"POST": "organisers"},
    "answering.withdraw": {"GET": "nobody", "POST": "nobody"},
    "plenary.ask_for_pdf": {"POST": "drafters"},
    "plenary.compile": {"POST": "staff"},
    "plenary.desk": {"GET": "staff"},
    "group_reports.group": {"GET": "staff", "POST": "servants"},
    "plenary.pdf": {"GET": "drafters"},
    "plenary.pdf_progress": {"GET": "drafters"},
    "plenary.publish": {"POST": "organisers"},
    "group_reports.reopen": {"POST": "servants"},
    "plenary.report": {"GET": "drafters"},
    "group_reports.sign_off": {"POST": "servants"},
    "plenary.withdraw": {"POST": "organisers"},
    "transcription.confirm": {"POST": "organisers"},
    "transcription.download": {"GET": "organisers"},
    "transcription.erase": {"GET": "organisers", "POST": "organisers"},
    "transcription.hand_over": {"POST": "organisers"},
    "transcription.received": {"GET": "organisers"},
    "transcription.reopen": {"POST": "organisers"},
    "transcription.response": {"GET": "organisers"},
    "transcription.resume": {"GET": "organisers"},
    "transcription.send_back": {"POST": "organisers"},
    "transcription.transcribe": {"GET": "organisers", "POST": "organisers"},
    "sending.add": {"GET": "organisers", "POST": "organisers"},
    "sending.board": {"GET": "organisers"},
    "sending.from_file": {"GET": "organisers", "POST": "organisers"},
    "sending.from_register": {"GET": "organisers", "POST": "organisers"},
    "sending.invite": {"GET": "organisers", "POST": "organisers"},
    "sending.letter": {"GET": "organisers", "POST": "organisers"},
    "sending.notice": {"GET": "organisers", "POST": "organisers"},
    "sending.recipient": {"GET": "organisers", "POST": "organisers"},
    "sending.remind": {"GET": "organisers", "POST": "organisers"},
    "sending.remove": {"POST": "organisers"},
    "sending.reopen": {"POST": "organisers"},
    "sending.resend": {"POST": "organisers"},
    "sending.schedule": {"GET": "organisers", "POST": "organisers"},
    "runsheet.begin": {"POST": "stage"},
    "runsheet.clear": {"POST": "stage"},
    "runsheet.day": {"GET": "stage"},
    "runsheet.desk": {"GET": "stage"},
    "runsheet.end": {"POST": "stage"},
    "runsheet.note": {"GET": "stage", "POST": "stage"},
    "runsheet.pdf": {"GET": "stage"},
    "runsheet.undo": {"POST": "stage"},
    "search.desk": {"GET": "organisers"},
    "search.results": {"GET": "anyone"},
    "overview.mine": {"GET": "signed in"},
    "speakers.accept": {"POST": "nobody"},
    "register.add_alias": {"POST": "organisers"},
    "speakers.consent": {"GET": "nobody", "POST": "nobody"},
    "speakers.decline": {"GET": "nobody", "POST": "nobody"},
    "speakers.desk": {"GET": "programme"},
    "speakers.tell": {"GET": "programme", "POST": "programme"},
    "speakers.entry": {"GET": "nobody", "POST": "nobody"},
    "speakers.hold_back": {"POST": "programme"},
    "speakers.invitation": {"GET": "nobody"},
    "speakers.invite": {"GET": "programme", "POST": "programme"},
    "speakers.keep_contact": {"POST": "programme"},
    "public.preview": {"GET": "organisers"},
    "series.administration": {"GET": "administrators"},
    "series.archive_series": {"POST": "administrators"},
    "series.bring_back_series": {"POST": "no one"},
    "series.edit_series": {"GET": "administrators", "POST": "administrators"},
    "series.new_series": {"GET": "administrators", "POST": "administrators"},
    "series.remove_series": {"POST": "administrators"},
    "settings.about": {"GET": "organisers", "POST": "organisers"},
    "settings.bring_back": {"POST": "someone else's"},
    "settings.conduct": {"GET": "organisers", "POST": "organisers"},
    "settings.contact": {"GET": "organisers", "POST": "organisers"},
    "settings.copy_workshop": {"GET": "organisers", "POST": "organisers"},
    "settings.dates": {"GET": "organisers", "POST": "organisers"},
    "settings.edit_logo": {"GET": "organisers", "POST": "organisers"},
    "settings.languages": {"GET": "organisers", "POST": "organisers"},
    "settings.logo": {"GET": "nobody"},  # until there is one
    "settings.new_workshop": {"GET": "beginners", "POST": "beginners"},
    "settings.remove_logo": {"POST": "organisers"},
    "settings.remove_workshop": {"GET": "organisers", "POST": "organisers"},
    "settings.removed_workshops": {"GET": "signed in"},
    "settings.visibility": {"GET": "organisers", "POST": "organisers"},
    "speakers.keep_place": {"POST": "programme"},
    "speakers.keep_zone": {"POST": "nobody"},
    "speakers.leave_as_it_is": {"POST": "programme"},
    "register.merge": {"GET": "organisers", "POST": "organisers"},
    "register.organisation": {"GET": "organisers", "POST": "organisers"},
    "register.organisations": {"GET": "organisers"},
    "speakers.own_photo": {"GET": "nobody"},
    "speakers.person": {"GET": "programme"},
    "speakers.photo": {"GET": "nobody"},
    "speakers.photo_received": {"GET": "programme"},
    "speakers.plan": {"GET": "programme", "POST": "programme"},
    "speakers.portrait": {"GET": "nobody", "POST": "nobody"},
    "speakers.presence": {"GET": "nobody", "POST": "nobody"},
    "speakers.remind": {"GET": "programme", "POST": "programme"},
    "register.undo_merge": {"POST": "organisers"},
    "register.remove_alias": {"POST": "organisers"},
    "speakers.remove_photo": {"POST": "nobody"},
    "speakers.renew_link": {"POST": "programme"},
    "speakers.replace": {"GET": "programme", "POST": "programme"},
    "speakers.take_over": {"POST": "programme"},
}
KINDS["someone else's"] = dict.fromkeys(MEMBERS, 404) | {"nobody": "sign in"}
A_FORM: QuestionnaireDocument = {
    "languages": ["en"],
    "lists": {"colours": [{"code": "red", "label": {"en": "Red"}}]},
    "sections": [
        {
            "code": "A",
            "title": {"en": "A section"},
            "questions": [{"code": "A1", "type": "text", "text": {"en": "A question"}, "max": 100}],
        }
    ],
}
LINES = [(endpoint, method, kind) for endpoint, kinds in ENDPOINTS.items() for method, kind in kinds.items()]


def test_every_endpoint_has_a_line(built_app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in views_of(built_app):
        methods.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert methods == {endpoint: set(kinds) for endpoint, kinds in ENDPOINTS.items()}


@pytest.fixture
def filled(company: Company) -> dict[str, Any]:
    """One of everything in the workshop; the values that its addresses are made of."""
    workshop = company.workshop
    hours = {"starts_at": make.NOON, "ends_at": make.NOON.replace(hour=13)}
    session = make.session(workshop=workshop, format=Format.BREAKOUT, **hours)
    item, who = make.item(), make.appearance()
    session.items.append(item)
    session.appearances.append(who)
    paper = make.document(workshop=workshop, session=session, item=item, state=State.RECEIVED)
    group = make.group(workshop=workshop, session=session, number=1, questions=[make.group_question()])
    servant = GroupRole(group=group, user=company.chi, role=Part.RAPPORTEUR)
    point = Point(
        group=group,
        noted_by=company.chi.id,
        number=1,
        kind=PointKind.ISSUE,
        text="A point",
        language="en",
        client_key="k",
        noted_at=make.NOON,
    )
    report = PlenaryReport(workshop=workshop, slug="plenary", title=Words(en="Report"), compiled_at=make.NOON)
    form = make.questionnaire(workshop=workshop)
    version = make.version(A_FORM, questionnaire=form)
    words = Words(en="Results")
    snapshot = Snapshot(version=version, number=1, taken_at=make.NOON, responses=0, caveat=words, title=words)
    asked = Recipient(questionnaire=form, name="A ministry", email="m@example.org", language="en", key=paper.key)
    held: dict[str, object] = {
        "A": {"name": "a.pdf", "stored_as": files.put(b"%PDF-1.4 a test"), "media_type": "application/pdf", "size": 15}
    }
    answered = Response(
        version=version,
        token_hash="-",
        language="en",
        begun_at=make.NOON,
        answers=held,
        state=ResponseState.SUBMITTED,
        submitted_at=make.NOON,
        channel=Channel.PAPER,
        transcription=Transcription(received_on=make.NOON.date()),
    )
    link, _token = rules.make(form, language="en", name="A translator", days=1, at=now())
    sent = DocumentLink(document=paper, recipient="office@example.org", issued_at=make.NOON, expires_at=make.NOON)
    sent.issue_link()
    member_invitation = MemberInvitation(
        workshop=workshop,
        email="colleague@example.org",
        name="",
        roles=["analyst"],
        language="en",
        inviter=company.ana,
        sent_at=now(),
        expires_at=now() + timedelta(days=14),
    )
    member_invitation.issue_link()
    room = make.room(workshop=workshop)
    office, bureau = make.organisation(), make.organisation(name=Words(en="Bureau of Examples"))
    who.organisation = office
    session.appearances.append(make.appearance(person=make.person(family_name="Second"), organisation=bureau))
    nothing: dict[str, Any] = {"name": {"en": "Earlier"}, "category": None, "country": "", "email": "", "language": ""}
    merge = OrganisationMerge(organisation=office, at=now(), who=None, merged=nothing, moved={}, added=[], filled={})
    alias = OrganisationAlias(organisation=office, name="OE")
    invitation = Invitation(workshop=workshop, person=who.person, email="ines@example.org", language="en")
    profile = Profile(workshop=workshop, person=who.person, photo_key="photo", photo_stored_as=files.put(b"a photo"))
    db.session.add_all(
        [
            asked,
            answered,
            session,
            paper,
            group,
            servant,
            point,
            report,
            snapshot,
            room,
            bureau,
            alias,
            merge,
            invitation,
            profile,
            link,
            sent,
            member_invitation,
        ]
    )
    code = GroupCode(group=group, role=Part.RAPPORTEUR, made_at=now(), expires_at=now() + timedelta(hours=1))
    code.issue_link()
    db.session.add(code)
    db.session.flush()
    stood: StoredPlace = {"id": session.id, "starts_at": None, "ends_at": None, "room": None, "revision": 1}
    move = Move(workshop=workshop, at=make.NOON, who=None, before=[stood])
    db.session.add(move)
    waiting = AgendaImport(
        workshop=workshop,
        stored_as=files.put(b"10:00-11:00 Welcome"),
        filename="",
        language="en",
        made_at=make.NOON,
        made_by=company.ana.id,
        key=paper.key,
    )
    db.session.add(waiting)
    db.session.commit()
    return {
        "slug": "w",
        "number": 1,
        "item_id": item.id,
        "who_id": who.id,
        "key": paper.key,
        "language": "en",
        "version": 1,
        "person_id": who.person.id,
        "alias_id": alias.id,
        "merge_id": merge.id,
        "into": bureau.id,
        "organisation": office.id,
        "member_invitation": member_invitation.id,
        "point": 1,
        "report": "plenary",
        "questionnaire": form.slug,
        "token": "made-up",
        "code": "A",
        "id": 1_000_000,
        "kind": "json",
        "which": "invitation",
        "room_id": room.id,
        "move": move.key,
        "day": "2026-03-02",
        "layout": "programme",
        "asked": "A1",
        "name": "colours",
        "code_id": code.id,
        "role_id": servant.id,
    }


def store_file(app: Flask, key: str) -> None:
    """A file behind the received document, so that a download has something to send."""
    paper = db.session.scalars(db.select(Document).where(Document.key == key)).one()
    name = files.put(b"%PDF-1.4 a test")
    paper.files.append(
        DocumentFile(
            language="en",
            version=1,
            stored_as=name,
            filename="a.pdf",
            media_type="application/pdf",
            size=15,
            received_at=make.NOON,
        )
    )
    db.session.commit()


def publish_agenda(company: Company) -> None:
    draft = db.session.scalars(sessions(company.workshop)).all()
    db.session.add(releases_rules.publish(company.workshop, draft, previous=0, at=make.NOON))
    db.session.commit()


@pytest.mark.parametrize(("endpoint", "method", "kind"), LINES, ids=lambda value: str(value))
def test_who_may_open_it(
    app: Flask, company: Company, filled: dict[str, Any], as_: SignedIn, endpoint: str, method: str, kind: str
) -> None:
    store_file(app, filled["key"])
    publish_agenda(company)
    rule = next(rule for rule in views_of(app) if rule.endpoint == endpoint and method in (rule.methods or ()))
    numbers = {
        "organisations/<": filled["organisation"],
        "desk/members/<": company.ben.id,
        "invitations/<": filled["member_invitation"],
        "administrators/<": company.ida.id,
    }
    filled["id"] = next((number for part, number in numbers.items() if part in rule.rule), filled["id"])
    of_series = endpoint == "public.series" or endpoint.startswith("series.")
    address = address_of(rule, filled | ({"slug": "s"} if of_series else {}))
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


# What the newer roles of the desk open, beside what every member may.
OF_THE_DESK = {Role.PROGRAMME: {"programme"}, Role.DOCUMENTS: {"documents"}, Role.ANALYST: {"analysts"}}
BESIDE = {Role.PROGRAMME: {"capture.desk"}, Role.ANALYST: {"findings.snapshot"}}


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_opens_stands_in_the_marks(app: Flask, role: Role) -> None:
    if role in (Role.ORGANISER, Role.CHAIR, Role.MODERATOR, Role.RAPPORTEUR, Role.NOTE_TAKER):
        return  # Ana, Eva and Chi open their pages above
    kinds = OF_THE_DESK.get(role, set())
    expected = {endpoint for endpoint, line in ENDPOINTS.items() if kinds & set(line.values())}
    opened = {name for name, view in app.view_functions.items() if role in getattr(view, "roles", ())}
    assert opened == expected | BESIDE.get(role, set())


@pytest.mark.parametrize("role", list(Role))
def test_no_page_offers_what_the_role_of_its_reader_does_not_open(
    app: Flask, company: Any, filled: dict[str, Any], as_: Any, role: Role
) -> None:
    db.session.add(Membership(user=company.dov, workshop=company.workshop, role=role))
    publish_agenda(company)
    reader = as_("dov")
    offered = {}
    for rule in views_of(app):
        needed = getattr(app.view_functions[rule.endpoint], "roles", None)
        if needed is None or "GET" not in (rule.methods or ()) or (needed and role not in needed):
            continue
        address = address_of(rule, filled)
        page = reader.get(address)
        if page.mimetype == "text/html":
            offered[address] = closed_to(role, page.text, app)
    assert "/workshops/w/desk/" in offered
    assert {address: views for address, views in offered.items() if views} == {}


def closed_to(role: Role, page: str, app: Flask) -> set[str]:
    """The views to which the page leads, by link or by form, and which somebody with that role may not open."""
    found = set()
    for method, path in re.findall(r'<(a|form)\b[^>]*? (?:href|action)="(/[^"?#]*)', page):
        try:
            name, _values = app.url_map.bind("").match(path, method="GET" if method == "a" else "POST")
        except HTTPException:  # what a page leads to is tried elsewhere
            continue
        needed = getattr(app.view_functions[name], "roles", None)
        if needed and role not in needed:
            found.add(name)
    return found
