"""From a draft to a published consultation in a browser, by its author and a second person, and what changes its life after."""

import pytest

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


def answer(window, address, publish):
    """Tick a task, or say why it need not be done."""
    window.go(address)
    page, key = window.page, address.rstrip("/").rpartition("/")[2]
    if page.locator('[name="answer"][value="not-done"]').count():
        page.check('[name="answer"][value="not-done"]')
    if page.locator('[name="words"]').count():
        page.fill('[name="words"]', TICKS.get(key, "The board knows."))
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert window.path == publish


@pytest.mark.parametrize(
    ("slug", "author", "second", "script"),
    [("draft", "author", "second", True), ("draft-plain", "plain_author", "plain_second", False)],
    ids=["script", "plain"],
)
def test_point_47_a_draft_is_worked_through_approved_by_another_and_published(staff, slug, author, second, script):
    author, second = staff(author, script=script), staff(second, script=script)
    look_at_tasks(author, f"/staff/{slug}/publish/")
    for address in open_tasks(author):
        answer(author, address, f"/staff/{slug}/publish/")
    author.looks_right("publish-ready")
    author.press("Ask for approval")
    author.looks_right("publish-asked")
    assert author.page.locator("text=Read it and decide").count() == 0
    author.go(f"/staff/{slug}/publish/decide/")
    assert author.page.inner_text("h1") == "You cannot see this page"
    author.go(f"/staff/{slug}/publish/confirm/")
    assert author.path == f"/staff/{slug}/publish/"

    approve(second, slug)

    author.go(f"/staff/{slug}/publish/confirm/")
    author.looks_right("confirm")
    assert "Publish Urgent care in Northbridge?" in author.page.inner_text("h1")
    assert "It will open at 9am on " in author.page.inner_text("main")
    author.press("Publish")
    assert author.path == f"/staff/{slug}/"
    assert "Forthcoming" in author.page.inner_text("main")


def look_at_tasks(window, publish):
    """The table and some of its tasks, one of them with what is missing."""
    for name in ("privacy", "options", "easy-read", "dates", "pilot"):
        window.go(f"{publish}tasks/{name}/")
        window.looks_right(f"task-{name}")
    window.press("Save")
    window.looks_right("task-error")
    window.go(publish)
    window.looks_right("publish")
    assert "left to do before somebody else can approve it." in window.text


def approve(window, slug):
    """What waits for a second person, from their list to their decision."""
    window.go("/staff/")
    window.looks_right("approvers-list")
    window.go(f"/staff/{slug}/publish/decide/")
    window.looks_right("decide")
    window.follow("Read every page as people will see it")
    window.looks_right("approvers-preview")
    window.go(f"/staff/{slug}/publish/decide/")
    window.press("Save my decision")
    window.looks_right("decide-error")
    window.page.check('[name="decision"][value="approve"]')
    window.press("Save my decision")
    window.looks_right("publish-approved-by-me")


def test_pages_that_change_a_consultations_life_show_nothing_inaccessible(staff):
    look_at_changes(staff("author"))


def test_what_is_public_is_changed_on_two_peoples_word_in_a_browser(staff):
    author, second = staff("author"), staff("second")
    author.go("/staff/apms/closing/")
    author.page.check('[name="what"][value="close_early"]')
    explain(author)
    author.press("Ask an approver to confirm it")
    author.go("/staff/apms/closing/")
    author.looks_right("closing-waits")
    author.go("/staff/apms/build/documents/the-plan-and-the-options/")
    author.follow("Correct this document")
    author.looks_right("correct-document")
    author.press("Ask for approval")
    author.looks_right("correct-document-error")

    second.go("/staff/apms/closing/decide/")
    second.looks_right("closing-decide")
    second.press("Save my decision")
    second.looks_right("closing-decide-error")
    second.page.check('[name="decision"][value="back"]')
    second.page.fill('[name="words"]', "Not before the board has met")
    second.press("Save my decision")
    assert second.path == "/staff/apms/"
    second.go("/staff/apms/publish/correction/")
    assert "There is nothing for you to decide now." in second.text


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

    window.go("/staff/withdrawn/withdraw/")
    window.looks_right("withdraw")
    explain(window)
    window.looks_right("withdraw-confirm")
    window.press("Withdraw it")
    window.go("/consultations/withdrawn/")
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
    """Both reasons, and who agreed where that is asked, up to the page that asks for the last time."""
    window.page.fill('[name="reason"]', "Board paper 7")
    window.page.fill('[name="words"]', "the plan has changed")
    if window.page.locator('[name="agreed_by"]').count():
        window.page.select_option('[name="agreed_by"]', "amir")
    window.press("Continue")
