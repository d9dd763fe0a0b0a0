"""One's own answers in Chromium: entering the code, the answers, how they print, and deleting them; with and without script."""

import pytest

from tests.journeys.served import in_own_process

pytestmark = pytest.mark.browser

WRONG = "4K7M-Q2XT-9HBD"


@pytest.mark.parametrize("script", [True, False])
def test_a_code_opens_answers_that_can_be_printed_taken_away_and_deleted(look, demonstration, script):
    folder, _ = demonstration
    code = in_own_process("receipt", folder)["receipt"]
    window = look(script=script)
    suffix = "" if script else "-without-script"
    window.go("/your-response/")

    window.page.fill("[name=code]", WRONG)
    window.press("Continue")
    assert window.page.title().startswith("Error: ")
    window.looks_right(f"wrong-code{suffix}")

    window.page.fill("[name=code]", code.lower().replace("-", ""))
    window.press("Continue")
    assert window.path == "/your-response/answers/"
    window.page.check("[name=about_me]")
    window.press("Show my answers")
    assert "Questions about you" in window.page.inner_text("main")
    window.looks_right(f"answers{suffix}")

    with window.page.expect_download() as download:
        window.page.get_by_role("button", name="Download my answers (CSV spreadsheet)").click()
    assert download.value.suggested_filename == "your-answers.csv"

    window.page.emulate_media(media="print")
    hidden = ("text=Close my answers", "text=Show my answers", "text=Delete my answers", "footer", "[name=about_me]")
    assert [what for what in hidden if window.page.is_visible(what)] == []
    assert window.page.is_visible(f"text=Receipt code {code}")
    window.page.emulate_media(media="screen")
    assert not window.page.is_visible(f"text=Receipt code {code}")

    window.page.click("text=Delete my answers")
    window.looks_right(f"delete{suffix}")
    window.press("Delete my answers")
    assert window.page.inner_text("h1") == "We have deleted your answers"
    window.looks_right(f"deleted{suffix}")
