"""Coming back: to answers that were sent, to delete them, and to answers that were not (ux.md §5, points 26 to 29)."""

import re
import time
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.browser import clinic
from tests.browser.trails import HELD_CODE
from tests.journeys.served import in_own_process, serving

pytestmark = pytest.mark.browser

either_way = pytest.mark.parametrize("script", [True, False])
IDLE = timedelta(hours=20)
SECONDS_FOR_AN_EMAIL = 10


# 26 ---------------------------------------------------------------------------------------------------------------------
@either_way
def test_point_26_a_code_in_small_letters_without_hyphens_opens_the_answers_and_they_print_clean(
    look, demonstration, script
):
    code = in_own_process("receipt", demonstration[0])["receipt"]
    window = look(script=script)

    clinic.open_answers(window, code.lower().replace("-", ""))
    assert window.path == "/your-response/answers/"
    window.page.check("[name=about_me]")
    window.press("Show my answers")
    assert "Questions about you" in window.page.inner_text("main")

    with window.page.expect_download() as download:
        window.page.get_by_role("button", name="Download my answers (CSV spreadsheet)").click()
    assert download.value.suggested_filename == "your-answers.csv"

    window.page.emulate_media(media="print")
    hidden = ("text=Close my answers", "text=Show my answers", "text=Delete my answers", "footer", "[name=about_me]")
    assert [what for what in hidden if window.page.is_visible(what)] == []
    assert window.page.is_visible(f"text=Receipt code {code}")
    window.page.emulate_media(media="screen")
    assert not window.page.is_visible(f"text=Receipt code {code}")


def test_point_26_a_start_page_prints_without_menus_and_buttons(look):
    window = look()
    window.go("/consultations/apms/respond/")

    window.page.emulate_media(media="print")

    assert not window.page.is_visible("text=Start now")
    assert not window.page.is_visible("footer")
    assert window.page.is_visible("h1")


# 27 ---------------------------------------------------------------------------------------------------------------------
@either_way
def test_point_27_deleted_answers_are_gone_from_the_total_the_code_and_the_exports(
    look_at_arranged, arranged, lead_total, script
):
    canary = f"canary {script}"
    window = look_at_arranged(script=script)
    code = clinic.send(window, "deleted", why=canary)
    before, held = lead_total("deleted"), in_own_process("exported", arranged[0], given="deleted")["cells"]

    clinic.open_answers(window, code)
    window.page.click("text=Delete my answers")
    asked = window.page.inner_text("h1")
    window.press("Delete my answers")
    done = window.page.inner_text("h1")
    clinic.open_answers(window, code)

    assert (asked, done) == ("Are you sure you want to delete your answers?", "We have deleted your answers")
    assert "We have no answers for this code" in window.page.inner_text("main")
    assert lead_total("deleted") == before - 1
    assert canary in held
    assert canary not in in_own_process("exported", arranged[0], given="deleted")["cells"]


# 28 ---------------------------------------------------------------------------------------------------------------------
def email_to(folder, address):
    """The text of the one email to an address, once it has come."""
    until = time.monotonic() + SECONDS_FOR_AN_EMAIL
    while time.monotonic() < until:
        found = [text for path in (folder / "mail").glob("*.log") if f"To: {address}" in (text := path.read_text())]
        if found:
            (email,) = found
            return email
        time.sleep(0.1)
    raise AssertionError(f"No email came to {address}")


def link_for(window, folder, address):
    """Ask for a link to an address, and take it out of the email."""
    window.go("/consultations/saved/respond/save/")
    window.page.click("text=Email me a link")
    window.page.fill("[name=email]", address)
    window.press("Continue")
    assert window.page.inner_text("h1") == "We have sent you a link"
    return "/resume/" + re.search(rf"#{HELD_CODE}", email_to(folder, address))[0]


def test_point_28_a_link_brings_every_answer_to_another_browser_until_a_newer_one_is_sent(look_at_arranged, arranged):
    window = look_at_arranged()
    clinic.begin(window, "saved")
    window.page.click("text=Yes")
    window.press("Continue")
    window.page.fill("[name=why]", clinic.WHY)
    window.press("Save and come back later")
    first = link_for(window, arranged[0], "ida@example.org")
    fresh = look_at_arranged()
    fresh.go(first)
    assert fresh.path == "/resume/"
    fresh.press("Continue")

    second = link_for(window, arranged[0], "ida.again@example.org")
    late, newest = look_at_arranged(), look_at_arranged()
    late.go(first)
    late.press("Continue")
    newest.go(second)
    newest.press("Continue")

    for opened in (fresh, newest):
        assert opened.step == "why"
        assert opened.page.input_value("[name=why]") == clinic.WHY
        assert "Welcome back. We kept your answers to 2 questions." in opened.page.inner_text("main")
        opened.press("Back")
        assert opened.page.is_checked("[name=choice][value='1']")
    assert first != second
    assert late.page.title().startswith("Error: Come back to answers you have saved")


def test_point_28_without_script_the_code_in_the_email_can_be_typed(look_at_arranged, arranged):
    window = look_at_arranged(script=False)
    clinic.begin(window, "saved")
    window.page.click("text=Yes")
    window.press("Continue")
    code = link_for(window, arranged[0], "no-script@example.org").partition("#")[2]
    fresh = look_at_arranged(script=False)

    fresh.go("/resume/")
    fresh.page.fill("[name=code]", code.lower())
    fresh.press("Continue")

    assert fresh.step == "why"


def test_point_28_the_code_of_a_link_goes_into_its_box_and_out_of_the_address_bar(look):
    window = look()

    window.go("/stop/#17-9F3KQ7XW2M8B4C6D")

    assert window.page.input_value("input[name=token]") == "17-9F3KQ7XW2M8B4C6D"
    assert "#" not in window.page.url


# 29 ---------------------------------------------------------------------------------------------------------------------
@either_way
def test_point_29_a_page_left_open_for_20_hours_is_taken_with_nothing_lost(look, arranged, script):
    with serving(arranged[0]) as before:
        window = look(at=before.url, script=script)
        clinic.begin(window, "idle")
        window.page.click("text=Yes")
        window.press("Continue")
        window.page.fill("[name=why]", clinic.WHY)
        assert window.step == "why"
        expiry = {cookie["name"].partition("-")[0]: cookie["expires"] for cookie in window.context.cookies()}
        before.kill()

    with serving(arranged[0], port=urlsplit(before.url).port, ahead=IDLE):
        window.press("Continue")
        asked_next = window.step
        window.press("Back")
        kept = window.page.input_value("[name=why]")
        window.press("Back")

    # The browser's own clock did not move: what it was given must live as long.
    assert (asked_next, kept) == ("times", clinic.WHY)
    assert window.page.is_checked("[name=choice][value='1']")
    assert min(expiry["draft"], expiry["csrftoken"]) > time.time() + IDLE.total_seconds()
