"""One press each: give the floor, end a turn, withdraw, hand in, put back, call next."""

from collections.abc import Callable

from flask import abort
from werkzeug.wrappers import Response as HttpResponse

from workshop.platform.errors import flashing_refusal
from workshop.secretariat.series.membership import holding
from workshop.secretariat.series.models import Workshop

from . import bp, rules
from .models import FloorRequest, RequestState
from .views import SpeakersList, list_of, save


def act_on_request(
    workshop: Workshop, number: int, place: int, act: Callable[[SpeakersList, FloorRequest], None]
) -> HttpResponse:
    """Do it to the request of that number; a refusal is told, and the list shown as it is."""
    found = list_of(workshop, number)
    one = next((each for each in found.requests if each.number == place), None) or abort(404)
    with flashing_refusal():
        act(found, one)
    return save(found)


@bp.post("/workshops/<slug>/sessions/<int:number>/floor/<int:place>/give")
@holding(*rules.READERS, limited=True)
def give(workshop: Workshop, number: int, place: int) -> HttpResponse:
    def act(found: SpeakersList, one: FloorRequest) -> None:
        rules.give_floor(one, found.requests, found.mode, at=found.at)

    return act_on_request(workshop, number, place, act)


@bp.post("/workshops/<slug>/sessions/<int:number>/floor/<int:place>/end")
@holding(*rules.READERS, limited=True)
def end(workshop: Workshop, number: int, place: int) -> HttpResponse:
    return act_on_request(workshop, number, place, lambda found, one: rules.end_turn(one, found.mode, at=found.at))


@bp.post("/workshops/<slug>/sessions/<int:number>/floor/<int:place>/withdraw")
@holding(*rules.READERS, limited=True)
def withdraw(workshop: Workshop, number: int, place: int) -> HttpResponse:
    return act_on_request(
        workshop, number, place, lambda found, one: rules.take_off(one, RequestState.WITHDRAWN, found.mode)
    )


@bp.post("/workshops/<slug>/sessions/<int:number>/floor/<int:place>/hand-in")
@holding(*rules.READERS, limited=True)
def hand_in(workshop: Workshop, number: int, place: int) -> HttpResponse:
    """There was no time left: the statement is handed in as a text."""
    return act_on_request(
        workshop, number, place, lambda found, one: rules.take_off(one, RequestState.SUBMITTED, found.mode)
    )


@bp.post("/workshops/<slug>/sessions/<int:number>/floor/<int:place>/put-back")
@holding(*rules.READERS, limited=True)
def put_back(workshop: Workshop, number: int, place: int) -> HttpResponse:
    """Undo: on the list again."""
    return act_on_request(workshop, number, place, lambda _found, one: rules.put_back(one))


@bp.post("/workshops/<slug>/sessions/<int:number>/floor/<int:place>/call-next")
@holding(*rules.READERS, limited=True)
def call_next(workshop: Workshop, number: int, place: int) -> HttpResponse:
    return act_on_request(workshop, number, place, lambda found, one: rules.put_first(one, found.requests))
