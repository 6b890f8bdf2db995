"""What this feature gives to every page: the name of a country."""

from flask import Blueprint

from workshop.i18n import language

from . import countries

bp = Blueprint("stakeholders", __name__)


@bp.app_template_filter("country")
def country(code: str) -> str:
    """The name of a country in the language of the page."""
    return countries.name_of(code, language())
