"""The key entry script in a real browser: number pad and Enter alone, words at once, wrong codes held."""

import pytest

from consult.models import Role
from tests.conftest import REPOSITORY
from tests.consult import people
from tests.consult.keying_pages import address, consultation

AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
FOCUS = "document.activeElement.id || document.activeElement.value"
WAIT_FOR_ECHO = """() => new Promise((heard) => {
  const box = document.getElementById("key-used"), echo = document.getElementById("key-used-echo"), from = performance.now();
  new MutationObserver(() => heard([echo.textContent, performance.now() - from])).observe(echo, {childList: true});
  box.value = "2";
  box.dispatchEvent(new Event("input", {bubbles: true}));
})"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(live_server, chromium):
    """`open_page(width=1280)`: the key entry page of a consultation in a clerk's browser."""
    sync_api = pytest.importorskip("playwright.sync_api")
    consultation()
    session = people.signed_in(people.person("clerk", Role.CLERK)).cookies["sessionid"].value
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

        def opened(*, width=1280, **more):
            context = browser.new_context(viewport={"width": width, "height": 900}, **more)
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.goto(live_server.url + address())
            page.wait_for_load_state("networkidle")
            return page

        yield opened
        browser.close()


def keyed(page, *boxes):
    """Type the keys of each box, and Enter after it."""
    for keys in boxes:
        page.keyboard.type(keys)
        page.keyboard.press("Enter")


def focus(page):
    return page.evaluate(FOCUS)


def test_whole_form_is_keyed_with_the_number_pad_and_enter(open_page):
    page = open_page()
    seen = [focus(page)]
    for keys in ("2", "", "13", "1", "2", "4", "*24", "7", *[""] * 12):
        if focus(page) == "key-why":
            page.keyboard.press("Control+Enter")
        else:
            keyed(page, keys)
        seen.append(focus(page))
    assert seen[:9] == [
        "key-used",
        "key-why",
        "key-where",
        "key-wait@1",
        "key-wait@3",
        "key-plan.keep",
        "key-plan.close",
        "key-visits",
        "key-equality-age",
    ]
    assert seen[-1] == "save"
    for _ in range(2):
        # The page that asks to look again puts the focus on its button only once it is drawn.
        page.wait_for_function("() => document.activeElement.value === 'save'")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "Saved. Reference" in page.inner_text("#saved")
    assert focus(page) == "key-used"


def test_code_is_echoed_in_words_at_once_and_politely(open_page):
    page = open_page()
    words, milliseconds = page.evaluate(WAIT_FOR_ECHO)
    assert (words, milliseconds < 100) == ("No", True)
    assert page.get_attribute("#key-used-echo", "aria-live") == "polite"


def test_wrong_code_keeps_the_focus_names_the_codes_and_sends_nothing(open_page):
    page = open_page()
    before = page.url
    keyed(page, "7", "")
    assert (focus(page), page.url) == ("key-used", before)
    assert page.inner_text("#key-used-problem") == "7 is not a code for question 1. Use 1 to 3, or . / *"
    page.keyboard.press("Backspace")
    keyed(page, "1")
    assert (focus(page), page.inner_text("#key-used-problem")) == ("key-why", "")


def test_minus_in_an_empty_box_goes_back(open_page):
    page = open_page()
    page.focus("#key-where")
    page.keyboard.press("-")
    assert focus(page) == "key-why"


def test_marks_are_said_in_words(open_page):
    page = open_page()
    said = {}
    for keys in (".", "/", "*12", "*1 3", ""):
        page.fill("#key-used", keys)
        said[keys] = page.inner_text("#key-used-echo")
    assert said == {
        ".": "left blank",
        "/": "cannot be read",
        "*12": "more than one ticked: Yes; No",
        "*1 3": "more than one ticked: Yes; I do not know",
        "": "",
    }


def test_without_a_script_a_stray_enter_checks_and_never_saves(open_page):
    page = open_page(java_script_enabled=False)
    page.fill("#key-used", "1")
    with page.expect_navigation():
        page.press("#key-used", "Enter")
    assert page.inner_text("#key-used-echo") == "Yes"
    assert page.locator("#saved").count() == 0


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_page, width):
    if not AXE.is_file():
        pytest.skip("to run it: make setup")
    page = open_page(width=width, bypass_csp=True)
    found = []
    for keys in ("", "9", "1"):
        page.fill("#key-used", keys)
        with page.expect_navigation():
            page.click("button[value=save]")
        page.wait_for_load_state("networkidle")
        page.add_script_tag(path=AXE)
        found += [rule["id"] for rule in page.evaluate("axe.run()")["violations"]]
        found += ["too wide"] * (page.evaluate("document.documentElement.scrollWidth") > width)
    assert found == []


def test_pressing_save_twice_quickly_gives_one_response(open_page):
    page = open_page()
    page.fill("#key-used", "2")
    with page.expect_navigation():
        page.click("button[value=save]")
    with page.expect_navigation():
        page.dblclick("button[value=save]")
    assert "Saved. Reference" in page.inner_text("#saved")
    page.context.close()
