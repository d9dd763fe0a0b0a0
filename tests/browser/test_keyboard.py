"""From the start page to the receipt with the keyboard alone (ux.md §5, point 6). test_every_page.py has every control."""

import re

import pytest

from tests.browser.filling import RADIOS, TEXTS, TICKS
from tests.browser.seeing import ZOOMED, measured
from tests.browser.trails import MOST_PAGES
from tests.journeys.visits import CODE

pytestmark = pytest.mark.browser

ONWARD = {"check": "Send my answers"}


class Keys:
    """Somebody at the keyboard: presses, and what has the focus."""

    def __init__(self, window):
        self.window, self.keyboard = window, window.page.keyboard

    def tab_to(self, selector, key="Tab"):
        """Press Tab until what the selector finds has the focus; every stop on the way must be marked and in sight."""
        for _ in range(60):
            self.keyboard.press(key)
            assert (measured(self.window, "stop") or {"wrong": []})["wrong"] == []
            if self.window.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{key} never comes to {selector} on {self.window.path}")

    def choose(self, name, value):
        """Tab to the group and walk to the answer with the arrows; the first is taken with the space bar."""
        group = self.window.page.locator(f"[name='{name}']")
        values = [one.get_attribute("value") for one in group.all()]
        if group.first.is_checked() is False:
            self.tab_to(f"[name='{name}']")
        self.keyboard.press("Space")
        for _ in range(values.index(str(value))):
            self.keyboard.press("ArrowDown")
        assert self.window.page.is_checked(f"[name='{name}'][value='{value}']")

    def fill_in(self, step):
        for name, value in RADIOS.get(step, {}).items():
            self.choose(name, value)
        for name, values in TICKS.get(step, {}).items():
            for value in values:
                self.tab_to(f"[name='{name}'][value='{value}']")
                self.keyboard.press("Space")
        for name, text in TEXTS.get(step, {}).items():
            self.tab_to(f"[name='{name}']")
            self.keyboard.type(text)

    def go_on(self, button="Continue"):
        self.tab_to("main form button[name=continue]")
        assert self.window.page.evaluate("() => document.activeElement.textContent.trim()") == button
        with self.window.page.expect_navigation():
            self.keyboard.press("Enter")


@pytest.mark.parametrize(("script", "viewport"), [(True, {"width": 1280, "height": 900}), (False, ZOOMED)])
def test_point_06_the_whole_journey_can_be_made_with_the_keyboard_alone(look, script, viewport):
    window = look(script=script, **viewport)
    keys = Keys(window)
    window.go("/consultations/apms/respond/")
    keys.tab_to("a[href*='how-we-use']")
    with window.page.expect_navigation():
        keys.keyboard.press("Enter")
    for _ in range(MOST_PAGES):
        step = window.step
        if step == "done":
            break
        keys.fill_in(step)
        keys.go_on(ONWARD.get(step, "Continue"))

    assert window.step == "done"
    assert re.search(CODE, window.page.inner_text("main"))


def test_point_06_back_and_the_languages_can_be_pressed_without_a_mouse_and_shift_tab_goes_back_to_them(look):
    window = look()
    keys = Keys(window)
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    window.press("Continue")

    keys.choose("a1", 4)
    keys.tab_to("button[value=pl]", key="Shift+Tab")
    with window.page.expect_navigation():
        keys.keyboard.press("Enter")
    assert (window.step, window.page.is_checked("[name=a1][value='4']")) == ("answering_as", True)
    keys.tab_to("button[name=back]")
    with window.page.expect_navigation():
        keys.keyboard.press("Space")

    assert window.step == "how-we-use-your-answers"


def test_point_06_what_is_folded_away_opens_with_the_keyboard(look):
    window = look()
    window.go("/consultations/apms/respond/how-we-use-your-answers/")

    Keys(window).tab_to("main summary")
    window.page.keyboard.press("Enter")

    assert window.page.is_visible("text=Ask for another format")


def test_after_the_skip_link_the_next_page_begins_at_its_top_and_a_mistake_at_its_summary(look):
    window = look()
    keys = Keys(window)
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    window.page.keyboard.press("Tab")
    window.page.keyboard.press("Enter")

    keys.go_on()
    at_page = window.page.evaluate("() => document.activeElement.id"), window.page.title().partition(" – ")[0]
    keys.go_on()
    window.page.wait_for_function("() => document.activeElement.matches('.nhsuk-error-summary')")

    # A page that comes at once is asked for by its own address: what was skipped on the page before is not skipped here.
    assert at_page == ("", "How are you answering?")
    assert window.page.title().startswith("Error: How are you answering?")
