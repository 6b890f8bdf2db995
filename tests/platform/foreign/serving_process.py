"""Serves an upload of each kind in a process of its own, and says which were taken and which readers it holds then.

Run as `python -m tests.platform.foreign.serving_process FOLDER`, with files named "NUMBER-ENTRANCE".
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from app import create_app
from config import settings
from tests import cast
from tests.platform.foreign.entrances import entrances
from workshop.platform.db import db

READERS = ("lxml", "openpyxl", "xlrd", "PIL", "pypdf", "docx", "icalendar", "pyxform", "defusedxml", "puremagic")
UNUSED = ("rich", "psycopg", *([] if os.environ.get("WORKSHOP_REDIS_URL") else ["redis"]))  # workshop/beginning.py
LOOKED_AT = {"distribution list", "questionnaire"}  # shown first, and kept when confirmed


def main(folder: Path) -> dict[str, Any]:
    values = settings({"WORKSHOP_MODE": "test", "WORKSHOP_INSTANCE": os.environ["SERVED_INSTANCE"]})
    app = create_app(values | {"TESTING": True, "WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False, "LOG_LEVEL": 50})
    with app.app_context():
        db.create_all()

        def signed_in(person: Any) -> Any:
            client, token = app.test_client(), cast.signed_in(person)
            db.session.commit()
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = token, True
            return client

        ways: dict[str, Any] = dict(entrances(app, signed_in))
        taken = []
        for path in sorted(folder.glob("*-*"), key=lambda path: int(path.name.partition("-")[0])):
            name = path.name.partition("-")[2]
            answer = ways[name](path.read_bytes(), name="sent")
            if answer.status_code == 302 or (name in LOOKED_AT and answer.status_code == 200):
                taken.append(path.name)
            if answer.status_code == 302 and name == "agenda":
                ways["agenda"].args[0].get(answer.headers["Location"])
    return {"taken": taken, "readers": [name for name in (*READERS, *UNUSED) if name in sys.modules]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))) + "\n")
