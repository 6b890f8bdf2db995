"""What membership means."""

from tests import factories as make
from workshop.secretariat.series.models import Membership, Role
from workshop.secretariat.series.rules import roles_by_workshop


def test_each_workshop_stands_once_with_roles_in_the_order_of_protocol() -> None:
    ana = make.user("ana")
    first, second = make.workshop(slug="first"), make.workshop(slug="second")
    memberships = [
        Membership(user=ana, workshop=place, role=role)
        for place, role in (
            (first, Role.RAPPORTEUR),
            (second, Role.PARTICIPANT),
            (first, Role.ORGANISER),
            (first, Role.CHAIR),
        )
    ]
    assert list(roles_by_workshop(memberships).items()) == [
        (first, [Role.ORGANISER, Role.CHAIR, Role.RAPPORTEUR]),
        (second, [Role.PARTICIPANT]),
    ]


def test_somebody_without_a_role_has_no_workshop() -> None:
    assert roles_by_workshop([]) == {}
