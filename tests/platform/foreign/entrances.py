"""Every way by which a file of somebody else comes in, on one small workshop: `entrances(app)[name](content)`."""

import io
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask import Flask

from tests import cast
from tests import factories as make
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform import links
from workshop.platform.db import Words, db
from workshop.programme.speakers.models import Invitation

TOKEN = "t" * 43
DESK = "/workshops/w/desk"
DEFINITION: Document = {
    "languages": ["en"],
    "lists": {},
    "sections": [
        {
            "code": "A",
            "title": {"en": "A section"},
            "questions": [{"code": "F1", "type": "file", "text": {"en": "Your file"}}],
        }
    ],
}
Entrance = Callable[..., Any]


def entrances(app: Flask, signed_in: Callable[[Any], Any]) -> dict[str, Entrance]:
    """What each needs, and how a file is sent to it. `signed_in` gives a client to a person."""
    company = cast.assemble()
    workshop, person = company.workshop, make.person()
    workshop.starts_on, workshop.ends_on = date(2090, 3, 2), date(2090, 3, 3)
    session = make.session(workshop=workshop, items=[make.item()])
    session.appearances.append(make.appearance(item=session.items[0], person=person))
    document = make.document(workshop=workshop, session=session, item=session.items[0])
    own = make.questionnaire(workshop=workshop, slug="ask")
    db.session.add_all(
        [
            session,
            document,
            make.version(DEFINITION, questionnaire=own),
            Invitation(
                workshop=workshop, person=person, email="a@example.org", language="en", token_hash=links.digest(TOKEN)
            ),
        ]
    )
    db.session.commit()
    ana, nobody = signed_in(company.ana), app.test_client()
    own.title = Words(en="A form")
    answers = nobody.post("/workshops/w/questionnaires/ask").headers["Location"]
    send = partial(_send, ana)
    return {
        "agenda": partial(send, f"{DESK}/agenda/import", "file", language="en"),
        "paper": partial(send, f"{DESK}/papers/{document.key}/files", "file", language="en"),
        "questionnaire": partial(send, f"{DESK}/questionnaires/import", "file"),
        "translations": partial(send, f"{DESK}/questionnaires/ask/files/texts", "file"),
        "distribution list": partial(send, f"{DESK}/questionnaires/ask/recipients/file", "file", go="try"),
        "photo": partial(_send, nobody, f"/s/{TOKEN}/portrait", "photo"),
        "answer": partial(_send, nobody, f"{answers}/A", "F1", go="next"),
    }


def _send(client: Any, address: str, field: str, content: bytes, *, name: str = "file", **more: str) -> Any:
    if "/portrait" in address:  # this form carries marks
        more |= dict(re.findall(r'name="(seen|opened)"[^>]*value="([^"]*)"', client.get(address).text))
    return client.post(address, data={field: (io.BytesIO(content), name)} | more, content_type="multipart/form-data")
