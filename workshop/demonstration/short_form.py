"""A second questionnaire, synthetic and short, in four languages; nobody has answered it."""

from datetime import datetime, timedelta
from pathlib import Path

import yaml

from workshop.db import Words
from workshop.questionnaires.models import Questionnaire, QuestionnaireVersion
from workshop.series.models import Workshop

SOURCE = Path(__file__).with_name("short-form.yaml")


def load(workshop: Workshop, *, at: datetime) -> QuestionnaireVersion:
    """Its first version; the caller adds and commits."""
    source = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    document = source.pop("document")
    text = {name: Words(words) for name, words in source.items()}
    questionnaire = Questionnaire(
        workshop=workshop, slug="short-form", title=text["title"], introduction=text["introduction"],
        asked_by=text["asked_by"], purpose=text["purpose"], readers=text["readers"],
        kept_until=(at + timedelta(days=365)).date(),
    )  # fmt: skip
    return QuestionnaireVersion(questionnaire=questionnaire, number=1, definition=document, published_at=at)
