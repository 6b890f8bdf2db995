"""What a worker makes and what it reads: asked for, waited for, fetched, as a person does."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from workshop.platform import import_steps, made_files, tasks
from workshop.platform.db import db
from workshop.platform.tasks import Task, TaskState


def fetched(client: FlaskClient, path: str) -> TestResponse:
    """What stands at that address once a worker has made it; at once where nothing needs to be made."""
    answer = client.get(path)
    if answer.status_code != 302 or "wait=1" not in answer.headers["Location"]:
        return answer
    page = client.get(answer.headers["Location"])
    assert page.status_code == 202, "the page says how far it is"
    do_all(made_files.MAKE)
    ready = client.get(answer.headers["Location"])
    assert ready.status_code == 200
    return client.get(path)


def waited(client: FlaskClient, path: str) -> TestResponse:
    """The page at that address once a worker has done what it waits for; at once where there is nothing to wait for."""
    page, region = client.get(path), ""
    for _turn in range(2):  # what was refused because it has changed is read again
        if page.status_code != 202:
            break
        found = re.search(r'id="([\w-]+)"[^>]* data-poll', page.text)
        assert found, "the page looks again by itself, and has a link for those without JavaScript"
        assert "data-until-done" in page.text
        region = found[1]
        do_all(import_steps.STEP)
        page = client.get(path)
    assert page.status_code == 200
    is_outcome = "<h1>Your import</h1>" in page.text
    assert is_outcome or f'id="{region}"' not in page.text, "or the script would take it for the page that still waits"
    return page


def do_all(kind: str) -> None:
    """What workers do with tasks of that kind."""
    waiting = select(Task.id).where(Task.kind == kind, Task.state == TaskState.READY)
    for number in db.session.scalars(waiting).all():
        tasks.run_task(number)
