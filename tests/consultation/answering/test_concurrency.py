"""Many requests at the same moment, against a real server and a real database."""

import fcntl
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from tests import factories as make
from tests.consultation.questions.documents import asks, document
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import Recipient, Response
from workshop.consultation.questionnaires.states import Anonymity, ResponseState
from workshop.platform.audit import AuditEntry
from workshop.platform.db import db, now

ALL_AT_ONCE = 12
QUESTIONS = [asks(f"Q{number}", "text", required=True) for number in range(ALL_AT_ONCE)]


class DoNotFollow(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def post(address: str, **fields: str) -> int:
    """The status of the answer; a redirect is an answer, too."""
    data = urllib.parse.urlencode(fields).encode()
    try:
        with urllib.request.build_opener(DoNotFollow).open(address, data, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        with answer:
            return int(answer.code)


def at_once(work: Callable[[int], int]) -> list[int]:
    """Do this twelve times, released together; what each gave."""
    start = threading.Barrier(ALL_AT_ONCE)

    def one(number: int) -> int:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(ALL_AT_ONCE) as pool:
        return list(pool.map(one, range(ALL_AT_ONCE)))


def begun(**answers: str) -> str:
    """A response with these answers, saved; the secret of its link."""
    version = make.version(document(*QUESTIONS))
    response, token = questionnaires_rules.begin(version, language="en", at=now())
    response.answers = answers
    db.session.add(response)
    db.session.commit()
    return token


def the_response() -> Response:
    db.session.expire_all()
    return db.session.scalars(select(Response)).one()


def test_sending_twelve_times_at_once_counts_once(server: str) -> None:
    token = begun(**{f"Q{number}": "answer" for number in range(ALL_AT_ONCE)})
    assert at_once(lambda _number: post(f"{server}/q/{token}/submit")) == [302] * ALL_AT_ONCE
    response = the_response()
    assert (response.state, response.revision) == (ResponseState.SUBMITTED, 2)


def test_twelve_questions_saved_at_once_are_all_kept(server: str) -> None:
    token = begun()
    saved = at_once(lambda n: post(f"{server}/q/{token}/save", question=f"Q{n}", **{f"Q{n}": f"answer {n}"}))
    assert saved == [200] * ALL_AT_ONCE
    assert the_response().answers == {f"Q{n}": f"answer {n}" for n in range(ALL_AT_ONCE)}


def test_withdrawing_while_sending_leaves_no_answers(server: str) -> None:
    token = begun(**{f"Q{number}": "answer" for number in range(ALL_AT_ONCE)})
    verbs = ("submit", "withdraw", "save")
    statuses = at_once(lambda n: post(f"{server}/q/{token}/{verbs[n % 3]}", question="Q1", Q1="late"))
    assert {status for status in statuses if status >= 500} == set()
    response = the_response()
    assert (response.state, response.answers) == (ResponseState.WITHDRAWN, {})
    assert len(db.session.scalars(db.select(AuditEntry)).all()) == 1


def test_one_anonymous_invitation_gives_one_set_of_answers(server: str) -> None:
    questionnaire = make.questionnaire(anonymity=Anonymity.ANONYMOUS)
    db.session.add(make.version(document(*QUESTIONS), questionnaire=questionnaire))
    asked = Recipient(questionnaire=questionnaire, name="A ministry", email="m@example.org", language="en")
    db.session.add(asked)
    db.session.flush()
    token = asked.current_link("k")
    db.session.commit()
    statuses = at_once(lambda _number: post(f"{server}/q/{token}/begin"))
    assert sorted(statuses) == [200] * (ALL_AT_ONCE - 1) + [302]
    assert the_response().state is ResponseState.BEGUN


def test_whose_turn_does_not_come_is_told_to_try_again(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets many write at once, so nobody queues")
    token = begun()
    monkeypatch.setattr("workshop.platform.db.PATIENCE", 0.1)
    with Path(f"{db.engine.url.database}-turn").open("a") as other_process:
        fcntl.flock(other_process, fcntl.LOCK_EX)
        assert post(f"{server}/q/{token}/save", question="Q1", Q1="answer") == 503
    assert post(f"{server}/q/{token}/save", question="Q1", Q1="answer") == 200
