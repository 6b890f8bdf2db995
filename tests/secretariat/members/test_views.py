"""Roles changed, members removed, the work handed over; never without an organiser."""

import re
import threading
import urllib.parse
import urllib.request
from html import unescape

import pytest
from sqlalchemy import select

from tests import cast
from tests.conftest import count_statements
from tests.consultation.answering.test_concurrency import DoNotFollow
from tests.secretariat.members.conftest import MEMBERS, change_roles, roles_of
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db
from workshop.secretariat.members import queries, rules
from workshop.secretariat.series.models import Membership, Role


def test_the_list_names_everybody_with_their_roles(as_, company):
    with count_statements() as seen:
        page = as_("ana").get(MEMBERS).text
    assert len(seen) <= 10
    for words in ("Ana", "ana@example.org", "Organiser", "Ben", "Participant", "Chi", "Rapporteur", "Eva", "Chair"):
        assert words in page
    assert "Dov" not in page


def test_roles_are_changed_and_written_down(as_, company):
    page = change_roles(as_("ana"), company.ben, "programme", "chair")
    assert "The roles of Ben are saved." in page.text
    assert roles_of("ben@example.org") == [Role.CHAIR, Role.PROGRAMME]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "change roles")).one()
    assert entry.subject == f"w: user {company.ben.id}: participant → programme, chair"
    assert entry.who == company.ana.id


def test_without_any_role_nothing_is_changed(as_, company):
    assert "Choose at least one role" in change_roles(as_("ana"), company.ben).text
    assert roles_of("ben@example.org") == [Role.PARTICIPANT]


def test_somebody_of_another_workshop_is_not_a_member_here(as_, company):
    for address in (f"{MEMBERS}/{company.oto.id}", f"{MEMBERS}/{company.dov.id}"):
        assert as_("ana").get(address).status_code == 404
        assert as_("ana").post(f"{address}/remove").status_code == 404
        assert as_("ana").post(f"{address}/hand-over").status_code == 404


def test_a_removed_member_is_out_at_once(as_, company):
    assert (
        "Ben is no longer a member."
        in as_("ana").post(f"{MEMBERS}/{company.ben.id}/remove", follow_redirects=True).text
    )
    assert as_("ben").get("/workshops/w/desk/").status_code == 404


def test_the_last_organiser_cannot_leave_be_removed_or_lose_the_role(as_, company):
    own = f"{MEMBERS}/{company.ana.id}"
    assert "Ana is the only organiser." in change_roles(as_("ana"), company.ana, "chair").text
    assert "Ana is the only organiser." in as_("ana").post(f"{own}/remove", follow_redirects=True).text
    assert "A workshop always has an organiser." in as_("ana").get(own).text
    assert roles_of("ana@example.org") == [Role.ORGANISER]


def test_one_of_two_organisers_may_leave(as_, company):
    change_roles(as_("ana"), company.eva, "organiser", "chair")
    assert as_("ana").post(f"{MEMBERS}/{company.ana.id}/remove").location == "/workshops/mine"
    assert as_("ana").get("/workshops/w/desk/").status_code == 404
    assert as_("eva").get(MEMBERS).status_code == 200


def test_handing_over_makes_the_other_organiser_and_keeps_ones_other_roles(as_, company):
    change_roles(as_("ana"), company.ana, "organiser", "chair")
    answer = as_("ana").post(f"{MEMBERS}/{company.ben.id}/hand-over")
    assert answer.location == "/workshops/w/desk/"
    assert roles_of("ben@example.org") == [Role.ORGANISER, Role.PARTICIPANT]
    assert roles_of("ana@example.org") == [Role.CHAIR]
    assert as_("ana").get(MEMBERS).status_code == 403


def test_one_cannot_hand_over_to_oneself(as_, company):
    page = as_("ana").post(f"{MEMBERS}/{company.ana.id}/hand-over", follow_redirects=True)
    assert "Choose another person" in page.text


@pytest.mark.parametrize("what", ["remove", "remove oneself"])
def test_of_two_organisers_who_go_at_the_same_moment_one_stays(server, company, app, what):
    db.session.add(Membership(user=company.eva, workshop=company.workshop, role=Role.ORGANISER))
    db.session.commit()
    pairs = [(company.ana, company.eva), (company.eva, company.ana)]
    tries = [(cast.signed_in(one), one.id if what == "remove oneself" else other.id) for one, other in pairs]
    db.session.commit()
    serializer = app.session_interface.get_signing_serializer(app)
    start, answers = threading.Barrier(2), []

    def remove(token, number):
        cookie = serializer.dumps({"_user_id": token, "_fresh": True})
        request = urllib.request.Request(  # our own server
            f"{server}{MEMBERS}/{number}/remove",
            data=urllib.parse.urlencode({}).encode(),
            headers={"Cookie": f"intersession={cookie}"},
        )
        start.wait()
        try:
            with urllib.request.build_opener(DoNotFollow).open(request) as answer:
                answers.append(answer.status)
        except urllib.error.HTTPError as refusal:
            answers.append(refusal.code)

    threads = [threading.Thread(target=remove, args=each) for each in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 2
    assert set(answers) <= {302, 403, 404}
    db.session.expire_all()
    assert len(rules.organisers(db.session.scalars(queries.memberships(company.workshop)))) == 1


def test_who_may_not_is_told_who_may_and_where_to_go_instead(as_, company):
    page = as_("eva").get(MEMBERS)
    assert page.status_code == 403
    main = " ".join(page.text.partition("<main")[2].split())
    assert "<dd>Organiser</dd>" in main
    assert "<dd>Chair</dd>" in main
    assert 'href="/workshops/w/desk/run-sheet"' in main
    assert "/workshops/w/desk/agenda" not in page.text.partition("<footer")[0].replace("/desk/agenda/run-sheet", "")


def test_the_overview_of_a_programme_officer_asks_for_what_she_can_do(as_, company):
    db.session.add(Membership(user=company.dov, workshop=company.workshop, role=Role.PROGRAMME))
    page = as_("dov").get("/workshops/w/desk/").text
    assert "Report to the plenary" not in page
    assert 'href="/workshops/w/desk/agenda"' in page
    assert 'href="/workshops/w/desk/settings"' not in page


def test_what_a_colleague_has_changed_since_is_not_overwritten(as_, company):
    address = f"{MEMBERS}/{company.ben.id}"
    seen = unescape(re.search(r'name="seen"[^>]* value="([^"]*)"', as_("ana").get(address).text)[1])
    change_roles(as_("ana"), company.ben, "programme")
    answer = as_("ana").post(address, data={"roles": ["chair"], "seen": seen})
    assert answer.status_code == 409
    assert roles_of("ben@example.org") == [Role.PROGRAMME]
