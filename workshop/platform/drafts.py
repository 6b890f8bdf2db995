"""What is typed into a form is kept in the browser until it is saved: here it is noted that it was.

A form sent with the key of its draft (static/js/drafts.js) and answered well has been saved; the next page tells the
browser so. What was refused, by a rule, a check or a fault, stays kept.
"""

from urllib.parse import quote

from flask import Flask, Response, g, has_app_context, request, session

KEY, KEPT = "draft.key", "saved_drafts"
LONGEST, MOST = 400, 5


def init_app(app: Flask) -> None:
    app.after_request(note_saved)
    app.add_template_global(saved_drafts)


def note_refused() -> None:
    """Whatever this request answers, what was typed is not saved."""
    if has_app_context():
        g.was_refused = True


def note_saved(response: Response) -> Response:
    """After a form that came with the key of its draft and was taken."""
    if request.method != "POST" or response.status_code >= 400 or g.get("was_refused"):
        return response
    key = request.form.get(KEY, "")
    if 0 < len(key) <= LONGEST:
        session[KEPT] = [*session.get(KEPT, []), key][-MOST:]
    return response


def saved_drafts() -> str:
    """The keys of drafts that were saved since the last page, for the page that forgets them."""
    keys = session.pop(KEPT, []) if KEPT in session else []
    if request.method == "POST" and not g.get("was_refused") and (own := request.form.get(KEY)):
        keys = [*keys, own]  # this very page answers it
    return " ".join(quote(key, safe="-_.!~*'()") for key in keys)
