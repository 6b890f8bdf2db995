"""Once a day those whose consent ends within a month are asked to renew it."""

from workshop.platform import outbox, tasks
from workshop.platform.db import db, now
from workshop.platform.mail import link_to

from . import letters, queries, rules


@tasks.every_day("contacts.renew")
def ask_to_renew() -> None:
    """Each once, in the name of the newest workshop of the series.

    The letter carries a new link: the one of an earlier letter opens nothing any more.
    """
    at = now()
    today = at.date()
    due = [
        card
        for card in db.session.scalars(queries.ending_soon(today, rules.RENEWAL_BEFORE)).all()
        if rules.needs_renewal(card, today)
    ]
    newest = {
        series_id: db.session.scalars(queries.newest_workshop(series_id)).one_or_none()
        for series_id in {card.series_id for card in due}
    }
    for card in due:
        workshop = newest[card.series_id]
        if workshop is None:
            continue
        link = link_to("contacts.own_card", token=card.issue_link())
        card.reminded_on = today
        outbox.add(letters.ask_to_renew(card, workshop, link=link, at=at))
    db.session.commit()
