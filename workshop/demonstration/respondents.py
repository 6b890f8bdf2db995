"""Sixty invented respondents, the same at every load: plausible, valid under every condition, marked as samples."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from workshop.consultation.answering import rules
from workshop.consultation.questionnaires import rules as questionnaires_rules
from workshop.consultation.questionnaires.models import QuestionnaireVersion, Response, Transcription
from workshop.consultation.questionnaires.states import Channel, ResponseState
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.question import Question
from workshop.platform import links

HOW_MANY = 60
SEED = 2005
NAMES = {
    "en": (
        "Bridge Home Network",
        "Two Shores Forum",
        "Open Door Circle",
        "Harvest Friends",
        "Riverbank Union",
        "Lantern Women's League",
        "New Well Trust",
        "Hilltop Engineers",
        "Market Street Alumni",
        "Green Terrace Group",
    ),
    "fr": (
        "Association des Deux Rives",
        "Collectif Baobab",
        "Réseau Passerelles",
        "Les Amis du Puits",
        "Maison Commune",
        "Union des Quartiers",
        "Cercle des Infirmières",
        "Jeunesse du Fleuve",
        "Solidarité Montagne",
        "Atelier Retour",
    ),
    "es": (
        "Casa Abierta",
        "Red Puente",
        "Círculo del Maíz",
        "Manos de Ida y Vuelta",
        "Amigos del Valle",
        "Mujeres del Puerto",
        "Unión del Camino",
        "Semilla Común",
        "Foro Dos Orillas",
        "Taller del Regreso",
    ),
}
FUNCTIONS = {
    "en": ("Secretary", "Chair", "Treasurer", "Coordinator"),
    "fr": ("Secrétaire", "Présidence", "Trésorerie", "Coordination"),
    "es": ("Secretaría", "Presidencia", "Tesorería", "Coordinación"),
}
LIVES_IN = {
    "en": ("GBR", "USA", "CAN", "NLD", "DEU"),
    "fr": ("FRA", "BEL", "CHE", "CAN", "ITA"),
    "es": ("ESP", "USA", "ARG", "CHE", "SWE"),
}
COMES_FROM = {
    "en": ("GHA", "PHL", "NGA", "LKA", "KEN"),
    "fr": ("MLI", "MAR", "SEN", "TUN", "HTI"),
    "es": ("SLV", "ECU", "COL", "PER", "BOL"),
}
CURRENCY = {"GBR": "GBP", "USA": "USD", "CAN": "CAD", "CHE": "CHF", "ARG": "ARS", "SWE": "SEK"}
PROJECTS = {
    "en": (
        "A clinic roof was paid for in one year; keeping a nurse there proved harder than building it.",
        "Evening classes by video worked once the school had power. The first laptops were too delicate.",
        "The well is used every day. The repair fund was spent on something else, and we learned to plan for it.",
    ),
    "fr": (
        "Le moulin fonctionne et les femmes gèrent la caisse. La première année, personne n'avait prévu les pannes.",
        "Nos bourses ont gardé vingt filles à l'école ; le suivi à distance reste difficile.",
        "La coopérative vend mieux, mais les transferts coûtaient cher et arrivaient tard.",
    ),
    "es": (
        "La biblioteca se abrió en seis meses. Faltó un acuerdo con el municipio para el personal.",
        "Las becas llegaron a tiempo. El intercambio de docentes se detuvo por los visados.",
        "El taller de costura da empleo a doce personas; vender fuera del pueblo cuesta más de lo previsto.",
    ),
}
EXAMPLES = {
    "en": (
        "Short visas make it hard to train colleagues at home and come back.",
        "A residence permit that survives a year abroad would help.",
    ),
    "fr": (
        "Le visa de circulation aide : nous partons former puis nous revenons.",
        "La perte du titre de séjour après un an d'absence décourage le retour.",
    ),
    "es": (
        "El visado para idas y vueltas ayuda a los pequeños negocios.",
        "Perder la residencia por ausencia frena los proyectos en origen.",
    ),
}
ADVICE = {
    "en": (
        "Publish the cost of sending money, by provider, every quarter.",
        "Name one office we can write to.",
        "Ask us before the plan is written.",
    ),
    "fr": (
        "Désigner un seul interlocuteur par pays.",
        "Cofinancer à parts égales les projets collectifs.",
        "Nous entendre avant l'adoption des plans.",
    ),
    "es": (
        "Fondos de contrapartida con reglas simples.",
        "Reconocer los títulos en menos de un año.",
        "Una mesa anual con las organizaciones.",
    ),
}
Maker = Callable[["Respondent"], Any]


class Respondent:
    """One invented respondent, with the dice that made it."""

    def __init__(self, dice: Random, number: int) -> None:
        self.dice, self.number = dice, number
        self.language = dice.choices(("en", "fr", "es"), (5, 4, 3))[0]
        self.lives_in = dice.choice(LIVES_IN[self.language])
        self.currency = CURRENCY.get(self.lives_in, "EUR")

    def word(self, by_language: Mapping[str, tuple[str, ...]]) -> str:
        return self.dice.choice(by_language[self.language])

    def some(self, question: Question, low: int, high: int) -> list[str]:
        """Between low and high of the ordinary options, in their order."""
        ordinary = [option.code for option in question.options if not option.exclusive]
        chosen = set(self.dice.sample(ordinary, self.dice.randint(low, min(high, question.max_choices or high))))
        return [code for code in ordinary if code in chosen]


def responses(version: QuestionnaireVersion, definition: Definition, *, at: datetime) -> list[Response]:
    """Submitted responses of the three weeks before `at`."""
    dice = Random(SEED)  # noqa: S311  # invented data, no secret
    return [_response(version, definition, dice, number, at) for number in range(HOW_MANY)]


def on_paper(version: QuestionnaireVersion, definition: Definition, *, typed_by: int, at: datetime) -> Response:
    """One more that came on paper and waits for its check."""
    who = Respondent(Random(SEED + 1), HOW_MANY)  # noqa: S311
    response = questionnaires_rules.empty(version, links.new(), language=who.language, at=at)
    response.answers, response.saved_at = rules.without_unreachable(definition, _answers(who, definition)), at
    response.is_synthetic, response.channel, response.state = True, Channel.PAPER, ResponseState.ENTERED
    response.transcription = Transcription(
        received_on=at.date(), typed_by=[typed_by], note="Sample data, so there is no scan. B7 was hard to read."
    )
    return response


def _response(
    version: QuestionnaireVersion, definition: Definition, dice: Random, number: int, at: datetime
) -> Response:
    who = Respondent(dice, number)
    begun = at - timedelta(minutes=dice.randint(60, 30_000))
    response, _secret = questionnaires_rules.begin(version, language=who.language, at=at)
    response.begun_at, response.is_synthetic = begun, True
    response.answers = _answers(who, definition)
    response.consent = {"version": version.number, "language": who.language, "at": begun.isoformat()}
    response.done = [section.code for section in definition.sections]
    response.saved_at = begun + timedelta(minutes=dice.randint(8, 50))
    rules.submit(response, definition, at=at)
    response.submitted_at = response.saved_at
    return response


def _answers(who: Respondent, definition: Definition) -> dict[str, object]:
    """An answer to each question asked; some of those that may stay open do."""
    answers: dict[str, Any] = {}
    for question in definition.questions:
        is_asked = question.condition is None or question.code in definition.asked(answers)
        if not is_asked or (not question.required and who.dice.random() < 0.12):
            continue
        made = MADE[question.code](who) if question.code in MADE else _by_type(who, question)
        if made is not None:
            answers[question.code] = made
    if "other" in answers.get("C2", []):
        answers["C2_other"] = {
            "en": "Church and mosque notice boards",
            "fr": "Radio associative",
            "es": "Fiestas patronales",
        }[who.language]
    if answers.get("F4", ["no"]) != ["no"]:
        answers["F4_email"] = f"respondent-{who.number + 1}@example.org"
    return answers


def _by_type(who: Respondent, question: Question) -> Any:
    match question.type:
        case "one":
            return who.dice.choice(question.options).code
        case "many" | "consents":
            return who.some(question, 1, 4)
        case "rank":
            return who.dice.sample([option.code for option in question.options], question.places)
        case "matrix":
            rows = [row.code for row in question.rows if who.dice.random() < 0.92]
            return {row: who.dice.choice(question.columns).code for row in rows} or None
        case "scale":
            return who.dice.choices(question.steps, (3, 5, 8, 6, 3))[0]
    raise LookupError(f"nobody has said how to answer {question.code}")


def _amount(low: int, high: int) -> Maker:
    return lambda who: {"amount": str(who.dice.randint(low, high) * 100), "currency": who.currency}


def _chance(**weights: float) -> Maker:
    """One of these codes, the trailing underscore of a Python word left off."""
    codes = [code.removesuffix("_") for code in weights]
    return lambda who: who.dice.choices(codes, list(weights.values()))[0]


AREAS = ("edu", "hea", "wat", "agr", "job", "env", "rel", "rts", "inf")
MADE: dict[str, Maker] = {
    "A1": lambda who: True,
    "A2": _chance(named=4, anon=5, none=2),
    "A3": _chance(org=7, net=2, ind=2),
    "A4": lambda who: who.word(FUNCTIONS),
    "B1": lambda who: f"{who.word(NAMES)} {who.number + 1} (sample)",
    "B2": lambda who: who.lives_in,
    "B3": lambda who: who.dice.sample(COMES_FROM[who.language], who.dice.choices((1, 2), (5, 1))[0]),
    "B4": lambda who: who.dice.choices((who.dice.randint(1962, 1989), who.dice.randint(1990, 2004)), (1, 3))[0],
    "B5": _chance(npo=10, biz=1, proc=2, inf=4),
    "B7": lambda who: who.dice.choice((0, 12, 25, 40, 60, 85, 120, 200, 350, 900)),
    "B8": lambda who: who.dice.randrange(15, 90, 5),
    "B9": _amount(10, 900),
    "C2": lambda who: (
        ["meet", "mail", "soc", "msg"][: who.dice.randint(1, 4)] + (["other"] if who.dice.random() < 0.15 else [])
    ),
    "C3": _chance(y=5, n=4, dk=1),
    "D1": lambda who: ["no"] if who.dice.random() < 0.1 else [a for a in AREAS if who.dice.random() < 0.35] or ["edu"],
    "D3": _chance(y=5, n=4, dk=1),
    "D4": _amount(5, 400),
    "D5": lambda who: f"{who.dice.randint(20, 140) / 10:.1f}",
    "D6": lambda who: who.word(PROJECTS),
    "E1": _chance(y=5, n=3, dk=2),
    "E3": lambda who: ["no"] if who.dice.random() < 0.45 else [c for c in "ohli" if who.dice.random() < 0.4] or ["o"],
    "E6": lambda who: who.word(EXAMPLES) if who.dice.random() < 0.5 else None,
    "F2": lambda who: who.word(ADVICE) if who.dice.random() < 0.7 else None,
    "F3": _chance(onsite=4, remote=3, absent=2),
    "F4": lambda who: (
        ["no"] if who.dice.random() < 0.5 else [c for c in ("cont", "res", "dir") if who.dice.random() < 0.6] or ["res"]
    ),
}
