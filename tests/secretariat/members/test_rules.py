"""Who may become a member, change roles and leave, without a database."""

from datetime import timedelta

import pytest

from tests import factories as make
from workshop.platform.errors import RuleBroken
from workshop.secretariat.members import rules
from workshop.secretariat.members.rules import Invitee
from workshop.secretariat.series.models import Membership, Role

AT = make.NOON
ANA, BEN = make.user("ana"), make.user("ben")
GUEST = make.user("gus", is_guest=True)
WORKSHOP = make.workshop()


def holds(user, *roles):
    return [Membership(user=user, workshop=WORKSHOP, role=role) for role in roles]


def invited(*roles, email="mia@example.org", memberships=(), pending=()):
    invitee = Invitee(email, "", roles, "en")
    return rules.invite(WORKSHOP, invitee, memberships=memberships, pending=pending, inviter=ANA, at=AT)


def test_a_link_is_good_for_fourteen_days_and_once():
    invitation, secret = invited(Role.CHAIR, Role.ANALYST)
    assert invitation.wanted_roles == [Role.ANALYST, Role.CHAIR]
    assert invitation.is_opened_by(secret)
    assert invitation.link_opens(AT + timedelta(days=14, seconds=-1))
    assert not invitation.link_opens(AT + timedelta(days=14))
    added = rules.accept(invitation, BEN, [Role.CHAIR], at=AT)
    assert [(each.user, each.role) for each in added] == [(BEN, Role.ANALYST)]
    assert not invitation.link_opens(AT)
    assert invitation.accepted_at == AT


def test_sent_again_only_the_newest_link_opens():
    invitation, first = invited(Role.CHAIR)
    second = rules.renew(invitation, at=AT + timedelta(days=20))
    assert not invitation.is_opened_by(first)
    assert invitation.is_opened_by(second)
    assert invitation.link_opens(AT + timedelta(days=33))


def test_a_member_is_asked_again_only_for_a_role_that_is_new():
    members = holds(BEN, Role.CHAIR)
    with pytest.raises(RuleBroken, match="member with this role already"):
        invited(Role.CHAIR, email=BEN.email, memberships=members)
    invitation, _secret = invited(Role.CHAIR, Role.ORGANISER, email=BEN.email, memberships=members)
    assert invitation.wanted_roles == [Role.ORGANISER, Role.CHAIR]


def test_invitations_that_wait_have_a_limit():
    pending = [invited(Role.CHAIR, email=f"{n}@example.org")[0] for n in range(rules.MOST_PENDING)]
    with pytest.raises(RuleBroken, match="At most 100 invitations"):
        invited(Role.CHAIR, pending=pending)


def test_changing_roles_keeps_the_rows_of_those_that_stay():
    members = holds(ANA, Role.ORGANISER) + holds(BEN, Role.CHAIR, Role.PARTICIPANT)
    change = rules.change_roles(BEN, [Role.CHAIR, Role.ANALYST], workshop=WORKSHOP, memberships=members)
    assert [each.role for each in change.added] == [Role.ANALYST]
    assert change.dropped == [members[2]]


def test_the_last_organiser_stays():
    members = holds(ANA, Role.ORGANISER, Role.CHAIR) + holds(BEN, Role.CHAIR)
    with pytest.raises(RuleBroken, match="Ana is the only organiser"):
        rules.change_roles(ANA, [Role.CHAIR], workshop=WORKSHOP, memberships=members)
    with pytest.raises(RuleBroken, match="Ana is the only organiser"):
        rules.remove(ANA, memberships=members)
    assert rules.remove(BEN, memberships=members).dropped == [members[2]]


def test_handing_over_changes_the_role_of_both():
    members = holds(ANA, Role.ORGANISER, Role.CHAIR) + holds(BEN, Role.CHAIR)
    change = rules.hand_over(ANA, BEN, workshop=WORKSHOP, memberships=members)
    assert [(each.user, each.role) for each in change.added] == [(BEN, Role.ORGANISER)]
    assert change.dropped == [members[0]]
    both = [*members, *change.added]
    assert list(rules.hand_over(ANA, BEN, workshop=WORKSHOP, memberships=both).added) == []


def test_a_guest_who_cannot_sign_in_again_does_not_organise():
    members = [*holds(ANA, Role.ORGANISER), *holds(GUEST, Role.RAPPORTEUR)]
    with pytest.raises(RuleBroken, match="cannot sign in again"):
        rules.change_roles(GUEST, [Role.ORGANISER], workshop=WORKSHOP, memberships=members)
    with pytest.raises(RuleBroken, match="cannot sign in again"):
        rules.hand_over(ANA, GUEST, workshop=WORKSHOP, memberships=members)


def test_each_person_stands_once_with_roles_in_the_order_of_protocol():
    members = holds(ANA, Role.CHAIR) + holds(BEN, Role.PARTICIPANT) + holds(ANA, Role.ORGANISER)
    assert rules.roles_by_person(members) == {ANA: [Role.ORGANISER, Role.CHAIR], BEN: [Role.PARTICIPANT]}
