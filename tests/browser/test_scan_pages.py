"""A scan of a paper form in a real browser: attached, read beside the boxes, made larger, and seen by the second person."""

import pytest

from tests.browser.test_batch_pages import key
from tests.consult.scans import document, picture

pytestmark = pytest.mark.browser

WIDE, TALL = 1280, 900
BOXES = """() => ["[role=region] img", "form.consult-keying", "main .consult-keying-strip"].map((each) => {
  const {left, right, top, bottom} = document.querySelector(each).getBoundingClientRect();
  return {left, right, top, bottom};
})"""
DRAWN = "() => [...document.images].filter((each) => each.complete && each.naturalWidth > 0).map((each) => each.alt)"


def opened_batch(window):
    """A batch of one form, opened by its pages."""
    window.go("/staff/apms/batches/open/")
    window.page.click("text=By post")
    window.page.fill("[name=counted]", "1")
    window.press("Open the batch")
    return window.path


def attach(window, content, name, kind):
    window.page.set_input_files("[name=file]", {"name": name, "mimeType": kind, "buffer": content})
    window.press("Attach the scan")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_scan_is_read_beside_the_boxes_and_by_the_second_person(staff, script):
    clerk, second = staff("batch_clerk", script=script), staff("batch_verifier", script=script)
    base = opened_batch(clerk)
    clerk.go(f"{base}forms/1/")
    clerk.follow("Attach a scan of it")
    clerk.looks_right("scans-none")
    attach(clerk, b"<html>", "form.png", "image/png")
    clerk.looks_right("scans-error")
    attach(clerk, picture("png", size=(1240, 1754)), "form.png", "image/png")
    attach(clerk, document(pages=2), "rest.pdf", "application/pdf")
    clerk.looks_right("scans")

    clerk.follow(f"Key form {code(clerk)}")
    clerk.looks_right("form-with-scan")
    clerk.page.set_viewport_size({"width": WIDE, "height": TALL})
    shown, form, _ = clerk.page.evaluate(BOXES)
    assert clerk.page.evaluate(DRAWN) == [f"Scan 1 of form {code(clerk)}, to be read and keyed"]
    assert shown["left"] >= form["right"]
    assert 0 <= shown["left"] < shown["right"] <= WIDE
    assert shown["right"] - shown["left"] >= 400

    clerk.page.click("[name=a1]")
    clerk.page.keyboard.type("1")
    with clerk.context.expect_page() as larger:
        clerk.page.click("text=See scan 1 larger")
    larger.value.wait_for_load_state()
    assert larger.value.evaluate("() => [document.images.length, document.images[0].naturalWidth]") == [1, 1240]
    larger.value.close()
    assert clerk.page.input_value("[name=a1]") == "1"

    key(clerk, {"a1": "1", "a2": "2", "a3": "1"})
    clerk.go(f"{base}close/")
    second.go(base)
    second.follow("Key forms a second time")
    second.looks_right("second-with-scan")
    assert second.page.evaluate(DRAWN) == [f"Scan 1 of form {code(second)}, to be read and keyed"]


def code(window):
    """The number of the form that the page is about, as it is written on the paper."""
    return next(word for word in window.text.split() if word.startswith("B0") and "-" in word)
