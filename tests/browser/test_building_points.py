"""A lead builds, checks and changes a questionnaire: acceptance points 43 to 46, 48 and 49, with script and without."""

import pytest

from tests.browser import clinic
from tests.journeys.served import in_own_process

pytestmark = pytest.mark.browser

BANNER = "This is a preview. Do not enter personal information. Answers are not saved."
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


def begin(window, title):
    """A new consultation from a starting point; the address of its pages."""
    window.go("/staff/new/")
    window.page.fill('[name="title"]', title)
    window.page.fill('[name="short_name"]', title)
    window.page.get_by_label("GP practice merger", exact=False).check()
    window.press("Start")
    return window.path.removesuffix("build/")


def order_of(window):
    return window.page.locator(".consult-built-page").evaluate_all("found => found.map(each => each.id)")


# 43 Order -----------------------------------------------------------------------------------------------------------------


def test_point_43_moving_keeps_the_focus_and_says_where_it_is(staff):
    window = staff("mover")
    window.go(begin(window, "Moved with script") + "build/questions/")
    before = order_of(window)

    window.page.locator(f"#down-{before[0]}").focus()
    for place in (2, 3):
        window.page.keyboard.press("Enter")
        window.page.wait_for_function(
            f"() => document.getElementById('builder-said').textContent.includes('is now page {place}')"
        )
        assert window.page.evaluate("() => document.activeElement.id") == f"down-{before[0]}"

    assert order_of(window) == [before[1], before[2], before[0], *before[3:]]
    assert window.page.locator("#builder-said").get_attribute("role") == "status"
    window.looks_right("moved")


def test_point_43_without_script_the_moved_page_is_where_the_browser_goes_and_is_said_at_once(staff):
    window = staff("plain_mover", script=False)
    window.go(begin(window, "Moved without script") + "build/questions/")
    before = order_of(window)

    with window.page.expect_navigation():
        window.page.locator(f"#down-{before[0]}").click()

    assert order_of(window) == [before[1], before[0], *before[2:]]
    assert window.page.url.endswith(f"#down-{before[0]}")
    assert "is now page 2" in window.page.locator("#builder-said").text_content()


@SCRIPT
def test_point_43_nothing_needs_dragging_and_the_order_can_be_typed(staff, script):
    window = staff("builder", script=script)
    base = begin(window, f"Ordered {'with' if script else 'without'} script")
    window.go(base + "build/questions/")
    before = order_of(window)
    assert window.page.locator("[draggable=true]").count() == 0

    window.follow("Change the order by number")
    window.looks_right(f"order-{script}")
    boxes = window.page.locator('[name^="place-"]')
    boxes.nth(2).fill("1")
    with window.page.expect_navigation():
        window.page.locator("main form button").last.click()

    assert order_of(window) == [before[2], before[0], before[1], *before[3:]]


# 44 Routes ----------------------------------------------------------------------------------------------------------------

ROUTE_ERRORS = {
    "page/removed_question": "asks about a question that was removed",
    "page/removed_option": "asks about an answer that was removed",
    "page/skips_nothing": "skips nothing, as it is always so",
    "page/backwards": "which is on a later page. A rule can only look back",
    "question/unreachable": "Nobody can reach this question",
    "question/required": "must be answered, and it is on a path that everybody skips",
}


@SCRIPT
def test_point_44_each_route_error_is_said_in_words_leads_to_its_place_and_blocks_publishing(staff, script):
    window = staff("builder", script=script)
    window.go("/staff/routes/build/check/")
    window.looks_right(f"route-errors-{script}")

    for place, says in ROUTE_ERRORS.items():
        link = window.page.locator(f'main a[href="/staff/routes/build/questions/{place}/"]', has_text=says)
        assert link.count() == 1, place
        assert window.context.request.get(link.get_attribute("href")).status == 200

    window.go("/staff/routes/publish/")
    row = window.page.locator(".nhsuk-summary-list__row", has_text="The questionnaire and its routes have no errors")
    assert row.locator(".nhsuk-tag").inner_text() == "Blocks publishing"
    for says in ROUTE_ERRORS.values():
        assert says in row.inner_text()
    assert row.get_by_role("link", name="Put it right").get_attribute("href") == "/staff/routes/build/check/"
    window.go("/staff/routes/publish/confirm/")
    assert window.path == "/staff/routes/publish/"


@SCRIPT
def test_point_44_a_rule_is_made_from_words_and_read_back_in_words(staff, script):
    window = staff("builder", script=script)
    base = begin(window, f"Ruled {'with' if script else 'without'} script")
    window.go(base + "build/questions/add/")
    window.page.get_by_label("Long text").check()
    window.page.fill('[name="text"]', "What else should we think about?")
    window.press("Add the question")
    key = window.step

    window.go(f"{base}build/questions/rule/question:{key}/")
    window.page.select_option("#about", "answering")
    window.press("Choose this question")
    window.looks_right(f"rule-{script}")
    window.page.locator('[name="codes"]').first.check()
    window.press("Add to the rule")
    window.press("Turn it round: show it where this is not so")

    window.looks_right(f"rule-made-{script}")
    assert "Show this question if" in window.text


# 45 Preview ---------------------------------------------------------------------------------------------------------------


@SCRIPT
def test_point_45_every_page_of_a_preview_says_so_and_nothing_of_it_is_saved(staff, demonstration, script):
    window = staff("builder", script=script)
    preview = "/staff/routes/build/preview/"
    for state in ("forthcoming", "open", "privacy", "answered", "closed"):
        window.go(f"{preview}state/{state}/")
        window.looks_right(f"state-{state}-{script}")
        assert BANNER in window.text, state
        assert window.page.title().startswith("Preview: ")

    window.go(f"{preview}state/open/")
    window.follow("Start now")
    window.follow("Continue")
    window.looks_right(f"walk-{script}")
    window.page.get_by_label("Yes").check()
    while window.page.get_by_role("button", name="Continue", exact=True).count():
        assert BANNER in window.text
        window.press("Continue")
    assert window.page.inner_text("h1") == "Check your answers before you send them"
    assert (BANNER in window.text, "Yes" in window.text) == (True, True)
    window.press("Send my answers")

    assert "Nothing was sent and nothing was saved." in window.text
    assert in_own_process("held", demonstration[0], given="routes") == {"drafts": 0, "responses": 0}


def test_point_45_the_preview_fits_a_phone_beside_the_page_that_offers_it(staff):
    window = staff("builder")
    window.go("/staff/routes/build/preview/phone/")
    window.looks_right("phone")

    assert BANNER in window.page.frame_locator("iframe").locator("main").inner_text()


@SCRIPT
def test_point_45_a_link_for_colleagues_opens_the_preview_until_it_is_ended(staff, look, script):
    window, colleague = staff("builder", script=script), look(script=script)
    title = f"Looked at {'with' if script else 'without'} script"
    window.go(begin(window, title) + "build/preview/links/")
    window.page.fill('[name="for_whom"]', "Patient group")
    window.press("Make a link")
    window.looks_right(f"link-{script}")
    address = window.page.input_value("#link")

    colleague.go("/preview/" + address.partition("/preview/")[2])
    colleague.looks_right(f"shared-{script}")
    assert BANNER in colleague.text

    window.press("End the link for Patient group")
    colleague.page.reload()
    assert colleague.page.inner_text("h1") == "This link has ended"


# 46 Words -----------------------------------------------------------------------------------------------------------------


@SCRIPT
def test_point_46_hard_words_and_a_picture_without_any_are_flagged_each_with_a_link_to_its_field(staff, script):
    window = staff("builder", script=script)
    window.go("/staff/words/build/check/")
    window.looks_right(f"words-{script}")

    for key, says in {
        "picture": "lorry.png",
        "long": "25 words",
        "link": "click here",
        "double": "This asks two things at once",
    }.items():
        line = window.page.locator("main li", has_text=says)
        link = line.locator(f'a[href="/staff/words/build/questions/question/{key}/"]')
        assert link.count() >= 1, (key, window.text)
        assert window.context.request.get(link.first.get_attribute("href")).status == 200


# 48 Changes ---------------------------------------------------------------------------------------------------------------


@SCRIPT
def test_point_48_after_a_response_meanings_stay_and_a_typing_mistake_needs_a_reason_on_record(
    staff_of_arranged, look_at_arranged, arranged, script
):
    slug = "changed" if script else "changed-plain"
    clinic.send(look_at_arranged(script=script), slug)
    window = staff_of_arranged("lead", script=script)
    question, changes = f"/staff/{slug}/build/questions/question/choice/", f"/staff/{slug}/build/changes/"

    save(window, question, **{"options-0-label": "Perhaps"})
    window.go(changes)
    window.looks_right(f"meaning-{script}")
    assert "It was “Yes”. It would be “Perhaps”." in window.text
    assert "Add a new option instead. People who chose this one meant what it said." in window.text
    assert window.page.get_by_role("button", name="Send the changes").count() == 0

    save(window, question, text="Do you support our plan?", **{"options-0-label": "Yes"})
    say_still_right(window, slug)
    window.go(changes)
    window.looks_right(f"typo-{script}")
    window.page.locator('[value="typo"]').check()
    window.page.fill('[name="public_note"]', "We mended a typing mistake in question 1.")
    window.press("Send the changes")
    window.looks_right(f"typo-error-{script}")
    assert "Say why, for the record." in window.text
    window.page.fill('[name="reason"]', "It said the for our")
    window.press("Send the changes")
    assert "Version 2 is out." in window.page.inner_text("body")
    events = in_own_process("recorded", arranged[0], given=slug)["events"]
    assert ["questions changed", "lead", "It said the for our"] in events

    window.go(question)
    window.page.locator('[name="options-1-removed"]').check()
    window.press("Save the question")
    window.go(changes)
    assert "An option was taken out" in window.text
    assert "People have been able to choose it." in window.text
    assert window.page.get_by_role("button", name="Send the changes").count() == 0


def save(window, address, **typed):
    """Type into fields of a question's page and save it."""
    window.go(address)
    for name, words in typed.items():
        window.page.fill(f'[name="{name}"]', words)
    window.press("Save the question")


# 49 Answers while it is open ----------------------------------------------------------------------------------------------


@SCRIPT
def test_point_49_while_it_is_open_no_answer_is_seen_until_a_reason_is_on_record(staff_of_arranged, arranged, script):
    slug = "interim" if script else "interim-plain"
    window = staff_of_arranged("lead", script=script)
    for path in ("results/", "results/?question=choice", "results/?question=choice&by=age"):
        window.go(f"/staff/{slug}/{path}")
        assert window.page.inner_text("h1") == "Results are not shown yet"
    window.looks_right(f"hidden-{script}")
    window.go(f"/staff/{slug}/downloads/")
    assert "There is nothing to download while the consultation is open." in window.text
    for path in ("report.pdf", "eia.html", "tables.csv"):
        assert window.context.request.get(f"/staff/{slug}/downloads/{path}").status == 404
    window.go(f"/staff/{slug}/participation/")
    assert "Do you support the plan?" not in window.text

    window.go(f"/staff/{slug}/results/?question=choice")
    window.press("Record my reason and show results")
    assert "Say why you need to see the answers now" in window.text
    window.page.fill('[name="reason"]', "A risk to a patient")
    window.press("Record my reason and show results")

    window.go(f"/staff/{slug}/results/?question=choice")
    window.looks_right(f"shown-{script}")
    assert "Interim: still open" in window.text
    events = in_own_process("recorded", arranged[0], given=slug)["events"]
    assert [event for event in events if event[0].startswith("interim")] == [
        ["interim results seen", "lead", "A risk to a patient"]
    ]


def say_still_right(window, slug):
    """Say of each language and of easy read that its words are still right after those it was made of were mended."""
    window.go(f"/staff/{slug}/languages/")
    links = window.page.locator(f'main a[href^="/staff/{slug}/languages/"]')
    for address in {link.get_attribute("href") for link in links.all()}:
        window.go(address)
        button = window.page.locator('form[action*="still-right"] button')
        if button.count():
            with window.page.expect_event("load"):
                button.first.click()
