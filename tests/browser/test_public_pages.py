"""Every page that anybody may open, wide and narrow, and the pages that say something is wrong."""

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "hub": "/",
    "hub-search": "/?q=outpatients",
    "hub-filtered": "/?state=open&topic=GP%20practices",
    "hub-nothing-found": "/?q=nothing%20like%20this",
    "consultation-open": "/consultations/apms/",
    "consultation-decided": "/consultations/older-you/",
    "document": "/consultations/apms/read/the-plan-and-the-options/",
    "closed": "/consultations/older-you/respond/",
    "outcome": "/consultations/older-you/outcome/",
    "outcome-not-yet": "/consultations/apms/outcome/",
    "another-format": "/consultations/apms/another-format/",
    "news": "/consultations/apms/news/",
    "news-asked": "/consultations/apms/news/asked/",
    "stop": "/stop/",
    "stop-done": "/stop/done/",
    "report": "/consultations/older-you/report/",
    "equality": "/consultations/older-you/equality/",
    "privacy": "/privacy/",
    "cookies": "/cookies/",
    "accessibility": "/accessibility/",
    "contact": "/contact/",
    "your-response": "/your-response/",
    "not-found": "/nowhere/",
    "sign-in": "/accounts/login/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_shows_nothing_inaccessible_and_fits_a_phone(look, name):
    window = look()

    response = window.go(PAGES[name])

    assert response.status == (404 if name == "not-found" else 200)
    window.looks_right(name)


def test_a_request_for_a_format_that_lacks_something_shows_nothing_inaccessible(look):
    window = look()
    window.go("/consultations/apms/another-format/")

    window.press("Send my request")

    assert window.page.title().startswith("Error: Ask for another format")
    window.looks_right("another-format-problems")


def test_the_code_of_a_link_goes_into_its_box_and_out_of_the_address_bar(look):
    window = look()

    window.go("/stop/#17-9F3KQ7XW2M8B4C6D")

    assert window.page.input_value("input[name=token]") == "17-9F3KQ7XW2M8B4C6D"
    assert window.path == "/stop/"


def test_the_page_for_a_browser_without_cookies_is_as_good_as_the_others(look):
    window = look()
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    window.context.clear_cookies()

    window.press("Continue")

    assert window.page.inner_text("h1") == "We could not take what you sent"
    window.looks_right("no-cookies")


def test_a_device_on_which_somebody_answered_or_began_says_so(look):
    window = look()
    window.go("/consultations/outpatients/respond/how-we-use-your-answers/")
    window.press("Continue")
    window.page.click("text=As a local resident")
    window.press("Continue")

    window.go("/consultations/outpatients/respond/how-we-use-your-answers/")

    assert "You have answers you have not sent" in window.page.inner_text("main")
    window.looks_right("draft-found")


def test_the_styles_that_make_text_easier_to_read_cut_nothing_off(look):
    """WCAG 1.4.12: the spacing that people may ask of their browser."""
    window = look(width=320)
    spacing = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    for path in ("/", "/consultations/apms/respond/", "/consultations/older-you/outcome/"):
        window.go(path)
        window.page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }",
            spacing,
        )

        assert window.page.evaluate("() => document.documentElement.scrollWidth") <= 320, path


def test_a_printed_page_has_no_menus_and_no_buttons(look):
    window = look()
    window.go("/consultations/apms/respond/")

    window.page.emulate_media(media="print")

    assert not window.page.is_visible("text=Start now")
    assert not window.page.is_visible("footer")
    assert window.page.is_visible("h1")
