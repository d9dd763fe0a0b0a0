"""Every page of the builder in a browser: nothing inaccessible, nothing cut off. What it does is in `test_building_points.py`."""

import pytest

from tests.browser.test_building_points import begin

pytestmark = pytest.mark.browser

LOOKED_AT = {
    "tasks": "build/",
    "set-up": "build/facts/set-up/",
    "information": "build/facts/information/",
    "equality": "build/facts/equality/",
    "questions": "build/questions/",
    "add": "build/questions/add/",
    "order": "build/questions/order/",
    "files": "build/files/",
    "preview": "build/preview/",
    "links": "build/preview/links/",
    "check": "build/check/",
    "rehearsal": "build/rehearsal/",
    "mock-report": "build/rehearsal/report/",
    "changes": "build/changes/",
}


def test_every_page_of_the_builder_shows_nothing_inaccessible_and_fits_a_phone(staff):
    window = staff("builder")
    window.go("/staff/new/")
    window.looks_right("start")
    base = begin(window, "Merger of two")

    for name, path in LOOKED_AT.items():
        assert window.go(base + path).status == 200, path
        window.looks_right(name)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_question_is_given_usual_answers_saved_and_refused_without_words(staff, script):
    window = staff("builder", script=script)
    base = begin(window, f"Asked {'with' if script else 'without'} script")
    window.go(base + "build/questions/add/")
    window.page.get_by_label("Five-point scale").check()
    window.page.fill('[name="text"]', "How satisfied are you or dissatisfied?")
    window.press("Add the question")
    window.looks_right(f"question-{script}")

    window.page.select_option("#usual", "satisfaction")
    window.press("Use these answers")
    window.looks_right(f"usual-answers-{script}")
    assert window.page.input_value('[name="options-0-label"]') == "Very satisfied"
    window.page.fill('[name="text"]', "")
    window.press("Save the question")
    window.looks_right(f"question-error-{script}")
    assert window.page.title().startswith("Error: ")
    window.page.fill('[name="text"]', "How satisfied are you or dissatisfied?")
    # Enter in a box saves, though other buttons stand before the one that says so.
    window.page.locator('[name="short"]').focus()
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")

    assert "The question was saved." in window.page.inner_text("body")
    assert "Very satisfied · Satisfied · Neither satisfied nor dissatisfied" in window.text
