"""A questionnaire in English and Arabic with every type of question; all of it is synthetic."""

from datetime import date
from typing import Any

from tests import factories as make
from tests.consultation.questions.documents import asks
from workshop.consultation.questionnaires.models import QuestionnaireVersion
from workshop.consultation.questions.questionnaire_document import Document, OptionDraft, SectionDraft, option
from workshop.platform.db import Words

LISTS = {
    "yesno": {"y": "نعم", "n": "لا"},
    "fields": {"edu": "التعليم", "hea": "الصحة", "wat": "المياه والصرف الصحي", "!no": "لا شيء مما ذُكر"},
    "rows": {"com": "المجتمعات المحلية والأسر في بلد المنشأ", "gov": "حكومة بلد المنشأ"},
    "columns": {"nev": "أبدا", "yr": "مرة في السنة تقريبا", "mon": "شهريا أو أكثر"},
}
TEXTS = {
    "K1": "هل تتعاون منظمتكم مع السلطات المحلية؟",
    "K2": "ما مجالات عملكم؟",
    "K3": "ما أهم المجالات لديكم؟",
    "K4": "كم مرة تتواصلون مع هذه الجهات؟",
    "K5": "هل تثقون في المصارف؟",
    "K6": "كم عدد الأعضاء؟",
    "K7": "ما تكلفة التحويل؟",
    "K8": "ما المبلغ المرسل في السنة الماضية؟",
    "K9": "متى عُقد آخر اجتماع؟",
    "K10": "في أي سنة أُسست منظمتكم؟",
    "K11": "أين مقر منظمتكم؟",
    "K12": "ما بلدان المنشأ؟",
    "K13": "ما اسم منظمتكم؟",
    "K14": "ما الذي يعوق عملكم؟",
    "K15": "أرفقوا النظام الأساسي",
    "K16": "ما عنوان بريدكم الإلكتروني؟",
    "K17": "هل توافقون على استخدام إجاباتكم؟",
    "K18": "فيم يجوز لنا الاتصال بكم؟",
    "K19": "شكرا لكم. الأسئلة التالية عن Casa Abierta (synthetic) وحدها.",
}
QUESTIONS = [
    asks("K1", "one", options="yesno", other=True),
    asks("K2", "many", options="fields", other=True, max_choices=2),
    asks("K3", "rank", options="fields", top=2),
    asks("K4", "matrix", rows="rows", columns="columns"),
    asks(
        "K5",
        "scale",
        min=1,
        max=5,
        ends={"low": {"en": "Never", "ar": "أبدا"}, "high": {"en": "Always", "ar": "دائما"}},
    ),
    asks("K6", "integer", min=0, max=5000, unit="persons"),
    asks("K7", "decimal", min=0, decimals=1, unit="percent"),
    asks("K8", "money"),
    asks("K9", "date", earliest="2005-02-02", latest="today"),
    asks("K10", "year", min=1990, max="current_year"),
    asks("K11", "country"),
    asks("K12", "countries", max_choices=3),
    asks("K13", "text", max_length=120, condition="${K10} > 2000", why={"en": "To know you", "ar": "لنعرفكم"}),
    asks("K14", "longtext", max_length=200),
    asks("K15", "file", kinds=["pdf"], max_size=1),
    asks("K16", "email", personal=True),
    asks("K17", "consent", required=True, on_no="end"),
    asks("K18", "consents", options="fields", reveals="email"),
    asks("K19", "note"),
]
TYPED = {
    "K1": "other",
    "K1.other": "أحيانا",
    "K2": ["edu", "hea"],
    "K3.1": "wat",
    "K4.com": "mon",
    "K5": "4",
    "K6": "١٬٢٠٠",
    "K7": "٢٫٥",
    "K8.amount": "١٢٠٠٫٥",
    "K8.currency": "TND",
    "K9": "٢٨/٢/٢٠٠٥",
    "K10": "٢٠٠١",
    "K11": "TUN",
    "K12.1": "MAR",
    "K13": "Casa Abierta (synthetic)",
    "K14": "قلة المعلومات",
    "K16": "a@example.org",
    "K17": "yes",
    "K18": "edu",
    "K18.email": "a@example.org",
}
ANSWERS = {
    "K1": "other",
    "K1_other": "أحيانا",
    "K2": ["edu", "hea"],
    "K3": ["wat"],
    "K4": {"com": "mon"},
    "K5": 4,
    "K6": 1200,
    "K7": "2.5",
    "K8": {"amount": "1200.5", "currency": "TND"},
    "K9": "2005-02-28",
    "K10": 2001,
    "K11": "TUN",
    "K12": ["MAR"],
    "K13": "Casa Abierta (synthetic)",
    "K14": "قلة المعلومات",
    "K16": "a@example.org",
    "K17": True,
    "K18": ["edu"],
    "K18_email": "a@example.org",
}


def _option(code: str, label: str) -> OptionDraft:
    plain = code.removeprefix("!")
    return option(plain, {"en": plain.capitalize(), "ar": label}, exclusive=code != plain)


def document(*languages: str) -> Document:
    questions = [each | {"text": each["text"] | {"ar": TEXTS[each["code"]]}} for each in QUESTIONS]
    lists = {name: [_option(code, label) for code, label in labels.items()] for name, labels in LISTS.items()}
    section: SectionDraft = {"code": "A", "title": {"en": "Your organisation", "ar": "منظمتكم"}, "questions": questions}
    return {"languages": list(languages or ("en", "ar")), "lists": lists, "sections": [section]}


def version(**but: Any) -> QuestionnaireVersion:
    """It is published under /workshops/w/questionnaires/q, with everything told in both languages."""
    values = {
        "title": Words(en="Short form for organisations", ar="استمارة قصيرة للمنظمات"),
        "introduction": Words(
            en="All is synthetic.", ar="جميع البيانات اصطناعية. نسأل عن عمل منظمتكم قبل انعقاد حلقة العمل."
        ),
        "asked_by": Words(en="The secretariat", ar="أمانة حلقة العمل"),
        "purpose": Words(en="The report", ar="إعداد تقرير حلقة العمل"),
        "kept_until": date(2030, 6, 30),
    }
    workshop = make.workshop(
        title=Words(en="Migration and development", ar="الهجرة والتنمية"),
        short_title=Words(en="Migration", ar="الهجرة"),
        place=Words(en="Geneva", ar="جنيف"),
    )
    questionnaire = make.questionnaire(**(values | ({} if "workshop" in but else {"workshop": workshop}) | but))
    return make.version(document(), questionnaire=questionnaire)
