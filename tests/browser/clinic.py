"""A visit to one of the small consultations of tests/journeys/arranging.py: three short pages."""

import re

from tests.journeys.visits import CODE

WHY = "It is near the school."


def begin(window, slug):
    """To the first question."""
    window.go(f"/consultations/{slug}/respond/how-we-use-your-answers/")
    window.press("Continue")


def answer(window, why=WHY):
    """From the first question to the check page."""
    window.page.click("text=Yes")
    window.press("Continue")
    window.page.fill("[name=why]", why)
    window.press("Continue")
    window.page.fill("[name=times]", "3")
    window.press("Continue")
    assert window.step == "check"


def send(window, slug, why=WHY):
    """From the beginning to the receipt. Returns its code."""
    begin(window, slug)
    answer(window, why)
    window.press("Send my answers")
    return code_on(window)


def code_on(window):
    """The receipt code that the page shows."""
    return re.search(CODE, window.page.inner_text("main"))[0]


def open_answers(window, typed):
    """Type a receipt code into its box."""
    window.go("/your-response/")
    window.page.fill("[name=code]", typed)
    window.press("Continue")
