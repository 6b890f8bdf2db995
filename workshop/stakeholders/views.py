"""What this feature gives to every page: names of countries, and of people as programmes and lists print them."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint

from workshop.i18n import language

from . import countries, names
from .models import Person

bp = Blueprint("stakeholders", __name__)


@bp.app_template_filter("country")
def country(code: str) -> str:
    """The name of a country in the language of the page."""
    return countries.name_of(code, language())


@bp.app_template_filter("named")
def named(who: Person | Mapping[str, Any]) -> str:
    """A person, or one of a release, as the programme prints them in the language of the page."""
    return names.named(who, language())


@bp.app_template_filter("listed")
def listed(who: Person | Mapping[str, Any]) -> str:
    """The same for a list of people: the family name in capitals."""
    return names.listed(who, language())
