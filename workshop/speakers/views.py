"""The organisers' list of speakers: who was invited, who has answered."""

from flask import Blueprint, render_template

from workshop.agenda.queries import people
from workshop.db import db
from workshop.series.models import Workshop
from workshop.series.standing import organiser

from . import queries

bp = Blueprint("speakers", __name__)


@bp.get("/workshops/<slug>/desk/speakers")
@organiser
def desk(workshop: Workshop) -> str:
    invitations = {each.person_id: each for each in db.session.scalars(queries.invitations(workshop))}
    return render_template(
        "speakers/desk.html",
        workshop=workshop,
        people=db.session.scalars(people(workshop)).all(),
        invitations=invitations,
    )
