"""The library of the series: the report that a press release of 2008 speaks of, with the facts of that release and our own
words, and the report of the workshop itself as a draft."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from workshop.follow_up.publications import queries, rules
from workshop.follow_up.publications.models import (
    FilePurpose,
    MediaMention,
    Publication,
    PublicationEdition,
    PublicationKind,
)
from workshop.platform import files
from workshop.platform.db import Words, db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Series

MANILA = "Asia/Manila"
TITLE = Words(
    en="Migration and Development: Achieving Policy Coherence",
    fr="Migration et développement : parvenir à la cohérence des politiques (titre traduit ici)",
    es="Migración y desarrollo: lograr la coherencia de las políticas (título traducido aquí)",
    ar="الهجرة والتنمية: تحقيق اتساق السياسات (عنوان مترجم هنا)",
)
SUMMARY = Words(
    en="How ministries for migration and for development can pull in one direction: inside a government, in daily work, and "
    "between countries of origin and of destination. The report weighs temporary schemes, rules for the recruitment of "
    "skilled people, remittances, diasporas, and the rights of those who move. (summary of the demonstration)",
    fr="Comment les ministères chargés des migrations et du développement peuvent aller dans le même sens : au sein d’un "
    "gouvernement, dans le travail quotidien, et entre pays d’origine et de destination. (résumé de la démonstration)",
    es="Cómo los ministerios de migración y de desarrollo pueden ir en la misma dirección: dentro del gobierno, en el trabajo "
    "diario y entre países de origen y de destino. (resumen de la demostración)",
    ar="كيف يمكن لوزارات الهجرة والتنمية أن تسير في اتجاه واحد: داخل الحكومة، وفي العمل اليومي، وبين بلدان المنشأ "
    "وبلدان المقصد. (ملخص للعرض التوضيحي)",
)
EVENT = Words(
    en="Second Global Forum on Migration and Development",
    fr="Deuxième Forum mondial sur la migration et le développement",
    es="Segundo Foro Mundial sobre Migración y Desarrollo",
    ar="المنتدى العالمي الثاني المعني بالهجرة والتنمية",
)
PLACE = Words(en="Manila, Philippines", fr="Manille, Philippines", es="Manila, Filipinas", ar="مانيلا، الفلبين")
THEME = Words(
    en="Policy and Institutional Coherence and Partnerships",
    fr="Cohérence politique et institutionnelle et partenariats",
    es="Coherencia normativa e institucional y asociaciones",
    ar="اتساق السياسات والمؤسسات والشراكات",
)
PRESS = Words(
    en="A report launched in Manila today asks governments to bring their policies on migration and on development "
    "together. Contact: two persons in Geneva; telephone and email are masked here. (text of the demonstration)",
    fr="Un rapport présenté aujourd’hui à Manille demande aux gouvernements de rapprocher leurs politiques de migration et de "
    "développement. Contact : deux personnes à Genève ; téléphone et courriel sont masqués ici. (texte de la démonstration)",
    es="Un informe presentado hoy en Manila pide a los gobiernos que acerquen sus políticas de migración y de desarrollo. "
    "Contacto: dos personas en Ginebra; el teléfono y el correo están ocultos aquí. (texto de la demostración)",
    ar="تقرير أُطلق اليوم في مانيلا يدعو الحكومات إلى التقريب بين سياساتها المتعلقة بالهجرة والتنمية. للاتصال: شخصان في "
    "جنيف، والهاتف والبريد الإلكتروني محجوبان هنا. (نص للعرض التوضيحي)",
)
SOURCE = "http://www.iom.int/jahia/Jahia/cache/offonce/pid/1674?entryId=19847"
LAUNCHED = date(2008, 10, 29)
PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 75>>stream\nBT /F 18 Tf 60 760 Td (Sample page in place of the archived report) Tj ET    \nendstream "
    b"endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def load(series: Series, people: Mapping[str, User], *, at: datetime) -> None:
    """The report of the workshop must have been released and flushed."""
    by, issued = people["organiser"].id, datetime(2008, 10, 29, 9, tzinfo=UTC)
    report = _report(series, at=at)
    rules.publish(report, by=by, at=issued)
    db.session.add(report)
    for edition in db.session.scalars(queries.released_reports(series.id)).all()[:1]:
        db.session.add(rules.from_report(edition, series, ()))
    db.session.flush()


def _report(series: Series, *, at: datetime) -> Publication:
    made = Publication(
        slug="achieving-policy-coherence",
        series=series,
        kind=PublicationKind.REPORT,
        title=TITLE,
        issued_on=LAUNCHED,
        zone=MANILA,
        summary=SUMMARY,
        authors=["International Organization for Migration"],
        publisher="International Organization for Migration",
        publisher_place="Geneva",
        collection="Migration Research Series",
        languages=["en"],
        themes=["coherence", "remittances", "diaspora", "rights of migrants"],
        link=SOURCE,
        embargo_until=datetime(2008, 10, 29, 1, tzinfo=UTC),
        launch_event=EVENT,
        launch_place=PLACE,
        launch_theme=THEME,
        launch_on=LAUNCHED,
        press_text=PRESS,
    )
    kept = files.put(PAGE)
    received = rules.Received(FilePurpose.ARCHIVED, "en", kept, "sample-copy.pdf", "application/pdf", len(PAGE))
    rules.receive(made, received, at=at)
    made.editions.append(PublicationEdition(number=1, issued_on=LAUNCHED))
    made.mentions.append(
        MediaMention(
            outlet="Sample newspaper", title="Ministries asked to talk to each other (sample)", seen_on=LAUNCHED
        )
    )
    rules.follow_links(made)
    for link in made.checked_links:  # the address of the release has led nowhere for years
        rules.record_check(link, 404, at=at - timedelta(days=2))
    rules.refold(made)
    return made
