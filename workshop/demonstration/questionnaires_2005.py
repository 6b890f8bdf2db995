"""The questionnaire for diaspora organisations, as a version that can be answered, with sample responses."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import Document, OptionDraft, QuestionDraft, SectionDraft
from workshop.platform.db import Words
from workshop.secretariat.series.models import Workshop

from . import respondents

SOURCE = Path(__file__).with_name("diaspora-questionnaire.yaml")
LANGUAGES = ("en", "fr", "es")
TYPES = {
    "multi": "many",
    "matrix_one": "matrix",
    "country_multi": "countries",
    "multi_consent": "consents",
}
MEANING_OF_MAX = {"text": "max_length", "longtext": "max_length", "many": "max_choices", "countries": "max_choices"}
KEPT = {"req": "required", "pii": "personal", "list": "options", "cols": "columns"} | {
    key: key for key in ("sensitive", "other", "rows", "top", "min", "unit", "on_no")
}

TITLE = Words(
    en="Questionnaire for diaspora organisations",
    fr="Questionnaire aux organisations de diaspora",
    es="Cuestionario para organizaciones de la diáspora",
)
INTRODUCTION = Words(
    en="""The secretariat of this workshop asks diaspora organisations what they do for development, what helps them \
and what stands in their way. The results are shown at the workshop and go into its report, so that those who make \
policy hear from those who live it.

For this form, a diaspora organisation is any group, registered or not, led by people living abroad who keep links \
with a country of origin. Persons who answer for themselves are welcome too.

Who sees your answers: the secretariat only. Delegations and the public see totals, in which no figure under five is \
shown, and only what you allow: you choose whether your words appear with your name, without any name, or not at all.

How long they are kept: this is a demonstration, and what you answer stays on this machine. You can withdraw at any time \
with your link, and everything you wrote is erased.

Answering is voluntary, and nobody's place at the workshop depends on it.""",
    fr="""Le secrétariat de cet atelier demande aux organisations de diaspora ce qu'elles font pour le développement, \
ce qui les aide et ce qui les freine. Les résultats sont présentés à l'atelier et entrent dans son rapport, pour que \
celles et ceux qui décident des politiques entendent celles et ceux qui les vivent.

Aux fins de ce formulaire, une organisation de diaspora est tout groupe, enregistré ou non, animé par des personnes \
vivant à l'étranger qui gardent des liens avec un pays d'origine. Les personnes qui répondent en leur nom propre sont \
aussi les bienvenues.

Qui voit vos réponses : le secrétariat seul. Les délégations et le public voient des totaux, où aucun chiffre \
inférieur à cinq n'apparaît, et seulement ce que vous permettez : vous choisissez si vos mots paraissent avec votre \
nom, sans aucun nom, ou pas du tout.

Durée de conservation : ceci est une démonstration, et vos réponses restent sur cette machine. Vous pouvez vous retirer \
à tout moment avec votre lien, et tout ce que vous avez écrit est effacé.

La participation est volontaire, et la place de personne à l'atelier n'en dépend.""",
    es="""La secretaría de este taller pregunta a las organizaciones de la diáspora qué hacen por el desarrollo, qué \
les ayuda y qué se lo impide. Los resultados se presentan en el taller y forman parte de su informe, para que quienes \
deciden las políticas escuchen a quienes las viven.

A efectos de este formulario, una organización de la diáspora es todo grupo, registrado o no, dirigido por personas \
que viven en el extranjero y mantienen vínculos con un país de origen. También pueden responder personas a título \
propio.

Quién ve sus respuestas: solo la secretaría. Las delegaciones y el público ven totales, en los que no aparece ninguna \
cifra inferior a cinco, y solo lo que usted permita: usted elige si sus palabras aparecen con su nombre, sin ningún \
nombre o en absoluto.

Cuánto tiempo se conservan: esto es una demostración y lo que responda queda en esta máquina. Puede \
retirarse en cualquier momento con su enlace, y se borra todo lo que haya escrito.

Responder es voluntario, y la participación de nadie en el taller depende de ello.""",
)


def load(workshop: Workshop, *, typed_by: int, at: datetime) -> list[object]:
    """The questionnaire, its first version, 60 submitted sample responses, and one from paper that waits for its
    check, typed by that account; the caller adds and commits.
    """
    document = read_document()
    questionnaire = Questionnaire(
        workshop=workshop, slug="diaspora", title=TITLE, introduction=INTRODUCTION, asks_publication=False
    )  # question A2 does
    version = QuestionnaireVersion(questionnaire=questionnaire, number=1, definition=document, published_at=at)
    definition = Definition.read(document)
    on_paper = respondents.on_paper(version, definition, typed_by=typed_by, at=at)
    return [questionnaire, version, *respondents.responses(version, definition, at=at), on_paper]


def read_document() -> Document:
    """The questionnaire as the JSON document of a version (see questions/document_reader.py)."""
    source = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    sections: list[SectionDraft] = [
        {"code": section["id"], "title": _words(section["t"]), "questions": [_question(q) for q in section["q"]]}
        for section in source["sections"]
    ]
    sections[1]["note"] = _words(source["definition"])
    lists: dict[str, list[OptionDraft]] = {
        name: [_option(code, words) for code, words in listed.items()] for name, listed in source["lists"].items()
    }
    return {"languages": list(LANGUAGES), "lists": lists, "sections": sections}


def _option(code: str, words: list[str]) -> OptionDraft:
    """An asterisk before a code marks an exclusive choice."""
    option: OptionDraft = {"code": code.removeprefix("*"), "label": _words(words)}
    return option | ({"exclusive": True} if code.startswith("*") else {})


def _question(source: dict[str, Any]) -> QuestionDraft:
    kind = TYPES.get(source["type"], source["type"])
    question: QuestionDraft = {"code": source["id"], "type": kind, "text": _words(source["t"])}
    question |= {KEPT[key]: value for key, value in source.items() if key in KEPT}
    question |= {key: _words(source[key]) for key in ("hint", "why") if key in source}
    if "max" in source:
        question[MEANING_OF_MAX.get(kind, "max")] = source["max"]
    if "if" in source:
        question["condition"] = _condition(source["if"])
    if "ends" in source:
        question["ends"] = {"low": _words(source["ends"]["lo"]), "high": _words(source["ends"]["hi"])}
    if source.get("reveals") == "contact_email":
        question["reveals"] = "email"
    return question


def _words(triple: list[str]) -> dict[str, str]:
    return dict(zip(LANGUAGES, triple, strict=True))


def _condition(text: str) -> str:
    """From "A3 != 'ind' and not selected(D1, 'no')" to "${A3} != 'ind' and not(selected(${D1}, 'no'))"."""
    text = re.sub(r"not (selected\([^)]*\))", r"not(\1)", text.replace("==", "="))
    return re.sub(r"\b[A-Z][0-9]+\b", lambda name: f"${{{name[0]}}}", text)


SHORT_FORM = Path(__file__).with_name("short-form.yaml")


def short_form(workshop: Workshop, *, at: datetime) -> QuestionnaireVersion:
    """Its first version; the caller adds and commits."""
    source = yaml.safe_load(SHORT_FORM.read_text(encoding="utf-8"))
    document = source.pop("document")
    text = {name: Words(words) for name, words in source.items()}
    questionnaire = Questionnaire(
        workshop=workshop,
        slug="short-form",
        title=text["title"],
        introduction=text["introduction"],
        asked_by=text["asked_by"],
        purpose=text["purpose"],
        readers=text["readers"],
        kept_until=(at + timedelta(days=365)).date(),
    )
    return QuestionnaireVersion(questionnaire=questionnaire, number=1, definition=document, published_at=at)
