"""Answers that were sent, and the receipt code that opens them in another browser."""

import re
from datetime import UTC, datetime

from django.urls import reverse

from tests.journeys.visits import CODE, Visit

OPENED = datetime(2027, 2, 1, 9, tzinfo=UTC)
SENT = datetime(2027, 3, 3, 14, 14, tzinfo=UTC)
CLOSES = datetime(2027, 3, 12, 23, 59, tzinfo=UTC)
LAST_MOMENT = datetime(2027, 3, 26, 23, 59, 59, tzinfo=UTC)
"""In UK time the last second in which answers may be taken back."""
CANARY = "canary-2208"
NO_ANSWERS = "We have no answers for this code"


def code_on(page):
    """The receipt code that a page shows."""
    return re.search(CODE, page.text)[0]


def given_sent_answers():
    """A visit that has sent answers and told an age, on the page with the receipt; and the code."""
    visit = Visit("plan").given_i_have_begun()
    visit.given_i_have_answered({"support": 1}, {"why": f"Near my home, {CANARY}"}, {"visits": 3})
    visit.when_i_send()
    visit.when_i_answer(answer="yes")
    visit.when_i_answer(age="65_74")
    visit.when_i_answer(button="skip")
    visit.then_i_am_on("respond-done")
    return visit, code_on(visit.page)


def when_i_enter(code):
    """A fresh browser in which the code was entered."""
    visit = Visit("plan")
    visit.when_i_go_to(reverse("your-response"))
    visit.when_i_answer(code=code)
    return visit


def in_another_browser(code):
    """The same, with the answers open."""
    visit = when_i_enter(code)
    assert (visit.page.path, visit.page.status) == (reverse("your-answers"), 200)
    return visit


def when_i_delete(visit):
    """Press the button, and press it again on the page that asks."""
    visit.when_i_follow("Delete my answers")
    visit.when_i_continue()
    return visit
