"""A bare Flask application on the same database: what the work costs with nothing around it, measured in the same run.

It reads what the agenda page reads and writes a page of the same size, in one language, without looks, marks or metrics.
"""

import gzip

from flask import Flask, Response, request
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session as DatabaseSession

from workshop.programme.papers.models import Document, State
from workshop.programme.releases.models import Release
from workshop.secretariat.series.models import Workshop

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
{% for session in agenda %}
  <article class="session" id="session-{{ session.number }}">
    <p class="time"><time>{{ session.starts_at }}</time>–<time>{{ session.ends_at }}</time></p>
    <h3>{{ session.title.en }}</h3>
    {% if session.subtitle %}<p>{{ session.subtitle.en }}</p>{% endif %}
    {% if session.note %}<p>{{ session.note.en }}</p>{% endif %}
    {% if session.questions %}<ol>{% for each in session.questions %}<li>{{ each.en }}</li>{% endfor %}</ol>{% endif %}
    {% for who in session.people %}
      <p><b>{{ who.name }}</b>, {{ who.function.en }}, {{ who.organisation.en }}</p>
    {% endfor %}
    {% if session["items"] %}
      <ul>
        {% for item in session["items"] %}
          <li>
            {% for who in item.people %}<b>{{ who.name }}</b>, {{ who.function.en }}, {{ who.organisation.en }}<br>{% endfor %}
            <cite>{{ item.title.en }}</cite>
            {% for paper in papers if paper.item_id == item.id %}
              <p><a href="/papers/{{ paper.key }}/en">{{ paper.kind }}</a> {{ paper.author }} {{ paper.symbol }}</p>
            {% endfor %}
          </li>
        {% endfor %}
      </ul>
    {% endif %}
  </article>
{% endfor %}</body></html>
"""


def create_floor(url: str, slug: str) -> Flask:
    """Four pages: `/kept`, `/orm`, `/plain` of the agenda of that workshop, and `/hello`."""
    app, engine = Flask("floor"), create_engine(url)
    version = select(Workshop.version).where(Workshop.slug == slug)
    shown = Document.state.in_((State.PUBLISHED, State.NOT_PROVIDED))
    template = app.jinja_env.from_string(PAGE)
    body = gzip.compress(b"x" * 200 + bytes(range(256)) * 60)

    @app.get("/kept")
    def kept() -> Response:
        with engine.connect() as connection:
            tag = str(connection.execute(version).scalar_one())
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
        else:
            response = Response(body, mimetype="text/html", headers={"Content-Encoding": "gzip"})
        response.set_etag(tag, weak=True)
        return response

    @app.get("/orm")
    def orm() -> str:
        with DatabaseSession(engine) as session:
            workshop = session.scalars(select(Workshop).where(Workshop.slug == slug)).one()
            newest = select(Release).where(Release.workshop_id == workshop.id).order_by(Release.number.desc()).limit(1)
            release = session.scalars(newest).one()
            papers = session.scalars(select(Document).where(Document.workshop_id == workshop.id, shown)).all()
            return template.render(title=workshop.title["en"], agenda=release.agenda, papers=papers)

    @app.get("/plain")
    def plain() -> str:
        with engine.connect() as connection:
            workshop = connection.execute(select(Workshop.id, Workshop.title).where(Workshop.slug == slug)).one()
            newest = select(Release.agenda).where(Release.workshop_id == workshop.id).order_by(Release.number.desc())
            columns = (Document.key, Document.kind, Document.author, Document.symbol, Document.item_id)
            papers = connection.execute(select(*columns).where(Document.workshop_id == workshop.id, shown)).all()
            agenda = connection.execute(newest.limit(1)).scalar_one()
            return template.render(title=workshop.title["en"], agenda=agenda, papers=papers)

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    return app
