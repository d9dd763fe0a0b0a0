"""Leaving half-way and coming back: what was typed is kept by every button, and a code opens the answers on another device."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from consult import keys
from consult.models import Consultation
from consult.services import publish_questionnaire
from surveys.definition_json import to_json
from surveys.models import DraftResponse
from tests.builders import choice, comment, question, questionnaire
from tests.consultations import open_consultation
from tests.journeys.visits import Visit, draft_of, responses

pytestmark = pytest.mark.django_db

CODE = r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}"
"""A code for coming back: sixteen symbols in four groups."""


@pytest.fixture
def visit():
    open_consultation()
    return Visit("plan").given_i_have_begun()


def code_of(visit):
    """Ask for a code, and read it."""
    visit.when_i_answer(button="save")
    visit.when_i_answer(how="code")
    visit.then_i_am_on("respond-saved")
    return re.search(CODE, visit.page.text)[0]


def come_back(code):
    """Another browser that enters a code."""
    other = Visit("plan")
    other.when_i_go_to(reverse("resume"))
    other.when_i_answer(code=code)
    return other


@pytest.mark.parametrize("button", ["back", "save"])
def test_what_was_typed_is_kept_by_every_button_that_leaves_a_page(visit, button):
    visit.given_i_have_answered({"support": 1})

    visit.when_i_answer(why="Half a tho", button=button)
    visit.when_i_open("respond-page", step="why")

    assert visit.page.form.fields["why"] == "Half a tho"
    assert draft_of(visit).answers == {"support": 1, "why": "Half a tho"}
    assert draft_of(visit).pages == ["support"]


def test_words_that_do_not_fit_are_kept_as_they_were_typed_and_never_sent(visit):
    visit.given_i_have_answered({"support": 2})
    visit.when_i_answer(visits="about 3", button="back")
    visit.then_i_am_asked("support")

    visit.when_i_open("respond-page", step="visits")
    shown = visit.page.form.fields["visits"]
    visit.when_i_continue()
    told = visit.page.status
    visit.given_i_have_answered({"visits": "3"})
    visit.when_i_send()

    assert (shown, told) == ("about 3", 422)
    assert [response.answers for response in responses("plan")] == [{"support": 2, "visits": 3}]


def test_a_date_half_typed_and_boxes_ticked_are_kept_when_the_page_is_left():
    open_consultation(
        questionnaire(question("born", "date", settings={"years": [1900, 2026]}), choice("next")), slug="dates"
    )
    visit = Visit("dates").given_i_have_begun()

    visit.when_i_answer({"born.day": "31", "born.month": "2", "born.year": "1950"}, button="back")
    visit.when_i_continue()

    assert {name: visit.page.form.fields[f"born.{name}"] for name in ("day", "month", "year")} == {
        "day": "31",
        "month": "2",
        "year": "1950",
    }


def test_leaving_an_empty_required_page_says_nothing_of_it_and_keeps_nothing(visit):
    visit.when_i_answer(support=None, button="back")

    visit.then_i_am_on("respond-privacy")
    assert (draft_of(visit).answers, draft_of(visit).typed, draft_of(visit).pages) == ({}, {}, [])


def test_a_megabyte_typed_and_left_is_not_kept_in_the_draft_but_the_earlier_answers_are(visit):
    visit.given_i_have_answered({"support": 1})

    visit.when_i_answer(why="x" * 1_000_000, button="back")

    assert (draft_of(visit).answers, draft_of(visit).typed) == ({"support": 1}, {})


def test_a_code_opens_every_answer_in_another_browser_and_leads_to_the_first_gap(visit):
    visit.given_i_have_answered({"support": 1})
    visit.when_i_answer(why="Near my home", button="save")
    visit.when_i_answer(how="code")
    code = re.search(CODE, visit.page.text)[0]

    other = come_back(code.lower().replace("-", " "))

    other.then_i_am_asked("why")
    assert other.page.form.fields["why"] == "Near my home"
    assert "Welcome back. We kept your answers to 2 questions." in other.page.text
    other.given_i_have_answered({"why": "Near my home"}, {"visits": 2})
    other.when_i_send()
    assert [response.answers for response in responses("plan")] == [{"support": 1, "why": "Near my home", "visits": 2}]


def test_a_code_dies_when_a_new_one_is_made_and_when_the_answers_are_sent(visit):
    visit.given_i_have_answered({"support": 2})
    first = code_of(visit)
    visit.when_i_follow("Back")
    visit.when_i_answer(how="code")
    second = re.search(CODE, visit.page.text)[0]

    old, new = come_back(first), come_back(second)
    new.given_i_have_answered({"visits": 2})
    new.when_i_send()
    sent = come_back(second)

    assert first != second
    assert (old.page.status, sent.page.status) == (422, 422)
    assert old.page.text.replace(first, "") == sent.page.text.replace(second, "")
    assert len(responses("plan")) == 1


def test_a_code_is_in_no_address_and_no_log_and_only_its_digest_in_the_database(visit, caplog):
    caplog.set_level("DEBUG")
    visit.given_i_have_answered({"support": 2})
    code = code_of(visit)
    other = come_back(code)

    row = DraftResponse.objects.get()
    kept = b"".join(bytes(value) for value in (row.token_digest, row.sealed, row.resume_digest, row.resume_sealed))
    assert not [address for address in visit.trail + other.trail if code in address]
    assert code not in caplog.text
    assert code.encode() not in kept
    assert visit.cookie("draft").encode() not in kept


def test_looking_at_the_page_for_a_code_changes_nothing_and_a_wrong_code_says_what_to_do(visit):
    code_of(visit)
    before = DraftResponse.objects.values().get()

    other = Visit("plan")
    other.when_i_go_to(reverse("resume"))
    other.when_i_answer(code="4K7M-Q2XT-9HBD-0000")

    assert other.page.title.startswith("Error: Come back to answers you have saved")
    assert other.page.problems == {"Enter the code as it was shown to you": "code"}
    assert other.page.form.fields["code"] == "4K7M-Q2XT-9HBD-0000"
    assert DraftResponse.objects.values().get() == before


def test_answers_cleared_from_a_shared_computer_are_still_there_for_the_code(visit):
    visit.given_i_have_answered({"support": 1})
    code = code_of(visit)

    visit.when_i_post(reverse("respond-clear", args=["plan"]), [("csrfmiddlewaretoken", visit.token()), ("clear", "1")])

    visit.then_i_am_on("respond-cleared")
    assert visit.cookie("draft") == ""
    visit.when_i_open("respond-page", step="why")
    visit.then_i_am_on("respond-privacy")
    come_back(code).then_i_am_asked("why")


def test_a_draft_begun_before_a_new_version_is_opened_on_its_own_version(visit):
    visit.given_i_have_answered({"support": 1})
    code = code_of(visit)
    publish_changed(Consultation.objects.get(slug="plan"))

    other = come_back(code)

    other.then_i_am_asked("why")
    other.given_i_have_answered({"why": "It is near"}, {"visits": 2})
    other.when_i_send()
    (response,) = responses("plan")
    assert response.version.number == 1


def publish_changed(consultation):
    """A second version of the questionnaire, with other questions."""
    consultation.questionnaire.draft = to_json(questionnaire(choice("support"), comment("more")))
    consultation.questionnaire.save()
    publish_questionnaire(consultation, by="a test", now=timezone.now())


def test_28_a_link_in_an_email_opens_the_answers_and_the_address_is_kept_nowhere(visit, mailoutbox):
    visit.given_i_have_answered({"support": 2})
    visit.when_i_answer(button="save")
    visit.when_i_answer(how="email", email="ida@example.org")

    visit.then_i_am_on("respond-emailed")
    (sent,) = mailoutbox
    code = re.search(rf"/resume/#({CODE})", sent.body)[1]
    assert sent.to == ["ida@example.org"]
    come_back(code).then_i_am_asked("visits")
    row = DraftResponse.objects.values().get()
    assert "ida" not in repr(row) + visit.page.text + "".join(visit.trail)


def test_an_address_that_was_just_sent_a_link_is_sent_no_other_and_the_first_still_works(visit, mailoutbox):
    visit.given_i_have_answered({"support": 2})
    for _ in range(2):
        visit.when_i_open("respond-save")
        visit.when_i_answer(how="email", email="ida@example.org")

    (sent,) = mailoutbox
    come_back(re.search(CODE, sent.body)[0]).then_i_am_asked("visits")


def test_saving_without_saying_how_and_with_half_an_address_says_what_to_do_and_keeps_what_was_typed(visit):
    visit.when_i_open("respond-save")
    visit.when_i_continue()
    nothing = visit.page.problems
    visit.when_i_answer(how="email", email="ida at home")

    assert nothing == {"Select how you want to come back": "how"}
    assert visit.page.problems == {"Enter an email address like name@example.com": "email"}
    assert visit.page.form.fields["email"] == "ida at home"


def test_codes_are_guessed_twenty_times_an_hour_and_then_not_even_the_right_one_is_looked_at(visit):
    code = code_of(visit)
    guesser = Visit("plan")
    for _ in range(20):
        guesser.when_i_go_to(reverse("resume"))
        guesser.when_i_answer(code="4K7M-Q2XT-9HBD-0000")
    guesser.when_i_go_to(reverse("resume"))
    guesser.when_i_answer(code=code)

    assert (guesser.page.status, guesser.page.heading) == (429, "Too many wrong codes")


def test_the_examples_of_the_two_sorts_of_code_cannot_be_taken_for_each_other(visit):
    example = r"like ([0-9A-Z]{4}(?:-[0-9A-Z]{4})+)"
    receipt, way_back = (
        re.search(example, Visit("plan").when_i_go_to(reverse(name)).text)[1] for name in ("your-response", "resume")
    )

    assert (len(receipt), len(way_back)) == (14, 19)
    assert set(receipt.split("-")) & set(way_back.split("-")) == set()
    # An example that somebody copies opens nothing, and is no code that anybody was ever given.
    assert (keys.read_resume_code(way_back), keys.read_resume_code(receipt)) == (None, None)
