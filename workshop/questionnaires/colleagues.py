"""One organisation, one set of answers, several who write and one who signs. No database, no request, no clock."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from workshop.errors import RuleBroken

from . import entries, rules
from .definition import Definition, Section
from .entries import Entry
from .models import Anonymity, Colleague, Response, ResponseState

HERE = timedelta(minutes=10)  # who was seen so lately may still be writing
MOST = 40


def name_one(response: Response, definition: Definition, *, name: str, email: str, language: str, sections: Sequence[str],
             key: str) -> tuple[Colleague, str]:  # fmt: skip
    """Somebody more who may write, and the secret of the link. `email` is in its usual form already."""
    if response.version.questionnaire.anonymity is Anonymity.ANONYMOUS:
        raise RuleBroken(_("Anonymous answers have no colleagues: their names would be kept."))
    if response.state is not ResponseState.BEGUN:
        raise RuleBroken(_("These answers can no longer be changed."))
    if not name:
        raise RuleBroken(_("Give the name of the institution or person."), "name")
    if any(each.email == email for each in response.colleagues):
        raise RuleBroken(_("%(email)s is on the list already.", email=email), "email")
    if len(response.colleagues) >= MOST:
        raise RuleBroken(_("At most %(most)s colleagues can be named.", most=MOST))
    known = {section.code for section in definition.sections}
    colleague = Colleague(name=name, email=email, language=language, sections=[c for c in sections if c in known])
    response.colleagues.append(colleague)
    token = token_of(colleague, key)
    colleague.token_hash = rules.hash_of(token)
    return colleague, token


def token_of(colleague: Colleague, key: str) -> str:
    """The secret in a colleague's link (192 bit); `key` is the secret of the installation."""
    told = f"colleague:{colleague.key}".encode()
    return base64.urlsafe_b64encode(hmac.new(key.encode(), told, hashlib.sha256).digest()[:24]).decode()


def visitor(response: Response, token: str) -> Colleague | None:
    """The colleague whose link it is; None for the holder of the answers' own link, who signs."""
    if response.token_hash == rules.hash_of(token):
        return None
    return next(each for each in response.colleagues if each.token_hash == rules.hash_of(token))


def may_write(visitor: Colleague | None, section: Section) -> bool:
    return visitor is None or not visitor.sections or section.code in visitor.sections


def others_here(response: Response, section: Section, visitor: Colleague | None, at: datetime) -> list[Colleague]:
    """Who else was seen in this section a moment ago."""
    return [
        each
        for each in response.colleagues
        if each is not visitor and each.at_section == section.code and each.seen_at and at - each.seen_at < HERE
    ]


def clashes(
    response: Response, section: Section, typed: Mapping[str, Entry], was: Mapping[str, str]
) -> dict[str, Entry]:
    """The questions that somebody else has answered since this page was opened, and otherwise than typed here.

    `was` is the mark of each entry as the page showed it; the result is what stands there now.
    """
    if not response.colleagues:
        return {}
    now = {q.code: entries.shown(q, response.answers, response.drafts) for q in section.questions}
    return {
        code: now[code]
        for code, entry in typed.items()
        if code in now
        and was.get(code)
        and entries.fingerprint(now[code]) not in {was[code], entries.fingerprint(entry)}
    }


def digest(answers: Mapping[str, Any]) -> str:
    """The SHA-256 of answers, whatever the order they are kept in: what is printed on the signed copy."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def sign(response: Response, name: str) -> None:
    """Note who sends the answers for the organisation. Called with the sending, after it."""
    if response.colleagues and not name:
        raise RuleBroken(_("Several people wrote these answers: write the name of whoever signs for the organisation."))
    response.signed = {"name": name, "sha256": digest(response.answers)}


def reopen(response: Response) -> None:
    """Let the organisation change what it has sent, and send it again."""
    if response.state is not ResponseState.SUBMITTED:
        raise RuleBroken(_("Only answers that were sent can be opened again."))
    response.state, response.submitted_at, response.signed, response.is_late = ResponseState.BEGUN, None, {}, False
