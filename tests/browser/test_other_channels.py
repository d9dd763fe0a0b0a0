"""Taking a response by phone and recording a letter, an event and a petition, with a script and without one."""

import pytest

from tests.browser.signing_in import sign_in
from tests.browser.test_batch_pages import PUT

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("who, script", [("caller", True), ("plain_caller", False)])
def test_a_call_is_taken_from_the_words_to_the_receipt_code(look, people, who, script):
    window = look(script=script)
    sign_in(window, people[who])
    window.go("/staff/apms/")
    window.follow("Take a phone response")
    window.looks_right(f"{who}-words")
    window.press("Go on to the questions")
    window.looks_right(f"{who}-words-error")
    assert "Confirm that you read these words to the caller" in window.text
    window.page.check("[name=is_read]")
    window.press("Go on to the questions")
    window.looks_right(f"{who}-questions")
    assert "Option 1: keep the service in the same place, under a new contract." in window.text

    type_in(window, {"a1": "7"})
    window.press("Check answers")
    window.looks_right(f"{who}-wrong")
    assert "7 is not a code for question 1" in window.text
    type_in(window, {"a1": "1", "a2": "3", "a8": "They listen."})
    window.press("Send these answers")
    window.looks_right(f"{who}-look-again")
    assert "You typed nothing about the person." in window.text
    window.press("Send these answers")

    window.looks_right(f"{who}-done")
    assert window.page.inner_text("h1") == "Read the receipt code out"
    code = window.page.inner_text(".consult-receipt")
    caller = look(script=script)
    caller.go("/your-response/")
    caller.page.fill("[name=code]", code)
    caller.page.click("main button")
    assert "They listen." in caller.text


def test_enter_goes_from_box_to_box_of_a_call_and_says_the_answer_in_words(staff):
    window = staff("caller_by_keys")
    window.go("/staff/apms/phone/")
    window.page.check("[name=is_read]")
    window.press("Go on to the questions")

    window.page.keyboard.type("1")
    said = window.page.inner_text("#key-a1-echo")
    window.page.keyboard.press("Enter")

    assert said == "As a patient"
    assert window.page.evaluate("document.activeElement.name") == "a1a"
    assert window.path == "/staff/apms/phone/questions/"


@pytest.mark.parametrize("who, script", [("recorder", True), ("plain_recorder", False)])
def test_a_letter_is_recorded_corrected_and_withdrawn(look, people, who, script):
    window = look(script=script)
    sign_in(window, people[who])
    window.go("/staff/apms/")
    window.follow("Other responses")
    window.looks_right(f"{who}-none")
    window.follow("Add a letter or email")
    window.looks_right(f"{who}-letter")
    window.press("Save")
    window.looks_right(f"{who}-letter-error")
    window.page.get_by_label("Letter", exact=True).check()
    window.page.get_by_label("A person", exact=True).check()
    window.page.fill("[name=words_1]", "The bus is late.")
    window.page.select_option("[name=about_1]", "a11")
    window.press("Add another part")
    window.looks_right(f"{who}-letter-parts")
    window.page.fill("[name=words_2]", "Thank you for asking.")
    window.press("Save")
    window.looks_right(f"{who}-kept")
    assert "The bus is late." in window.text
    assert "Thank you for asking." in window.text

    window.follow("Correct it")
    window.looks_right(f"{who}-correct")
    assert window.page.input_value("[name=words_2]") == "Thank you for asking."
    window.page.fill("[name=reason]", "A slip")
    window.page.fill("[name=words_1]", "The bus is always late.")
    window.press("Save")
    window.follow("Withdraw it")
    window.looks_right(f"{who}-withdraw")
    window.press("Withdraw it")
    window.looks_right(f"{who}-withdraw-error")
    window.page.fill("[name=reason]", "Recorded twice")
    window.page.check("[name=erases]")
    window.press("Withdraw it")
    window.looks_right(f"{who}-withdrawn")
    assert "Its words were deleted." in window.text
    window.follow("Other responses")
    window.looks_right(f"{who}-list")


def test_every_form_and_the_leads_list_show_nothing_inaccessible_and_fit_a_phone(staff):
    window = staff("lister")
    for name, path in {
        "event": "add/event/",
        "petition": "add/petition/",
        "list": "",
        "one-event": "2/",
    }.items():
        assert window.go(f"/staff/apms/other-responses/{path}").status == 200, path
        window.looks_right(f"lead-{name}")
    for what in ("event", "petition"):
        window.go(f"/staff/apms/other-responses/add/{what}/")
        window.press("Save")
        window.looks_right(f"lead-{what}-error")
    assert window.go("/staff/older-you/other-responses/").status == 200
    window.looks_right("lead-list-closed")
    window.go("/staff/older-you/participation/")
    assert "Other responses, counted apart" in window.text
    window.looks_right("participation")


def type_in(window, typed):
    """Put words into boxes, as a keyboard would with or without a script."""
    for name, words in typed.items():
        window.page.evaluate(PUT, [name, words])
