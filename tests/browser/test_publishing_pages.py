"""From a draft to a published consultation in a browser, by its author and a second person, and what changes its life after."""

import pytest

from tests.browser.test_staff_pages import sign_in

pytestmark = pytest.mark.browser

TICKS = {"privacy": "Dora Protector", "options": "", "paper": "", "assessment": "https://example.org/assessment"}


def open_tasks(window):
    """The addresses of the tasks that are left, in the order of the page."""
    return [
        row.locator('dd a[href*="/publish/tasks/"]').get_attribute("href")
        for row in window.page.locator(".nhsuk-summary-list__row").all()
        if row.locator(".nhsuk-tag").inner_text() in ("Blocks publishing", "Reason needed")
        and row.locator('dd a[href*="/publish/tasks/"]').count()
    ]


def answer(window, address):
    """Tick a task, or say why it need not be done."""
    window.go(address)
    page, key = window.page, address.rstrip("/").rpartition("/")[2]
    if page.locator('[name="answer"][value="not-done"]').count():
        page.check('[name="answer"][value="not-done"]')
    if page.locator('[name="words"]').count():
        page.fill('[name="words"]', TICKS.get(key, "The board knows."))
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert window.path == "/staff/draft/publish/"


def test_47_a_draft_is_worked_through_approved_by_another_and_published(look, people):
    author, second = look(), look()
    sign_in(author, people["author"])
    author.go("/staff/draft/publish/")
    author.looks_right("publish")
    for name in ("privacy", "options", "pilot", "easy-read", "dates"):
        author.go(f"/staff/draft/publish/tasks/{name}/")
        author.looks_right(f"task-{name}")
    author.go("/staff/draft/publish/tasks/pilot/")
    author.press("Save")
    author.looks_right("task-error")

    author.go("/staff/draft/publish/")
    for address in open_tasks(author):
        answer(author, address)
    author.looks_right("publish-ready")
    author.press("Ask for approval")
    author.looks_right("publish-asked")
    assert author.page.locator("text=Read it and decide").count() == 0

    sign_in(second, people["second"])
    second.go("/staff/draft/publish/decide/")
    second.looks_right("decide")
    second.press("Save my decision")
    second.looks_right("decide-error")
    second.page.check('[name="decision"][value="approve"]')
    second.press("Save my decision")
    second.looks_right("publish-approved-by-me")

    author.go("/staff/draft/publish/confirm/")
    author.looks_right("confirm")
    assert "Publish Urgent care in Northbridge?" in author.page.inner_text("h1")
    assert "It will open at 9am on " in author.page.inner_text("main")
    author.press("Publish")
    assert author.path == "/staff/draft/"
    assert "Forthcoming" in author.page.inner_text("main")
    look_at_changes(author)


def look_at_changes(window):
    """The pages that close, extend and withdraw, up to the last question, and interim results."""
    window.go("/staff/apms/closing/")
    window.looks_right("closing")
    window.press("Continue")
    window.looks_right("closing-error")
    window.page.check('[name="what"][value="close_early"]')
    explain(window)
    window.looks_right("closing-confirm")
    assert "Close it now?" in window.page.inner_text("h1")
    window.press("Change this")
    assert window.page.input_value('[name="reason"]') == "Board paper 7"

    window.go("/staff/draft/withdraw/")
    window.looks_right("withdraw")
    explain(window)
    window.looks_right("withdraw-confirm")
    window.press("Withdraw it")
    window.go("/consultations/draft/")
    assert window.page.inner_text("h1") == "This consultation was withdrawn"
    window.looks_right("withdrawn-public")

    window.go("/staff/apms/results/?question=a1")
    window.press("Record my reason and show results")
    window.looks_right("interim-error")
    window.page.fill('[name="reason"]', "A risk to a patient")
    window.press("Record my reason and show results")
    assert window.path == "/staff/apms/results/"
    window.looks_right("interim-results")


def explain(window):
    """Both reasons and who agreed, up to the page that asks for the last time."""
    window.page.fill('[name="reason"]', "Board paper 7")
    window.page.fill('[name="words"]', "the plan has changed")
    window.page.select_option('[name="agreed_by"]', "amir")
    window.press("Continue")
