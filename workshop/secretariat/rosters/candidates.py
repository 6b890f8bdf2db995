"""People and organisations known already, as one page offers them to be ticked, whatever they are to become."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from workshop.platform.db import Words
from workshop.platform.lists import Column, Filter, Listing
from workshop.secretariat.register.models import Category


@dataclass(frozen=True)
class Candidate:
    """One of them, on a page at `address`. `state` says what would become of it, or why nothing would."""

    id: int
    name: str
    address: str
    organisation: Words | None = None
    country: str = ""
    category: Category | None = None
    email: str = ""
    is_open: bool = True
    state: str = ""
    tone: str = ""


def listing_of(candidates: Sequence[Candidate]) -> Listing[Candidate]:
    """Those that can still be added stand first."""
    there = [each for each in Category if any(one.category is each for one in candidates)]
    return Listing(
        sorted(candidates, key=lambda one: not one.is_open),
        columns=[
            Column("name", _("Name"), lambda one: one.name),
            Column("category", _("Category"), lambda one: str(one.category.label) if one.category else None),
            Column("state", _("Status"), lambda one: one.state),
        ],
        filters=[
            Filter(
                "category",
                _("Category"),
                {each.value: str(each.label) for each in there},
                lambda one: [one.category.value] if one.category else [],
            )
        ],
        words=lambda one: " ".join([one.name, one.email, *(one.organisation or {}).values()]),
    )


def ticked_ids(candidates: Sequence[Candidate]) -> set[int]:
    """Those ticked on the page that is sent; all that can be added and match what is looked for, where that is asked."""
    if request.form.get("all"):
        return {each.id for each in listing_of(candidates).matching if each.is_open}
    return {int(value) for value in request.form.getlist("who") if value.isdecimal()}
