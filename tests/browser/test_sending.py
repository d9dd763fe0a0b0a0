"""From the first question to the receipt (ux.md §5, points 11 and 21 to 25)."""

import re

import pytest

from tests.browser import clinic
from tests.browser.filling import WRONG, fill_in, make_mistakes
from tests.browser.looking import NARROW, WIDE
from tests.browser.seeing import measured
from tests.browser.trails import MOST_PAGES, send
from tests.journeys.visits import CODE

pytestmark = pytest.mark.browser

STEPS = [
    "how-we-use-your-answers", "answering_as", "practice", "site", "visits", "travel", "journey_time", "experience", "keep",
    "the_options", "options", "changes", "reasons", "other_options", "if_it_closed", "difficulties", "effect", "less_effect",
    "fairness", "groups", "information", "heard", "check", "about-you", "age", "disability", "disability_impact", "ethnic_broad",
    "ethnic_group", "religion", "sex", "sexual_orientation", "pregnancy_maternity", "carer", "veteran", "postcode", "done",
]  # fmt: skip
DATE = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} \w+ 20\d\d"
either_way = pytest.mark.parametrize("script", [True, False])


def seen_on(trail, screen, name="journey"):
    """What was seen of the pages of a screen in their normal state."""
    return [seen for seen in trail(name)["seen"] if seen["screen"] == screen and not seen["is_error"]]


# 11 ---------------------------------------------------------------------------------------------------------------------
def test_point_11_the_whole_journey_can_be_made_without_script(look):
    window = look(script=False)
    window.go("/consultations/apms/respond/")
    window.page.click("text=Start now")
    steps = []
    for _ in range(MOST_PAGES):
        steps.append(window.step)
        fits_and_goes_on(window, steps[-1])
        if steps[-1] == "done":
            break

    assert steps == STEPS
    assert re.search(CODE, window.page.inner_text("main"))


def fits_and_goes_on(window, step):
    """Look at the page wide and narrow, make its mistake where it has one, answer it and go on."""
    if step in ("answering_as", "keep", "options", "ethnic_group", "check", "done"):
        window.looks_right(f"{step}-no-script")
    else:
        window.fits((WIDE, NARROW))
    if step == "done":
        return
    if step in WRONG:
        address = window.path
        make_mistakes(window.page, step)
        assert send(window).status == 422
        window.fits((WIDE, NARROW))
        window.go(address)
    fill_in(window.page, step)
    send(window)


def test_point_11_the_journey_with_script_asks_the_same_pages(trail):
    steps = [seen["path"].partition("?")[0].rstrip("/").rpartition("/")[2] for seen in trail("journey")["seen"][1:]]

    assert list(dict.fromkeys(steps)) == STEPS


def test_point_11_outpatients_asks_about_each_service_in_its_turn_and_ends_at_the_receipt(trail):
    steps = [seen["path"].partition("?")[0].rstrip("/").rpartition("/")[2] for seen in trail("outpatients")["seen"][1:]]

    assert list(dict.fromkeys(steps)) == [
        "how-we-use-your-answers", "answering_as", "services",
        "referred@1", "referred@3", "wait@1", "wait@3", "informed@1", "informed@3", "seen_where@1", "journey_there@1",
        "experience@1", "involved@1", "went_wrong@1", "went_wrong@3",
        "matters", "travel", "proposals", "video_reasons", "community_reasons", "location", "effect", "less_effect",
        "information", "check",
        "about-you", "age", "disability", "disability_impact", "ethnic_broad", "ethnic_group", "religion", "sex",
        "sexual_orientation", "pregnancy_maternity", "carer", "veteran", "postcode", "done",
    ]  # fmt: skip
    texts = {seen["name"]: seen["text"] for seen in trail("outpatients")["seen"]}
    assert "Eye clinic" in texts["R04-experience@1"]
    assert "What would make that effect smaller" in texts["R07-check"] or "Evening times." in texts["R07-check"]


# 21 ---------------------------------------------------------------------------------------------------------------------
def test_point_21_every_answer_can_be_changed_by_a_link_with_a_name_of_its_own(look_at_arranged):
    window = look_at_arranged()
    clinic.begin(window, "extended")
    window.page.click("text=Yes")
    for _ in range(3):
        window.press("Continue")

    names = window.page.locator(".nhsuk-summary-list__actions a").all_inner_texts()
    links = [" ".join(name.split()) for name in names]
    answers = window.page.locator(".nhsuk-summary-list__value").all_inner_texts()

    assert links == [
        "Change your answer to: Do you support the plan?",
        "Change your answer to: Why do you support it?",
        "Change your answer to: How many times did you go last year?",
    ]
    assert answers == ["Yes", "Not answered", "Not answered"]
    assert window.page.locator("main form button").all_inner_texts() == ["Send my answers"]
    assert "You have not sent your answers yet." in window.page.inner_text("main")


def test_point_21_the_long_questionnaire_has_a_link_of_its_own_for_each_answer_too(look):
    window = look()
    window.go("/consultations/apms/respond/how-we-use-your-answers/")
    while window.step != "check":
        fill_in(window.page, window.step)
        send(window)

    names = [" ".join(name.split()) for name in window.page.locator(".nhsuk-summary-list__actions a").all_inner_texts()]

    assert len(names) == window.page.locator(".nhsuk-summary-list__row").count() > 20
    assert sorted(names) == sorted(set(names))


# 22 ---------------------------------------------------------------------------------------------------------------------
@either_way
def test_point_22_a_double_click_on_send_and_a_refresh_make_one_response(look_at_arranged, lead_total, script):
    before = lead_total("twice")
    window = look_at_arranged(script=script)
    clinic.begin(window, "twice")
    clinic.answer(window)

    window.page.get_by_role("button", name="Send my answers").dblclick()
    window.page.wait_for_url("**/about-you/")
    first = clinic.code_on(window)
    window.page.reload()

    assert clinic.code_on(window) == first
    assert lead_total("twice") == before + 1


# 23 ---------------------------------------------------------------------------------------------------------------------
def test_point_23_whoever_closes_the_browser_after_sending_is_counted(look_at_arranged, lead_total):
    before = lead_total("left")
    window = look_at_arranged()
    clinic.send(window, "left")
    assert window.step == "about-you"

    window.context.close()

    assert lead_total("left") == before + 1


# 24 ---------------------------------------------------------------------------------------------------------------------
def test_point_24_before_the_questions_about_people_stand_the_receipt_and_why_we_ask(trail, look_at_arranged):
    (intro,) = seen_on(trail, "R08")

    assert re.search(CODE, intro["text"])
    said = ("Why we ask", "You do not have to answer", "Yes (up to 13 short questions)", "No, skip them all")
    assert [words for words in said if words not in intro["text"]] == []


def test_point_24_every_question_about_people_can_be_declined_and_the_rest_skipped(trail):
    pages = {seen["name"]: seen["text"] for seen in seen_on(trail, "R09")}

    assert len(pages) > 10
    assert [name for name, text in pages.items() if "Skip the rest of these questions" not in text] == []
    # The last is a box to type in, which can be left empty: nothing is chosen in it.
    assert [name for name, text in pages.items() if "Prefer not to say" not in text] == ["R09-postcode"]


# 25 ---------------------------------------------------------------------------------------------------------------------
def test_point_25_the_confirmation_shows_the_receipt_and_two_dates(look_at_arranged):
    window = look_at_arranged()
    code = clinic.send(window, "extended")
    window.page.click("text=No, skip them all")
    window.press("Continue")
    panel = window.page.locator(".nhsuk-panel")

    assert re.fullmatch(CODE, code)
    assert not set(code) & set("ILOU")
    assert panel.locator("h1").inner_text() == "Thank you for having your say"
    assert f"Your receipt code {code}" in " ".join(panel.inner_text().split())
    assert panel.locator("a").count() == 0
    following = window.page.locator("h2:text-is('What happens next') ~ p").first.inner_text()
    assert len(re.findall(DATE, following)) == 2
    window.page.reload()
    assert clinic.code_on(window) == code
    assert measured(window, "facts")["h1s"] == ["Thank you for having your say"]
