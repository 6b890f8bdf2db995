"""The questionnaire for diaspora organisations, as a version that can be answered, with sample responses."""

from datetime import datetime, timedelta
from pathlib import Path

import yaml

from workshop.consultation.designing.instruments import instrument_library
from workshop.consultation.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.consultation.questions.definition import Definition
from workshop.consultation.questions.questionnaire_document import Document
from workshop.platform.db import Words
from workshop.secretariat.series.models import Workshop

from . import respondents

LANGUAGES = ("en", "fr", "es")
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
    questionnaire.individuals_by = {"question": "A3", "option": "ind"}
    questionnaire.publication_by = {"question": "A2", "named": "named", "anonymous": "anon"}
    version = QuestionnaireVersion(questionnaire=questionnaire, number=1, definition=document, published_at=at)
    definition = Definition.read(document)
    on_paper = respondents.on_paper(version, definition, typed_by=typed_by, at=at)
    return [questionnaire, version, *respondents.responses(version, definition, at=at), on_paper]


def read_document() -> Document:
    """The diaspora questionnaire that comes with the program, in the languages of the workshop."""
    document = instrument_library.document_in(instrument_library.DIASPORA, LANGUAGES)
    del document["title"], document["introduction"]  # the questionnaire has its own
    return document


SHORT_FORM = Path(__file__).with_name("short-form.yaml")
FIELD_FORM = Path(__file__).with_name("field-form.yaml")


def field_form(workshop: Workshop, *, at: datetime) -> QuestionnaireVersion:
    """A form with what forms of the field use, whose answers may be changed; its first version, to be added."""
    source = yaml.safe_load(FIELD_FORM.read_text(encoding="utf-8"))
    questionnaire = Questionnaire(
        workshop=workshop,
        slug="members-and-projects",
        title=Words(source["title"]),
        introduction=Words(source["introduction"]),
    )
    questionnaire.allows_changes = True
    return QuestionnaireVersion(questionnaire=questionnaire, number=1, definition=source["document"], published_at=at)


def government_draft(workshop: Workshop) -> Questionnaire:
    """The form for governments that comes with the program, in four languages, not published yet."""
    wanted = instrument_library.GOVERNMENT
    return Questionnaire(
        workshop=workshop,
        slug="governments",
        title=wanted.title,
        introduction=Words(wanted.document["introduction"]),
        draft=wanted.document,
        open_to_all=False,
        asks_publication=False,
        respondents=wanted.respondents,
    )


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
