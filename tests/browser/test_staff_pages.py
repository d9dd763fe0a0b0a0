"""Signing in with password and one-time code, and each page of the staff, wide and narrow."""

import pytest

from tests.browser.signing_in import sign_in

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
    "assessment": "/staff/apms/assessment/",
    "assessment-chapter": "/staff/older-you/assessment/age/",
    "account": "/accounts/2fa/",
    "password": "/accounts/password/change/",
    "recovery-codes": "/accounts/2fa/recovery-codes/generate/",
}
CLERKS_PAGES = {"clerk-list": "/staff/", "clerk-consultation": "/staff/apms/", "keying": "/staff/apms/keying/"}


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
