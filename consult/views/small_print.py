"""The small print, linked at the foot of every page: privacy, cookies, accessibility and how to get in touch.

Pages for everybody, without a cookie, in each language of the service. They show even when the database does not answer.
"""

from datetime import date

from django.conf import settings
from django.db import DatabaseError
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from consult import browser
from consult.models import Team
from consult.views.public import kept_a_minute
from consult.views.spoken import in_asked_language
from consult.wording import long_date

TITLES = {
    "privacy": gettext_noop("How we use information about you"),
    "cookies": gettext_noop("Cookies"),
    "accessibility": gettext_noop("Accessibility statement"),
    "contact": gettext_noop("Contact us"),
}
STATEMENT_MADE_ON = date(2026, 11, 22)
"""When the accessibility statement was last gone through, as the regulations of 2018 ask to be told."""


def small_print(request, page):
    """One of the pages."""
    with in_asked_language(request) as languages:
        context = languages | {
            "page_title": gettext(TITLES[page]),
            "organisation": settings.ORGANISATION,
            "teams": teams() if page in ("privacy", "contact") else (),
            "cookies": cookies() if page == "cookies" else (),
            "made_on": long_date(STATEMENT_MADE_ON),
        }
        return kept_a_minute(render(request, f"consult/public/{page}.html", context))


def teams():
    """The teams that have a consultation the public may know of; none where the database does not answer.

    Then the page says how to find them: how to reach somebody matters most when little else works.
    """
    try:
        return list(Team.objects.filter(consultations__launched_at__isnull=False).distinct().order_by("name"))
    except DatabaseError:
        return []


def cookies():
    """Every cookie by its name, what it is for and when it goes: `[(name, of each consultation, purpose, end)]`."""
    prefix, day = browser.PREFIX, gettext("After 1 day")
    opened = gettext("Shows you your answers after you enter your receipt code")
    until_closed = gettext("After 1 hour, or when you close your answers")
    until_sent = gettext("After 1 day, or when you send them")
    return [
        (settings.CSRF_COOKIE_NAME, False, gettext("Checks that a form was sent by you"), gettext("After 1 year")),
        (f"{prefix}draft", True, gettext("Brings back answers you have not sent yet"), until_sent),
        (f"{prefix}sent", True, gettext("Shows you your receipt code again"), day),
        (f"{prefix}route", True, gettext("Remembers your language and which question about you comes next"), day),
        (f"{prefix}answers", False, opened, until_closed),
        (
            settings.SESSION_COOKIE_NAME,
            False,
            gettext("Keeps staff signed in. We do not set it for anybody else"),
            gettext("After 12 hours"),
        ),
    ]
