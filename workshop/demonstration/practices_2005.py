"""Practices and gaps of the demonstration: sample data in our own words, with consent in every state."""

from collections.abc import Mapping
from datetime import date, datetime

from workshop.follow_up.practices import rules
from workshop.follow_up.practices.models import Gap, SharedPractice
from workshop.platform.db import Words, db
from workshop.secretariat.accounts.models import User
from workshop.secretariat.series.models import Workshop

AGREED = date(2005, 3, 1)
PRACTICES = (
    rules.Described(
        title=Words(
            en="One office for associations abroad (sample)",
            fr="Un seul interlocuteur pour les associations à l’étranger (exemple)",
            es="Una sola oficina para las asociaciones en el exterior (ejemplo)",
            ar="مكتب واحد للجمعيات في الخارج (مثال)",
        ),
        what=Words(
            en="One office answers every association of citizens abroad within a month, and publishes the answers.",
            fr="Un service répond à chaque association dans le mois et publie les réponses.",
            es="Una oficina responde a cada asociación en un mes y publica las respuestas.",
            ar="مكتب واحد يجيب كل جمعية خلال شهر وينشر الإجابات.",
        ),
        who=Words(
            en="The ministry responsible for citizens abroad", fr="Le ministère chargé des ressortissants à l’étranger"
        ),
        place=Words(en="In the capital and in four consulates", fr="Dans la capitale et dans quatre consulats"),
        countries=["MAR"],
        partners="Associations in four countries of destination",
        themes="diaspora, institutions",
        goals=["mdg-8"],
        source="Sample: break-out group 2, practices cited",
        giver="Sample giver",
        giver_email="giver-one@example.org",
    ),
    rules.Described(
        title=Words(
            en="Prices of transfers compared every quarter (sample)",
            fr="Les prix des transferts comparés chaque trimestre (exemple)",
            es="Los precios de las transferencias comparados cada trimestre (ejemplo)",
            ar="مقارنة أسعار التحويلات كل ثلاثة أشهر (مثال)",
        ),
        what=Words(
            en="A public table compares what it costs to send 200 dollars, corridor by corridor.",
            fr="Un tableau public compare le coût d’un envoi de 200 dollars, couloir par couloir.",
            es="Una tabla pública compara cuánto cuesta enviar 200 dólares, corredor por corredor.",
            ar="جدول علني يقارن تكلفة إرسال 200 دولار في كل مسار.",
        ),
        countries=["PHL", "GBR"],
        themes="remittances",
        goals=["mdg-1", "sdg-10"],
        source="Sample: discussion paper of session 3",
        giver="Sample giver",
        giver_email="giver-two@example.org",
    ),
    rules.Described(
        title=Words(
            en="Nurses trained for two countries (sample)", fr="Des infirmières formées pour deux pays (exemple)"
        ),
        what=Words(
            en="The country of destination pays for twice as many training places as it recruits nurses.",
            fr="Le pays de destination finance deux fois plus de places de formation qu’il ne recrute d’infirmières.",
        ),
        countries=["PHL"],
        themes="skills, health",
        goals=["mdg-6"],
        source="Sample: statement from the floor",
        giver="Sample giver",
        giver_email="giver-three@example.org",
    ),
)
GAPS = (
    rules.Missing(
        theme="Data",
        text=Words(
            en="Returns for a time are counted nowhere, so that no one knows what they bring. (sample)",
            fr="Les retours temporaires ne sont comptés nulle part ; personne ne sait ce qu’ils apportent. (exemple)",
            es="Los retornos temporales no se cuentan en ningún lugar; nadie sabe qué aportan. (ejemplo)",
            ar="لا تُحصى حالات العودة المؤقتة في أي مكان، فلا يعرف أحد ما تقدمه. (مثال)",
        ),
        rests_on="Report to the plenary, sample paragraph",
        goals=["sdg-17", "gcm-1"],
    ),
    rules.Missing(
        theme="Institutions",
        text=Words(
            en="Ministries for development seldom sit at the table where migration policy is made. (sample)",
            fr="Les ministères du développement siègent rarement là où se décide la politique migratoire. (exemple)",
            es="Los ministerios de desarrollo rara vez están donde se decide la política migratoria. (ejemplo)",
            ar="نادرًا ما تشارك وزارات التنمية حيث تُصنع سياسة الهجرة. (مثال)",
        ),
        rests_on="Achieving Policy Coherence (2008), as summed up in its press release\nSample answers of 2005, question E5",
        goals=["mdg-8"],
    ),
)


def load(workshop: Workshop, people: Mapping[str, User], *, at: datetime) -> None:
    """Two practices are public; of the third nobody has agreed yet. One of the gaps is still a draft."""
    by = people["organiser"].id
    for number, text in enumerate(PRACTICES):
        made = SharedPractice(slug=rules.slug_for(text.title, ()), series=workshop.series, title=text.title)
        rules.write(made, text, workshop)
        if number < 2:
            rules.record_consent(made, on=AGREED, today=at.date(), note="Sample data: no person is meant.")
            rules.publish(made, by=by, at=at)
        db.session.add(made)
    for missing in GAPS:
        gap = Gap(series=workshop.series, theme="", text=Words())
        rules.write_gap(gap, missing)
        gap.published_at, gap.published_by = at, by
        db.session.add(gap)
    draft = Gap(series=workshop.series, theme="", text=Words())
    rules.write_gap(
        draft, rules.Missing("Data", Words(en="A second gap about data, not decided yet. (sample)"), "A note")
    )
    db.session.add(draft)
    db.session.flush()
