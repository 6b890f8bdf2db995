"""Through which pages a person makes, changes and removes the rows of each table; complete by construction.

A table that only a loader or an importer writes has no line here, and is a fault: nobody could use it in earnest.
"""

from typing import NamedTuple

import pytest
from flask import Flask

from workshop.platform.db import Base


class Pages(NamedTuple):
    """Endpoints that take what a person sends. A reason in words, where there is none and why."""

    made: str
    changed: str
    removed: str


BY_PEOPLE = {
    "Appearance": Pages("agenda.add_person", "agenda.edit_person", "agenda.remove_person"),
    "Authenticator": Pages(
        "accounts.set_up_second_factor", "no: another takes its place", "accounts.turn_off_second_factor"
    ),
    "Availability": Pages("speakers.presence", "speakers.presence", "speakers.presence"),
    "CalendarFeed": Pages("agenda_out.personal_calendar", "agenda_out.personal_calendar", "agenda_out.revoke_calendar"),
    "ContactCard": Pages("contacts.add", "contacts.edit", "contacts.remove"),
    "CheckIn": Pages("attendance.check_in", "attendance.check_in_many", "attendance.undo_check_in"),
    "Colleague": Pages("answering.name_colleagues", "answering.name_colleagues", "answering.remove_colleague"),
    "Delegation": Pages("delegations.add", "delegations.delegation", "delegations.remove"),
    "Badge": Pages("attendance.issue_badges", "no: another takes its place", "attendance.replace_badge"),
    "ParticipantForm": Pages("participant_forms.desk", "no: removed and added anew", "participant_forms.remove"),
    "Door": Pages("attendance.open_door", "no: another is made", "attendance.close_door"),
    "HeadCount": Pages(
        "attendance.session_attendance", "attendance.session_attendance", "no: emptied, it counts nobody"
    ),
    "GroupHeadCount": Pages(
        "attendance.group_attendance", "attendance.group_attendance", "no: emptied, it counts nobody"
    ),
    "SessionQuota": Pages("registration.session_list", "registration.session_list", "no: it goes with its session"),
    "SessionPlace": Pages("registration.add_place", "no: it is taken or given up", "registration.remove_place"),
    "SessionAttendance": Pages(
        "attendance.mark_attendance", "attendance.mark_attendance", "attendance.mark_attendance"
    ),
    "Contact": Pages("rosters.add_contact", "rosters.contact", "rosters.remove_contact"),
    "Document": Pages("papers.expect", "papers.edit_document", "papers.remove"),
    "DocumentFile": Pages("papers.upload", "papers.clean", "papers.remove"),
    "DocumentLink": Pages("papers.send_link", "papers.send_link", "papers.revoke_document_link"),
    "Correction": Pages("corrections.correct", "corrections.decide", "no: what the group said stays on record"),
    "CorrectionLink": Pages("corrections.make_link", "no: another is made", "corrections.close"),
    "SeatChoice": Pages("allocation.choice", "allocation.choice", "no: it is closed, and goes with its session"),
    "PointCluster": Pages("merging.merge", "merging.merge", "merging.take_out"),
    "ClusterPoint": Pages("merging.merge", "no: it is or it is not", "merging.take_out"),
    "MergeDecision": Pages("merging.merge", "merging.undo", "no: what was decided stays on record"),
    "Floor": Pages("floor.limits", "floor.limits", "no: it goes with its session"),
    "FloorRequest": Pages("floor.floor", "floor.give", "floor.withdraw"),
    "Group": Pages("groups.form_group", "groups.edit_group", "groups.remove_group"),
    "Finding": Pages("presenting.write", "presenting.edit", "presenting.remove"),
    "Feedback": Pages("feedback.desk", "feedback.desk", "no: emptied and withdrawn, nobody reads it"),
    "FeedbackEntry": Pages("feedback.add_entry", "feedback.edit_entry", "feedback.remove_entry"),
    "ExchangeRate": Pages("findings.rates", "findings.rates", "findings.remove_rate"),
    "TableChoice": Pages("findings.arrange", "findings.arrange", "findings.reset_table"),
    "Quote": Pages("text_answers.quote", "no: removed and chosen anew", "presenting.remove_quote"),
    "GroupCode": Pages("groups.make_code", "groups.join", "groups.revoke_code"),
    "GroupQuestion": Pages("groups.questions", "groups.questions", "groups.questions"),
    "GroupReport": Pages("group_reports.group", "group_reports.group", "no: reopened and emptied, it stays on record"),
    "GroupRole": Pages("groups.people", "no: one part is taken away and another given", "groups.take_part_away"),
    "Gap": Pages("practices.add_gap", "practices.edit_gap", "practices.remove_gap"),
    "GuidingQuestion": Pages("agenda.edit_session", "agenda.edit_session", "agenda.edit_session"),
    "Invitation": Pages("speakers.invite", "speakers.renew_link", "no: declined or replaced, it stays on record"),
    "InvitationPlan": Pages("speakers.plan", "speakers.plan", "no: emptied, the default texts serve"),
    "Item": Pages("papers.add_item", "agenda.edit_item", "agenda.remove_item"),
    "KeyPoint": Pages("group_reports.group", "group_reports.group", "group_reports.group"),
    "LetterText": Pages("sending.letter", "sending.letter", "no: emptied, the default texts serve"),
    "MemberInvitation": Pages("members.invite", "members.resend", "members.revoke"),
    "Membership": Pages("members.join", "members.edit_member", "members.remove_member"),
    "Milestone": Pages("overview.stages", "overview.stages", "overview.stages"),
    "NotDiscussed": Pages("capture.coverage", "no: it is or it is not", "capture.coverage"),
    "OpenIdentity": Pages("accounts.sign_in", "no: it is or it is not", "accounts.unlink_openid"),
    "OrganisationMerge": Pages("register.merge", "no: it is or it is not", "register.undo_merge"),
    "Organisation": Pages("agenda.add_person", "register.organisation", "register.merge"),
    "OrganisationAlias": Pages("register.add_alias", "no: removed and added", "register.remove_alias"),
    "ListEdition": Pages(
        "registration.publish_list", "no: what was published never changes", "registration.withdraw_list"
    ),
    "Participant": Pages(
        "delegations.own_add_member",
        "registration.own_entry",
        "no: withdrawn or erased, the counts stay what they were",
    ),
    "ParticipantNeeds": Pages("registration.own_entry", "registration.own_entry", "registration.erase"),
    "ParticipationPlan": Pages("delegations.plan", "delegations.seats", "no: emptied, nothing is limited"),
    "Passkey": Pages("accounts.add_passkey", "no: removed and added", "accounts.remove_passkey"),
    "Person": Pages("agenda.add_person", "agenda.edit_person", "no: the register has memory"),
    "PlenaryReport": Pages("plenary.begin_report", "plenary.edit_block", "no: it stays on record"),
    "Block": Pages("plenary.add_block", "plenary.edit_block", "plenary.leave_out"),
    "Evidence": Pages("plenary.add_evidence", "plenary.let_stay", "plenary.remove_evidence"),
    "Comment": Pages("plenary.comment", "plenary.resolve_comment", "no: resolved, it stays on record"),
    "RecommendationNumber": Pages("plenary.compile", "plenary.choose_support", "no: a number is never given again"),
    "ReviewCopy": Pages("circulation.send_copies", "no: who has it stays on record", "no: its link ends by itself"),
    "Remark": Pages("circulation.copy", "circulation.decide", "no: answered, it stays on record"),
    "Corrigendum": Pages("editions.correct", "no: a new edition", "no: it stays with its edition"),
    "Edition": Pages("editions.make_edition", "editions.clear", "editions.withdraw"),
    "EditionRelease": Pages("editions.release", "no: it is out or not", "editions.withdraw"),
    "CheckDecision": Pages("editions.keep", "no: where the words change, it is asked again", "no: it stays on record"),
    "Point": Pages("capture.notes", "no: struck and said again", "capture.strike"),
    "Practice": Pages("group_reports.group", "group_reports.group", "group_reports.group"),
    "Profile": Pages("speakers.keep_contact", "speakers.keep_place", "speakers.remove_photo"),
    "MediaMention": Pages("publications.add_mention", "publications.edit_mention", "publications.remove_mention"),
    "Publication": Pages("publications.add", "publications.edit", "publications.remove"),
    "PublicationEdition": Pages("publications.add_edition", "publications.edit_edition", "publications.remove_edition"),
    "PublicationFile": Pages("publications.add_file", "publications.add_file", "publications.remove_file"),
    "Questionnaire": Pages("designing.create", "designing.settings", "designing.discard"),
    "Recipient": Pages("sending.add", "sending.recipient", "sending.remove"),
    "RecoveryCode": Pages("accounts.renew_recovery_codes", "no: it is used or not", "accounts.turn_off_second_factor"),
    "Recommendation": Pages("group_reports.group", "group_reports.group", "group_reports.group"),
    "Release": Pages("releases.publish", "no: what was released never changes", "no: what was released never changes"),
    "ReminderPlan": Pages("papers.reminders", "papers.reminders", "papers.reminders"),
    "Response": Pages("answering.begin", "answering.save", "answering.withdraw"),
    "Room": Pages("agenda.rooms", "agenda.edit_room", "agenda.remove_room"),
    "Run": Pages("runsheet.begin", "runsheet.end", "runsheet.undo"),
    "SessionPoint": Pages("capture.notes", "no: a correction is a new point", "capture.strike"),
    "SeatedPerson": Pages("allocation.people", "allocation.person", "allocation.remove_person"),
    "SeatingRun": Pages("allocation.seats", "allocation.seats", "no: another allocation takes its place"),
    "Series": Pages("series.new_series", "series.edit_series", "series.remove_series"),
    "Session": Pages("agenda.add_session", "agenda.edit_session", "agenda.remove_session"),
    "SessionRole": Pages(
        "session_roles.people", "no: one part is taken away and another given", "session_roles.remove_part"
    ),
    "SharedPractice": Pages("practices.add", "practices.edit", "practices.remove"),
    "SignIn": Pages("accounts.sign_in", "no: it is or it is not", "accounts.end_sign_in"),
    "Snapshot": Pages("findings.take", "findings.publish", "findings.delete"),
    "StageNote": Pages("runsheet.note", "runsheet.note", "runsheet.note"),
    "Transcription": Pages("transcription.transcribe", "transcription.hand_over", "transcription.erase"),
    "TravelDocument": Pages("registration.own_travel", "registration.own_travel", "registration.own_travel_erase"),
    "TravelPaper": Pages("registration.ask_for_paper", "registration.receive_paper", "registration.remove_paper"),
    "TextCode": Pages("text_answers.texts", "no: removed and added", "text_answers.remove_code"),
    "TextCoding": Pages("text_answers.code_text", "text_answers.code_text", "text_answers.code_text"),
    "TranslatorLink": Pages("designing.make_link", "no: another is made", "designing.revoke_link"),
    "User": Pages("members.join", "accounts.account", "accounts.erase"),
    "Workshop": Pages("settings.new_workshop", "settings.about", "settings.remove_workshop"),
}
# Written by the program alone, and why.
BY_PROGRAM = {
    "AddressChange": "a wish that waits for its link: accounts.change_address makes it",
    "SimilarText": "campaigns that text_answers.find_campaigns asks for; each search takes the place of the one before",
    "ResultFile": "a file on its way: presenting.result_files asks for it, and it goes when it expires",
    "Disclosure": "what was shown of a snapshot: findings.share and findings.publish decide it, and it cannot be unseen",
    "AddressStop": "the link by which the old address stops a change",
    "RosterColumns": "what the columns of a list mean: rosters.answers says and corrects it",
    "RosterImport": "a list that waits to be imported: rosters.bring makes it, rosters.take ends it",
    "AgendaImport": "a file that waits to be imported: agenda_in.bring makes it, agenda_in.take or a day ends it",
    "AgendaPrint": "a printed programme, made again when the agenda changes",
    "Change": "what changed, with before and after; it never changes",
    "AuditEntry": "what people did; it never changes",
    "ConsentEntry": "each consent as it was given; it never changes",
    "DelegationLetter": "a letter that was written",
    "BadgePrint": "printed badges",
    "LetterPrint": "printed letters",
    "MadeFile": "documents and workbooks, made again when asked for",
    "ImportStep": "how far a worker is with a file that somebody brought",
    "ListPrint": "a printed list, made again when somebody opts out",
    "FormerHolder": "who had a seat before: delegations.substitute_member writes it; it never changes",
    "ParticipantMail": "a letter that was written",
    "ParticipantRecipient": "by which link a participant answers a form: participant_forms.own_form makes it at the first visit",
    "PermissionEntry": "each permission as it was given; it never changes",
    "CheckedLink": "what was found behind an outside address of a publication: publications.check_links_now asks for it",
    "DailyTask": "which daily tasks have been done today",
    "DraftChange": "what a draft said before a change, for undoing it",
    "FileText": "the words of a document, for searching",
    "ForgottenPassword": "a wish that waits for its task",
    "GroupQuestionWording": "what a question said; it never changes",
    "HalfSignIn": "between the password and the code",
    "ImportedColumns": "how somebody named the columns of a file, for the next time",
    "ImportedEntry": "where a row of a file went, so that a second import changes nothing",
    "InvitationMail": "a letter that was written",
    "Letter": "a letter that was written",
    "Message": "a letter on its way",
    "Move": "what stood where before a move, for undoing it",
    "Notification": "who has been told of a release",
    "PasswordReset": "a key that was sent",
    "Printing": "a printed questionnaire, made again when it changes",
    "QuestionWording": "what a question said; it never changes",
    "QuestionnaireVersion": "designing.publish makes it; it never changes",
    "Reminder": "a reminder that was written",
    "Rendering": "a printed report, made again when it changes",
    "Replacement": "who had a place before: speakers.replace writes it; it never changes",
    "SignInLink": "a link that was sent",
    "SignInWish": "a wish that waits for its task",
    "SnapshotColumn": "frozen with its snapshot",
    "SpentChallenge": "a challenge that was answered, so that it is answered once",
    "Task": "work that waits",
}


def mapped_classes() -> list[str]:
    return sorted(f"{mapper.class_.__name__}" for mapper in Base.registry.mappers)


def test_every_table_says_who_writes_it(built_app: Flask) -> None:
    assert set(mapped_classes()) == {*BY_PEOPLE, *BY_PROGRAM}
    assert not set(BY_PEOPLE) & set(BY_PROGRAM)


@pytest.mark.parametrize("name", BY_PEOPLE)
def test_the_pages_are_there_and_take_what_is_sent(built_app: Flask, name: str) -> None:
    taking = {rule.endpoint for rule in built_app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    named = [page for page in BY_PEOPLE[name] if not page.startswith("no: ")]
    assert named, "somebody must be able to make one"
    assert [page for page in named if page not in taking] == []
