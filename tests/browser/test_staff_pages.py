"""Signing in with password and one-time code, and each page of the staff, wide and narrow."""

import pytest

from tests.consult.people import code_now

pytestmark = pytest.mark.browser

LEADS_PAGES = {
    "list": "/staff/",
    "consultation": "/staff/apms/",
    "languages": "/staff/apms/languages/",
    "participation-open": "/staff/apms/participation/",
    "participation": "/staff/older-you/participation/",
    "results-hidden": "/staff/apms/results/",
    "results": "/staff/older-you/results/",
    "results-by": "/staff/older-you/results/?question=b5&by=age",
    "downloads": "/staff/older-you/downloads/",
    "account": "/accounts/2fa/",
    "password": "/accounts/password/change/",
    "recovery-codes": "/accounts/2fa/recovery-codes/generate/",
}
CLERKS_PAGES = {"clerk-list": "/staff/", "clerk-consultation": "/staff/apms/", "keying": "/staff/apms/keying/"}


def sign_in(window, person, *, look_at_it=False):
    """Through the pages, as somebody with a phone in their hand. A code counts once, so a person signs in once in a run."""
    window.go("/staff/")
    if look_at_it:
        window.press("Sign in")
        window.looks_right("sign-in-error")
    window.page.fill('[name="login"]', person["username"])
    window.page.fill('[name="password"]', person["password"])
    window.press("Sign in")
    if look_at_it:
        window.looks_right("code")
        window.page.fill('[name="code"]', "000000")
        window.press("Sign in")
        window.looks_right("code-error")
    window.page.fill('[name="code"]', code_now(person["totp_secret"]))
    window.press("Sign in")
    assert window.path == "/staff/"


def test_every_page_of_an_engagement_lead_shows_nothing_inaccessible_and_fits_a_phone(look, people):
    window = look()
    sign_in(window, people["lead"], look_at_it=True)

    for name, path in LEADS_PAGES.items():
        assert window.go(path).status == 200, path
        window.looks_right(name)


def test_every_page_of_a_clerk_shows_nothing_inaccessible_and_fits_a_phone(look, people):
    window = look()
    sign_in(window, people["clerk"])

    for name, path in CLERKS_PAGES.items():
        assert window.go(path).status == 200, path
        window.looks_right(name)
    window.go("/staff/older-you/results/")
    assert window.page.inner_text("h1") == "You cannot see this page"
    window.looks_right("not-allowed")
