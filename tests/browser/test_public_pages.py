"""A browser without cookies; and that a run leaves a picture of every screen of a resident, wide and narrow."""

import pytest

from tests.browser.looking import NARROW, WIDE

pytestmark = pytest.mark.browser

SCREENS = {
    "R00": ("pages", ["hub", "hub-search", "hub-nothing-found"]),
    "R01": ("journey", ["start"]),
    "R02": ("journey", ["how-we-use-your-answers"]),
    "R03": ("journey", ["answering_as"]),
    "R04": ("journey", ["practice", "options", "changes", "reasons", "groups", "the_options"]),
    "R05": ("journey", ["answering_as-error", "practice-error", "changes-error", "reasons-error", "groups-error"]),
    "R06": ("coming-back", ["save", "save-error", "emailed", "saved", "resume-wrong-error", "welcome-back"]),
    "R07": ("journey", ["check"]),
    "R08": ("journey", ["about-you", "about-you-error"]),
    "R09": ("journey", ["age", "ethnic_group", "ethnic_group-error", "sex", "postcode", "postcode-error"]),
    "R10": ("journey", ["done"]),
    "R11": ("own-answers", ["wrong-code-error", "answers", "answers-about-me"]),
    "R12": ("own-answers", ["delete", "deleted"]),
    "R13": ("states", ["forthcoming", "closed-and-waiting", "closed-early", "extended"]),
    "R14": ("pages", ["outcome", "outcome-not-yet", "news", "news-error"]),
}
"""The screens of ux.md §1.1, and which pages of which trail show them."""


def test_the_page_for_a_browser_without_cookies_is_as_good_as_the_others(look):
    window = look()
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    window.context.clear_cookies()

    window.press("Continue")

    assert window.page.inner_text("h1") == "We could not take what you sent"
    window.looks_right("no-cookies")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_run_leaves_pictures_of_each_screen_and_its_errors_wide_and_narrow(trail, trail_pictures, screen):
    name, pages = SCREENS[screen]
    assert trail(name)["seen"]
    wanted = [f"{screen}-{page}-{width}.png" for page in pages for width in (WIDE, NARROW)]

    assert [picture for picture in wanted if not (trail_pictures(name) / picture).is_file()] == []
