"""Any order of beginning, answering, changing one's mind, sending, taking back: the database says what a small model says."""

from typing import Any

from flask.testing import FlaskClient
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from tests import factories as make
from tests.budget import examples
from tests.consultation.answering.test_views import OPEN, opened
from tests.consultation.questions.documents import asks, document
from workshop.consultation.questionnaires import resubmission
from workshop.consultation.questionnaires.models import Response
from workshop.platform.db import db, now
from workshop.platform.errors import RuleBroken
from workshop.platform.links import digest

FORM = document(
    A=[
        asks("A1", "one", options="yesno", required=True),
        asks("A2", "integer", min=0, condition="${A1} = 'y'"),
        asks("A3", "text", max_length=10),
    ],
    B=[asks("B1", "many", options="fields", condition="${A2} > 2"), asks("B2", "date")],
)
BAD = object()
TYPED = [  # question, what is typed, the answer: None for no answer, BAD for what must be mended
    ("A1", ["y"], "y"),
    ("A1", ["y"], "y"),
    ("A1", ["n"], "n"),
    ("A1", [], None),
    ("A2", ["3"], 3),
    ("A2", ["1 200"], 1200),
    ("A2", ["0"], 0),
    ("A2", ["-4"], BAD),
    ("A2", ["many"], BAD),
    ("A2", [], None),
    ("A3", ["short"], "short"),
    ("A3", ["far too long for this"], BAD),
    ("A3", [], None),
    ("B1", ["edu", "hea"], ["edu", "hea"]),
    ("B1", ["no"], ["no"]),
    ("B1", ["edu", "no"], BAD),
    ("B1", [], None),
    ("B2", ["28.2.2005"], "2005-02-28"),
    ("B2", ["30.2.2005"], BAD),
    ("B2", [], None),
]

HIDING = [
    ("A3", ["short"], "short"),
    ("B2", [], None),
    ("A1", ["y"], "y"),
    ("A2", ["3"], 3),
    ("B1", ["edu"], ["edu"]),
    ("A1", ["n"], "n"),
]


class Model:
    """What is kept of one person's answers, in as few words as possible."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.drafts: dict[str, list[str]] = {}
        self.state = "begun"

    def save(self, code: str, typed: list[str], answer: Any) -> None:
        self.answers.pop(code, None)
        self.drafts.pop(code, None)
        if answer is BAD:
            self.drafts[code] = typed
        elif answer is not None:
            self.answers[code] = answer

    @property
    def asked(self) -> set[str]:
        second = self.answers.get("A1") == "y"
        third = second and self.answers.get("A2", 0) > 2
        return {"A1", "A3", "B2"} | ({"A2"} if second else set()) | ({"B1"} if third else set())

    @property
    def faulty(self) -> set[str]:
        return (self.drafts.keys() & self.asked) | (set() if "A1" in self.answers else {"A1"})

    def submit(self) -> None:
        if self.state == "begun" and not self.faulty:
            self.answers = {code: answer for code, answer in self.answers.items() if code in self.asked}
            self.drafts, self.state = {}, "submitted"

    def withdraw(self) -> None:
        self.answers, self.drafts, self.state = {}, {}, "withdrawn"


class Journey(RuleBasedStateMachine):
    client: FlaskClient

    @initialize()
    def begin(self) -> None:
        self.model, self.link = Model(), self.client.post(OPEN).location

    def response(self) -> Response:
        db.session.expire_all()
        token = self.link.rpartition("/")[2]
        return db.session.scalars(select(Response).where(Response.token_hash == digest(token))).one()

    @rule(what=st.sampled_from(TYPED))
    def save(self, what: tuple[str, list[str], Any]) -> None:
        code, typed, answer = what
        status = self.client.post(f"{self.link}/save", data={"question": code, code: typed}).status_code
        assert status == (200 if self.model.state == "begun" else 409)
        if status == 200:
            self.model.save(code, typed, answer)

    @rule(what=st.sampled_from(TYPED), go=st.sampled_from(["next", "next", "back", "fr", "en"]))
    def leave(self, what: tuple[str, list[str], Any], go: str) -> None:
        """Open the page of a question, see what was typed there before, change that question, press a button."""
        code, typed, answer = what
        page = f"{self.link}/{code[0]}"
        fields = opened(self.client, page)
        shown = {name.removesuffix(".was") for name in fields if name.endswith(".was")}
        if self.model.state == "begun":
            assert shown == {each for each in self.model.asked | {"A2"} if each[0] == code[0]}
            drafts = {each: texts for each, texts in self.model.drafts.items() if each in shown}
            assert {each: fields.get(each) for each in drafts} == drafts
        answered = self.client.post(page, data=fields | ({code: typed} if code in shown else {}) | {"go": go})
        if self.model.state == "begun":
            if code in shown:
                self.model.save(code, typed, answer)
            stays = go == "next" and any(each[0] == code[0] for each in self.model.faulty)
            assert answered.status_code == (200 if stays else 302)

    @rule()
    def resume(self) -> None:
        ends = {"begun": ("/A", "/B", "/summary")}.get(self.model.state, ("/thanks",))
        assert self.client.get(self.link).location.endswith(ends)

    @rule()
    def submit(self) -> None:
        refused = self.model.state == "withdrawn" or (self.model.state == "begun" and self.model.faulty)
        assert self.client.post(f"{self.link}/submit").status_code == (200 if refused else 302)
        self.model.submit()

    @rule()
    def hide_what_was_answered(self) -> None:
        """Answer all of it, then say no to what the rest hangs on."""
        for what in HIDING:
            self.save(what)

    @rule(sure=st.sampled_from([True, False, False, False]))
    def withdraw(self, sure: bool) -> None:
        if not sure:
            return
        assert self.client.post(f"{self.link}/withdraw").status_code == 302
        self.model.withdraw()

    @rule()
    def reopen(self) -> None:
        try:
            resubmission.reopen(self.response(), at=now())
            db.session.commit()
        except RuleBroken:
            assert self.model.state != "submitted"
        else:
            self.model.state = "begun"

    @invariant()
    def the_database_says_the_same(self) -> None:
        if hasattr(self, "model"):
            response = self.response()
            drafts = {code: entry[""] for code, entry in response.drafts.items()}
            assert (response.answers, drafts, response.state.value) == (
                self.model.answers,
                self.model.drafts,
                self.model.state,
            )


def test_every_journey_leaves_what_the_model_says(client: FlaskClient) -> None:
    db.session.add(make.version(FORM))
    db.session.commit()
    bounded = settings(max_examples=examples(20), stateful_step_count=25, deadline=None, derandomize=True)
    run_state_machine_as_test(type("Here", (Journey,), {"client": client}), settings=bounded)
