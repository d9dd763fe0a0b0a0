"""The pages of a questionnaire (ux.md §5, points 15 to 20)."""

import pytest

from tests.browser import clinic
from tests.browser.conftest import TRAILS
from tests.browser.seeing import measured

pytestmark = pytest.mark.browser

SEVERAL_QUESTIONS = {"the_options", "options", "changes", "groups"}
"""Pages with words to read, several scales, a ranking and two questions: their heading stands above them all."""
APMS = "/consultations/apms/respond/"
either_way = pytest.mark.parametrize("script", [True, False])
QUESTIONS = ("R03", "R04", "R05")


def questions(trail):
    """[(name, what was seen)] of the pages of the questionnaire."""
    return [
        (seen["name"], seen)
        for seen in trail("journey")["seen"]
        if seen["screen"] in QUESTIONS or "R05" in seen["name"]
    ]


def begun(look, **more):
    """A window at the first question of the general practice consultation."""
    window = look(**more)
    window.go(f"{APMS}how-we-use-your-answers/")
    window.press("Continue")
    return window


def at_the_reasons(look, **more):
    """A window at the page with a writing box of 4,000 characters."""
    window = begun(look, **more)
    window.page.click("text=As a local resident")
    while window.step != "reasons":
        window.press("Continue")
    return window


# 15 ---------------------------------------------------------------------------------------------------------------------
def test_point_15_back_is_on_every_question_page_in_normal_and_in_error_state(trail):
    pages = questions(trail)

    assert len(pages) > 25
    assert len([name for name, _ in pages if name.endswith("-error")]) > 5
    assert [name for name, seen in pages if not seen["has_back"]] == []


def test_point_15_the_heading_of_a_question_is_its_label(trail):
    without = {
        name.partition("-")[2].removesuffix("-error") for name, seen in questions(trail) if not seen["h1_is_label"]
    }

    assert without == SEVERAL_QUESTIONS


def test_point_15_nothing_is_chosen_beforehand(trail):
    chosen = {
        name: seen["preselected"] for name, seen in questions(trail) if not seen["is_error"] and seen["preselected"]
    }

    assert chosen == {}


# 16 ---------------------------------------------------------------------------------------------------------------------
def test_point_16_an_empty_required_question_is_told_at_the_top_with_the_focus_and_beside_it_in_the_same_words(look):
    window = begun(look)

    window.press("Continue")
    facts = measured(window, "facts")
    window.page.keyboard.press("Tab")
    window.page.keyboard.press("Enter")

    assert facts["title"].startswith("Error: How are you answering? – ")
    assert facts["focused"].startswith("There is a problem")
    assert facts["summary"] == facts["beside"] == ["Select how you are answering"]
    assert window.page.evaluate("() => document.activeElement.id") == "id_a1"
    window.page.keyboard.press("Space")
    assert window.page.is_checked('[name="a1"][value="1"]')


def test_point_16_without_script_the_link_of_the_summary_leads_to_the_first_answer_too(look):
    window = begun(look, script=False)
    window.press("Continue")

    window.page.click("text=Select how you are answering >> nth=0")

    assert window.page.url.endswith("#id_a1")


@either_way
def test_point_16_what_was_typed_beside_an_empty_box_is_kept(look, script):
    window = begun(look, script=script)
    window.page.click("text=For an organisation or group")
    window.press("Continue")
    window.page.fill("[name=a1b]", "Chair")

    window.press("Continue")

    facts = measured(window, "facts")
    assert facts["summary"] == facts["beside"] != []
    assert window.page.input_value("[name=a1b]") == "Chair"


def test_point_16_every_error_is_told_in_the_same_words_in_both_places(trail):
    errors = {
        (name, seen["name"]): (seen["summary"], seen["beside"])
        for name in TRAILS
        for seen in trail(name)["seen"]
        if seen["is_error"]
    }

    assert {name: pair for name, pair in errors.items() if pair[0] != pair[1] or not pair[0]} == {}


# 17 ---------------------------------------------------------------------------------------------------------------------
@either_way
@pytest.mark.parametrize("way", ["the browser", "the page"])
def test_point_17_going_back_shows_the_earlier_answer(look, script, way):
    window = begun(look, script=script)
    window.page.click("text=As a local resident")
    window.press("Continue")
    assert window.step == "the_options"

    if way == "the browser":
        window.page.go_back()
    else:
        window.press("Back")

    assert window.step == "answering_as"
    assert window.page.is_checked('[name="a1"][value="4"]')


def test_point_17_back_and_reload_of_pages_that_answered_a_form_send_no_form_again(look):
    window = at_the_reasons(look)
    page, asked = window.page, pages_asked_for(window)
    window.page.fill("[name=a11]", "Kept while going to and fro")
    window.press("Continue")
    after_reasons = window.step

    page.go_back()
    assert window.step == "reasons"
    assert page.input_value("[name=a11]") == "Kept while going to and fro"
    page.go_back()
    before_reasons = window.step
    page.reload()
    page.go_forward()
    assert window.step == "reasons"
    page.go_forward()

    assert (window.step, page.evaluate("() => history.length > 3")) == (after_reasons, True)
    assert asked == [
        ("POST", "reasons"),
        ("GET", "reasons"),
        ("GET", before_reasons),
        ("GET", before_reasons),
        ("GET", "reasons"),
        ("GET", after_reasons),
    ]


def test_point_17_back_from_the_first_page_and_from_the_receipt_sends_no_form_again(look_at_arranged):
    window = look_at_arranged()
    page, asked = window.page, pages_asked_for(window)
    clinic.begin(window, "extended")
    first = window.step
    page.go_back()
    assert (window.step, page.inner_text("h1")) == ("how-we-use-your-answers", "You have answers you have not sent")
    page.go_forward()
    privacy = "how-we-use-your-answers"
    assert asked == [("GET", privacy), ("POST", privacy), ("GET", privacy), ("GET", first)]
    clinic.answer(window)
    del asked[:]

    window.press("Send my answers")
    assert window.step == "about-you"
    receipt = page.inner_text(".consult-receipt")
    page.reload()
    assert page.inner_text(".consult-receipt") == receipt
    page.go_back()

    assert window.step == "done"
    assert receipt in page.inner_text("main")
    assert asked == [("POST", "check"), ("GET", "about-you"), ("GET", "check"), ("GET", "done")]


def test_point_17_without_script_each_form_is_answered_by_a_redirect(look):
    window = at_the_reasons(look, script=False)
    asked = pages_asked_for(window)

    window.press("Continue")

    assert asked == [("POST", "reasons"), ("GET", window.step)]


def test_point_17_back_to_a_page_that_had_an_error_shows_the_mended_answer(look):
    window = at_the_reasons(look)
    window.page.fill("[name=a11]", "A worry. " * 500)
    window.press("Continue")
    assert measured(window, "facts")["title"].startswith("Error: ")
    window.page.fill("[name=a11]", "A worry, said shortly")
    window.press("Continue")

    window.page.go_back()

    assert window.step == "reasons"
    assert window.page.input_value("[name=a11]") == "A worry, said shortly"


def pages_asked_for(window):
    """A list that grows with each page this window asks for from now on: (method, the last part of its address)."""
    asked = []

    def note(request):
        if request.is_navigation_request():
            asked.append((request.method, request.url.partition("#")[0].rstrip("/").rpartition("/")[2]))

    window.page.on("request", note)
    return asked


# 18 ---------------------------------------------------------------------------------------------------------------------
@either_way
def test_point_18_pasted_text_is_kept(look, script):
    window = at_the_reasons(look, script=script)
    words = "A worry. " * 555 + "12345"
    window.page.fill("[name=a11]", words)

    for keys in ("ControlOrMeta+A", "ControlOrMeta+X", "ControlOrMeta+V"):
        window.page.press("[name=a11]", keys)
    if script:
        assert "1,000 characters too many" in window.page.inner_text("main")
    window.press("Continue")

    facts = measured(window, "facts")
    assert facts["title"].startswith("Error: ")
    assert window.page.input_value("[name=a11]") == words
    assert facts["summary"] == facts["beside"]
    assert "4,000 characters or less" in facts["summary"][0]
    assert "5,000" in facts["summary"][0]


def test_point_18_no_form_of_any_page_is_left_to_the_browser_to_judge(trail):
    left = {
        seen["name"]: seen["left_to_browser"]
        for name in ("pages", "journey", "coming-back", "own-answers", "outpatients")
        for seen in trail(name)["seen"]
        if seen["left_to_browser"]
    }

    assert left == {}


# 19 ---------------------------------------------------------------------------------------------------------------------
@either_way
def test_point_19_another_language_in_mid_page_keeps_the_question_and_what_was_typed(look, script):
    window = at_the_reasons(look, script=script)
    headings = [window.page.inner_text("h1")]
    window.page.fill("[name=a11]", "Half a thought")

    for name in ("Polski", "اردو"):
        window.press(name)
        assert (window.step, window.page.input_value("[name=a11]")) == ("reasons", "Half a thought")
        headings.append(window.page.inner_text("h1"))

    assert len(set(headings)) == 3
    assert measured(window, "facts")["language_names"] == [["en", "English"], ["pl", "Polski"], ["ur", "اردو"]]


# 20 ---------------------------------------------------------------------------------------------------------------------
@either_way
def test_point_20_no_at_the_filter_skips_its_question_and_a_change_asks_only_that(look_at_arranged, script):
    window = look_at_arranged(script=script)
    clinic.begin(window, "extended")
    window.page.get_by_text("No", exact=True).click()
    window.press("Continue")
    after_no = window.step
    window.page.fill("[name=times]", "3")
    window.press("Continue")
    assert window.step == "check"
    assert "Why do you support it?" not in window.page.inner_text("main")

    window.page.click("a[href$='/choice/']")
    window.page.get_by_text("Yes", exact=True).click()
    window.press("Continue")
    asked = window.step
    window.page.fill("[name=why]", clinic.WHY)
    window.press("Continue")

    assert (after_no, asked, window.step) == ("times", "why", "check")
    assert clinic.WHY in window.page.inner_text("main")
