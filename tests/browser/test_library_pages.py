"""A lead with the question library in a browser: keeps a question, compares it, takes it and retires it."""

import pytest

from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser

DRAFT = "/staff/older-you"


def test_question_is_kept_compared_taken_and_retired(look, people):
    window = look()
    sign_in(window, people["librarian"])

    window.go(f"{DRAFT}/library/b3/")
    window.looks_right("keep")
    window.press("Keep it in the library")
    window.looks_right("keep-error")
    window.page.fill('[name="title"]', "Where people live")
    window.press("Keep it in the library")
    assert window.path == f"{DRAFT}/build/questions/question/b3/"
    window.looks_right("kept")

    window.page.fill('[name="hint"]', "Think of where the person lives most of the time.")
    window.press("Save the question")
    window.go(f"{DRAFT}/library/b3/")
    window.looks_right("compare")
    assert "Think of where the person lives most of the time." in window.text
    window.press("Put ours in the library")
    window.go(f"{DRAFT}/library/b3/")
    window.looks_right("compare-same")
    assert "The words are the same in both." in window.text

    window.go(f"{DRAFT}/library/")
    window.looks_right("take")
    window.press("Take the questions")
    window.looks_right("take-error")
    window.page.get_by_label("Where people live", exact=False).check()
    window.press("Take the questions")
    assert "The question was taken." in window.page.inner_text("body")

    window.go("/staff/library/")
    window.looks_right("library")
    window.follow("Where people live")
    window.looks_right("library-question")
    window.press("Retire this question")
    window.looks_right("library-retired")
    window.follow("Where people live")
    window.looks_right("library-question-retired")
