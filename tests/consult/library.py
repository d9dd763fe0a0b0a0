"""A question shared in the library, and a lead at its pages, for tests."""

import re
from dataclasses import replace
from html import unescape

from consult.models import AuditEvent
from surveys import library
from surveys.models import LibraryQuestion
from tests.builders import choice, comment, page, questionnaire, when
from tests.consult.building import Fields
from tests.consult.people import team

TRAVEL = choice("travel", "Bus", "Car", text="How do you travel?")
COPIES = questionnaire(page("one", choice("a"), replace(TRAVEL, shown_if=when("a", 1))), page("two", comment("e")))


def kept(asked=TRAVEL, *, title="Travel", of=None):
    """A question in the library of a team."""
    return library.add(asked, owner=(of or team()).pk, title=title)


def at(somebody, path):
    """The builder at another page of the same consultation: `library/…` stands beside `build/…`."""
    somebody.here = f"/staff/{somebody.consultation.slug}/library/{path}"
    somebody.page = somebody.client.get(somebody.here)
    somebody.forms = Fields(somebody.text).found
    return somebody


def audited():
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


def said(response):
    """The words of the main part of a page."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    visible = re.sub(r'<span class="nhsuk-table-responsive__heading".*?</span>', "", main)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", visible)).split())


def copied(somebody, *, title="Travel"):
    """The question "travel" of the draft, kept in the library under a title."""
    at(somebody, "travel/").send(title=title, do="keep")
    return LibraryQuestion.objects.get(title=title)


def one(held, client, **fields):
    """What a form of the page of a shared question leads to."""
    return client.post(f"/staff/library/{held.pk}/", fields, follow=True)
