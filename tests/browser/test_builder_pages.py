"""A lead at the builder in a browser: the acceptance points of building, with and without script, by keyboard alone."""

import pytest

from tests.browser.test_staff_pages import sign_in

pytestmark = pytest.mark.browser

LOOKED_AT = {
    "tasks": "build/",
    "set-up": "build/facts/set-up/",
    "information": "build/facts/information/",
    "equality": "build/facts/equality/",
    "questions": "build/questions/",
    "add": "build/questions/add/",
    "order": "build/questions/order/",
    "preview": "build/preview/",
    "check": "build/check/",
    "rehearsal": "build/rehearsal/",
    "changes": "build/changes/",
}


def begin(window, title):
    """A new consultation from a starting point; the address of its pages."""
    window.go("/staff/new/")
    window.looks_right("start")
    window.page.fill('[name="title"]', title)
    window.page.fill('[name="short_name"]', title)
    window.page.get_by_label("GP practice merger", exact=False).check()
    window.press("Start")
    return window.path.removesuffix("build/")


def order_of(window):
    return window.page.locator(".consult-built-page").evaluate_all("found => found.map(each => each.id)")


def test_building_with_script(look, people):
    window = look()
    sign_in(window, people["builder"])
    base = begin(window, "Merger of two")

    for name, path in LOOKED_AT.items():
        assert window.go(base + path).status == 200, path
        window.looks_right(name)

    point_43_moving_keeps_the_focus_and_says_where_it_is(window, base)
    point_44_route_errors_are_said_in_words_and_lead_to_the_field(window, base)
    point_45_preview_shows_its_banner_and_saves_nothing(window, base)
    point_46_check_of_words_leads_to_the_field(window, base)
    looks_of_a_question(window, base)


def point_43_moving_keeps_the_focus_and_says_where_it_is(window, base):
    window.go(base + "build/questions/")
    before = order_of(window)
    button = window.page.locator(f"#down-{before[0]}")
    button.focus()
    window.page.keyboard.press("Enter")
    window.page.wait_for_function("() => document.getElementById('builder-said').textContent.includes('is now page 2')")

    assert order_of(window) == [before[1], before[0], *before[2:]]
    assert window.page.evaluate("() => document.activeElement.id") == f"down-{before[0]}"
    assert window.page.locator("#builder-said").get_attribute("role") == "status"
    window.page.keyboard.press("Enter")
    window.page.wait_for_function("() => document.getElementById('builder-said').textContent.includes('is now page 3')")


def point_44_route_errors_are_said_in_words_and_lead_to_the_field(window, base):
    window.go(base + "build/questions/add/")
    window.page.get_by_label("Long text").check()
    window.page.fill('[name="text"]', "What else should we think about?")
    window.press("Add the question")
    key = window.step
    window.go(f"{base}build/questions/rule/question:{key}/")
    window.page.select_option("#about", "answering")
    window.press("Choose this question")
    window.looks_right("rule")
    window.page.locator('[name="codes"]').first.check()
    window.press("Add to the rule")
    window.press("Turn it round: show it where this is not so")
    window.looks_right("rule-made")
    assert "Show this question if" in window.text


def point_45_preview_shows_its_banner_and_saves_nothing(window, base):
    window.go(base + "build/preview/walk/")
    window.looks_right("preview-walk")
    assert "This is a preview. Do not enter personal information. Answers are not saved." in window.text
    assert window.page.title().startswith("Preview: ")
    window.go(base + "build/preview/phone/")
    window.looks_right("preview-phone")
    frame = window.page.frame_locator("iframe")
    assert "This is a preview." in frame.locator("main").inner_text()


def point_46_check_of_words_leads_to_the_field(window, base):
    window.go(base + "build/questions/add/")
    window.page.get_by_label("Information to read").check()
    window.page.fill('[name="text"]', "For the commissioning of the pathway click here. " + "Many words " * 20 + "end.")
    window.press("Add the question")
    key = window.step
    window.go(base + "build/check/")
    window.looks_right("check-with-findings")

    assert window.page.locator(f'main a[href$="/questions/question/{key}/"]').count() >= 2
    assert "click here" in window.text


def looks_of_a_question(window, base):
    window.go(base + "build/questions/")
    with window.page.expect_navigation():
        window.page.locator(".consult-built-question__text a").first.click()
    window.looks_right("question")
    window.page.fill('[name="text"]', "")
    window.press("Save the question")
    window.looks_right("question-error")
    assert window.page.title().startswith("Error: ")


def test_building_without_script_moves_and_saves_too(look, people):
    window = look(script=False)
    sign_in(window, people["plain_builder"])
    base = begin(window, "Without script")
    window.go(base + "build/questions/")
    before = order_of(window)

    with window.page.expect_navigation():
        window.page.locator(f"#down-{before[0]}").click()

    assert order_of(window) == [before[1], before[0], *before[2:]]
    assert window.page.url.endswith(f"#down-{before[0]}")
    with window.page.expect_navigation():
        window.page.locator(".consult-built-question__text a").first.click()
    window.page.fill('[name="hint"]', "A hint without script")
    window.press("Save the question")
    assert "The question was saved." in window.page.inner_text("body")
