"""The pages of a batch of paper forms, wide and narrow, as a clerk, a second person and the lead come to them."""

import pytest

from tests.browser.test_staff_pages import sign_in

pytestmark = pytest.mark.browser


def test_a_batch_is_opened_keyed_checked_and_closed_and_every_page_is_accessible(look, people):
    clerk, second = look(), look()
    sign_in(clerk, people["batch_clerk"])
    clerk.go("/staff/apms/batches/")
    clerk.looks_right("batches-none")
    clerk.go("/staff/apms/batches/open/")
    clerk.looks_right("open")
    clerk.press("Open the batch")
    clerk.looks_right("open-error")
    clerk.page.click("text=By post")
    clerk.page.fill("[name=counted]", "3")
    clerk.press("Open the batch")
    base = clerk.path
    clerk.looks_right("batch-new")
    clerk.go(f"{base}forms/1/")
    clerk.looks_right("form")
    key(clerk, {"a1": "1", "a2": "2", "a3": "1", "a13": "4+rather a 5"})
    clerk.go(f"{base}forms/2/aside/")
    clerk.looks_right("aside")
    clerk.press("Set it aside")
    clerk.looks_right("aside-error")
    clerk.page.click("text=Spoilt")
    clerk.page.fill("[name=words]", "Every page is torn")
    clerk.press("Set it aside")
    clerk.go(f"{base}close/")
    clerk.looks_right("close-early")
    clerk.go(f"{base}count/")
    clerk.looks_right("count")
    clerk.page.fill("[name=counted]", "2")
    clerk.page.fill("[name=reason]", "Two stuck together")
    clerk.press("Save the count")
    clerk.go(f"{base}close/")
    clerk.looks_right("close-unchecked")

    sign_in(second, people["batch_verifier"])
    second.go(base)
    second.follow("Key forms a second time")
    second.looks_right("second")
    key(second, {"a1": "1", "a2": "3", "a3": "1", "a13": "4"})
    second.looks_right("second-mismatch")
    key(second, {"a2": "3"})
    second.looks_right("second-difference")
    second.page.click("text=Keep mine")
    second.press("Save and go on")

    clerk.go(f"{base}close/")
    clerk.looks_right("close")
    clerk.page.fill("[name=storage_box]", "Box 14")
    clerk.press("Close the batch")
    clerk.looks_right("batch-closed")
    clerk.go("/staff/apms/batches/")
    clerk.looks_right("batches")


PUT = "([name, keys]) => { document.querySelector(`[name='${name}']`).value = keys; }"


def key(window, typed):
    """Put keys into boxes, without the script of the page hearing of it, and save: twice where the page asks to look again."""
    for name, keys in typed.items():
        window.page.evaluate(PUT, [name, keys])
    for _ in range(2):
        with window.page.expect_event("load"):
            window.page.click("button[value=save]")
        if "Look again before you save" not in window.text:
            return
