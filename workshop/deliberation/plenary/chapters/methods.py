"""How the report was made: what it was compiled from, and what its words for numbers stand for."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.deliberation.group_reports.models import Strength

from ..drafting import Draft, Material
from .annex import columns

# What each word stands for; the form of a group report stores the band, and the text prints the word.
BANDS = {
    Strength.ONE: _l("one person"),
    Strength.SOME: _l("two or three"),
    Strength.SEVERAL: _l("four or more, and fewer than a third"),
    Strength.MANY: _l("a third to a half"),
    Strength.MOST: _l("more than half"),
    Strength.GENERAL_AGREEMENT: _l("the moderator asked, and nobody objected"),
}


def write_methods(draft: Draft, material: Material) -> None:
    workshop = draft.cite.workshop(material.workshop)
    draft.heading(draft.said(lambda: _("How this report was made")))
    prose = draft.said(
        lambda: _(
            "This report was compiled from the published agenda, the documents, the results of the questionnaire at "
            "one date, the notes made in the sessions and the reports of the break-out groups."
        )
    )
    prose.say(lambda: _("What participants, rapporteurs and respondents wrote is given in their words and language."))
    prose.say(
        lambda: _(
            "Each paragraph shows what it is based on. People edited the text, checked names and words before "
            "it was released, and the person named on the cover answers for it."
        )
    )
    draft.paragraph(prose, workshop, key="how")
    if material.reports:
        draft.table(
            draft.each(lambda: _("Words for numbers in the reports of the groups")),
            columns(draft, lambda: _("Word"), lambda: _("Meaning")),
            [
                [draft.label(word), draft.each(lambda band=band: str(band))]  # type: ignore[misc]
                for word, band in BANDS.items()
            ],
            workshop,
            key="bands",
        )
