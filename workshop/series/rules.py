"""What membership means. No database, no request, no clock."""

from collections.abc import Iterable

from .models import Membership, Role, Workshop

PROTOCOL = list(Role)


def roles_by_workshop(memberships: Iterable[Membership]) -> dict[Workshop, list[Role]]:
    """Each workshop once, in the order given, with the person's roles in it in the order of protocol."""
    found: dict[Workshop, list[Role]] = {}
    for membership in memberships:
        found.setdefault(membership.workshop, []).append(membership.role)
    return {workshop: sorted(roles, key=PROTOCOL.index) for workshop, roles in found.items()}
