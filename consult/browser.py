"""What a resident's browser keeps for us: the token of answers in progress, for a day the key of answers sent, and for an hour
which answers a receipt code has opened.

Four cookies, for no other purpose than to come back and go on. No session and no account.
"""

import json
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings

from consult.keys import box_for

DAY = 24 * 3600
HOUR = 3600
PREFIX = "__Host-" if settings.PRODUCTION else ""


def draft_token(request, slug):
    """The token of the answers in progress, or None."""
    return request.COOKIES.get(f"{PREFIX}draft-{slug}")


def remember_draft(response, slug, token):
    """Keep the token for a day after last use; the draft itself lives on for whoever holds the token."""
    set_cookie(response, f"{PREFIX}draft-{slug}", token)


def forget_draft(response, slug):
    """Take the token out of the browser."""
    response.delete_cookie(f"{PREFIX}draft-{slug}")


def sent_key(request, slug):
    """The submission key of answers sent from this browser in the last day, or None."""
    sealed = request.COOKIES.get(f"{PREFIX}sent-{slug}")
    if not sealed:
        return None
    try:
        return UUID(bytes=box_for("browser").decrypt(sealed.encode(), ttl=DAY))
    except (InvalidToken, ValueError):
        return None


def remember_sent(response, slug, submission_key):
    """Keep the submission key, sealed, so that the receipt can be shown again for a day."""
    set_cookie(response, f"{PREFIX}sent-{slug}", box_for("browser").encrypt(submission_key.bytes).decode())


def remember_route(response, slug, answers):
    """Keep the few equality answers that decide the next page, and the language answered in of those there were, sealed.

    Nothing of a profile can be read back by the service.
    """
    set_cookie(response, f"{PREFIX}route-{slug}", box_for("browser").encrypt(json.dumps(answers).encode()).decode())


def route(request, slug):
    """The equality answers that decide the next page, as remembered; empty when there are none."""
    return opened_route(request.COOKIES.get(f"{PREFIX}route-{slug}"))


def opened_route(sealed):
    """The same, of what a cookie holds."""
    try:
        return json.loads(box_for("browser").decrypt(sealed.encode(), ttl=DAY)) if sealed else {}
    except (InvalidToken, ValueError):
        return {}


def language(request, slug):
    """The language that this browser answered in; "en" where it sent nothing in the last day."""
    return route(request, slug).get("language", "en")


def languages(request, slug):
    """The languages that somebody could answer in who sent answers from this browser in the last day; else English alone."""
    return tuple(route(request, slug).get("languages", ["en"]))


def remember_language(request, response, slug, language):
    """Put another language into what is remembered, as this response leaves it."""
    given = response.cookies.get(f"{PREFIX}route-{slug}")
    kept = opened_route(given.value) if given else route(request, slug)
    remember_route(response, slug, kept | {"language": language})


def forget_sent(response, slug):
    """Take the submission key and the route of answers sent out of the browser."""
    response.delete_cookie(f"{PREFIX}sent-{slug}")
    response.delete_cookie(f"{PREFIX}route-{slug}")


def opened_receipt(request):
    """The digest of the receipt code that was entered in this browser in the last hour, or None."""
    sealed = request.COOKIES.get(f"{PREFIX}answers")
    try:
        return box_for("opened answers").decrypt(sealed.encode(), ttl=HOUR) if sealed else None
    except InvalidToken:
        return None


def open_receipt(response, receipt_digest):
    """Keep, sealed, which answers may be seen and deleted in this browser for an hour."""
    set_cookie(response, f"{PREFIX}answers", box_for("opened answers").encrypt(receipt_digest).decode(), max_age=HOUR)


def close_receipt(response):
    """Let the answers be seen in this browser no more."""
    response.delete_cookie(f"{PREFIX}answers")


def set_cookie(response, name, value, *, max_age=DAY):
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
