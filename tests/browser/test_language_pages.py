"""A lead adds Arabic and easy read in a browser: writes a page, is told what is missing, and previews it from right to left."""

import re

import pytest

from tests.browser.test_builder_pages import begin
from tests.browser.test_staff_pages import sign_in

pytestmark = pytest.mark.browser

ARABIC = "ما رأيك في هذه الخطة؟"
LANGUAGES_OF_BOXES = "() => [...document.querySelectorAll('[name^=text-]')].map((box) => [box.lang, box.dir])"


def add(window, base, name, pick):
    """Add a language or easy read; its page is looked at."""
    window.go(f"{base}languages/")
    window.page.select_option("#id_rendering", pick)
    window.press("Add it")
    assert window.page.inner_text("h1").startswith(name)


def test_arabic_and_easy_read_are_added_and_written(look, people):
    window = look()
    sign_in(window, people["translator"])
    base = begin(window, "Merger in two languages")

    window.go(f"{base}languages/")
    window.looks_right("list-empty")
    window.press("Add it")
    assert window.page.title().startswith("Error: ")
    window.looks_right("list-error")
    add(window, base, "Arabic", "ar")
    window.looks_right("arabic")

    writes_the_first_page_by_keyboard(window)
    is_told_what_is_missing(window, base)
    previews_it_from_right_to_left(window, base)
    is_shown_what_the_english_was(window, base)
    writes_easy_read(window, base)
    takes_arabic_out(window, base)


def writes_the_first_page_by_keyboard(window):
    with window.page.expect_navigation():
        window.page.locator("main tbody a").first.click()
    window.looks_right("page-blank")
    boxes = window.page.locator("[name^=text-]")
    assert {tuple(each) for each in window.page.evaluate(LANGUAGES_OF_BOXES)} == {("ar", "rtl")}
    boxes.first.focus()
    for number in range(boxes.count()):
        assert window.page.evaluate("() => document.activeElement.name") == boxes.nth(number).get_attribute("name")
        window.page.keyboard.type(f"{ARABIC} {number}")
        window.page.keyboard.press("Tab")
    boxes.first.fill("{nothing}")
    window.press("Save")
    assert window.page.title().startswith("Error: ")
    window.looks_right("page-error")
    window.page.locator("[name^=text-]").first.fill(ARABIC)
    window.press("Save")
    window.looks_right("arabic-begun")
    assert "Page 1 was saved in Arabic." in window.page.inner_text("body")


def is_told_what_is_missing(window, base):
    window.go(f"{base}publish/")
    assert "is not whole in Arabic. Missing: the question" in window.text
    window.go(f"{base}build/questions/")
    window.looks_right("questions")
    assert "is not whole in Arabic" in window.page.locator("details").text_content()


def previews_it_from_right_to_left(window, base):
    window.go(f"{base}build/preview/walk/?language=ar")
    window.looks_right("preview-arabic")
    assert window.page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == [
        "en-GB",
        "rtl",
    ]
    heading = window.page.locator("h1 [lang=ar][dir=rtl]")
    assert heading.inner_text().startswith(ARABIC)
    main = window.page.locator("form#page").bounding_box()
    words = window.page.locator("form#page label, form#page legend").first.bounding_box()
    assert words["x"] + words["width"] > main["x"] + main["width"] * 0.9, "labels begin at the right"


def is_shown_what_the_english_was(window, base):
    window.go(f"{base}build/questions/")
    with window.page.expect_navigation():
        window.page.locator(".consult-built-question__text a").first.click()
    before = window.page.locator("[name=text]").input_value()
    window.page.fill("[name=text]", f"{before} Today?")
    window.press("Save the question")
    window.go(f"{base}languages/ar/")
    with window.page.expect_navigation():
        window.page.locator("main tbody a").first.click()
    window.looks_right("page-out-of-date")
    assert f"It was made of these words: “{before}”" in window.text
    window.page.get_by_label("It is still right as it is").first.check()
    window.press("Save and go to the next page")
    assert window.page.inner_text("h1") == "Page 2 in Arabic"


def writes_easy_read(window, base):
    add(window, base, "Easy read", "easy_read")
    window.looks_right("easy-read")
    with window.page.expect_navigation():
        window.page.locator("main tbody a").first.click()
    window.looks_right("easy-read-page")
    here = window.path
    window.go(f"{base}languages/pictures/")
    window.looks_right("pictures")
    window.press("Add the picture")
    window.looks_right("pictures-error")
    window.go(here)
    window.page.get_by_label("Keep the standard words").first.check()
    window.press("Save")
    assert "Page 1 was saved in easy read." in window.page.inner_text("body")
    window.go(f"{base}languages/")
    window.looks_right("list")


def takes_arabic_out(window, base):
    window.go(f"{base}languages/ar/take-out/")
    window.looks_right("take-out")
    window.press("Take it out")
    assert "Arabic was taken out." in window.page.inner_text("body")


def test_documents_are_written_in_a_browser(look, people):
    window = look()
    sign_in(window, people["reader"])
    base = begin(window, "Merger with leaflets")

    window.go(f"{base}build/documents/")
    window.looks_right("documents-empty")
    window.follow("Add a document")
    window.press("Save")
    assert window.page.title().startswith("Error: ")
    window.looks_right("document-error")
    window.page.fill("[name=title]", "خطة الدمج")
    window.page.select_option("[name=language]", "ar")
    window.press("Save")
    window.go(f"{base}publish/")
    assert "“خطة الدمج” has no words to read on a web page." in window.text
    window.go(f"{base}build/documents/document/")
    window.page.fill("[name=body]", f"{ARABIC}\n\n{ARABIC}")
    window.press("Save")
    window.go(f"{base}build/documents/document/")
    window.looks_right("document")
    window.go(f"{base}build/documents/add/")
    window.page.fill("[name=title]", "The plan to merge")
    window.press("Save")
    window.looks_right("documents")
    window.page.get_by_role("button", name=re.compile("^Move up.*The plan to merge$")).focus()
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    assert "“The plan to merge” is now document 1 of 2." in window.page.inner_text("body")
    window.go(f"{base}build/documents/document/take-out/")
    window.looks_right("document-take-out")
    window.press("Take it out")
    assert "خطة الدمج" not in window.page.inner_text("main")
