"""What each role does, in a few sentences, for the help page. No database, no request, no clock."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from workshop.secretariat.series.models import Role


def help_by_role() -> Mapping[Role, Sequence[str]]:
    """For each role what it is for and how one begins, in the order of protocol."""
    return {
        Role.ORGANISER: [
            _(
                "You prepare the workshop: everything in the workspace is open to you. The overview shows the steps of a "
                "new workshop and, later, what is due. Nothing is public until you make it public: the agenda under "
                "“Agenda – Publish”, each paper on its page, results and reports on theirs, and the workshop itself under "
                "“Settings – Visibility”."
            ),
            _(
                "Give colleagues a role under “Settings – Members”. A role for one session or one group is given on the "
                "page of that session or group. “Activity” shows who changed what."
            ),
        ],
        Role.PROGRAMME: [
            _(
                "You write the agenda, the timetable and the rooms, form the break-out groups, and invite speakers. "
                "Publishing the agenda is left to an organiser."
            )
        ],
        Role.DOCUMENTS: [
            _(
                "You request papers, receive them, follow them through clearance and translation, and remind authors. "
                "Publishing a paper is left to an organiser."
            )
        ],
        Role.ANALYST: [
            _(
                "You see how many have answered each questionnaire, freeze results at a date, and read them. You never "
                "see who answered what. Publishing results is left to an organiser."
            )
        ],
        Role.TRANSLATOR: [
            _(
                "“Translations” lists every text of the workshop, its agenda, its groups and the questionnaires being "
                "edited, with what is missing in each language. You see the original beside your translation, part by "
                "part. A questionnaire can also reach you as a link, for which you need no account."
            )
        ],
        Role.CHAIR: [
            _(
                "“Agenda” shows the current draft. The briefing of a session contains its guiding questions, the order "
                "of speakers with the minutes of each, and the papers, also those under embargo. On the day, the run "
                "sheet shows what is running and what is late."
            ),
            _(
                "If you chair one session only, you act in that session. Results of the questionnaire and the draft "
                "report to the plenary are open to the chairs of the workshop."
            ),
        ],
        Role.MODERATOR: [
            _(
                "You moderate a session or a group. Its briefing or its notes are on your front page, with the guiding "
                "questions. Begin with the attribution rule shown in the briefing."
            )
        ],
        Role.RAPPORTEUR: [
            _(
                "You write the report of your group on one page: key points, practices, recommendations, lessons. Points "
                "that were noted can be used. Sign it when it is done; an organiser can reopen it."
            )
        ],
        Role.NOTE_TAKER: [
            _(
                "You note points under the guiding questions, one at a time, without names. What you type while you are "
                "offline is kept in the browser and sent when the line is back. A mistake is struck, not erased."
            )
        ],
        Role.FOCAL_POINT: [
            _(
                "You are the contact for your delegation or institution. Questionnaires sent to your address are on your "
                "front page; you can name colleagues who fill in parts, and only you submit."
            )
        ],
        Role.PARTICIPANT: [
            _(
                "Your front page lists what concerns you: your status, your sessions and group, the papers you are asked "
                "for, and the questionnaires sent to your address. The programme can be added to your calendar."
            )
        ],
    }
