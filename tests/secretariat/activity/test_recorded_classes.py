"""Every table is written down when it changes, or stands here with the reason why not."""

from flask import Flask

from workshop.platform.db import Base
from workshop.secretariat.activity.change_entries import recorded_kinds
from workshop.secretariat.activity.field_labels import LABELS

ANSWERS = "answers belong to whoever gave them"
SECRET = "opens something, or lets somebody in"
DISCUSSION = "may hold who said what where that must not be attributed"
MACHINE = "nobody types it: the program keeps it for itself"
OWN_STORY = "tells itself what changed, when and by whom"
POST = "mail: what left and to whom, shown where it was sent"
SPEAKER = "the speaker's own, given by personal link, also needs and consent"
PARTICIPANT = "what somebody needs, permits or carries is nobody else's business"
LIBRARY = "of a series, which has no page of activity; who published and withdrew it is in the audit"
NOT_RECORDED = {
    "checked_link": MACHINE,
    "contact_card": PARTICIPANT,
    "gap": LIBRARY,
    "media_mention": LIBRARY,
    "publication": LIBRARY,
    "publication_edition": LIBRARY,
    "publication_file": LIBRARY,
    "shared_practice": LIBRARY,
    "badge": MACHINE,
    "badge_print": MACHINE,
    "cluster_point": DISCUSSION,
    "correction": DISCUSSION,
    "correction_link": SECRET,
    "floor_request": DISCUSSION,
    "participant_recipient": PARTICIPANT,
    "point_cluster": DISCUSSION,
    "seat_choice": PARTICIPANT,
    "check_decision": OWN_STORY,
    "corrigendum": OWN_STORY,
    "delegation_letter": POST,
    "disclosure": OWN_STORY,
    "door": SECRET,
    "edition_release": OWN_STORY,
    "evidence": DISCUSSION,
    "former_holder": OWN_STORY,
    "letter_print": MACHINE,
    "list_print": MACHINE,
    "import_step": MACHINE,
    "made_file": MACHINE,
    "participant_mail": POST,
    "participant_needs": PARTICIPANT,
    "permission_entry": PARTICIPANT,
    "question_not_discussed": DISCUSSION,
    "recommendation_number": DISCUSSION,
    "report_block": DISCUSSION,
    "report_comment": DISCUSSION,
    "report_remark": DISCUSSION,
    "review_copy": SECRET,
    "result_file": MACHINE,
    "roster_columns": MACHINE,
    "roster_import": MACHINE,
    "seating_run": MACHINE,
    "session_attendance": PARTICIPANT,
    "session_point": DISCUSSION,
    "similar_text": ANSWERS,
    "text_coding": ANSWERS,
    "travel_document": PARTICIPANT,
    "address_change": SECRET,
    "address_stop": SECRET,
    "authenticator": SECRET,
    "half_sign_in": SECRET,
    "member_invitation": SECRET,
    "open_identity": SECRET,
    "passkey": SECRET,
    "recovery_code": SECRET,
    "sign_in_link": SECRET,
    "sign_in_wish": SECRET,
    "spent_challenge": SECRET,
    "agenda_import": MACHINE,
    "agenda_print": MACHINE,
    "audit_entry": OWN_STORY,
    "availability": SPEAKER,
    "calendar_feed": SECRET,
    "change": OWN_STORY,
    "colleague": ANSWERS,
    "consent_entry": SPEAKER,
    "daily_task": MACHINE,
    "document_link": SECRET,
    "file_text": MACHINE,
    "forgotten_password": SECRET,
    "group_code": SECRET,
    "group_question_wording": OWN_STORY,
    "group_report": DISCUSSION,
    "imported_columns": MACHINE,
    "imported_entry": MACHINE,
    "invitation": SPEAKER,
    "invitation_mail": POST,
    "key_point": DISCUSSION,
    "message": POST,
    "organisation_merge": OWN_STORY,
    "password_reset": SECRET,
    "point": DISCUSSION,
    "practice": DISCUSSION,
    "printing": MACHINE,
    "question_wording": OWN_STORY,
    "questionnaire_draft_change": OWN_STORY,
    "questionnaire_letter": POST,
    "questionnaire_translator_link": SECRET,
    "recipient": "an address goes for good when it is taken off the list, and whether she answered is nobody's business",
    "recommendation": DISCUSSION,
    "release_told": POST,
    "reminder": POST,
    "rendering": MACHINE,
    "replacement": OWN_STORY,
    "response": ANSWERS,
    "run": "the run sheet is the record of the day",
    "series": "an administrator's act, kept in the audit",
    "session_move": OWN_STORY,
    "session_place": PARTICIPANT,
    "sign_in": SECRET,
    "snapshot_column": ANSWERS,
    "speaker_profile": SPEAKER,
    "stage_note": "the run sheet is the record of the day",
    "task": MACHINE,
    "transcription": ANSWERS,
    "user": "an account is its owner's alone",
}


def test_every_table_is_recorded_or_says_why_not(built_app: Flask) -> None:
    tables = {mapper.class_.__tablename__ for mapper in Base.registry.mappers}
    recorded = set(recorded_kinds())
    assert recorded & set(NOT_RECORDED) == set()
    assert tables - recorded == set(NOT_RECORDED)


def test_every_recorded_attribute_has_a_name_for_people_and_none_is_a_secret(built_app: Flask) -> None:
    used = {field for each in recorded_kinds().values() for field in each.RECORDED.fields}
    assert used == set(LABELS)
    assert {field for field in used if "token" in field or "hash" in field or "password" in field} == set()


def test_whatever_belongs_to_a_whole_leads_to_a_workshop(built_app: Flask) -> None:
    """By itself or by what it is a part of; what all workshops share is told where it was changed."""
    shared = {"organisation", "organisation_alias", "person"}
    for kind, each in recorded_kinds().items():
        whole = each
        while not hasattr(whole, "workshop_id") and whole.RECORDED.part_of:
            whole = getattr(whole, whole.RECORDED.part_of).property.mapper.class_
        assert kind in shared or kind == "workshop" or hasattr(whole, "workshop_id"), kind
