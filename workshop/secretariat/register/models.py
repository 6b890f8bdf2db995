"""Organisations with their aliases, and people as they are named in print."""

from datetime import datetime
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workshop.platform.db import Model, Words
from workshop.platform.labels import Labelled
from workshop.platform.recording import Recorded


class Category(Labelled):
    """Participant categories; the order is that of protocol."""

    STATE_MEMBER = "state_member", _l("Member State")
    STATE_OBSERVER = "state_observer", _l("Observer State")
    UN = "un", _l("United Nations entity")
    IGO = "igo", _l("Other intergovernmental organisation")
    NGO = "ngo", _l("Non-governmental organisation")
    ACADEMIA = "academia", _l("Academia")
    PRIVATE_SECTOR = "private_sector", _l("Private sector")
    DIASPORA = "diaspora", _l("Diaspora or migrant organisation")
    PARLIAMENT = "parliament", _l("Parliament")
    LOCAL_AUTHORITY = "local_authority", _l("Local authority")
    TRADE_UNION = "trade_union", _l("Trade union")
    MEDIA = "media", _l("Media")
    EXPERT = "expert", _l("Expert")
    STAFF = "staff", _l("Staff")


class Organisation(Model):
    """`country` is an ISO 3166-1 alpha-3 code, or empty for an international body.

    `email` is where it is written to, in `language`; it is never shown in public. `umbrella` is the body it is a member of:
    a federation, a council, the system of the United Nations.
    """

    __tablename__ = "organisation"
    RECORDED: ClassVar = Recorded(_l("Organisation"), lambda row: row.name, "name category country language umbrella")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[Words]
    category: Mapped[Category | None] = mapped_column(default=None)
    country: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="", server_default="")
    umbrella_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), default=None, index=True
    )
    umbrella: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id", init=False)


class OrganisationAlias(Model):
    """Another name the same organisation goes by: an acronym, or a name in `language` where that is known."""

    __tablename__ = "organisation_alias"
    RECORDED: ClassVar = Recorded(_l("Other name"), lambda row: row.name, "name language", part_of="organisation")

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), init=False, index=True
    )
    organisation: Mapped[Organisation] = relationship()
    name: Mapped[str] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(default="", server_default="")


class OrganisationMerge(Model):
    """Another organisation became part of this one; kept for as long as that can be undone.

    `merged` is what it said of itself, `moved` lists the ids of the rows that followed it, by table and column, `added`
    those of the other names that the remaining one was given, and `filled` what the remaining one took over.
    """

    __tablename__ = "organisation_merge"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), init=False, index=True
    )
    organisation: Mapped[Organisation] = relationship()
    at: Mapped[datetime]
    who: Mapped[int | None]  # a plain number: the entry outlives the account
    merged: Mapped[dict[str, Any]] = mapped_column(JSON)
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    added: Mapped[list[int]] = mapped_column(JSON)
    filled: Mapped[dict[str, Any]] = mapped_column(JSON)


class Person(Model):
    """A person as named in print. Names are kept as supplied, never corrected; no gender is inferred.

    `honorifics` holds the form of address in those languages for which one was supplied (H.E., S.E., Excmo. Sr.);
    `honorific` serves in all others.
    """

    __tablename__ = "person"
    RECORDED: ClassVar = Recorded(
        _l("Person"), lambda row: row.display_name, "given_name family_name honorific name_as_published honorifics"
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    given_name: Mapped[str]
    family_name: Mapped[str]
    honorific: Mapped[str] = mapped_column(default="")
    name_as_published: Mapped[str] = mapped_column(default="")
    honorifics: Mapped[Words] = mapped_column(default_factory=Words, server_default="{}")

    @property
    def display_name(self) -> str:
        """As printed in a programme: published form when there is one, else given and family name."""
        return f"{self.honorific} {self.plain_name}".strip()

    @property
    def plain_name(self) -> str:
        """The same without form of address."""
        return self.name_as_published or f"{self.given_name} {self.family_name}".strip()

    @property
    def names(self) -> dict[str, str]:
        """As printed in those languages for which a form of address of their own was supplied."""
        return {code: f"{title} {self.plain_name}".strip() for code, title in self.honorifics.items() if title}
