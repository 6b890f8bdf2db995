"""Every endpoint × every member of the cast → the status expected. A new view fails here until it has a line."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from tests import cast
from tests import factories as make
from tests.cast import Company
from tests.conftest import checked
from tests.stored_rows import Rows, empty_tables, put_rows, read_rows
from tests.test_shape import views_of
from workshop.consultation.designing import rules
from workshop.consultation.findings.models import Snapshot, SnapshotColumn
from workshop.consultation.presenting.models import Finding, FindingState
from workshop.consultation.questionnaires.models import Recipient, Response, Transcription
from workshop.consultation.questionnaires.states import Channel, ResponseState
from workshop.consultation.questions.questionnaire_document import Document as QuestionnaireDocument
from workshop.deliberation.allocation.models import SeatedPerson
from workshop.deliberation.capture.models import Point, PointKind
from workshop.deliberation.editions.models import EditionState
from workshop.deliberation.floor.models import Floor, FloorRequest
from workshop.deliberation.plenary.models import Block, Comment, Evidence, RecommendationNumber
from workshop.deliberation.plenary.paragraphs import Chapter, SourceKind
from workshop.participation.delegations.models import Delegation, DelegationLetter, Participant
from workshop.participation.delegations.statuses import LetterForm, ParticipantStatus, Purpose
from workshop.participation.registration.models import ListEdition, ListKind, TravelPaper
from workshop.platform import files
from workshop.platform.db import Words, db, now
from workshop.programme.agenda.formats import Format, Part
from workshop.programme.agenda.models import Move, StoredPlace
from workshop.programme.agenda.queries import sessions
from workshop.programme.agenda_in.models import AgendaImport
from workshop.programme.groups.models import GroupCode, GroupRole
from workshop.programme.papers.models import Document, DocumentFile, DocumentLink, State
from workshop.programme.releases import rules as releases_rules
from workshop.programme.session_roles.models import SessionRole
from workshop.programme.speakers.models import Invitation, Profile
from workshop.secretariat.members.models import MemberInvitation
from workshop.secretariat.register.models import Category, OrganisationAlias, OrganisationMerge
from workshop.secretariat.rosters.models import Contact
from workshop.secretariat.series.models import MeetingMode, Membership, Role

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
    "translators": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": "in"},
    "analysts": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": "in"},
    "staff": STRANGERS | {"ben": 403} | dict.fromkeys(("chi", "eva", "ana"), "in"),
    "serving": STRANGERS | {"ben": 403, "chi": 404, "eva": "in", "ana": "in"},  # Chi serves another session
    "servants": STRANGERS | dict.fromkeys(("ben", "eva"), 403) | dict.fromkeys(("chi", "ana"), "in"),
    "beginners": dict.fromkeys(MEMBERS, 403) | {"nobody": "sign in"} | dict.fromkeys(("oto", "ida", "ana"), "in"),
    "administrators": dict.fromkeys(MEMBERS, 404) | {"nobody": "sign in", "ida": "in"},
    "no file of theirs": STRANGERS | {"ben": 403} | dict.fromkeys(("chi", "eva", "ana"), 404),
    "analysts, if there": STRANGERS | dict.fromkeys(("ben", "chi", "eva"), 403) | {"ana": 404},
    "no one": dict.fromkeys(MEMBERS, 404) | {"nobody": "sign in"},
    "organisers alone": dict.fromkeys(MEMBERS, 404) | {"ana": "in"},
}
KINDS["servants, none there"] = KINDS["servants"] | dict.fromkeys(("chi", "ana"), 404)
KINDS["staff, once"] = KINDS["staff"] | dict.fromkeys(("eva", "ana"), 404)  # whoever comes first takes it away
KINDS["programme, none there"] = KINDS["programme"] | {"ana": 404}
KINDS["signers"] = KINDS["servants"] | {"ana": 403}
KINDS["chairs"] = STRANGERS | dict.fromkeys(("ben", "chi"), 403) | dict.fromkeys(("eva", "ana"), "in")
KINDS["translators, none there"] = KINDS["translators"] | {"ana": 404}
KINDS["organisers, none there"] = KINDS["organisers"] | {"ana": 404}
KINDS["staff, none there"] = KINDS["no file of theirs"]
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
    "contacts.add": {"GET": "organisers", "POST": "organisers"},
    "contacts.address": {"POST": "nobody"},  # of that name
    "contacts.agree": {"POST": "nobody"},
    "contacts.ask_for_consent": {"POST": "organisers, none there"},
    "contacts.card": {"GET": "nobody"},
    "contacts.desk": {"GET": "organisers"},
    "contacts.directory": {"GET": "anyone"},
    "contacts.disagree": {"POST": "nobody"},
    "contacts.edit": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "contacts.export": {"GET": "organisers"},
    "contacts.list_card": {"POST": "organisers, none there"},
    "contacts.overview": {"GET": "organisers, none there"},
    "contacts.own_card": {"GET": "nobody"},
    "contacts.record_consent": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "contacts.remove": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "contacts.remove_own": {"POST": "nobody"},
    "contacts.take_off": {"POST": "organisers, none there"},
    "contacts.withdraw_consent": {"POST": "organisers, none there"},
    "correspondence.message": {"GET": "organisers, none there"},
    "correspondence.messages": {"GET": "organisers"},
    "correspondence.retry": {"POST": "organisers, none there"},
    "correspondence.retry_all": {"POST": "organisers"},
    "text_answers.code_text": {"POST": "analysts, if there"},
    "text_answers.find_campaigns": {"POST": "analysts"},
    "text_answers.questions": {"GET": "analysts"},
    "text_answers.remove_code": {"POST": "analysts, if there"},
    "text_answers.texts": {"GET": "analysts", "POST": "analysts"},
    "presenting.briefing": {"GET": "staff"},
    "presenting.chart": {"GET": "staff"},
    "presenting.edit": {"GET": "analysts", "POST": "analysts"},
    "presenting.finding": {"GET": "anyone"},
    "presenting.findings": {"GET": "analysts"},
    "presenting.present": {"GET": "staff"},
    "presenting.public_chart": {"GET": "nobody"},
    "presenting.publish": {"POST": "organisers"},
    "presenting.remove": {"POST": "analysts"},
    "presenting.result_file": {"GET": "no file of theirs"},
    "presenting.result_files": {"GET": "staff", "POST": "staff"},
    "presenting.withdraw": {"POST": "organisers"},
    "presenting.write": {"GET": "analysts", "POST": "analysts"},
    "findings.crossings": {"GET": "analysts"},
    "findings.delete": {"POST": "analysts"},
    "findings.desk": {"GET": "staff"},
    "findings.publish": {"POST": "organisers"},
    "findings.respondents": {"GET": "analysts", "POST": "analysts"},
    "findings.results": {"GET": "nobody"},  # until they are published
    "findings.share": {"POST": "organisers"},
    "findings.show_crossing": {"POST": "organisers"},
    "findings.snapshot": {"GET": "staff"},
    "findings.stop_sharing": {"POST": "organisers"},
    "findings.take": {"GET": "analysts", "POST": "analysts"},
    "findings.unpublish": {"POST": "organisers"},
    "survey_files.bring_in": {"GET": "organisers"},
    "survey_files.download": {"GET": "organisers"},
    "survey_files.export": {"GET": "organisers"},
    "survey_files.keep": {"POST": "organisers"},
    "survey_files.paper": {"GET": "organisers"},
    "survey_files.preview": {"GET": "organisers"},
    "survey_files.print_paper": {"POST": "organisers"},
    "survey_files.read": {"POST": "organisers"},
    "survey_files.take_texts": {"POST": "organisers"},
    "survey_files.texts_taken": {"GET": "organisers, none there"},
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
    "papers.act_together": {"POST": "documents"},
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
    "practices.add": {"GET": "organisers", "POST": "organisers"},
    "practices.add_gap": {"GET": "organisers", "POST": "organisers"},
    "practices.agree": {"POST": "nobody"},
    "practices.ask_for_consent": {"POST": "organisers, none there"},
    "practices.desk": {"GET": "organisers"},
    "practices.disagree": {"POST": "nobody"},
    "practices.edit": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "practices.edit_gap": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "practices.gaps": {"GET": "anyone"},
    "practices.gaps_desk": {"GET": "organisers"},
    "practices.overview": {"GET": "organisers, none there"},
    "practices.own_practice": {"GET": "nobody"},
    "practices.practice": {"GET": "nobody"},  # of that name
    "practices.practices": {"GET": "anyone"},
    "practices.publish": {"POST": "organisers, none there"},
    "practices.publish_gap": {"POST": "organisers, none there"},
    "practices.record_consent": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "practices.remove": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "practices.remove_gap": {"POST": "organisers, none there"},
    "practices.withdraw": {"POST": "organisers, none there"},
    "practices.withdraw_consent": {"POST": "organisers, none there"},
    "practices.withdraw_gap": {"POST": "organisers, none there"},
    "publications.add": {"GET": "organisers", "POST": "organisers"},
    "publications.add_edition": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "publications.add_file": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "publications.add_mention": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "publications.bibtex": {"GET": "nobody"},
    "publications.check_links_now": {"POST": "organisers, none there"},
    "publications.desk": {"GET": "organisers"},
    "publications.draft_file": {"GET": "organisers, none there"},
    "publications.edit": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "publications.edit_edition": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "publications.edit_mention": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "publications.file": {"GET": "nobody"},
    "publications.library": {"GET": "anyone"},
    "publications.offer_report": {"POST": "organisers, none there"},
    "publications.overview": {"GET": "organisers, none there"},
    "publications.preview": {"GET": "organisers, none there"},
    "publications.publication": {"GET": "nobody"},  # of that name
    "publications.publish": {"POST": "organisers, none there"},
    "publications.remove": {"GET": "organisers, none there", "POST": "organisers, none there"},
    "publications.remove_edition": {"POST": "organisers, none there"},
    "publications.remove_file": {"POST": "organisers, none there"},
    "publications.remove_mention": {"POST": "organisers, none there"},
    "publications.ris": {"GET": "nobody"},
    "publications.withdraw": {"POST": "organisers, none there"},
    "public.accessibility": {"GET": "anyone"},
    "public.agenda": {"GET": "anyone"},
    "public.changes": {"GET": "anyone"},
    "public.help": {"GET": "anyone"},
    "public.help_of_role": {"GET": "anyone"},
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
    "answering.change": {"POST": "nobody"},
    "designing.change_trial": {"POST": "organisers"},
    "designing.instruments": {"GET": "organisers", "POST": "organisers, none there"},
    "designing.translations_file": {"GET": "organisers"},
    "designing.trial": {"GET": "organisers"},
    "feedback.add_entry": {"GET": "analysts", "POST": "analysts"},
    "feedback.desk": {"GET": "analysts", "POST": "analysts"},
    "feedback.edit_entry": {"GET": "analysts, if there", "POST": "analysts, if there"},
    "feedback.own_page": {"GET": "nobody"},
    "feedback.publish": {"POST": "organisers"},
    "feedback.remove_entry": {"POST": "analysts, if there"},
    "feedback.send": {"POST": "organisers"},
    "feedback.what_we_heard": {"GET": "nobody"},  # until it is published
    "feedback.withdraw": {"POST": "organisers"},
    "findings.arrange": {"GET": "analysts", "POST": "analysts"},
    "findings.arrangement": {"GET": "analysts"},
    "findings.compare": {"GET": "staff, none there"},
    "findings.filtered": {"GET": "analysts"},
    "findings.ledger": {"GET": "analysts"},
    "findings.rates": {"GET": "analysts", "POST": "analysts"},
    "findings.remove_rate": {"POST": "analysts, if there"},
    "findings.reset_table": {"POST": "analysts, if there"},
    "presenting.remove_quote": {"POST": "analysts"},
    "presenting.session_briefing": {"GET": "staff", "POST": "staff"},
    "text_answers.quote": {"GET": "analysts, if there", "POST": "analysts, if there"},
    # English is the working language, which is not translated into
    "translating.translate": {"GET": "translators, none there", "POST": "translators, none there"},
    "translating.translations": {"GET": "translators"},
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
    "designing.translate": {"GET": "translators", "POST": "translators"},
    "designing.translator": {"GET": "nobody", "POST": "nobody"},
    "designing.undo": {"POST": "organisers"},
    "answering.withdraw": {"GET": "nobody", "POST": "nobody"},
    "group_reports.group": {"GET": "staff", "POST": "servants"},
    "plenary.desk": {"GET": "staff"},
    "plenary.begin_report": {"GET": "staff", "POST": "staff"},
    "plenary.editor": {"GET": "staff"},
    "plenary.preview": {"GET": "staff"},
    "plenary.compile": {"GET": "staff", "POST": "staff"},
    "plenary.decide_proposal": {"POST": "staff"},
    "plenary.use_proposals": {"POST": "staff"},
    "plenary.edit_block": {"GET": "staff", "POST": "staff"},
    "plenary.add_block": {"POST": "staff"},
    "plenary.move_block": {"POST": "staff"},
    "plenary.leave_out": {"POST": "staff"},
    "plenary.put_back": {"POST": "staff"},
    "plenary.add_evidence": {"POST": "staff"},
    "plenary.remove_evidence": {"POST": "staff, once"},
    "plenary.let_stay": {"POST": "staff"},
    "plenary.comment": {"POST": "staff"},
    "plenary.resolve_comment": {"POST": "staff"},
    "plenary.sources": {"GET": "staff"},
    "plenary.choose_support": {"GET": "staff", "POST": "staff"},
    "editions.editions": {"GET": "staff"},
    "editions.make_edition": {"POST": "staff"},
    "editions.edition": {"GET": "staff"},
    "editions.draft_pdf": {"GET": "staff"},
    "editions.changes": {"GET": "staff"},
    "editions.send_to_review": {"POST": "staff"},
    "editions.clear": {"POST": "chairs"},
    "editions.release": {"POST": "organisers"},
    "editions.withdraw": {"POST": "organisers"},
    "editions.restore": {"POST": "organisers"},
    "editions.release_check": {"GET": "staff"},
    "editions.keep": {"POST": "staff"},
    "circulation.copy": {"GET": "nobody", "POST": "nobody"},
    "circulation.decide": {"POST": "staff, none there"},
    "circulation.remarks": {"GET": "staff", "POST": "staff"},
    "circulation.send_copies": {"POST": "organisers"},
    "editions.correct": {"GET": "organisers", "POST": "organisers"},
    "editions.report": {"GET": "anyone"},
    "editions.pdf": {"GET": "anyone"},
    "editions.pdf_progress": {"GET": "anyone"},
    "editions.ask_for_pdf": {"POST": "anyone"},
    "editions.docx": {"GET": "anyone"},
    "editions.text": {"GET": "anyone"},
    "editions.data": {"GET": "anyone"},
    "group_reports.reopen": {"POST": "servants"},
    "group_reports.sign_off": {"POST": "signers"},
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
    "runsheet.begin": {"POST": "staff"},
    "runsheet.clear": {"POST": "staff"},
    "runsheet.day": {"GET": "staff"},
    "runsheet.desk": {"GET": "staff"},
    "runsheet.end": {"POST": "staff"},
    "runsheet.note": {"GET": "staff", "POST": "staff"},
    "runsheet.pdf": {"GET": "staff"},
    "runsheet.undo": {"POST": "staff"},
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
    "briefing.paper": {"GET": "serving"},
    "briefing.programme": {"GET": "staff"},
    "briefing.session": {"GET": "staff"},
    "agenda_out.own_calendar": {"GET": "members", "POST": "members"},
    "session_roles.people": {"GET": "programme", "POST": "programme"},
    "session_roles.remove_part": {"POST": "programme"},
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
    "agenda_in.dates": {"POST": "programme"},
    "allocation.lists": {"GET": "programme"},
    "allocation.move": {"POST": "programme"},
    "allocation.people": {"GET": "programme", "POST": "programme"},
    "allocation.person": {"GET": "programme", "POST": "programme"},
    "allocation.remove_person": {"POST": "programme"},
    "allocation.add_registered": {"POST": "programme"},
    "allocation.choice": {"GET": "programme", "POST": "programme"},
    "allocation.choose": {"POST": "nobody"},
    "allocation.own_seat": {"GET": "nobody"},
    "allocation.seat_calendar": {"GET": "nobody"},
    "allocation.send_notices": {"POST": "programme"},
    "allocation.wish": {"POST": "nobody"},
    "allocation.seats": {"GET": "programme", "POST": "programme"},
    "allocation.sessions": {"GET": "programme"},
    "attendance.attendance": {"GET": "programme"},
    "attendance.badge": {"GET": "no one"},
    "attendance.badge_pdf": {"GET": "programme, none there"},
    "attendance.badges": {"GET": "programme"},
    "attendance.badges_pdf": {"GET": "programme, none there"},
    "attendance.certificate": {"GET": "nobody"},
    "attendance.certificate_pdf": {"GET": "nobody"},
    "attendance.check_in": {"POST": "programme"},
    "attendance.check_in_many": {"POST": "programme"},
    "attendance.close_door": {"POST": "programme"},
    "attendance.desk": {"GET": "programme"},
    "attendance.door": {"GET": "nobody", "POST": "nobody"},
    "attendance.group_attendance": {"GET": "programme", "POST": "programme"},
    "attendance.group_close_door": {"POST": "programme"},
    "attendance.group_mark": {"POST": "programme"},
    "attendance.group_open_door": {"POST": "programme"},
    "attendance.issue_badges": {"POST": "programme"},
    "attendance.mark_attendance": {"POST": "programme"},
    "attendance.open_door": {"POST": "programme"},
    "attendance.people_json": {"GET": "programme"},
    "attendance.read_photo": {"POST": "programme"},
    "attendance.replace_badge": {"POST": "programme, none there"},
    "attendance.session_attendance": {"GET": "programme", "POST": "programme"},
    "attendance.undo_check_in": {"POST": "programme"},
    "attendance.walk_in": {"GET": "programme", "POST": "programme"},
    "capture.coverage": {"GET": "staff", "POST": "staff"},
    "capture.live": {"GET": "staff"},
    "capture.notes_worker": {"GET": "anyone"},
    "capture.sheet": {"GET": "staff"},
    "capture.wall": {"GET": "staff"},
    "corrections.close": {"POST": "no file of theirs"},
    "corrections.correct": {"GET": "nobody", "POST": "nobody"},
    "corrections.corrections": {"GET": "no file of theirs"},
    "corrections.decide": {"POST": "no file of theirs"},
    "corrections.make_link": {"POST": "no file of theirs"},
    "corrections.present": {"POST": "no file of theirs"},
    "merging.merge": {"POST": "staff"},
    "merging.merging": {"GET": "staff"},
    "merging.take_out": {"POST": "no file of theirs"},
    "merging.undo": {"POST": "staff"},
    "floor.call_next": {"POST": "chairs"},
    "floor.clock": {"GET": "staff"},
    "floor.end": {"POST": "chairs"},
    "floor.floor": {"GET": "staff", "POST": "chairs"},
    "floor.give": {"POST": "chairs"},
    "floor.hand_in": {"POST": "chairs"},
    "floor.limits": {"GET": "staff", "POST": "chairs"},
    "floor.put_back": {"POST": "chairs"},
    "floor.table": {"GET": "staff"},
    "floor.withdraw": {"POST": "chairs"},
    "delegations.add": {"GET": "programme", "POST": "programme"},
    "delegations.add_member": {"GET": "programme", "POST": "programme"},
    "delegations.add_contacts": {"POST": "organisers"},
    "delegations.add_organisations": {"POST": "organisers"},
    "delegations.organisations_to_invite": {"GET": "organisers"},
    "delegations.add_states": {"GET": "programme", "POST": "programme"},
    "delegations.contacts_to_invite": {"GET": "organisers"},
    "delegations.labels_csv": {"GET": "programme"},
    "delegations.answer": {"POST": "nobody"},
    "delegations.ask_for_change": {"POST": "nobody"},
    "delegations.attach_reply": {"POST": "nobody"},
    "delegations.delegation": {"GET": "programme", "POST": "programme"},
    "delegations.desk": {"GET": "programme"},
    "delegations.edit_member": {"GET": "programme", "POST": "programme"},
    "delegations.invite": {"GET": "programme", "POST": "programme"},
    "delegations.letter_docx": {"GET": "programme"},
    "delegations.letter_pdf": {"GET": "programme"},
    "delegations.letters": {"GET": "programme"},
    "delegations.letters_pdf": {"GET": "programme"},
    "delegations.move_member": {"POST": "programme"},
    "delegations.nomination": {"GET": "nobody"},
    "delegations.note_answer": {"POST": "programme"},
    "delegations.own_add_member": {"GET": "nobody", "POST": "nobody"},
    "delegations.own_edit_member": {"GET": "nobody", "POST": "nobody"},
    "delegations.own_letter_docx": {"GET": "nobody"},
    "delegations.own_letter_pdf": {"GET": "nobody"},
    "delegations.own_move_member": {"POST": "nobody"},
    "delegations.own_substitute_member": {"GET": "nobody", "POST": "nobody"},
    "delegations.own_withdraw_member": {"POST": "nobody"},
    "delegations.plan": {"GET": "programme", "POST": "programme"},
    "delegations.remind": {"GET": "programme", "POST": "programme"},
    "delegations.remove": {"POST": "programme"},
    "delegations.renew_link": {"POST": "programme"},
    "delegations.reply_file": {"GET": "programme"},
    "delegations.seats": {"GET": "programme", "POST": "programme"},
    "delegations.substitute_member": {"GET": "programme", "POST": "programme"},
    "delegations.withdraw_member": {"POST": "programme"},
    "group_reports.draft": {"POST": "servants"},
    "group_reports.keep_key_point": {"POST": "servants, none there"},
    "group_reports.word": {"GET": "no file of theirs"},
    "group_reports.page": {"GET": "no file of theirs"},
    "group_reports.slides": {"GET": "no file of theirs"},
    "participant_forms.desk": {"GET": "organisers", "POST": "organisers"},
    "participant_forms.own_form": {"GET": "nobody"},
    "participant_forms.remove": {"POST": "organisers, none there"},
    "registration.add": {"GET": "programme", "POST": "programme"},
    "registration.ask_for_paper": {"POST": "organisers"},
    "registration.contacts_to_register": {"GET": "organisers"},
    "registration.counts": {"GET": "programme"},
    "registration.decide": {"POST": "programme"},
    "registration.decide_one": {"POST": "programme"},
    "registration.desk": {"GET": "programme"},
    "registration.draft_list": {"GET": "programme"},
    "registration.draft_list_xlsx": {"GET": "programme"},
    "registration.erase": {"POST": "organisers"},
    "registration.needs": {"GET": "organisers"},
    "registration.add_place": {"POST": "programme"},
    "registration.own": {"GET": "nobody"},
    "registration.own_paper": {"POST": "nobody"},
    "registration.own_place": {"POST": "nobody"},
    "registration.own_sessions": {"GET": "nobody"},
    "registration.paper_file": {"GET": "organisers, none there"},
    "registration.papers_of_delegation": {"GET": "nobody"},
    "registration.remove_place": {"POST": "programme, none there"},
    "registration.send_paper_of_delegation": {"POST": "nobody"},
    "registration.session_list": {"GET": "programme", "POST": "programme"},
    "registration.session_lists": {"GET": "programme"},
    "registration.own_consent": {"GET": "nobody", "POST": "nobody"},
    "registration.own_entry": {"GET": "nobody", "POST": "nobody"},
    "registration.own_travel": {"GET": "nobody", "POST": "nobody"},
    "registration.own_travel_erase": {"POST": "nobody"},
    "registration.own_wish": {"POST": "nobody"},
    "registration.own_withdraw": {"POST": "nobody"},
    "registration.participant": {"GET": "programme", "POST": "programme"},
    "registration.participants": {"GET": "anyone"},
    "registration.participants_docx": {"GET": "anyone"},
    "registration.participants_pdf": {"GET": "anyone"},
    "registration.participants_xlsx": {"GET": "anyone"},
    "registration.publish_list": {"POST": "organisers"},
    "registration.receive_paper": {"POST": "organisers"},
    "registration.register_contacts": {"POST": "organisers"},
    "registration.register_openly": {"GET": "anyone", "POST": "anyone"},
    "registration.registrations_xlsx": {"GET": "programme"},
    "registration.remove_paper": {"POST": "organisers"},
    "registration.renew_link": {"POST": "programme"},
    "registration.settle_wish": {"POST": "programme"},
    "registration.travel": {"GET": "organisers"},
    "registration.visa_letter": {"GET": "organisers"},
    "registration.visa_letter_pdf": {"GET": "organisers"},
    "registration.withdraw_list": {"POST": "organisers"},
    "rosters.add_contact": {"GET": "organisers", "POST": "organisers"},
    "rosters.answers": {"POST": "organisers, none there"},
    "rosters.bring": {"GET": "organisers", "POST": "organisers"},
    "rosters.contact": {"GET": "organisers", "POST": "organisers"},
    "rosters.contacts": {"GET": "organisers"},
    "rosters.contacts_as_members": {"GET": "organisers", "POST": "organisers"},
    "rosters.preview": {"GET": "organisers, none there"},
    "rosters.remove_contact": {"POST": "organisers"},
    "rosters.take": {"POST": "organisers, none there"},
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
READ = {endpoint: kinds["GET"] for endpoint, kinds in ENDPOINTS.items() if "GET" in kinds}
SENT = [(endpoint, kinds["POST"]) for endpoint, kinds in ENDPOINTS.items() if "POST" in kinds]
BLUEPRINTS = sorted({endpoint.partition(".")[0] for endpoint in READ})


def test_every_endpoint_has_a_line(built_app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in views_of(built_app):
        methods.setdefault(rule.endpoint, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert methods == {endpoint: set(kinds) for endpoint, kinds in ENDPOINTS.items()}


@pytest.fixture
def filled(company: Company) -> dict[str, Any]:
    """One of everything in the workshop; the values that its addresses are made of."""
    return fill(company)


@dataclass(frozen=True)
class Arranged:
    """The workshop with one of everything and everybody signed in, as rows; the values that its addresses are made of."""

    rows: Rows
    values: dict[str, Any]
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def arranged(built_app: Flask) -> Arranged:
    with built_app.app_context():
        company = cast.assemble()
        values = fill(company) | {"ben": company.ben.id, "ida": company.ida.id}
        store_file(values["key"])
        publish_agenda(company)
        tokens = {name: cast.signed_in(getattr(company, name)) for name in MEMBERS if name != "nobody"}
        db.session.commit()
        rows = read_rows()
        db.session.remove()
        empty_tables()
    return Arranged(rows, values, tokens)


def fill(company: Company) -> dict[str, Any]:
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
    released = make.edition(workshop=workshop, state=EditionState.RELEASED)
    block = Block(chapter=Chapter.OPENING, position=1, words=Words(en="A sentence."))
    block.evidence = [Evidence(kind=SourceKind.SESSION, label=Words({"": "1"}), fingerprint="")]
    block.comments = [Comment(text="Why?", at=make.NOON)]
    released.report.blocks.append(block)
    offered = RecommendationNumber(workshop=workshop, recommendation_id=None, number=1)
    form = make.questionnaire(workshop=workshop)
    version = make.version(A_FORM, questionnaire=form)
    words = Words(en="Results")
    snapshot = Snapshot(version=version, number=1, taken_at=make.NOON, responses=5, caveat=words, title=words)
    snapshot.shared, snapshot.definition, snapshot.versions = True, A_FORM, [version.number]
    snapshot.columns = [SnapshotColumn(position=1, question="A1", options=["answered"], codes=bytes([2] * 5))]
    finding = Finding(snapshot=snapshot, table="A1", statement=words, made_at=make.NOON, key=paper.key)
    finding.state = FindingState.PUBLISHED
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
            SessionRole(session=session, user=company.eva, role=Part.CHAIR),
            answered,
            session,
            paper,
            group,
            servant,
            point,
            released,
            offered,
            snapshot,
            finding,
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
    plenary = make.session(workshop=workshop, number=PLENARY)
    speakers = Floor(session=plenary)
    wants_floor = FloorRequest(
        floor=speakers, number=1, category=Category.NGO, asked_at=make.NOON, mode=MeetingMode.ON_RECORD
    )
    db.session.add_all([plenary, speakers, wants_floor])
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
    office_invited = Delegation(workshop=workshop, category=Category.NGO, organisation=office)
    nominated = Participant(
        workshop=workshop,
        category=Category.NGO,
        delegation=office_invited,
        given_name="Ada",
        family_name="Sample",
        standing=ParticipantStatus.APPROVED,
        number=1,
        sponsored=True,
    )
    letter = DelegationLetter(
        workshop=workshop,
        delegation=office_invited,
        purpose=Purpose.INVITATION,
        form=LetterForm.LETTER,
        year=2026,
        serial=1,
        reference="1/2026",
        language="en",
        addressee=["A bureau"],
        text=["Welcome."],
        written_at=make.NOON,
    )
    asked_for = TravelPaper(participant=nominated, name="Passport")
    listed = ListEdition(
        workshop=workshop,
        number=1,
        kind=ListKind.PROVISIONAL,
        entries=[],
        published_at=make.NOON,
        as_of=make.NOON.date(),
    )
    contact = Contact(workshop=workshop, organisation=office)
    seated = SeatedPerson(session=session, name="Ada Sample")
    db.session.add_all([office_invited, nominated, letter, asked_for, listed, contact, seated])
    db.session.add(waiting)
    db.session.commit()
    return {
        "slug": "w",
        "number": 1,
        "group_number": 1,
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
        "chapter": "opening",
        "block_id": block.id,
        "evidence_id": block.evidence[0].id,
        "comment_id": block.comments[0].id,
        "since": 1,
        "lang": "en",
        "member_id": nominated.id,
        "paper_id": asked_for.id,
        "key_id": 1_000_000,
        "delegation": office_invited.id,
        "participant": nominated.id,
        "letter": letter.id,
        "contact": contact.id,
        "seated": seated.id,
        "questionnaire": form.slug,
        "token": "made-up",
        "code": "A",
        "id": 1_000_000,
        "other": 2,
        "currency": "CHF",
        "session_id": session.id,
        "part": "agenda",
        "kind": "json",
        "role": "chair",
        "table": "A1",
        "question": "A1",
        "response_id": 1_000_000,
        "picture": "svg",
        "which": "invitation",
        "room_id": room.id,
        "move": move.key,
        "day": "2026-03-02",
        "layout": "programme",
        "asked": "A1",
        "name": "colours",
        "code_id": code.id,
        "part_id": 1_000_000,
        "role_id": servant.id,
    }


def store_file(key: str) -> None:
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


@pytest.mark.on_one_database("marks and roles decide, before anything is read")
@pytest.mark.parametrize("blueprint", BLUEPRINTS)
def test_who_may_read(arranged: Arranged, app: Flask, blueprint: str) -> None:
    put_rows(arranged.rows)
    lines = {endpoint: kind for endpoint, kind in READ.items() if endpoint.partition(".")[0] == blueprint}
    found = {endpoint: who_is_let_in(arranged, app, endpoint, "GET") for endpoint in lines}
    assert found == {endpoint: KINDS[kind] for endpoint, kind in lines.items()}


@pytest.mark.on_one_database("marks and roles decide, before anything is read")
@pytest.mark.parametrize(("endpoint", "kind"), SENT, ids=lambda value: str(value))
def test_who_may_send(arranged: Arranged, app: Flask, endpoint: str, kind: str) -> None:
    put_rows(arranged.rows)
    assert who_is_let_in(arranged, app, endpoint, "POST") == KINDS[kind]


def who_is_let_in(arranged: Arranged, app: Flask, endpoint: str, method: str) -> dict[str, Any]:
    filled = dict(arranged.values)
    rule = next(rule for rule in views_of(app) if rule.endpoint == endpoint and method in (rule.methods or ()))
    numbers = {
        "organisations/<": filled["organisation"],
        "desk/members/<": filled["ben"],
        "invitations/<": filled["member_invitation"],
        "administrators/<": filled["ida"],
        "delegations/<": filled["delegation"],
        "participants/<": filled["participant"],
        "badges/<": filled["participant"],
        "check-in/<": filled["participant"],
        "letters/<": filled["letter"],
        "contacts/<": filled["contact"],
    }
    if "/seats/" in rule.rule:
        filled["person_id"] = filled["seated"]
    if "<kind>/<int:number>" in rule.rule:
        filled["kind"] = "breakouts"
    filled |= {"correction_id": 1, "point_id": 1}  # of which there is none
    if "/floor" in rule.rule:
        filled |= {"number": PLENARY, "place": 1}
    filled["id"] = next((number for part, number in numbers.items() if part in rule.rule), filled["id"])
    of_series = endpoint == "public.series" or endpoint.startswith("series.")
    address = address_of(rule, filled | ({"slug": "s"} if of_series else {}))
    found = {}
    for member in MEMBERS:
        part = {"X-Part": "1"} if endpoint in PARTS else {}
        client = checked(app)
        if member in arranged.tokens:
            client.hold(arranged.tokens[member])
        found[member] = standing(client.open(address, method=method, headers=part))
    return found


PLENARY = 7  # the number of a session that has a speakers' list
PARTS = {"capture.live"}  # a piece of a page, asked for by a script


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
OF_THE_DESK = {
    Role.PROGRAMME: {"programme", "programme, none there"},
    Role.DOCUMENTS: {"documents"},
    Role.ANALYST: {"analysts", "analysts, if there"},
    Role.TRANSLATOR: {"translators", "translators, none there"},
}
RUN_SHEET = {endpoint for endpoint in ENDPOINTS if endpoint.startswith("runsheet.")}  # what she may press is a rule
FLOOR = {endpoint for endpoint in ENDPOINTS if endpoint.startswith("floor.")}  # who runs a list is a rule
BRIEFING = {endpoint for endpoint in ENDPOINTS if endpoint.startswith("briefing.")}
BESIDE = {
    Role.PROGRAMME: {"capture.desk"} | RUN_SHEET | BRIEFING | FLOOR,
    Role.DOCUMENTS: BRIEFING,
    Role.ANALYST: {
        "findings.compare",
        "findings.desk",
        "findings.snapshot",
        "presenting.briefing",
        "presenting.chart",
        "presenting.present",
        "presenting.result_file",
        "presenting.result_files",
        "presenting.session_briefing",
    },
}


@pytest.mark.parametrize("role", list(Role))
def test_what_each_role_opens_stands_in_the_marks(app: Flask, role: Role) -> None:
    if role in (Role.ORGANISER, Role.CHAIR, Role.MODERATOR, Role.RAPPORTEUR, Role.NOTE_TAKER):
        return  # Ana, Eva and Chi open their pages above
    kinds = OF_THE_DESK.get(role, set())
    expected = {endpoint for endpoint, line in ENDPOINTS.items() if kinds & set(line.values())}
    opened = {name for name, view in app.view_functions.items() if role in getattr(view, "roles", ())}
    assert opened == expected | BESIDE.get(role, set())


@pytest.mark.on_one_database("what stands in pages and forms decides")
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
