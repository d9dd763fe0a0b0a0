"""Pages for requests that are turned away before any view sees them, and for faults of the service. None asks the database."""

import sys
from datetime import timedelta
from http import HTTPStatus
from math import ceil

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from consult.context import service
from consult.languages import speaking
from consult.models import Team
from consult.recent import last_known
from consult.views.spoken import CONSULTATIONS, EVERY, in_languages, is_for_staff, without_database
from consult.wording import clock

RETRY_AFTER_SECONDS = 300


def bad_request(request, exception=None):
    """What was sent cannot be read. Unlike Django's own page for this, it does not try to read it again."""
    with speaking(without_database(request, was_read=False)):
        return HttpResponse(render_to_string("400.html", service(request)), status=HTTPStatus.BAD_REQUEST)


def not_found(request, exception=None):
    """There is no such page."""
    with speaking(chosen := without_database(request, was_read=False)):
        languages = {} if is_for_staff(request) else in_languages(request, EVERY, chosen)
        return render(request, "404.html", languages, status=HTTPStatus.NOT_FOUND)


def cookies_needed(request, reason=""):
    """A form came without its cookie, or with one of an earlier sign-in: Django's check against forged requests refused it."""
    with speaking(without_database(request)):
        context = {"page_title": gettext("We could not take what you sent")}
        return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def too_many_codes(request, again_at, *, now):
    """More wrong codes from one connection, or from everywhere, than people mistype: when to try again, and who can help."""
    # To the whole minute after it: the page must not be a minute early.
    shown_at = (again_at + timedelta(minutes=1)).replace(second=0, microsecond=0)
    context = {
        "page_title": gettext("Too many wrong codes"),
        "again_at": clock(shown_at),
        "teams": Team.objects.filter(consultations__launched_at__isnull=False).distinct().order_by("name"),
    }
    response = render(request, "consult/public/too_many_codes.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(ceil((shown_at - now).total_seconds()))
    return response


def too_many_requests(request):
    """More tries at signing in from one address than people make."""
    response = render(
        request, "429.html", {"page_title": gettext("Too many tries")}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def fault(request):
    """Something of ours went wrong: 503 where the database does not answer, for that passes; 500 for all else."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    with speaking(without_database(request)):
        if is_away and is_sent_by_resident(request):
            page = render_to_string("503_not_saved.html", not_saved(request))
        else:
            page = render_to_string("503.html" if is_away else "500.html", service(request))
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    response = HttpResponse(page, status=status)
    response.headers["Cache-Control"] = "no-store"
    if is_away:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_sent_by_resident(request):
    """Whether something was filled in about a consultation: then nobody may have to fill it in again."""
    return request.method == "POST" and request.path_info.startswith(CONSULTATIONS)


def not_saved(request):
    """What was sent, `[(name, value)]`, to be sent once more to the same address; and the team's phone number, if known.

    The token is a new one. The pressed button goes along as a field, so that trying again does what it was to do.
    """
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    slug = request.path_info.removeprefix(CONSULTATIONS).partition("/")[0]
    consultation = last_known(slug)
    context = service(request) | {"sent": sent, "action": request.get_full_path(), "csrf_token": get_token(request)}
    if consultation is None:
        return context
    return context | {"organisation": consultation.team.name, "contact_phone": consultation.team.phone}
