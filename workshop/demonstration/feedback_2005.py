"""What those who answered in 2005 were told after the meeting; and how two readers coded their recommendations."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from workshop.consultation.feedback import rules
from workshop.consultation.feedback.models import Feedback, FeedbackEntry, Outcome
from workshop.consultation.questionnaires.models import Questionnaire
from workshop.consultation.text_answers import queries as text_queries
from workshop.consultation.text_answers.models import TextCode, TextCoding
from workshop.platform.db import Words, db
from workshop.secretariat.accounts.models import User

RECOMMENDATION = "F2"
CODES = {  # a code of the frame, and words by which a reader finds it
    "one office to turn to": ("office", "interlocuteur"),
    "cost of sending money": ("sending money",),
    "asked before plans are made": ("before the plan", "avant l'adoption", "mesa anual"),
    "matching funds": ("parts égales", "contrapartida"),
}
SEEN_OTHERWISE = 9  # every so many texts the second reader gives another code: readers never agree wholly
INTRODUCTION = Words(
    en="Thank you for answering before the workshop. Here is what was heard and what was done with it. (sample data)",
    fr="Merci d’avoir répondu avant l’atelier. Voici ce qui a été entendu et ce qui en a été fait. (données fictives)",
    es="Gracias por responder antes del taller. Esto es lo que se oyó y lo que se hizo con ello. (datos ficticios)",
    ar="شكرًا لإجاباتكم قبل حلقة العمل. هذا ما سمعناه وما فُعل به. (بيانات نموذجية)",
)
ENTRIES: tuple[tuple[Outcome, tuple[str, ...], Words, Words], ...] = (
    (
        Outcome.TAKEN,
        ("D4", "D5"),
        Words(
            en="Sending money costs too much, and prices are hard to compare.",
            fr="Envoyer de l’argent coûte trop cher et les prix sont difficiles à comparer.",
            es="Enviar dinero cuesta demasiado y los precios son difíciles de comparar.",
            ar="إرسال الأموال مكلف أكثر مما ينبغي، ويصعب مقارنة الأسعار.",
        ),
        Words(
            en="A group recommended that the cost be published by corridor, twice a year. It is in the report.",
            fr="Un groupe a recommandé de publier le coût par couloir, deux fois par an. C’est dans le rapport.",
            es="Un grupo recomendó publicar el costo por corredor, dos veces al año. Figura en el informe.",
            ar="أوصت إحدى المجموعات بنشر التكلفة حسب المسار مرتين في السنة، وورد ذلك في التقرير.",
        ),
    ),
    (
        Outcome.PARTLY,
        ("E5", RECOMMENDATION),
        Words(
            en="Name one office that we can write to.",
            fr="Désigner un seul interlocuteur à qui écrire.",
            es="Designar una sola oficina a la que podamos escribir.",
            ar="تسمية مكتب واحد يمكننا أن نكتب إليه.",
        ),
        Words(
            en="A group recommended paying one person to keep a shared site. Whether each State names an office stayed open.",
            fr="Un groupe a recommandé de payer une personne qui tienne un site commun. La question d’un interlocuteur par "
            "État est restée ouverte.",
            es="Un grupo recomendó pagar a una persona que mantenga un sitio común. Quedó abierto si cada Estado designa una "
            "oficina.",
            ar="أوصت إحدى المجموعات بدفع أجر لشخص واحد يتولى موقعًا مشتركًا، وبقي مفتوحًا هل تسمّي كل دولة مكتبًا.",
        ),
    ),
    (
        Outcome.LATER,
        ("C3", "C4"),
        Words(
            en="Members who return for a time need their qualifications recognised.",
            fr="Les membres qui reviennent pour un temps ont besoin que leurs diplômes soient reconnus.",
            es="Los miembros que regresan por un tiempo necesitan que se reconozcan sus títulos.",
            ar="يحتاج الأعضاء العائدون لفترة إلى الاعتراف بمؤهلاتهم.",
        ),
        Words(
            en="There was no time for it. It is proposed for the next workshop.",
            fr="Le temps a manqué. Le sujet est proposé pour le prochain atelier.",
            es="No hubo tiempo. Se propone para el próximo taller.",
            ar="لم يتسع الوقت لذلك، وهو مقترح لحلقة العمل المقبلة.",
        ),
    ),
    (
        Outcome.NOT_TAKEN,
        ("E4",),
        Words(
            en="Extend voting rights to citizens abroad.",
            fr="Étendre le droit de vote aux ressortissants à l’étranger.",
            es="Extender el derecho de voto a los nacionales en el extranjero.",
            ar="توسيع حق التصويت ليشمل المواطنين في الخارج.",
        ),
        Words(
            en="The workshop did not deal with it: each State decides it for itself.",
            fr="L’atelier n’en a pas traité : chaque État en décide pour lui-même.",
            es="El taller no lo trató: cada Estado decide por sí mismo.",
            ar="لم تتناوله حلقة العمل: فكل دولة تقرره بنفسها.",
        ),
    ),
)


def load(questionnaire: Questionnaire, people: Mapping[str, User], *, at: datetime) -> None:
    """The page, published, and the codes; the answers must have been flushed."""
    db.session.add(_page(questionnaire, at=at))
    codes = [TextCode(questionnaire=questionnaire, question=RECOMMENDATION, name=name, made_at=at) for name in CODES]
    db.session.add_all(codes)
    db.session.flush()
    db.session.add_all(_codings(questionnaire, codes, people["analyst"].id, people["organiser"].id))


def _page(questionnaire: Questionnaire, *, at: datetime) -> Feedback:
    feedback = Feedback(questionnaire=questionnaire, introduction=INTRODUCTION)
    for position, (outcome, questions, heard, answer) in enumerate(ENTRIES, 1):
        entry = FeedbackEntry(feedback=feedback, heard=heard, outcome=outcome, answer=answer)
        entry.questions, entry.position = list(questions), position
    rules.publish(feedback, at=at)
    return feedback


def _codings(questionnaire: Questionnaire, codes: list[TextCode], first: int, second: int) -> Iterator[TextCoding]:
    """What each of two readers saw in each recommendation."""
    texts = db.session.execute(text_queries.texts(questionnaire.id, RECOMMENDATION)).all()
    for number, row in enumerate(texts):
        seen = next((place for place, name in enumerate(CODES) if _says(row.text, CODES[name])), None)
        if seen is None:
            continue
        otherwise = (seen + 1) % len(codes) if number % SEEN_OTHERWISE == 0 else seen
        yield TextCoding(code_id=codes[seen].id, response_id=row.id, coder=first)
        yield TextCoding(code_id=codes[otherwise].id, response_id=row.id, coder=second)


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
