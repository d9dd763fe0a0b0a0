"""A page of the questionnaire without a mouse: the skip link, the answers, the error summary; and an impatient double click."""

import re

import pytest

from tests.journeys.visits import CODE

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const focused = document.activeElement;
    return [focused.tagName.toLowerCase(), focused.id, focused.textContent.trim().slice(0, 40)];
}"""
OUTLINE = """() => {
    const style = getComputedStyle(document.activeElement);
    const label = document.activeElement.labels?.[0];
    const box = label ? getComputedStyle(label, "::before") : style;
    return [style.boxShadow, style.backgroundColor, box.boxShadow, box.outlineColor, box.borderColor].join(" ");
}"""
YELLOW = re.compile(r"rgb\(255, 235, 59\)")


def focused(window):
    return window.page.evaluate(FOCUSED)


def press(window, *keys):
    for key in keys:
        window.page.keyboard.press(key)


def tab_to(window, wanted):
    """Press Tab until the wanted element (by id or words) has the focus, looking at the focus mark on the way."""
    for _ in range(30):
        press(window, "Tab")
        assert YELLOW.search(window.page.evaluate(OUTLINE)), focused(window)
        if wanted in focused(window):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def given_the_first_page(look, **more):
    window = look(**more)
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    window.press("Continue")
    return window


def test_the_first_stop_of_the_tab_key_skips_to_the_main_part(look):
    window = given_the_first_page(look)

    press(window, "Tab")
    assert focused(window)[2] == "Skip to main content"
    window.page.screenshot(path=window.folder / "skip-link.png")
    press(window, "Enter")

    assert focused(window)[:2] == ["main", "maincontent"]


def test_a_page_can_be_answered_with_the_keyboard_alone(look):
    window = given_the_first_page(look)

    tab_to(window, "id_a1")
    press(window, "ArrowDown", "ArrowDown", "ArrowDown")
    assert window.page.is_checked('[name="a1"][value="4"]')
    tab_to(window, "Continue")
    with window.page.expect_navigation():
        press(window, "Enter")

    assert window.step == "the_options"
    tab_to(window, "Back")
    with window.page.expect_navigation():
        press(window, "Enter")
    assert window.page.is_checked('[name="a1"][value="4"]')


def test_an_error_summary_takes_the_focus_and_its_link_leads_to_the_first_answer(look):
    window = given_the_first_page(look)

    window.press("Continue")

    assert "There is a problem" in focused(window)[2]
    press(window, "Tab")
    assert focused(window)[2] == "Select how you are answering"
    press(window, "Enter")
    assert focused(window)[1] == "id_a1"
    press(window, "Space")
    assert window.page.is_checked('[name="a1"][value="1"]')


def test_without_script_the_link_of_the_error_summary_leads_to_the_first_answer_too(look):
    window = given_the_first_page(look, script=False)
    window.press("Continue")

    window.page.click("text=Select how you are answering >> nth=0")

    assert window.page.url.endswith("#id_a1")


def test_5000_characters_typed_are_kept_and_counted_and_no_tooltip_of_the_browser_appears(look):
    window = given_the_first_page(look)
    window.page.click("text=For an organisation or group")
    window.press("Continue")
    window.page.fill('[name="a1a"]', "Carers")
    window.page.fill('[name="a1b"]', "Chair")
    window.press("Continue")
    window.press("Continue")
    window.press("Continue")
    words = "A worry. " * 555 + "12345"

    window.page.fill('[name="a11"]', words)
    assert "1,000 characters too many" in window.page.inner_text("main")
    window.press("Continue")

    assert window.page.title().startswith("Error: ")
    assert window.page.input_value('[name="a11"]') == words


def test_a_double_click_on_send_gives_one_receipt_and_not_a_second_start(look):
    window = given_the_first_page(look)
    window.page.click("text=As a local resident")
    while window.step != "check":
        window.press("Continue")

    window.page.get_by_role("button", name="Send my answers").dblclick()
    window.page.wait_for_url("**/about-you/")

    first = re.search(CODE, window.page.inner_text("main"))[0]
    window.page.reload()
    assert re.search(CODE, window.page.inner_text("main"))[0] == first


def test_a_double_click_on_send_without_script_gives_a_receipt_too(look):
    window = given_the_first_page(look, script=False)
    window.page.click("text=As a local resident")
    while window.step != "check":
        window.press("Continue")

    window.page.get_by_role("button", name="Send my answers").dblclick()
    window.page.wait_for_url("**/about-you/")

    assert re.search(CODE, window.page.inner_text("main"))
